// Search for the lowest point of a function on a grid of whole numbers, one question at a time.
//
// A pattern search (Hooke and Jeeves 1961; Torczon 1997): from the best point so far it looks at all 3^d − 1 neighbours at the
// current step, moves as soon as one is better (trying the same direction again first, with twice the step), and halves the step
// when none is. It ends when no neighbour at step 1 is better, so on a unimodal function of one variable it ends at the minimum.
// Ask and tell are separate so that one simulation can answer the searches of all SKUs at once.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace restock::policies {

using SearchPoint = std::vector<std::int64_t>;

/// One coordinate; bounds are inclusive.
struct SearchAxis {
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::int64_t first_step = 1;
};

class PatternSearch {
 public:
  /// Starts outside the bounds are moved to them. At least one start and at most three axes.
  PatternSearch(std::vector<SearchAxis> axes, std::vector<SearchPoint> starts);

  /// The next point to be told about; nullopt where the search has ended.
  const std::optional<SearchPoint>& ask() const noexcept { return asked_; }
  /// The value at the point asked for.
  void tell(double value);

  const SearchPoint& best() const noexcept { return best_; }
  double best_value() const noexcept { return best_value_; }

 private:
  using Direction = std::vector<std::int64_t>;  ///< −1, 0 or 1 by axis

  void next();
  bool next_start();
  bool next_neighbour();
  bool smaller_steps();
  std::optional<SearchPoint> neighbour(const Direction& direction) const;
  void move_to(const SearchPoint& point, double value);

  std::vector<SearchAxis> axes_;
  std::vector<std::int64_t> steps_;
  std::vector<SearchPoint> starts_;
  std::vector<Direction> directions_;
  std::size_t starts_asked_ = 0;
  std::size_t directions_asked_ = 0;  ///< at the present point and step
  bool exploring_ = false;            ///< the starts are done
  std::optional<SearchPoint> asked_;
  SearchPoint best_;
  double best_value_ = 0;
  bool has_best_ = false;
};

}  // namespace restock::policies
