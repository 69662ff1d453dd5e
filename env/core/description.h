// How a component describes its own configuration: name, unit, range, meaning and default of every field,
// once.
//
// A configuration is a struct with defaults and one function `void describe(FieldVisitor&, Config&)` beside
// it. The YAML reader, the JSON schema, key=value overrides, the resolved configuration and the help texts
// are visitors, so they can never disagree. Components never read YAML.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/laws/law.h"

namespace restock {

/// What is true of a field besides its name and value.
struct FieldInfo {
  std::string_view meaning;    ///< one sentence for people
  std::string_view unit = "";  ///< "" where dimensionless
  /// Inclusive, of numbers and of each list element.
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();  ///< inclusive
  bool required = false;  ///< must be set here or by a default that stands elsewhere in the file
};

class FieldVisitor;

/// A list, or a map from id, of structs, seen through its elements.
class ListRef {
 public:
  virtual ~ListRef() = default;
  virtual bool is_keyed() const = 0;  ///< a map, whose elements carry their key
  virtual std::size_t size() const = 0;
  virtual void clear() = 0;
  virtual void append() = 0;  ///< adds an element that holds the defaults
  virtual void visit(FieldVisitor& visitor, std::size_t index) = 0;  ///< describes element `index`
  virtual std::string& key(std::size_t index) = 0;                   ///< of a map only
};

/// A choice among names.
struct ChoiceRef {
  std::span<const std::string_view> names;
  std::size_t index;
  std::function<void(std::size_t)> set;
};

/// Visits the fields of a configuration in the order in which people should read them.
class FieldVisitor {
 public:
  virtual ~FieldVisitor() = default;
  virtual void field(std::string_view name, bool& value, const FieldInfo& info) = 0;
  virtual void field(std::string_view name, std::int64_t& value, const FieldInfo& info) = 0;
  virtual void field(std::string_view name, double& value, const FieldInfo& info) = 0;       ///< NaN: not set
  virtual void field(std::string_view name, std::string& value, const FieldInfo& info) = 0;  ///< "": not set
  virtual void field(std::string_view name, std::vector<double>& value, const FieldInfo& info) = 0;
  virtual void field(std::string_view name, std::vector<std::int64_t>& value, const FieldInfo& info) = 0;
  virtual void field(std::string_view name, std::vector<std::string>& value, const FieldInfo& info) = 0;
  /// A plain number means {law: constant}.
  virtual void law(std::string_view name, LawSpec& value, const FieldInfo& info) = 0;
  virtual void choice(std::string_view name, ChoiceRef value, const FieldInfo& info) = 0;
  /// A choice that decides which fields stand beside it; `inner` visits those of the one that is chosen.
  virtual void variant(std::string_view name, ChoiceRef value, const FieldInfo& info,
                       const std::function<void(FieldVisitor&)>& inner) {
    choice(name, std::move(value), info);
    inner(*this);
  }
  virtual void list(std::string_view name, ListRef& value, const FieldInfo& info) = 0;
  /// A nested struct; `inner` describes it.
  virtual void object(std::string_view name, const FieldInfo& info,
                      const std::function<void(FieldVisitor&)>& inner) = 0;
  /// The struct itself has something to object to that no single field shows ("" : nothing).
  /// Called after the fields have been visited; `name` says at which field the message belongs.
  virtual void problem(std::string_view name, const std::string& message) = 0;
};

/// An enum whose names are given by `std::span<const std::string_view> names_of(E)`, in the order of its
/// values from 0.
template <class E>
requires std::is_enum_v<E>
void describe_choice(FieldVisitor& visitor, std::string_view name, E& value, const FieldInfo& info) {
  visitor.choice(name,
                 {names_of(value), static_cast<std::size_t>(value),
                  [&value](std::size_t i) { value = static_cast<E>(i); }},
                 info);
}

template <class T>
concept Describable = requires(FieldVisitor& visitor, T& value) {
  describe(visitor, value);
};

template <Describable T>
void describe_object(FieldVisitor& visitor, std::string_view name, T& value, const FieldInfo& info) {
  visitor.object(name, info, [&value](FieldVisitor& inner) { describe(inner, value); });
}

/// A vector of structs as a ListRef. New elements copy `prototype`; `key_of` names the member that holds a
/// map's key.
template <Describable T>
class VectorRef final : public ListRef {
 public:
  explicit VectorRef(std::vector<T>& items, T prototype = {}, std::string T::*key_of = nullptr)
      : items_(items), prototype_(std::move(prototype)), key_of_(key_of) {}
  bool is_keyed() const override { return key_of_ != nullptr; }
  std::size_t size() const override { return items_.size(); }
  void clear() override { items_.clear(); }
  void append() override { items_.push_back(prototype_); }
  void visit(FieldVisitor& visitor, std::size_t index) override { describe(visitor, items_[index]); }
  std::string& key(std::size_t index) override { return items_[index].*key_of_; }

 private:
  std::vector<T>& items_;
  T prototype_;
  std::string T::*key_of_;
};

template <Describable T>
void describe_list(FieldVisitor& visitor, std::string_view name, std::vector<T>& value, const FieldInfo& info,
                   T prototype = {}) {
  VectorRef<T> reference(value, std::move(prototype));
  visitor.list(name, reference, info);
}

/// A map in the file, kept as a vector of structs that carry their key in the member `key_of`.
template <Describable T>
void describe_map(FieldVisitor& visitor, std::string_view name, std::vector<T>& value, std::string T::*key_of,
                  const FieldInfo& info, T prototype = {}) {
  VectorRef<T> reference(value, std::move(prototype), key_of);
  visitor.list(name, reference, info);
}

}  // namespace restock
