#include "forecasting/trees/tree_model.h"

namespace restock::forecasting {

void describe(FieldVisitor& visitor, TreeLawConfig& config) {
  visitor.field("rows", config.rows, {"errors that are learned from, about", "", 1000, 1e8});
  visitor.field("rounds", config.rounds, {"trees for sums, and for single steps", "", 0, 10'000});
  visitor.field("depth", config.depth, {"splits between the root and a leaf, at most", "", 1, 15});
  visitor.field("rate", config.rate, {"share of its best answer that a tree gives", "", 0.001, 1});
  visitor.field("smallest_leaf", config.smallest_leaf, {"different errors in a leaf, at least", "", 1, 1e6});
}

void describe(FieldVisitor& visitor, BoostedTreesConfig& config) {
  visitor.field("rows", config.rows, {"rows that are learned from, about", "", 1000, 1e8});
  visitor.field("rounds", config.rounds, {"trees", "", 0, 10'000});
  visitor.field("depth", config.depth, {"splits between the root and a leaf, at most", "", 1, 15});
  visitor.field("rate", config.rate, {"share of its best answer that a tree gives", "", 0.001, 1});
  visitor.field("smallest_leaf", config.smallest_leaf,
                {"weight of the rows in a leaf, at least", "", 0, 1e6});
  visitor.field("penalty", config.penalty, {"draws leaves to 0: rows of no error in each", "", 0, 1e6});
  visitor.field("row_share", config.row_share, {"rows that a tree is grown on", "", 0.01, 1});
  visitor.field("column_share", config.column_share, {"features that a tree may use", "", 0.01, 1});
  visitor.field("seed", config.seed, {"of all draws", "", 0, 1e9});
  describe_object(visitor, "law", config.law, {"trees that give quantiles of errors"});
}

void describe(FieldVisitor& visitor, RandomForestConfig& config) {
  visitor.field("rows", config.rows, {"rows that are learned from, about", "", 1000, 1e8});
  visitor.field("trees", config.trees, {"trees", "", 1, 10'000});
  visitor.field("depth", config.depth, {"splits between the root and a leaf, at most", "", 1, 15});
  visitor.field("smallest_leaf", config.smallest_leaf,
                {"weight of the rows in a leaf, at least", "", 0, 1e6});
  visitor.field("row_share", config.row_share, {"rows that a tree is grown on", "", 0.01, 1});
  visitor.field("column_share", config.column_share, {"features that a split may use", "", 0.01, 1});
  visitor.field("seed", config.seed, {"of all draws", "", 0, 1e9});
  describe_object(visitor, "law", config.law, {"trees that give quantiles of errors"});
}

}  // namespace restock::forecasting
