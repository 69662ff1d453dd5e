// What fits the methods: a search within bounds for the few numbers that enter an error sum nonlinearly, and
// least squares for those that enter linearly.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <span>
#include <vector>

namespace restock::forecasting {

/// Nelder and Mead's simplex (1965, The Computer Journal 7(4)), every point clamped to the box, with a second
/// start from where the first one ended. Deterministic. `start` becomes the best point found; its value is
/// returned. Values that are no number count as infinite.
struct SearchBox {
  std::vector<double> lower;
  std::vector<double> upper;
};
double minimise(const std::function<double(std::span<const double>)>& value, const SearchBox& box,
                std::vector<double>& start, int evaluations);

/// Ordinary least squares, a row at a time, with a small ridge that decides where the data do not.
class LeastSquares {
 public:
  explicit LeastSquares(std::size_t columns);
  void add(std::span<const double> row, double target);
  /// argmin Σ (target − row·x)² + Σ ridge_j x_j², and its first sum.
  struct Solution {
    std::vector<double> x;
    double squares = 0;
  };
  /// The first `columns` only, or all. One ridge for all of them, times the mean square of each column.
  Solution solve(double ridge, std::size_t columns = 0) const;
  std::size_t rows() const noexcept { return rows_; }

 private:
  Eigen::MatrixXd products_;  ///< lower triangle
  Eigen::VectorXd right_;
  double targets_ = 0;
  std::size_t rows_ = 0;
};

/// Akaike's criterion with the correction for few values (Hurvich and Tsai 1989, Biometrika 76(2)), of
/// normal errors; infinite where there are no more values than numbers fitted. `scale` is the size of values
/// that counts as nothing.
double corrected_akaike(double squares, std::size_t values, std::size_t fitted, double scale);

}  // namespace restock::forecasting
