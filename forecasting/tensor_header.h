// The JSON header of a tensor file, read strictly: one object of tensors {dtype, shape, data_offsets} and,
// optionally, one object of strings named __metadata__. Every other form is refused.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace restock::forecasting {

struct TensorHeader {
  struct Entry {
    std::string dtype;
    std::vector<std::size_t> shape;
    std::vector<std::size_t>
        offsets;  ///< first byte and the one behind the last, counted from the end of the header
  };
  std::map<std::string, std::string> metadata;
  std::map<std::string, Entry> entries;
};

/// Throws std::invalid_argument that says what is wrong at which byte.
TensorHeader parse_tensor_header(std::string_view json);

}  // namespace restock::forecasting
