#include "agents/policies/group_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "env/core/check.h"

namespace restock::policies {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

double mean_of(const GroupSearch::Costs& costs) {
  return std::accumulate(costs.begin(), costs.end(), 0.0) / static_cast<double>(costs.size());
}

GroupSearch::Costs sum_of(const std::vector<GroupSearch::Costs>& costs) {
  GroupSearch::Costs sum = costs.front();
  for (std::size_t member = 1; member < costs.size(); ++member)
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += costs[member][i];
  return sum;
}

/// Points with the shared axes alone, or without them; equal ones once.
std::vector<SearchPoint> parts_of(const std::vector<SearchPoint>& points, std::size_t shared, bool own) {
  std::vector<SearchPoint> parts;
  for (const SearchPoint& point : points) {
    const auto middle = point.begin() + static_cast<std::ptrdiff_t>(shared);
    SearchPoint part = own ? SearchPoint(middle, point.end()) : SearchPoint(point.begin(), middle);
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
  }
  return parts;
}

/// Later rounds begin where the last one ended and look around with smaller steps.
std::vector<SearchAxis> with_smaller_steps(std::vector<SearchAxis> axes) {
  for (SearchAxis& axis : axes) axis.first_step = std::max<std::int64_t>(1, axis.first_step / 4);
  return axes;
}

/// Two parameters of one weekday at once, in either direction each.
std::vector<SearchPoint> pairs_by_weekday(std::size_t parameters) {
  std::vector<SearchPoint> directions;
  for (std::size_t day = 0; day < 7; ++day)
    for (std::size_t second = 1; second < parameters; ++second)
      for (std::size_t first = 0; first < second; ++first)
        for (const std::int64_t step : {-1, 1})
          for (const std::int64_t other : {-1, 1}) {
            directions.emplace_back(7 * parameters, 0);
            directions.back()[7 * first + day] = step;
            directions.back()[7 * second + day] = other;
          }
  return directions;
}

}  // namespace

GroupSearch::GroupSearch(const SearchTask& task, std::vector<std::size_t> skus)
    : task_(task), skus_(std::move(skus)), here_cost_(kNever), best_cost_(kNever) {
  for (const std::size_t sku : skus_) spaces_.emplace_back(task_, sku);
  for (const SkuSpace& space : spaces_) best_.push_back(space.start());
  lay_out_blocks();
  enter(skus_.size() > 1 && !blocks_.empty() ? Stage::alone : Stage::blocks);
  go_on();
}

/// Without anything to look for there is no block.
void GroupSearch::lay_out_blocks() {
  blocks_.clear();
  const std::size_t parameters = task_.by_weekday.size();
  if (spaces_.front().space().shared_axes > 0 && !is_about_weekdays()) blocks_.push_back({});
  for (std::size_t member = 0; member < skus_.size(); ++member) {
    for (std::size_t i = 0; i < parameters && parameters > 1 && is_about_weekdays(); ++i)
      blocks_.push_back({member, i});
    if (spaces_[member].own_axes() > 0 || is_about_weekdays()) blocks_.push_back({member, kAll});
  }
}

void GroupSearch::enter(Stage stage) {
  stage_ = stage;
  lay_out_blocks();
  block_ = 0;
  first_round_ = true;
  cost_before_round_ = kNever;
  search_.reset();
  alone_.clear();
  if (stage_ == Stage::alone)
    for (const SkuSpace& space : spaces_) {
      const std::size_t shared = space.space().shared_axes;
      const std::vector<SearchAxis>& axes = space.space().axes;
      alone_.emplace_back(
          std::vector<SearchAxis>(axes.begin() + static_cast<std::ptrdiff_t>(shared), axes.end()),
          parts_of(space.space().starts, shared, true));
    }
  here_ = best_;
  here_cost_ = best_cost_;
  for (std::size_t member = 0; member < spaces_.size() && is_about_weekdays(); ++member) {
    here_[member].offsets.assign(7 * task_.by_weekday.size(), 0);
    if (stage_ == Stage::weekdays_from_start) here_[member] = spaces_[member].weekly_start();
  }
  if (stage_ == Stage::weekdays_from_start) here_cost_ = kNever;
}

/// Moves on to the next question that has to be simulated.
void GroupSearch::go_on() {
  asked_.reset();
  if (stage_ == Stage::alone) go_on_alone();
  while (!asked_ && stage_ != Stage::alone && stage_ != Stage::done) {
    if (!search_ && !start_block()) continue;
    if (!search_->ask()) {
      next_block();
      continue;
    }
    const Places places = places_of(*search_->ask());
    if (!allowed(places)) {
      search_->tell(kNever);
    } else if (const Costs* costs = costs_at(places)) {
      tell_block(places, mean_of(*costs));
    } else {
      asked_ = places;
    }
  }
}

/// Once every search has ended, what all have found is looked at together.
void GroupSearch::go_on_alone() {
  bool any = false;
  for (std::size_t member = 0; member < alone_.size(); ++member) {
    while (alone_[member].ask() && !spaces_[member].allows(place_alone(member))) alone_[member].tell(kNever);
    any |= alone_[member].ask().has_value();
  }
  const Places places = places_alone();
  if (any || (allowed(places) && !costs_at(places))) {
    asked_ = places;
  } else {
    enter(Stage::blocks);
  }
}

SkuSpace::Place GroupSearch::place_alone(std::size_t member) const {
  const PatternSearch& search = alone_[member];
  const SearchPoint& own = search.ask() ? *search.ask() : search.best();
  SkuSpace::Place place = spaces_[member].start();
  const auto shared = static_cast<std::ptrdiff_t>(spaces_[member].space().shared_axes);
  std::copy(own.begin(), own.end(), place.point.begin() + shared);
  return place;
}

GroupSearch::Places GroupSearch::places_alone() const {
  Places places;
  for (std::size_t member = 0; member < alone_.size(); ++member) places.push_back(place_alone(member));
  return places;
}

GroupSearch::Stage GroupSearch::stage_after() const {
  if (task_.by_weekday.empty()) return Stage::done;
  if (stage_ == Stage::blocks) return Stage::weekdays;
  return stage_ == Stage::weekdays ? Stage::weekdays_from_start : Stage::done;
}

/// After a round over all blocks; false where the stage has come to its end.
bool GroupSearch::end_round() {
  const bool again = blocks_.size() > 1 && here_cost_ < cost_before_round_;
  block_ = 0;
  first_round_ = false;
  cost_before_round_ = here_cost_;
  if (!again) enter(stage_after());
  return again;
}

/// False where another stage has been entered.
bool GroupSearch::start_block() {
  if (blocks_.empty()) {  // nothing to look for: the start is simulated once
    search_ = std::make_unique<PatternSearch>(std::vector<SearchAxis>{}, std::vector<SearchPoint>{{}});
    return true;
  }
  if (block_ == blocks_.size() && !end_round()) return false;
  const Block& block = blocks_[block_];
  if (block.member == kAll) {
    start_shared_block();
  } else if (is_about_weekdays()) {
    start_weekday_block(block);
  } else {
    start_own_block(block.member);
  }
  return true;
}

void GroupSearch::start_shared_block() {
  const ParameterSpace& space = spaces_.front().space();
  std::vector<SearchAxis> axes(space.axes.begin(),
                               space.axes.begin() + static_cast<std::ptrdiff_t>(space.shared_axes));
  for (const SkuSpace& other : spaces_)
    for (std::size_t i = 0; i < axes.size(); ++i) {
      axes[i].maximum = std::min(axes[i].maximum, other.space().axes[i].maximum);
      axes[i].minimum = std::max(axes[i].minimum, std::min(axes[i].maximum, other.space().axes[i].minimum));
    }
  std::vector<SearchPoint> starts = parts_of({here_.front().point}, space.shared_axes, false);
  if (first_round_)
    for (SearchPoint& start : parts_of(space.starts, space.shared_axes, false)) starts.push_back(start);
  search_ = std::make_unique<PatternSearch>(first_round_ ? axes : with_smaller_steps(axes), starts);
}

void GroupSearch::start_own_block(std::size_t member) {
  const ParameterSpace& space = spaces_[member].space();
  const std::vector<SearchAxis> axes(space.axes.begin() + static_cast<std::ptrdiff_t>(space.shared_axes),
                                     space.axes.end());
  std::vector<SearchPoint> starts = parts_of({here_[member].point}, space.shared_axes, true);
  const bool all_starts = first_round_ && skus_.size() == 1;
  if (all_starts)
    for (SearchPoint& start : parts_of(space.starts, space.shared_axes, true))
      if (start != starts.front()) starts.push_back(start);
  search_ = std::make_unique<PatternSearch>(all_starts ? axes : with_smaller_steps(axes), starts);
}

void GroupSearch::start_weekday_block(const Block& block) {
  const SkuSpace::Place& place = here_[block.member];
  std::vector<SearchAxis> axes = spaces_[block.member].weekday_axes(place.point);
  for (std::size_t i = 0; i < axes.size() && block.weekday_parameter != kAll; ++i)
    if (i / 7 != block.weekday_parameter) axes[i] = {place.offsets[i], place.offsets[i], 1};
  search_ = std::make_unique<PatternSearch>(first_round_ ? axes : with_smaller_steps(axes),
                                            std::vector<SearchPoint>{place.offsets},
                                            pairs_by_weekday(task_.by_weekday.size()));
}

void GroupSearch::next_block() {
  search_.reset();
  if (blocks_.empty()) {
    enter(Stage::done);
  } else {
    ++block_;
  }
}

/// What a point of the present block stands for.
GroupSearch::Places GroupSearch::places_of(const SearchPoint& answer) const {
  Places places = here_;
  if (blocks_.empty()) return places;
  const std::size_t block = blocks_[block_].member;
  if (block == kAll) {
    for (SkuSpace::Place& place : places) std::copy(answer.begin(), answer.end(), place.point.begin());
  } else if (is_about_weekdays()) {
    places[block].offsets = answer;
  } else {
    const auto shared = static_cast<std::ptrdiff_t>(spaces_[block].space().shared_axes);
    std::copy(answer.begin(), answer.end(), places[block].point.begin() + shared);
  }
  return places;
}

bool GroupSearch::allowed(const Places& places) const {
  for (std::size_t member = 0; member < places.size(); ++member)
    if (!spaces_[member].allows(places[member])) return false;
  return true;
}

void GroupSearch::tell_block(const Places& places, double cost) {
  search_->tell(cost);
  keep_if_better(places, cost);
}

void GroupSearch::keep_if_better(const Places& places, double cost) {
  if (cost < here_cost_) {
    here_ = places;
    here_cost_ = cost;
  }
  if (cost < best_cost_) {
    best_ = places;
    best_cost_ = cost;
  }
}

std::vector<double> GroupSearch::key_of(const Places& places) const {
  std::vector<double> key;
  for (std::size_t member = 0; member < places.size(); ++member)
    spaces_[member].append_key(places[member], key);
  return key;
}

void GroupSearch::note(const Places& places, const std::vector<Costs>& costs) {
  seen_.emplace(key_of(places), sum_of(costs));
}

void GroupSearch::learn(const std::vector<Costs>& costs) {
  RESTOCK_CHECK(asked_ && costs.size() == skus_.size(), "{} costs", costs.size());
  const Places places = *asked_;
  note(places, costs);
  if (stage_ == Stage::alone) {
    for (std::size_t member = 0; member < alone_.size(); ++member)
      if (alone_[member].ask()) alone_[member].tell(mean_of(costs[member]));
  } else {
    search_->tell(mean_of(sum_of(costs)));
  }
  keep_if_better(places, mean_of(sum_of(costs)));
  go_on();
}

const GroupSearch::Costs* GroupSearch::costs_at(const Places& places) const {
  const auto found = seen_.find(key_of(places));
  return found == seen_.end() ? nullptr : &found->second;
}

void GroupSearch::write(const Places& places, PolicyParameters& parameters) const {
  for (std::size_t member = 0; member < places.size(); ++member)
    spaces_[member].write(places[member], parameters);
}

std::vector<GroupSearch::Neighbour> GroupSearch::neighbours() const {
  std::vector<Neighbour> result;
  for (std::size_t member = 0; member < spaces_.size(); ++member) {
    const ParameterSpace& space = spaces_[member].space();
    for (std::size_t axis = space.shared_axes; axis < space.axes.size(); ++axis) {
      for (const std::int64_t step : {-1, 1}) {
        Places places = best_;
        std::int64_t& coordinate = places[member].point[axis];
        coordinate += step;
        if (coordinate < space.axes[axis].minimum || coordinate > space.axes[axis].maximum) continue;
        std::vector<double> values = spaces_[member].values(places[member]);
        if (values == best_values(member) || !spaces_[member].allows(places[member])) continue;
        result.push_back({member, std::move(values), std::move(places)});
      }
    }
  }
  return result;
}

}  // namespace restock::policies
