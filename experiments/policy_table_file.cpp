#include "experiments/policy_table_file.h"

#include <fmt/format.h>

#include <array>

#include "env/core/atomic_file.h"
#include "env/core/csv.h"
#include "env/core/error.h"
#include "experiments/hdf5_handle.h"

namespace restock::experiments {

namespace {

struct Table {
  std::vector<std::string> columns;
  std::vector<std::int32_t> values;  ///< [states × columns]
  std::size_t states() const { return values.size() / columns.size(); }
};

Table levels_table(const exact::LevelAnswer& levels) {
  Table table{{"stage", "order_up_to_level", "echelon_level"}, {}};
  for (std::size_t i = 0; i < levels.skus.size(); ++i)
    for (const std::int64_t value :
         {static_cast<std::int64_t>(i) + 1, levels.local_levels[i], levels.echelon_levels[i]})
      table.values.push_back(static_cast<std::int32_t>(value));
  return table;
}

Table table_of(const exact::Result& result) {
  if (result.levels) return levels_table(*result.levels);
  if (!result.table)
    throw InputError("--out writes the orders of the optimum, expected no --policy beside it");
  const exact::PolicyTable& policy = *result.table;
  Table table{policy.columns(), {}};
  const std::size_t width = table.columns.size();
  const std::size_t of_state = policy.process().state_width();
  table.values.resize(policy.states() * width);
  for (std::size_t i = 0; i < policy.states(); ++i) {
    const auto row = std::span(table.values).subspan(i * width, width);
    policy.row(i, row.first(of_state), row.subspan(of_state));
  }
  return table;
}

std::string csv_of(const Table& table) {
  std::string text;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    text += fmt::format("{}{}", csv_field(table.columns[i]), i + 1 == table.columns.size() ? '\n' : ',');
  const std::size_t width = table.columns.size();
  for (std::size_t i = 0; i < table.values.size(); ++i)
    text += fmt::format("{}{}", table.values[i], (i + 1) % width == 0 ? '\n' : ',');
  return text;
}

void write_names(hid_t set, const Table& table, const std::string& cannot) {
  const std::string names = fmt::format("{}", fmt::join(table.columns, ","));
  const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, cannot);
  H5Tset_size(type, names.size());
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose, cannot);
  const Hdf5Handle attribute(H5Acreate2(set, "columns", type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                             cannot);
  if (H5Awrite(attribute, type, names.data()) < 0) throw InputError(cannot);
}

void write_hdf5(const Table& table, const std::string& file, const std::string& cannot) {
  silence_hdf5();
  const Hdf5Handle out(H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose, cannot);
  const std::array<hsize_t, 2> shape{table.states(), table.columns.size()};
  const Hdf5Handle space(H5Screate_simple(2, shape.data(), nullptr), H5Sclose, cannot);
  const Hdf5Handle set(H5Dcreate2(out, "table", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                       H5Dclose, cannot);
  if (H5Dwrite(set, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, table.values.data()) < 0)
    throw InputError(cannot);
  write_names(set, table, cannot);
}

}  // namespace

void write_policy_table(const exact::Result& result, const std::string& file) {
  if (file.ends_with(".csv")) return write_file_atomically(file, csv_of(table_of(result)));
  if (!file.ends_with(".h5"))
    throw InputError(fmt::format("{}: expected a name that ends in .csv or .h5", file));
  const Table table = table_of(result);
  write_file_atomically(file, [&](const std::string& temporary) {
    write_hdf5(table, temporary, file + ": cannot be written");
  });
}

}  // namespace restock::experiments
