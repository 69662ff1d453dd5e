#include "experiments/demand_paths_file.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "experiments/hdf5_handle.h"

namespace restock::experiments {

namespace {

constexpr std::size_t kMaximumIdBytes = 256;

void require(bool holds, const std::string& what) {
  if (!holds) throw InputError(what);
}

hid_t make_id_type() {
  const hid_t type = H5Tcopy(H5T_C_S1);
  if (type >= 0) H5Tset_size(type, kMaximumIdBytes);
  return type;
}

void write_units(hid_t file, const DemandPaths& paths, const std::string& name) {
  const std::array<hsize_t, 3> shape{static_cast<hsize_t>(paths.paths), static_cast<hsize_t>(paths.days),
                                     static_cast<hsize_t>(paths.skus)};
  const Hdf5Handle space(H5Screate_simple(3, shape.data(), nullptr), H5Sclose, name + ": cannot be written");
  const Hdf5Handle set(H5Dcreate2(file, "units", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                       H5Dclose, name + ": cannot be written");
  require(H5Dwrite(set, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, paths.units.data()) >= 0,
          name + ": cannot be written");
}

void write_ids(hid_t file, const std::vector<std::string>& skus, const std::string& name) {
  std::vector<char> text(skus.size() * kMaximumIdBytes, '\0');
  for (std::size_t i = 0; i < skus.size(); ++i) {
    require(skus[i].size() < kMaximumIdBytes,
            fmt::format("SKU id '{}' is longer than {} bytes", skus[i], kMaximumIdBytes - 1));
    std::copy(skus[i].begin(), skus[i].end(),
              text.begin() + static_cast<std::ptrdiff_t>(i * kMaximumIdBytes));
  }
  const hsize_t count = skus.size();
  const Hdf5Handle type(make_id_type(), H5Tclose, "HDF5: no memory for a type");
  const Hdf5Handle space(H5Screate_simple(1, &count, nullptr), H5Sclose, name + ": cannot be written");
  const Hdf5Handle set(H5Dcreate2(file, "skus", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose,
                       name + ": cannot be written");
  require(H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()) >= 0, name + ": cannot be written");
}

std::vector<hsize_t> shape_of(hid_t set, int rank, const std::string& what) {
  const Hdf5Handle space(H5Dget_space(set), H5Sclose, what);
  require(H5Sget_simple_extent_ndims(space) == rank, what);
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  H5Sget_simple_extent_dims(space, shape.data(), nullptr);
  return shape;
}

DemandPaths read_units(hid_t file, std::size_t maximum_units, const std::string& name) {
  const std::string what =
      name + ": no demand paths, expected a dataset 'units' [paths × days × skus] of whole numbers";
  const Hdf5Handle set(H5Dopen2(file, "units", H5P_DEFAULT), H5Dclose, what);
  const std::vector<hsize_t> shape = shape_of(set, 3, what);
  for (const hsize_t extent : shape) require(extent > 0 && extent <= maximum_units, what);
  require(shape[0] <= maximum_units / shape[1] / shape[2],
          fmt::format("{}: more than {} numbers", name, maximum_units));
  DemandPaths paths{static_cast<std::int64_t>(shape[0]),
                    static_cast<std::int64_t>(shape[1]),
                    static_cast<std::int64_t>(shape[2]),
                    {}};
  paths.units.resize(shape[0] * shape[1] * shape[2]);
  require(H5Dread(set, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, paths.units.data()) >= 0, what);
  for (const std::int32_t units : paths.units)
    require(units >= 0, fmt::format("{}: demand of {} units, expected 0 or more", name, units));
  return paths;
}

std::vector<std::string> read_ids(hid_t file, std::size_t count, const std::string& name) {
  const std::string what =
      name + ": no SKU ids, expected a dataset 'skus' with one id for each SKU of 'units'";
  const Hdf5Handle set(H5Dopen2(file, "skus", H5P_DEFAULT), H5Dclose, what);
  require(shape_of(set, 1, what)[0] == count, what);
  std::vector<char> text(count * kMaximumIdBytes);
  const Hdf5Handle type(make_id_type(), H5Tclose, "HDF5: no memory for a type");
  require(H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()) >= 0, what);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < count; ++i) {
    text[(i + 1) * kMaximumIdBytes - 1] = '\0';
    ids.emplace_back(text.data() + i * kMaximumIdBytes);
  }
  return ids;
}

}  // namespace

void write_demand_paths(const DemandPathsFile& content, const std::string& file) {
  silence_hdf5();
  write_file_atomically(file, [&](const std::string& temporary) {
    const Hdf5Handle handle(H5Fcreate(temporary.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose,
                            file + ": cannot be written");
    write_units(handle, content.paths, file);
    write_ids(handle, content.skus, file);
    require(H5Fflush(handle, H5F_SCOPE_GLOBAL) >= 0, file + ": cannot be written");
  });
}

DemandPathsFile read_demand_paths(const std::string& file, std::size_t maximum_units) {
  silence_hdf5();
  const Hdf5Handle handle(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose,
                          file + ": no HDF5 file that can be read");
  DemandPathsFile content;
  content.paths = read_units(handle, maximum_units, file);
  content.skus = read_ids(handle, static_cast<std::size_t>(content.paths.skus), file);
  return content;
}

}  // namespace restock::experiments
