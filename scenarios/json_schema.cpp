#include "scenarios/json_schema.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "env/core/json_writer.h"
#include "scenarios/resolved.h"
#include "scenarios/value_reader.h"

namespace restock::scenarios {

namespace {

constexpr int kIndent = 2;

void write_bounds(JsonWriter& json, double minimum, double maximum, bool above_minimum = false) {
  if (std::isfinite(minimum)) json.member(above_minimum ? "exclusiveMinimum" : "minimum", minimum);
  if (std::isfinite(maximum)) json.member("maximum", maximum);
}

void write_description(JsonWriter& json, const FieldInfo& info) {
  const std::string unit = info.unit.empty() ? "" : fmt::format(" [{}]", info.unit);
  json.member("description", std::string(info.meaning) + unit);
}

void write_type(JsonWriter& json, const FieldInfo& info, const double&) {
  json.member("type", "number");
  write_bounds(json, info.minimum, info.maximum);
}

void write_type(JsonWriter& json, const FieldInfo& info, const std::int64_t&) {
  json.member("type", "integer");
  write_bounds(json, info.minimum, info.maximum);
}

/// A plain text may look like a number or a flag: `id: 4711`.
void write_type(JsonWriter& json, const FieldInfo&, const std::string&) {
  json.key("type").value(std::vector<std::string>{"string", "number", "boolean"});
}

void write_law_parameter(JsonWriter& json, const LawParameter& parameter) {
  json.key(parameter.name).begin_object().member("description", std::string(parameter.meaning));
  const auto write_number = [&] {
    json.member("type", "number");
    write_bounds(json, parameter.minimum, parameter.maximum, parameter.above_minimum);
  };
  if (parameter.list) {
    json.key("anyOf").begin_array().begin_object();
    write_number();
    json.end_object().begin_object().member("type", "array").key("items").begin_object();
    write_number();
    json.end_object().member("minItems", 1).end_object().end_array();
  } else {
    write_number();
  }
  json.end_object();
}

void write_law(JsonWriter& json, const LawDescription& law) {
  json.begin_object().member("type", "object").member("description", std::string(law.meaning));
  json.key("properties").begin_object();
  json.key("law").begin_object().member("const", std::string(law.name)).end_object();
  std::vector<std::string> required{"law"};
  for (const LawParameter& parameter : law.parameters) {
    write_law_parameter(json, parameter);
    if (!parameter.optional) required.emplace_back(parameter.name);
  }
  json.end_object().member("required", required).member("additionalProperties", false).end_object();
}

/// Laws stand once in the schema; fields refer to them.
void write_definitions(JsonWriter& json) {
  json.key("definitions").begin_object().key("law").begin_object().key("oneOf").begin_array();
  json.begin_object().member("type", "number").member("description", "a constant").end_object();
  for (const LawDescription& law : law_registry()) write_law(json, law);
  json.end_array().end_object().end_object();
}

/// Writes the members of one object schema.
class SchemaWriter final : public FieldVisitor {
 public:
  explicit SchemaWriter(JsonWriter& json) : json_(json) {
    json_.member("type", "object").key("properties").begin_object();
  }

  void finish() {
    end_properties();
    json_.member("additionalProperties", false);
    if (variants_.empty()) return;
    json_.key("allOf").begin_array();
    for (const Variant& variant : variants_)
      for (std::size_t i = 0; i < variant.choice.names.size(); ++i) write_alternative(variant, i);
    json_.end_array();
  }

  void field(std::string_view name, bool& value, const FieldInfo& info) override {
    begin(name, info);
    json_.member("type", "boolean").member("default", value).end_object();
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
  void field(std::string_view name, std::vector<double>& value, const FieldInfo& info) override {
    several(name, value, info);
  }
  void field(std::string_view name, std::vector<std::int64_t>& value, const FieldInfo& info) override {
    several(name, value, info);
  }
  void field(std::string_view name, std::vector<std::string>& value, const FieldInfo& info) override {
    several(name, value, info);
  }

  void law(std::string_view name, LawSpec& value, const FieldInfo& info) override {
    begin(name, info);
    json_.key("allOf")
        .begin_array()
        .begin_object()
        .member("$ref", "#/definitions/law")
        .end_object()
        .end_array();
    write_bounds(json_, info.minimum, info.maximum);  // holds of numbers alone
    if (value.is_set()) {
      json_.key("default");
      write_law_spec(json_, value);
    } else {
      require(name, info);
    }
    json_.end_object();
  }

  void choice(std::string_view name, ChoiceRef value, const FieldInfo& info) override {
    begin(name, info);
    json_.member("enum", std::vector<std::string>(value.names.begin(), value.names.end()));
    json_.member("default", std::string(value.names[value.index])).end_object();
  }

  /// The keys of all alternatives stand here, so that none is called unknown; what they mean is said in
  /// finish(), for each alternative of its own.
  void variant(std::string_view name, ChoiceRef value, const FieldInfo& info,
               const std::function<void(FieldVisitor&)>& inner) override {
    choice(name, value, info);
    std::set<std::string> known;
    for (std::size_t i = 0; i < value.names.size(); ++i) {
      value.set(i);
      JsonWriter unused;
      SchemaWriter alternative(unused.begin_object());
      inner(alternative);
      for (const std::string& key : alternative.names_)
        if (known.insert(key).second) json_.key(key).begin_object().end_object();
    }
    value.set(value.index);
    variants_.push_back({std::string(name), std::move(value), inner});
  }

  void list(std::string_view name, ListRef& value, const FieldInfo& info) override {
    if (value.size() == 0) {
      require(name, info);
      value.append();
    }
    begin(name, info);
    const bool is_keyed = value.is_keyed();
    json_.member("type", is_keyed ? "object" : "array");
    json_.key(is_keyed ? "additionalProperties" : "items").begin_object();
    SchemaWriter element(json_);
    value.visit(element, 0);
    element.finish();
    json_.end_object();
    if (info.required) json_.member(is_keyed ? "minProperties" : "minItems", 1);
    json_.end_object();
  }

  void object(std::string_view name, const FieldInfo& info,
              const std::function<void(FieldVisitor&)>& inner) override {
    begin(name, info);
    SchemaWriter nested(json_);
    inner(nested);
    if (!nested.required_.empty()) require(name, info);
    nested.finish();
    json_.end_object();
  }

  void problem(std::string_view, const std::string&) override {}

 private:
  /// What a choice decides about the keys beside it.
  struct Variant {
    std::string name;
    ChoiceRef choice;  ///< index: the default
    std::function<void(FieldVisitor&)> describe;
  };

  /// "If the choice is this one (or left out, where this is the default), then the keys mean this."
  void write_alternative(const Variant& variant, std::size_t i) {
    const std::string chosen(variant.choice.names[i]);
    json_.begin_object().key("if").begin_object();
    json_.key("properties").begin_object().key(variant.name).begin_object().member("const", chosen);
    json_.end_object().end_object();
    if (i != variant.choice.index) json_.member("required", std::vector<std::string>{variant.name});
    json_.end_object().key("then").begin_object();
    variant.choice.set(i);
    SchemaWriter alternative(json_);
    variant.describe(alternative);
    alternative.end_properties();
    variant.choice.set(variant.choice.index);
    json_.end_object().end_object();
  }

  void end_properties() {
    json_.end_object();
    if (!required_.empty()) json_.member("required", required_);
  }

  void begin(std::string_view name, const FieldInfo& info) {
    names_.emplace_back(name);
    json_.key(name).begin_object();
    write_description(json_, info);
  }

  void require(std::string_view name, const FieldInfo& info) {
    if (info.required) required_.emplace_back(name);
  }

  template <class T>
  void single(std::string_view name, const T& value, const FieldInfo& info) {
    begin(name, info);
    write_type(json_, info, value);
    if (is_set(info, value)) {
      json_.member("default", value);
    } else {
      require(name, info);
    }
    json_.end_object();
  }

  /// A list, or a single value that stands for a list of one.
  template <class T>
  void several(std::string_view name, const std::vector<T>& value, const FieldInfo& info) {
    begin(name, info);
    json_.key("anyOf").begin_array().begin_object();
    write_type(json_, info, T{});
    json_.end_object().begin_object().member("type", "array").key("items").begin_object();
    write_type(json_, info, T{});
    json_.end_object();
    if (info.required) json_.member("minItems", 1);
    json_.end_object().end_array();
    if (value.empty()) {
      require(name, info);
    } else {
      json_.member("default", value);
    }
    json_.end_object();
  }

  JsonWriter& json_;
  std::vector<std::string> names_;
  std::vector<std::string> required_;
  std::vector<Variant> variants_;
};

}  // namespace

std::string json_schema(const std::string& title, const std::function<void(FieldVisitor&)>& describe_root) {
  JsonWriter json(kIndent);
  json.begin_object().member("$schema", "http://json-schema.org/draft-07/schema#").member("title", title);
  SchemaWriter root(json);
  describe_root(root);
  root.finish();
  write_definitions(json);
  json.end_object();
  return json.text();
}

}  // namespace restock::scenarios
