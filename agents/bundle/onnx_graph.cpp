#include "agents/bundle/onnx_graph.h"

#include <fmt/format.h>
#include <onnx/checker.h>
#include <onnx/onnx_pb.h>
#include <onnx/shape_inference/implementation.h>

#include <algorithm>

#include "env/core/check.h"

namespace restock::bundle {

namespace {

constexpr int kIrVersion = 7;  ///< the one that came with opset 13
constexpr int kOpset = 13;

onnx::TensorProto_DataType type_of(OnnxType type) {
  switch (type) {
    case OnnxType::float32:
      return onnx::TensorProto_DataType_FLOAT;
    case OnnxType::float64:
      return onnx::TensorProto_DataType_DOUBLE;
    case OnnxType::int64:
      return onnx::TensorProto_DataType_INT64;
    case OnnxType::boolean:
      return onnx::TensorProto_DataType_BOOL;
  }
  return onnx::TensorProto_DataType_UNDEFINED;
}

void set_type(onnx::ValueInfoProto& info, std::string_view name, OnnxType type, std::size_t columns,
              std::string_view meaning) {
  info.set_name(std::string(name));
  info.set_doc_string(std::string(meaning));
  onnx::TypeProto_Tensor* tensor = info.mutable_type()->mutable_tensor_type();
  tensor->set_elem_type(type_of(type));
  tensor->mutable_shape()->add_dim()->set_dim_param("rows");
  if (columns > 0) tensor->mutable_shape()->add_dim()->set_dim_value(static_cast<std::int64_t>(columns));
}

/// A constant with its raw little-endian bytes.
template <class T>
void add_constant(onnx::ModelProto& model, const std::string& name, OnnxType type,
                  const OnnxGraph::Shape& shape, const std::vector<T>& values) {
  onnx::TensorProto* tensor = model.mutable_graph()->add_initializer();
  tensor->set_name(name);
  tensor->set_data_type(type_of(type));
  std::size_t elements = 1;
  for (const std::int64_t extent : shape) {
    tensor->add_dims(extent);
    elements *= static_cast<std::size_t>(extent);
  }
  RESTOCK_CHECK(elements == values.size(), "{} values in a constant of {}", values.size(), elements);
  tensor->set_raw_data(values.data(), values.size() * sizeof(T));
}

}  // namespace

OnnxGraph::OnnxGraph(std::string_view name) : model_(std::make_unique<onnx::ModelProto>()) {
  model_->set_ir_version(kIrVersion);
  model_->set_producer_name("restock");
  model_->set_producer_version(RESTOCK_VERSION);
  model_->add_opset_import()->set_version(kOpset);
  model_->mutable_graph()->set_name(std::string(name));
}

OnnxGraph::~OnnxGraph() = default;

OnnxGraph::Value OnnxGraph::fresh(std::string_view stem) {
  return fmt::format("{}_{}", stem, values_++);
}

OnnxGraph::Value OnnxGraph::input(std::string_view name, OnnxType type, std::size_t columns,
                                  std::string_view meaning) {
  if (std::find(inputs_.begin(), inputs_.end(), name) == inputs_.end()) {
    set_type(*model_->mutable_graph()->add_input(), name, type, columns, meaning);
    inputs_.emplace_back(name);
  }
  return std::string(name);
}

void OnnxGraph::output(const Value& value, std::string_view name, OnnxType type, std::size_t columns,
                       std::string_view meaning) {
  onnx::NodeProto* node = model_->mutable_graph()->add_node();
  node->set_op_type("Identity");
  node->add_input(value);
  node->add_output(std::string(name));
  set_type(*model_->mutable_graph()->add_output(), name, type, columns, meaning);
}

OnnxGraph::Value OnnxGraph::constant(const Shape& shape, const std::vector<float>& values) {
  const Value name = fresh("constant");
  add_constant(*model_, name, OnnxType::float32, shape, values);
  return name;
}

OnnxGraph::Value OnnxGraph::constant(const Shape& shape, const std::vector<double>& values) {
  const Value name = fresh("constant");
  add_constant(*model_, name, OnnxType::float64, shape, values);
  return name;
}

OnnxGraph::Value OnnxGraph::constant(const Shape& shape, const std::vector<std::int64_t>& values) {
  const Value name = fresh("constant");
  add_constant(*model_, name, OnnxType::int64, shape, values);
  return name;
}

OnnxGraph::Value OnnxGraph::truth(const Shape& shape, const std::vector<std::uint8_t>& values) {
  const Value name = fresh("constant");
  add_constant(*model_, name, OnnxType::boolean, shape, values);
  return name;
}

OnnxGraph::Value OnnxGraph::op(const char* type, const std::vector<Value>& inputs, Attributes attributes) {
  onnx::NodeProto* node = model_->mutable_graph()->add_node();
  node->set_op_type(type);
  for (const Value& value : inputs) node->add_input(value);
  for (const auto& [name, number] : attributes) {
    onnx::AttributeProto* attribute = node->add_attribute();
    attribute->set_name(name);
    attribute->set_type(onnx::AttributeProto_AttributeType_INT);
    attribute->set_i(number);
  }
  const Value result = fresh(type);
  node->add_output(result);
  return result;
}

OnnxGraph::Value OnnxGraph::cast(const Value& value, OnnxType type) {
  return op("Cast", {value}, {{"to", type_of(type)}});
}

OnnxGraph::Value OnnxGraph::as_column(const Value& value) {
  return op("Unsqueeze", {value, constant({1}, std::vector<std::int64_t>{1})});
}

void OnnxGraph::describe(std::string_view key, std::string_view text) {
  onnx::StringStringEntryProto* entry = model_->add_metadata_props();
  entry->set_key(std::string(key));
  entry->set_value(std::string(text));
}

std::string OnnxGraph::bytes() const {
  onnx::ModelProto inferred = *model_;
  try {
    onnx::checker::check_model(inferred);
    constexpr bool check_type = true;
    const onnx::ShapeInferenceOptions strict{check_type, 1, false};
    onnx::shape_inference::InferShapes(inferred, onnx::OpSchemaRegistry::Instance(), strict);
  } catch (const std::exception& error) {
    throw InvariantError(fmt::format("the exported network is no valid ONNX model: {}", error.what()));
  }
  return model_->SerializeAsString();
}

}  // namespace restock::bundle
