#include "forecasting/trees/grow_trees.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <charconv>
#include <limits>
#include <map>
#include <string_view>

#include "env/core/check.h"

namespace restock::forecasting {

namespace {

void call(int status) {
  RESTOCK_CHECK(status == 0, "XGBoost: {}", XGBGetLastError());
}

class Booster {
 public:
  explicit Booster(DMatrixHandle matrix) { call(XGBoosterCreate(&matrix, 1, &handle_)); }
  ~Booster() { XGBoosterFree(handle_); }
  Booster(const Booster&) = delete;
  Booster& operator=(const Booster&) = delete;
  template <class Value>
  void set(const char* name, Value value) {
    call(XGBoosterSetParam(handle_, name, fmt::format("{}", value).c_str()));
  }
  BoosterHandle get() const { return handle_; }

 private:
  BoosterHandle handle_ = nullptr;
};

/// Reads what XGBoost prints of a tree, one line a node: "0:[f3<0.25] yes=1,no=2,missing=1", "1:leaf=0.5".
class PrintedTree {
 public:
  explicit PrintedTree(std::string_view text) : text_(text) {}

  Tree read() {
    std::map<std::int32_t, TreeNode> printed;  // by XGBoost's number of the node
    while (!text_.empty()) {
      while (!text_.empty() && (text_.front() == '\t' || text_.front() == '\n')) text_.remove_prefix(1);
      if (text_.empty()) break;
      const auto id = number<std::int32_t>();
      printed[id] = node();
      text_.remove_prefix(std::min(text_.find('\n'), text_.size()));
    }
    Tree tree;
    place(printed, 0, tree);
    return tree;
  }

 private:
  template <class Number>
  Number number() {
    Number value{};
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    RESTOCK_CHECK(error == std::errc(), "not a number in a tree of XGBoost: {}", text_.substr(0, 40));
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return value;
  }
  void expect(std::string_view word) {
    RESTOCK_CHECK(text_.starts_with(word), "'{}' expected in a tree of XGBoost: {}", word,
                  text_.substr(0, 40));
    text_.remove_prefix(word.size());
  }

  TreeNode node() {
    expect(":");
    if (!text_.starts_with("[")) return {};
    TreeNode node;
    expect("[f");
    node.feature = number<std::int32_t>();
    expect("<");
    node.threshold = number<float>();
    expect("] yes=");
    node.left = number<std::int32_t>();
    expect(",no=");
    node.right = number<std::int32_t>();
    return node;
  }

  /// Parents before their children; leaves numbered from left to right.
  std::int32_t place(const std::map<std::int32_t, TreeNode>& printed, std::int32_t id, Tree& tree) {
    const std::size_t at = tree.nodes.size();
    const TreeNode node = printed.at(id);
    tree.nodes.push_back(node);
    if (node.feature < 0) {
      tree.nodes[at].left = static_cast<std::int32_t>(tree.leaves++);
    } else {
      const std::int32_t left = place(printed, node.left, tree);
      const std::int32_t right = place(printed, node.right, tree);
      tree.nodes[at].left = left, tree.nodes[at].right = right;
    }
    return static_cast<std::int32_t>(at);
  }

  std::string_view text_;
};

}  // namespace

struct TreeGrower::Matrix {
  DMatrixHandle handle = nullptr;
  ~Matrix() {
    if (handle) XGDMatrixFree(handle);
  }
};

TreeGrower::TreeGrower(std::span<const float> values, std::size_t columns)
    : values_(values),
      columns_(columns),
      rows_(values.size() / columns),
      matrix_(std::make_unique<Matrix>()) {
  if (rows_ == 0) return;
  call(XGDMatrixCreateFromMat_omp(values_.data(), rows_, columns_, std::numeric_limits<float>::quiet_NaN(),
                                  &matrix_->handle, 1));
}

TreeGrower::~TreeGrower() = default;

std::vector<Tree> TreeGrower::grow(std::vector<float>& gradients, std::vector<float>& curvatures,
                                   const GrowthSettings& settings, std::size_t count,
                                   std::uint64_t seed) const {
  Booster b(matrix_->handle);
  b.set("nthread", 1);
  b.set("verbosity", 0);
  b.set("tree_method", "hist");
  b.set("base_score", 0);
  b.set("eta", 1);
  b.set("seed", seed % 2'000'000'000U);
  b.set("max_depth", settings.depth);
  b.set("min_child_weight", settings.smallest_leaf);
  b.set("lambda", settings.penalty);
  b.set("subsample", settings.rows);
  b.set(settings.columns_by_node ? "colsample_bynode" : "colsample_bytree", settings.columns);
  b.set("max_bin", settings.bins);
  b.set("num_parallel_tree", count);
  call(XGBoosterBoostOneIter(b.get(), matrix_->handle, gradients.data(), curvatures.data(), rows_));
  bst_ulong printed = 0;
  const char** texts = nullptr;
  call(XGBoosterDumpModelEx(b.get(), "", 0, "text", &printed, &texts));
  std::vector<Tree> trees;
  for (bst_ulong i = 0; i < printed; ++i) trees.push_back(PrintedTree(texts[i]).read());
  return trees;
}

}  // namespace restock::forecasting
