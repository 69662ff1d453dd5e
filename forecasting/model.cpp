#include "forecasting/model.h"

#include <fmt/format.h>

#include <numeric>
#include <unordered_map>

#include "env/core/error.h"
#include "env/core/suggest.h"
#include "forecasting/problem_list.h"

namespace restock::forecasting {

std::vector<std::int32_t> rows_in_model(std::string_view model, std::span<const std::string> model_ids,
                                        std::span<const std::string> ids) {
  std::unordered_map<std::string_view, std::int32_t> row_of;
  for (std::size_t row = 0; row < model_ids.size(); ++row)
    row_of.emplace(model_ids[row], static_cast<std::int32_t>(row));
  const std::vector<std::string_view> names(model_ids.begin(), model_ids.end());
  std::vector<std::int32_t> rows;
  ProblemList problems;
  for (const std::string& id : ids) {
    const auto found = row_of.find(id);
    if (found == row_of.end()) {
      problems.add({{},
                    0,
                    0,
                    {},
                    fmt::format("the forecaster '{}' was not fitted on series {}{}; fit it again", model,
                                in_quotes(id), did_you_mean(id, names))});
    } else {
      rows.push_back(found->second);
    }
  }
  problems.throw_if_any();
  return rows;
}

void require_same_step(std::string_view model, Frequency learned, const Panel& panel) {
  if (panel.frequency != learned)
    throw InputError(
        fmt::format("the forecaster '{}' has learned from one row a {}, and this history has one a {}", model,
                    name_of(learned), name_of(panel.frequency)));
}

void replay(const Forecaster& forecaster, const Panel& panel, std::size_t from, std::size_t to,
            std::size_t origin, std::span<float> state) {
  const std::size_t width = forecaster.state_size();
  std::vector<std::int32_t> series(1);
  for (std::size_t s = 0; s < panel.series(); ++s) {
    series[0] = static_cast<std::int32_t>(s);
    const auto memory = state.subspan(s * width, width);
    for (std::size_t day = std::max(from, panel.listed_from[s]); day < to; ++day) {
      forecaster.advance(static_cast<std::int64_t>(day) - static_cast<std::int64_t>(origin), series,
                         panel.sales_of(s).subspan(day, 1), panel.stocked_out_of(s).subspan(day, 1), memory);
    }
  }
}

std::string join_ids(std::span<const std::string> ids) {
  std::string text;
  for (const std::string& id : ids) (text += id) += '\n';
  return text;
}

std::vector<std::string> split_ids(std::string_view text) {
  std::vector<std::string> ids;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    ids.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return ids;
}

}  // namespace restock::forecasting
