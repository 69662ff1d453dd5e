#include "scenarios/resolved.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/value_reader.h"

namespace restock::scenarios {

namespace {

constexpr std::size_t kIndent = 2;

bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Letters, then letters, digits and what names and paths are made of; no word that YAML takes for something
/// else.
bool is_plain(std::string_view text) {
  constexpr std::array<std::string_view, 11> words{"true", "false", "yes", "no",  "on", "off",
                                                   "null", "y",     "n",   "nan", "inf"};
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (text.empty() || !is_letter(text[0]) || std::find(words.begin(), words.end(), lower) != words.end())
    return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '/';
  });
}

std::string scalar(double value) {
  return fmt::format("{}", value);
}
std::string scalar(std::int64_t value) {
  return fmt::format("{}", value);
}
std::string scalar(const std::string& value) {
  return yaml_text(value);
}

/// [a, b]
template <class T>
std::string flow_list(const std::vector<T>& values) {
  std::string text = "[";
  for (const T& value : values) text += (text.size() > 1 ? ", " : "") + scalar(value);
  return text + "]";
}

std::string flow_law(const LawSpec& law) {
  std::string text = "{law: " + yaml_text(law.name);
  for (const LawSpec::Parameter& parameter : law.parameters) {
    const bool is_one = parameter.values.size() == 1;
    text += fmt::format(", {}: {}", parameter.name,
                        is_one ? scalar(parameter.values[0]) : flow_list(parameter.values));
  }
  return text + "}";
}

/// Writes the lines of one object.
class YamlWriter final : public FieldVisitor {
 public:
  explicit YamlWriter(std::size_t indent) : indent_(indent) {}

  std::string text;

  void field(std::string_view name, bool& value, const FieldInfo&) override {
    line(name, value ? "true" : "false");
  }
  void field(std::string_view name, std::int64_t& value, const FieldInfo& info) override {
    single(name, value, info);
  }
  void field(std::string_view name, double& value, const FieldInfo& info) override {
    single(name, value, info);
  }
  void field(std::string_view name, std::string& value, const FieldInfo& info) override {
    single(name, value, info);
  }
  void field(std::string_view name, std::vector<double>& value, const FieldInfo&) override {
    line(name, flow_list(value));
  }
  void field(std::string_view name, std::vector<std::int64_t>& value, const FieldInfo&) override {
    line(name, flow_list(value));
  }
  void field(std::string_view name, std::vector<std::string>& value, const FieldInfo&) override {
    line(name, flow_list(value));
  }
  void law(std::string_view name, LawSpec& value, const FieldInfo&) override {
    if (value.is_set()) line(name, flow_law(value));
  }
  void choice(std::string_view name, ChoiceRef value, const FieldInfo&) override {
    line(name, yaml_text(value.names[value.index]));
  }

  void list(std::string_view name, ListRef& value, const FieldInfo&) override {
    if (value.size() == 0) return;
    line(name, "");
    for (std::size_t i = 0; i < value.size(); ++i) {
      YamlWriter element(indent_ + 2 * kIndent);
      value.visit(element, i);
      if (value.is_keyed()) {
        block(indent_ + kIndent, yaml_text(value.key(i)) + ":", element);
      } else {
        item(element);
      }
    }
  }

  void object(std::string_view name, const FieldInfo&,
              const std::function<void(FieldVisitor&)>& inner) override {
    YamlWriter nested(indent_ + kIndent);
    inner(nested);
    if (!nested.text.empty()) block(indent_, std::string(name) + ":", nested);
  }

  void problem(std::string_view, const std::string&) override {}

 private:
  template <class T>
  void single(std::string_view name, const T& value, const FieldInfo& info) {
    if (is_set(info, value)) line(name, scalar(value));
  }

  void line(std::string_view name, const std::string& value) {
    text += fmt::format("{:{}}{}:{}{}\n", "", indent_, name, value.empty() ? "" : " ", value);
  }

  void block(std::size_t indent, const std::string& head, const YamlWriter& body) {
    text += fmt::format("{:{}}{}{}\n{}", "", indent, head, body.text.empty() ? " {}" : "", body.text);
  }

  /// The body's first line begins with a dash.
  void item(const YamlWriter& body) {
    if (body.text.empty()) {
      text += fmt::format("{:{}}- {{}}\n", "", indent_ + kIndent);
      return;
    }
    const std::size_t dash = text.size() + indent_ + kIndent;
    text += body.text;
    text[dash] = '-';
  }

  std::size_t indent_;
};

/// Writes the members of one object.
class JsonConfigWriter final : public FieldVisitor {
 public:
  explicit JsonConfigWriter(JsonWriter& json) : json_(json) {}

  void field(std::string_view name, bool& value, const FieldInfo&) override { json_.member(name, value); }
  void field(std::string_view name, std::int64_t& value, const FieldInfo& info) override {
    single(name, value, info);
  }
  void field(std::string_view name, double& value, const FieldInfo& info) override {
    single(name, value, info);
  }
  void field(std::string_view name, std::string& value, const FieldInfo& info) override {
    single(name, value, info);
  }
  void field(std::string_view name, std::vector<double>& value, const FieldInfo&) override {
    json_.member(name, value);
  }
  void field(std::string_view name, std::vector<std::int64_t>& value, const FieldInfo&) override {
    json_.member(name, value);
  }
  void field(std::string_view name, std::vector<std::string>& value, const FieldInfo&) override {
    json_.member(name, value);
  }

  void law(std::string_view name, LawSpec& value, const FieldInfo&) override {
    if (!value.is_set()) return;
    json_.key(name);
    write_law_spec(json_, value);
  }

  void choice(std::string_view name, ChoiceRef value, const FieldInfo&) override {
    json_.member(name, std::string(value.names[value.index]));
  }

  void list(std::string_view name, ListRef& value, const FieldInfo&) override {
    if (value.size() == 0) return;
    const bool is_keyed = value.is_keyed();
    json_.key(name);
    is_keyed ? json_.begin_object() : json_.begin_array();
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (is_keyed) json_.key(value.key(i));
      json_.begin_object();
      value.visit(*this, i);
      json_.end_object();
    }
    is_keyed ? json_.end_object() : json_.end_array();
  }

  void object(std::string_view name, const FieldInfo&,
              const std::function<void(FieldVisitor&)>& inner) override {
    json_.key(name).begin_object();
    inner(*this);
    json_.end_object();
  }

  void problem(std::string_view, const std::string&) override {}

 private:
  template <class T>
  void single(std::string_view name, const T& value, const FieldInfo& info) {
    if (is_set(info, value)) json_.member(name, value);
  }

  JsonWriter& json_;
};

}  // namespace

void write_law_spec(JsonWriter& json, const LawSpec& law) {
  json.begin_object().member("law", law.name);
  for (const LawSpec::Parameter& parameter : law.parameters) {
    if (parameter.values.size() == 1) {
      json.member(parameter.name, parameter.values[0]);
    } else {
      json.member(parameter.name, parameter.values);
    }
  }
  json.end_object();
}

std::string yaml_text(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string resolved_yaml(const std::function<void(FieldVisitor&)>& describe_root) {
  YamlWriter writer(0);
  describe_root(writer);
  return writer.text;
}

void write_resolved(JsonWriter& json, const std::function<void(FieldVisitor&)>& describe_root) {
  json.begin_object();
  JsonConfigWriter writer(json);
  describe_root(writer);
  json.end_object();
}

}  // namespace restock::scenarios
