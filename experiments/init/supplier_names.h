// Ids of suppliers out of the names that a table gives them: letters, digits and dashes, no two alike.
#pragma once

#include <map>
#include <set>
#include <string>

namespace restock::experiments {

class SupplierNames {
 public:
  /// Always the same for a name; "supplier" for "".
  const std::string& id_of(const std::string& name);

 private:
  std::map<std::string, std::string, std::less<>> ids_;
  std::set<std::string, std::less<>> taken_;
};

}  // namespace restock::experiments
