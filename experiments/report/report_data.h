// Everything a report shows. Filled by whoever ran the comparison; sections, JSON and CSV read nothing else.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "experiments/comparison.h"

namespace restock::experiments {

/// How the cost of a learner's policy fell while it trained.
struct TrainingCurve {
  std::string name;
  std::string x_label =
      "seconds";  ///< "seconds", "environment steps"…; curves with the same label share a chart
  std::vector<double> x;
  std::vector<double> cost_per_day;  ///< on the tune split; one value for each x
};

/// A table that a section of its own shows, such as the accuracy of forecasts. NaN prints as a dash.
struct Table {
  using Cell = std::variant<std::string, double>;
  std::string title;
  std::string note;  ///< one or two sentences under the title; may be empty
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;  ///< each as long as columns
};

struct ReportData {
  std::string title;
  Comparison comparison;
  std::vector<TrainingCurve> training_curves;
  std::vector<Table> tables;
  std::vector<std::pair<std::string, std::string>> environment;  ///< version, compiler, seed, device…
  std::vector<std::string> notes;  ///< what a reader must also know; one paragraph each
};

}  // namespace restock::experiments
