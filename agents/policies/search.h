// Search for the lowest point of a function on a grid of whole numbers, one question at a time.
//
// A pattern search (Hooke and Jeeves 1961; Torczon 1997): it looks at all 3^d − 1 neighbours of a point at
// the current step (with more than three axes only along one axis or along all at once) and moves as soon as
// one is better (trying the same direction again first, with twice the step). From each of the three best
// starts it goes down so with the first steps; from the lowest point reached it goes on with halved steps. It
// ends when no neighbour at step 1 is better, so on a unimodal function of one variable it ends at the
// minimum. Ask and tell are separate so that one simulation can answer the searches of all SKUs at once.
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
  /// Starts outside the bounds are moved to them. At least one start. `also`: further directions worth a
  /// look.
  PatternSearch(std::vector<SearchAxis> axes, std::vector<SearchPoint> starts,
                const std::vector<SearchPoint>& also = {});

  /// The next point to be told about; nullopt where the search has ended.
  const std::optional<SearchPoint>& ask() const noexcept { return asked_; }
  /// The value at the point asked for.
  void tell(double value);

  /// The lowest point so far; once the search has ended, its result.
  const SearchPoint& best() const noexcept { return best_; }
  double best_value() const noexcept { return best_value_; }

 private:
  using Direction = std::vector<std::int64_t>;  ///< −1, 0 or 1 by axis
  struct Candidate {
    double value = 0;
    SearchPoint point;
  };

  void next();
  bool next_start();
  bool next_neighbour();
  bool next_descent();
  bool smaller_steps();
  void run_on();
  void stand_at(const Candidate& candidate);
  SearchPoint neighbour(const Direction& direction) const;

  std::vector<SearchAxis> axes_;
  std::vector<std::int64_t> steps_;
  std::vector<SearchPoint> starts_;
  std::vector<Candidate>
      candidates_;  ///< starts that have been told, until the descents begin; then those to descend from
  std::vector<Direction> directions_;  ///< the one that was good last comes first
  std::size_t starts_asked_ = 0;
  std::size_t directions_asked_ = 0;  ///< at the present point, step and stride
  std::int64_t stride_ = 1;           ///< steps at once: more than one after a success
  bool descending_ = false;           ///< the starts are done
  std::optional<SearchPoint> asked_;
  Candidate here_;
  SearchPoint best_;
  double best_value_ = 0;
};

}  // namespace restock::policies
