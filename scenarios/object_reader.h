// Fills a configuration from a map: the FieldVisitor of the reader. Internal to this folder.
//
// Each field takes the value of its key; keys that no field took are unknown. Whether a required field is
// there is asked of the value, after reading: a default that stands elsewhere in the file has been copied
// into it by then (VectorRef's prototype). What an absent, not required object requires is not asked for.
#pragma once

#include <string>
#include <vector>

#include "env/core/description.h"
#include "scenarios/findings.h"
#include "scenarios/yaml_node.h"

namespace restock::scenarios {

class ObjectReader final : public FieldVisitor {
 public:
  /// What an object is read from.
  struct Source {
    const YamlNode* node;  ///< a map; nullptr where the file does not have it
    YamlPlace place;       ///< where to say that something is missing
    std::string path;      ///< "" for the file itself
    bool is_enforced;      ///< whether required fields have to be there
  };

  ObjectReader(Findings& findings, Source source) : findings_(findings), source_(std::move(source)) {}

  void field(std::string_view name, bool& value, const FieldInfo& info) override;
  void field(std::string_view name, std::int64_t& value, const FieldInfo& info) override;
  void field(std::string_view name, double& value, const FieldInfo& info) override;
  void field(std::string_view name, std::string& value, const FieldInfo& info) override;
  void field(std::string_view name, std::vector<double>& value, const FieldInfo& info) override;
  void field(std::string_view name, std::vector<std::int64_t>& value, const FieldInfo& info) override;
  void field(std::string_view name, std::vector<std::string>& value, const FieldInfo& info) override;
  void law(std::string_view name, LawSpec& value, const FieldInfo& info) override;
  void choice(std::string_view name, ChoiceRef value, const FieldInfo& info) override;
  void list(std::string_view name, ListRef& value, const FieldInfo& info) override;
  void object(std::string_view name, const FieldInfo& info,
              const std::function<void(FieldVisitor&)>& inner) override;
  void problem(std::string_view name, const std::string& message) override;

  /// Reports the keys that no field took. To be called after the fields have been visited.
  void report_unknown_keys();

 private:
  const YamlNode* take(std::string_view name);
  std::string path_of(std::string_view name) const;
  void report_missing(std::string_view name, const FieldInfo& info, const std::string& expected);
  std::string hint_for(const std::string& key) const;
  void read_elements(const YamlNode& node, ListRef& value, const std::string& path);
  template <class T>
  void single(std::string_view name, T& value, const FieldInfo& info);
  template <class T>
  void several(std::string_view name, std::vector<T>& value, const FieldInfo& info);

  Findings& findings_;
  Source source_;
  std::vector<std::string> names_;   ///< fields visited
  std::vector<std::string> nested_;  ///< fields of the objects among them, as object.field
};

}  // namespace restock::scenarios
