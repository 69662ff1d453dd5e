#include "forecasting/classical/fitting.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "env/core/check.h"

namespace restock::forecasting {

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

class Simplex {
 public:
  using Point = std::vector<double>;
  Simplex(const std::function<double(std::span<const double>)>& value, const SearchBox& box, int evaluations)
      : value_(value), box_(box), left_(evaluations) {}

  void run(Point& best, double& at_best) {
    build(best);
    while (left_ > 0 && spread() > 1e-7) step();
    sort();
    best = corners_[0].at;
    at_best = corners_[0].value;
  }

 private:
  struct Corner {
    Point at;
    double value = kInfinite;
  };

  Corner evaluated(Point at) {
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = std::clamp(at[i], box_.lower[i], box_.upper[i]);
    --left_;
    const double value = value_(at);
    return {std::move(at), std::isfinite(value) ? value : kInfinite};
  }

  /// A step of a quarter of the box along each axis, towards its farther end.
  void build(const Point& start) {
    corners_.assign(1, evaluated(start));
    for (std::size_t i = 0; i < start.size(); ++i) {
      Point at = corners_[0].at;
      const double width = box_.upper[i] - box_.lower[i];
      at[i] += at[i] - box_.lower[i] < width / 2 ? width / 4 : -width / 4;
      corners_.push_back(evaluated(std::move(at)));
    }
  }

  void sort() {
    std::stable_sort(corners_.begin(), corners_.end(),
                     [](const Corner& a, const Corner& b) { return a.value < b.value; });
  }

  double spread() const {
    double widest = 0;
    for (std::size_t i = 0; i < box_.lower.size(); ++i) {
      for (const Corner& corner : corners_)
        widest =
            std::max(widest, std::fabs(corner.at[i] - corners_[0].at[i]) / (box_.upper[i] - box_.lower[i]));
    }
    return widest;
  }

  Corner along(const Point& centre, const Point& worst, double factor) {
    Point at(centre.size());
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = centre[i] + factor * (worst[i] - centre[i]);
    return evaluated(std::move(at));
  }

  void step() {
    sort();
    Corner& worst = corners_.back();
    Point centre(worst.at.size());
    for (std::size_t c = 0; c + 1 < corners_.size(); ++c) {
      for (std::size_t i = 0; i < centre.size(); ++i)
        centre[i] += corners_[c].at[i] / static_cast<double>(corners_.size() - 1);
    }
    Corner reflected = along(centre, worst.at, -1);
    if (reflected.value < corners_[0].value) {
      Corner expanded = along(centre, worst.at, -2);
      worst = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < corners_[corners_.size() - 2].value) {
      worst = reflected;
    } else {
      contract(centre, worst, reflected);
    }
  }

  void contract(const Point& centre, Corner& worst, const Corner& reflected) {
    if (reflected.value < worst.value) worst = reflected;
    Corner inside = along(centre, worst.at, 0.5);
    if (inside.value < worst.value) {
      worst = std::move(inside);
      return;
    }
    for (std::size_t c = 1; c < corners_.size(); ++c)
      corners_[c] = along(corners_[0].at, corners_[c].at, 0.5);
  }

  const std::function<double(std::span<const double>)>& value_;
  const SearchBox& box_;
  int left_;
  std::vector<Corner> corners_;
};

}  // namespace

double minimise(const std::function<double(std::span<const double>)>& value, const SearchBox& box,
                std::vector<double>& start, int evaluations) {
  RESTOCK_CHECK(start.size() == box.lower.size() && start.size() == box.upper.size(), "{} numbers, {} bounds",
                start.size(), box.lower.size());
  double best = kInfinite;
  if (start.empty()) return value(start);
  for (int round = 0; round < 2; ++round) Simplex(value, box, evaluations / 2).run(start, best);
  return best;
}

LeastSquares::LeastSquares(std::size_t columns) {
  const auto n = static_cast<Eigen::Index>(columns);
  products_ = Eigen::MatrixXd::Zero(n, n);
  right_ = Eigen::VectorXd::Zero(n);
}

void LeastSquares::add(std::span<const double> row, double target) {
  const auto n = right_.size();
  for (Eigen::Index j = 0; j < n; ++j) {
    const double value = row[static_cast<std::size_t>(j)];
    if (value == 0) continue;
    right_[j] += value * target;
    for (Eigen::Index i = j; i < n; ++i) products_(i, j) += row[static_cast<std::size_t>(i)] * value;
  }
  targets_ += target * target;
  ++rows_;
}

LeastSquares::Solution LeastSquares::solve(double ridge, std::size_t columns) const {
  const auto n = columns == 0 ? right_.size() : static_cast<Eigen::Index>(columns);
  Eigen::MatrixXd matrix = products_.topLeftCorner(n, n);
  for (Eigen::Index i = 0; i < n; ++i) matrix(i, i) += ridge * matrix(i, i) + 1e-12;
  const Eigen::VectorXd x = matrix.selfadjointView<Eigen::Lower>().ldlt().solve(right_.head(n));
  if (!x.allFinite()) return {std::vector<double>(static_cast<std::size_t>(n)), targets_};
  const Eigen::MatrixXd plain = products_.topLeftCorner(n, n).selfadjointView<Eigen::Lower>();
  const double squares = targets_ - 2 * x.dot(right_.head(n)) + x.dot(plain * x);
  return {{x.data(), x.data() + n}, std::max(0.0, squares)};
}

double corrected_akaike(double squares, std::size_t values, std::size_t fitted, double scale) {
  const auto n = static_cast<double>(values), k = static_cast<double>(fitted) + 1;  // and the variance
  if (n <= k + 1) return kInfinite;
  return n * std::log(std::max(squares / n, 1e-12 * scale * scale + 1e-300)) + 2 * k +
         2 * k * (k + 1) / (n - k - 1);
}

}  // namespace restock::forecasting
