#include "scenarios/yaml_reader.h"

#include "env/core/atomic_file.h"
#include "scenarios/findings.h"
#include "scenarios/object_reader.h"
#include "scenarios/yaml_node.h"
#include "scenarios/yaml_override.h"
#include "scenarios/yaml_scalar.h"
#include "scenarios/yaml_text.h"

namespace restock::scenarios {

namespace {

void read_root(const YamlDocument& document, Findings& findings, const DescribeRoot& describe_root) {
  const YamlNode& root = document.root;
  if (!root.is(YamlKind::map) && !root.is(YamlKind::nothing))
    return findings.add_unreadable(root, "", shown(root) + ", expected a map of keys");
  const Entered inside(findings, root);
  ObjectReader reader(findings, {&root, root.place, "", true});
  describe_root(reader);
  reader.report_unknown_keys();
}

}  // namespace

void read_yaml_text(std::string_view text, const std::string& name, const Overrides& overrides,
                    const DescribeRoot& describe_root) {
  YamlDocument document = parse_yaml(text, name);
  for (const std::string& one : overrides) apply_override(document, one);
  Findings findings(document);
  read_root(document, findings, describe_root);
  findings.throw_if_any();
}

void read_yaml_file(const std::string& file, const Overrides& overrides, const DescribeRoot& describe_root) {
  read_yaml_text(read_file(file, kMaximumYamlBytes), file, overrides, describe_root);
}

}  // namespace restock::scenarios
