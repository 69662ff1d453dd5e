#include "agents/policies/search.h"

#include <algorithm>
#include <cmath>

#include "env/core/check.h"

namespace restock::policies {

namespace {

constexpr std::size_t kMostAxes = 64;
constexpr std::size_t kMostAxesTogether = 3;
constexpr std::size_t kDescents = 3;

/// Along one axis, or along all at once.
std::vector<std::vector<std::int64_t>> few_directions(std::size_t axes) {
  std::vector<std::vector<std::int64_t>> directions;
  for (const std::int64_t sign : {-1, 1}) directions.emplace_back(axes, sign);
  for (std::size_t axis = 0; axis < axes; ++axis)
    for (const std::int64_t sign : {-1, 1}) {
      directions.emplace_back(axes, 0);
      directions.back()[axis] = sign;
    }
  return directions;
}

/// All 3^d − 1 directions, those along a single axis first.
std::vector<std::vector<std::int64_t>> directions_of(std::size_t axes) {
  if (axes > kMostAxesTogether) return few_directions(axes);
  std::vector<std::vector<std::int64_t>> directions;
  std::size_t count = 1;
  for (std::size_t axis = 0; axis < axes; ++axis) count *= 3;
  for (std::size_t code = 0; code < count; ++code) {
    std::vector<std::int64_t> direction;
    for (std::size_t axis = 0, rest = code; axis < axes; ++axis, rest /= 3)
      direction.push_back(static_cast<std::int64_t>(rest % 3) - 1);
    directions.push_back(std::move(direction));
  }
  const auto moves = [](const std::vector<std::int64_t>& direction) {
    return std::count_if(direction.begin(), direction.end(), [](std::int64_t d) { return d != 0; });
  };
  std::erase_if(directions, [&](const auto& direction) { return moves(direction) == 0; });
  std::stable_sort(directions.begin(), directions.end(),
                   [&](const auto& a, const auto& b) { return moves(a) < moves(b); });
  return directions;
}

}  // namespace

PatternSearch::PatternSearch(std::vector<SearchAxis> axes, std::vector<SearchPoint> starts,
                             const std::vector<SearchPoint>& also)
    : axes_(std::move(axes)), starts_(std::move(starts)), directions_(directions_of(axes_.size())) {
  RESTOCK_CHECK(axes_.size() <= kMostAxes && !starts_.empty(), "{} axes, {} starts", axes_.size(),
                starts_.size());
  directions_.insert(directions_.end(), also.begin(), also.end());
  for (const SearchAxis& axis : axes_) {
    RESTOCK_CHECK(axis.minimum <= axis.maximum && axis.first_step >= 1, "axis [{}, {}], step {}",
                  axis.minimum, axis.maximum, axis.first_step);
    steps_.push_back(axis.first_step);
  }
  for (SearchPoint& start : starts_) {
    RESTOCK_CHECK(start.size() == axes_.size(), "a start of {} coordinates", start.size());
    for (std::size_t i = 0; i < start.size(); ++i)
      start[i] = std::clamp(start[i], axes_[i].minimum, axes_[i].maximum);
  }
  next();
}

void PatternSearch::tell(double value) {
  RESTOCK_CHECK(asked_.has_value() && !std::isnan(value), "told {}", value);
  if (best_.empty() || value < best_value_) {
    best_ = *asked_;
    best_value_ = value;
  }
  if (!descending_) {
    candidates_.push_back({value, *asked_});
  } else if (value < here_.value) {
    here_ = {value, *asked_};
    run_on();
  } else if (stride_ > 1) {
    stride_ = 1;
    directions_asked_ = 0;
  }
  next();
}

/// The latest direction was good: it comes first from now on, and with twice the stride.
void PatternSearch::run_on() {
  const auto good = directions_.begin() + static_cast<std::ptrdiff_t>(directions_asked_ - 1);
  std::rotate(directions_.begin(), good, good + 1);
  stride_ *= 2;
  directions_asked_ = 0;
}

void PatternSearch::next() {
  asked_.reset();
  if (next_start()) return;
  do {
    if (next_neighbour()) return;
  } while (next_descent() || smaller_steps());
}

bool PatternSearch::next_start() {
  if (starts_asked_ < starts_.size()) {
    asked_ = starts_[starts_asked_++];
    return true;
  }
  if (descending_) return false;
  descending_ = true;
  std::stable_sort(candidates_.begin(), candidates_.end(),
                   [](const Candidate& a, const Candidate& b) { return a.value < b.value; });
  candidates_.resize(std::min(candidates_.size(), kDescents));
  stand_at(candidates_.front());
  candidates_.erase(candidates_.begin());
  return false;
}

void PatternSearch::stand_at(const Candidate& candidate) {
  here_ = candidate;
  stride_ = 1;
  directions_asked_ = 0;
}

/// From the next start; after the last one, from the lowest point that was reached.
bool PatternSearch::next_descent() {
  if (candidates_.empty()) {
    if (here_.point == best_) return false;
    stand_at({best_value_, best_});
    return true;
  }
  stand_at(candidates_.front());
  candidates_.erase(candidates_.begin());
  return true;
}

bool PatternSearch::next_neighbour() {
  while (directions_asked_ < directions_.size()) {
    const SearchPoint point = neighbour(directions_[directions_asked_++]);
    if (point != here_.point) {
      asked_ = point;
      return true;
    }
    stride_ = 1;
  }
  return false;
}

bool PatternSearch::smaller_steps() {
  if (std::all_of(steps_.begin(), steps_.end(), [](std::int64_t step) { return step == 1; })) return false;
  for (std::int64_t& step : steps_) step = (step + 1) / 2;
  directions_asked_ = 0;
  return true;
}

SearchPoint PatternSearch::neighbour(const Direction& direction) const {
  SearchPoint point = here_.point;
  for (std::size_t i = 0; i < point.size(); ++i)
    point[i] = std::clamp(point[i] + direction[i] * steps_[i] * stride_, axes_[i].minimum, axes_[i].maximum);
  return point;
}

}  // namespace restock::policies
