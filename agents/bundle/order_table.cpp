#include "agents/bundle/order_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "agents/bundle/folder.h"
#include "env/core/error.h"
#include "forecasting/tensor_file.h"

namespace restock::bundle {

namespace {

/// Floats hold whole numbers up to here.
constexpr float kLargest = 0x1p24F;

std::vector<float> floats_of(const std::vector<exact::Units>& units) {
  std::vector<float> floats;
  floats.reserve(units.size());
  for (const exact::Units value : units) {
    if (std::abs(static_cast<double>(value)) > static_cast<double>(kLargest))
      throw InputError(
          fmt::format("the optimal policy holds a level of {} units, expected at most {} in a bundle", value,
                      static_cast<std::int64_t>(kLargest)));
    floats.push_back(static_cast<float>(value));
  }
  return floats;
}

std::vector<exact::Units> units_of(const std::vector<float>& floats, float least, const std::string& file) {
  std::vector<exact::Units> units;
  units.reserve(floats.size());
  for (const float value : floats) {
    if (!(value >= least && value <= kLargest && value == std::floor(value)))
      refuse(file, {},
             fmt::format("holds {} where whole units are expected; export the policy again", value));
    units.push_back(static_cast<exact::Units>(value));
  }
  return units;
}

}  // namespace

std::string order_table_bytes(const exact::OrderTable& table) {
  forecasting::TensorFile file;
  file.set("states", {table.rows(), table.columns.size()}, floats_of(table.states));
  file.set("orders", {table.rows()}, floats_of(table.orders));
  return forecasting::tensor_file_bytes(file);
}

exact::OrderTable read_order_table(std::string_view bytes, std::vector<exact::StateColumn> columns,
                                   std::size_t rows, const std::string& file) {
  const forecasting::TensorFile tensors = forecasting::parse_tensor_file(bytes, file);
  const std::size_t width = columns.size();
  exact::OrderTable table{std::move(columns), units_of(tensors.get("states", {rows, width}), -kLargest, file),
                          units_of(tensors.get("orders", {rows}), 0, file)};
  if (tensors.tensors.size() != 2)
    refuse(file, {},
           fmt::format("holds {} tensors, expected 2; export the policy again", tensors.tensors.size()));
  for (std::size_t row = 1; row < rows; ++row)
    if (!std::ranges::lexicographical_compare(table.state(row - 1), table.state(row)))
      refuse(file, {},
             fmt::format("its states {} and {} do not ascend; export the policy again", row - 1, row));
  return table;
}

}  // namespace restock::bundle
