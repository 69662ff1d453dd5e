// The search for the best parameters of SKUs that influence each other: at the end no change of one SKU's
// parameters (nor of what the SKUs of a supplier share) lowers the cost of the group.
//
// One simulation answers one question. A group goes through three stages:
//   1. every SKU searches by itself, all at once, each by its own cost: a cheap start, skipped for a group of
//      one;
//   2. block by block (first what is shared, then SKU after SKU), each by the cost of the group, until a
//      round over all blocks brings nothing; so the result is never worse than the starting parameters;
//   3. where parameters may differ by weekday, the same over each SKU's weekdays, starting from equal days:
//   once
//      at the best so far, once at the starting parameters, because a largest order that is best for all days
//      alike can stand in the way of levels by day.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "agents/policies/registry.h"
#include "agents/policies/weekday_profile.h"

namespace restock::policies {

/// What is looked for, and what has been given.
struct SearchTask {
  const PolicyDescription* policy = nullptr;
  std::shared_ptr<const DecisionModel> model;
  /// Given values, NaN where there is none; weekdays and multiples that have been given.
  PolicyParameters given;
  std::vector<std::size_t> by_weekday;   ///< parameters that may differ by weekday
  std::vector<std::size_t> by_forecast;  ///< parameters that are multiples of the forecast
};

/// One SKU: points of its space and of its weekdays, and what they stand for.
class SkuSpace {
 public:
  SkuSpace(const SearchTask& task, std::size_t sku);

  /// A place in all that is looked for.
  struct Place {
    SearchPoint point;
    std::vector<std::int64_t> offsets;  ///< [weekday parameters × 7]; empty: every day is the same
  };
  const ParameterSpace& space() const noexcept { return space_; }
  std::size_t own_axes() const noexcept { return space_.axes.size() - space_.shared_axes; }
  Place start() const { return {space_.starts.front(), {}}; }
  /// The same with quantities in proportion to the demand ahead of each weekday.
  Place weekly_start() const;
  /// Axes of the weekdays on which the SKU is reviewed come first to last; others cannot move.
  std::vector<SearchAxis> weekday_axes(const SearchPoint& point) const;
  std::vector<double> values(const Place& place) const;
  /// Writes what the place stands for into the SKU's parameters.
  void write(const Place& place, PolicyParameters& parameters) const;
  /// Appends what the place stands for: equal for places that give the same parameters.
  void append_key(const Place& place, std::vector<double>& key) const;
  /// Whether the values fit together.
  bool allows(const Place& place) const;

 private:
  double of_weekday(double value, const WeekdayProfile& profile, std::size_t weekday) const;
  double weekday_value(std::size_t parameter, double value, std::int64_t offset) const;

  const SearchTask& task_;
  std::size_t sku_;
  SkuFigures figures_;
  ParameterSpace space_;
};

class GroupSearch {
 public:
  /// Money a period by replication.
  using Costs = std::vector<double>;

  GroupSearch(const SearchTask& task, std::vector<std::size_t> skus);

  const std::vector<std::size_t>& skus() const noexcept { return skus_; }
  bool done() const noexcept { return !asked_; }
  /// Writes what is to be simulated next, or the best where the search has ended.
  void write_wanted(PolicyParameters& parameters) const { write(asked_ ? *asked_ : best_, parameters); }
  void write_best(PolicyParameters& parameters) const { write(best_, parameters); }
  /// The costs of what has been asked for, by SKU of the group and replication.
  void learn(const std::vector<Costs>& costs);
  double best_cost() const noexcept { return best_cost_; }
  std::vector<double> best_values(std::size_t member) const { return spaces_[member].values(best_[member]); }

  /// One step away from the best along each axis of a member.
  struct Neighbour {
    std::size_t member = 0;
    std::vector<double> values;
    std::vector<SkuSpace::Place> places;
  };
  std::vector<Neighbour> neighbours() const;
  void write(const std::vector<SkuSpace::Place>& places, PolicyParameters& parameters) const;
  /// Of the group; nullptr where it has not been simulated.
  const Costs* costs_at(const std::vector<SkuSpace::Place>& places) const;
  void note(const std::vector<SkuSpace::Place>& places, const std::vector<Costs>& costs);

 private:
  using Places = std::vector<SkuSpace::Place>;
  enum class Stage { alone, blocks, weekdays, weekdays_from_start, done };
  static constexpr std::size_t kAll = static_cast<std::size_t>(-1);
  /// What is looked for at a time: of one member, or what all share.
  struct Block {
    std::size_t member = kAll;
    std::size_t weekday_parameter = kAll;  ///< place in SearchTask::by_weekday
  };

  void go_on();
  void go_on_alone();
  void enter(Stage stage);
  void next_block();
  bool start_block();
  bool end_round();
  void lay_out_blocks();
  void start_shared_block();
  void start_own_block(std::size_t member);
  void start_weekday_block(const Block& block);
  Places places_of(const SearchPoint& answer) const;
  SkuSpace::Place place_alone(std::size_t member) const;
  Places places_alone() const;
  std::vector<double> key_of(const Places& places) const;
  bool allowed(const Places& places) const;
  bool is_about_weekdays() const noexcept {
    return stage_ == Stage::weekdays || stage_ == Stage::weekdays_from_start;
  }
  Stage stage_after() const;
  void tell_block(const Places& places, double cost);
  void keep_if_better(const Places& places, double cost);

  const SearchTask& task_;
  std::vector<std::size_t> skus_;
  std::vector<SkuSpace> spaces_;
  Stage stage_ = Stage::alone;
  std::vector<Block> blocks_;
  std::size_t block_ = 0;
  bool first_round_ = true;
  double cost_before_round_ = 0;
  std::unique_ptr<PatternSearch> search_;  ///< of the block
  std::vector<PatternSearch> alone_;       ///< by member, in the first stage
  Places here_;                            ///< the best of the present stage, from which blocks start
  double here_cost_;
  Places best_;
  double best_cost_;
  std::optional<Places> asked_;
  std::map<std::vector<double>, Costs> seen_;  ///< by key_of()
};

}  // namespace restock::policies
