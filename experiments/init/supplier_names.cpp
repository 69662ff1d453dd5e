#include "experiments/init/supplier_names.h"

#include <fmt/format.h>

#include <cctype>

namespace restock::experiments {

namespace {

std::string simplified(const std::string& name) {
  constexpr std::size_t kLongest = 40;
  std::string id;
  for (const char each : name) {
    const auto byte = static_cast<unsigned char>(each);
    if (std::isalnum(byte) != 0 && byte < 128)
      id += static_cast<char>(std::tolower(byte));
    else if (!id.empty() && id.back() != '-')
      id += '-';
    if (id.size() == kLongest) break;
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id.empty() ? "supplier" : id;
}

}  // namespace

const std::string& SupplierNames::id_of(const std::string& name) {
  const auto [place, is_new] = ids_.try_emplace(name);
  if (!is_new) return place->second;
  const std::string id = simplified(name);
  std::string free = id;
  for (int number = 2; !taken_.insert(free).second; ++number) free = fmt::format("{}-{}", id, number);
  return place->second = free;
}

}  // namespace restock::experiments
