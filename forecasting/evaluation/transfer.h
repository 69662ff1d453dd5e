// Judging forecasters on series that they have never learned from: one model of all series learns from other
// series, up to the date of each origin, and is bound to those that are judged. Methods of one series know
// nothing but that series and learn from it, as always.
#pragma once

#include <string_view>

#include "forecasting/evaluation/rolling_origin.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

/// Whether a forecaster of this name fits each series by itself.
bool learns_one_series(std::string_view name);

/// The series of `panel` that `judged` does not have. Throws InputError where none is left or their steps are
/// of another kind.
Panel series_to_learn_from(const Panel& panel, const Panel& judged);

/// Fits as `fit` does, but models of all series on `others`, as much of it as lies before the first step that
/// the given panel does not know. Throws InputError, when called, where nothing of it does. `others` must
/// live as long as what comes out.
FitByName fit_on_others(const Panel& others, FitByName fit);

}  // namespace restock::forecasting
