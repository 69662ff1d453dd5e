// RESTOCK_CHECK(condition, format, values…): an invariant that is always checked. Throws InvariantError.
#pragma once

#include <fmt/format.h>

#include "env/core/error.h"

namespace restock {

[[noreturn]] inline void invariant_failed(const char* condition, const char* file, int line,
                                          const std::string& values) {
  throw InvariantError(fmt::format("{}:{}: broken invariant '{}': {}", file, line, condition, values));
}

}  // namespace restock

#define RESTOCK_CHECK(condition, ...)                                                          \
  do {                                                                                         \
    if (!(condition)) [[unlikely]]                                                             \
      ::restock::invariant_failed(#condition, __FILE__, __LINE__, ::fmt::format(__VA_ARGS__)); \
  } while (false)
