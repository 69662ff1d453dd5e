#include "scenarios/yaml_tree_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/core/suggest.h"
#include "scenarios/yaml_text.h"

namespace restock::scenarios {

namespace {

std::size_t characters_in(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_control_character(std::string_view text) noexcept {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  });
}

}  // namespace

/// yaml-cpp counts columns in bytes from 0; people count characters from 1. Marks come in ascending order, so
/// the count goes on from the mark before: a file of one long line takes linear time.
YamlPlace TreeBuilder::place_of(const YAML::Mark& mark) const {
  if (mark.is_null()) return {};
  const auto end = std::min(static_cast<std::size_t>(mark.pos), text_.size());
  const auto bytes = std::min(static_cast<std::size_t>(mark.column), end);
  const bool goes_on =
      mark.line == last_mark_.line && mark.pos >= last_mark_.pos && mark.pos <= static_cast<int>(end);
  const auto from = goes_on ? static_cast<std::size_t>(last_mark_.pos) : end - bytes;
  last_characters_ = (goes_on ? last_characters_ : 0) + characters_in(text_.substr(from, end - from));
  last_mark_ = mark;
  last_mark_.pos = static_cast<int>(end);
  return {0, static_cast<std::size_t>(mark.line) + 1, last_characters_ + 1};
}

char TreeBuilder::character_at(const YAML::Mark& mark) const noexcept {
  const auto position = static_cast<std::size_t>(mark.pos);
  return !mark.is_null() && position < text_.size() ? text_[position] : ' ';
}

std::string TreeBuilder::open_bracket() const {
  for (auto frame = open_.rbegin(); frame != open_.rend(); ++frame) {
    if (frame->first != '[' && frame->first != '{') continue;
    const YamlPlace& place = frame->node.place;
    return fmt::format(" (of the '{}' at line {}, column {})", frame->first, place.line, place.column);
  }
  return "";
}

void TreeBuilder::note_at(const YamlPlace& place, std::string message) {
  problems_.push_back({place, {}, std::move(message)});
}

void TreeBuilder::stop_at(const YamlPlace& place, std::string message) {
  note_at(place, std::move(message));
  stopped_ = true;
  throw Stopped{};
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (!has_document_) {
    has_document_ = true;
    root_.place = {0, 1, 1};
    return;
  }
  stop_at(place_of(mark), character_at(mark) == '-' ? "a second document begins here, expected one in a file"
                                                    : "this stands after the end of the document");
}

void TreeBuilder::refuse_extras(const YamlPlace& place, char first, const std::string& tag,
                                YAML::anchor_t anchor) {
  if (anchor != 0)
    note_at(place, "an anchor ('&'), which is not read: write the value out where it is needed");
  const bool has_tag = first == '!' || (!tag.empty() && tag != "?" && tag != "!");
  if (has_tag) note_at(place, "a tag ('!'), which is not read: the kind of a value follows from its key");
}

void TreeBuilder::count_node(const YamlPlace& place) {
  if (++nodes_ > kMaximumYamlNodes) stop_at(place, fmt::format("more than {} values", kMaximumYamlNodes));
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode node;
  const bool is_value =
      !open_.empty() && open_.back().has_key;  // yaml-cpp marks what comes after an empty value
  node.place = is_value ? open_.back().key.place : place_of(mark);
  if (node.place.line == 0) node.place = open_.empty() ? YamlPlace{0, 1, 1} : open_.back().node.place;
  refuse_extras(node.place, character_at(mark) == '!' ? '!' : ' ', "", anchor);
  count_node(node.place);
  add(std::move(node));
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  YamlNode node;
  node.kind = YamlKind::refused;
  node.place = place_of(mark);
  note_at(node.place, std::string(kNoAliases));
  count_node(node.place);
  add(std::move(node));
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  YamlNode node;
  node.kind = YamlKind::scalar;
  node.quoted = tag == "!";
  node.place = place_of(mark);
  node.text = value;
  refuse_extras(node.place, character_at(mark), tag, anchor);
  count_node(node.place);
  check_scalar(node, mark);
  add(std::move(node));
}

/// yaml-cpp takes the end of the text for the closing quote; here a file that was cut off is noticed.
bool TreeBuilder::quote_is_closed(std::size_t from) const noexcept {
  const char quote = text_[from];
  for (std::size_t i = from + 1; i < text_.size(); ++i) {
    if (quote == '"' && text_[i] == '\\') {
      ++i;
    } else if (text_[i] == quote) {
      const bool is_doubled = quote == '\'' && i + 1 < text_.size() && text_[i + 1] == quote;
      if (!is_doubled) return true;
      ++i;
    }
  }
  return false;
}

void TreeBuilder::check_scalar(YamlNode& node, const YAML::Mark& mark) {
  const char first = character_at(mark);
  const bool in_quotes = node.quoted && (first == '"' || first == '\'');
  if (in_quotes && !quote_is_closed(static_cast<std::size_t>(mark.pos)))
    stop_at(node.place,
            fmt::format("a quote that is never closed, expected another {} behind the text", first));
  const bool is_too_long = node.text.size() > kMaximumYamlScalarBytes;
  if (is_too_long)
    note_at(node.place, fmt::format("a text of {} bytes, expected at most {}", node.text.size(),
                                    kMaximumYamlScalarBytes));
  const bool has_control = has_control_character(node.text);
  if (has_control) note_at(node.place, "a text with a control character, expected text that can be printed");
  if (!is_too_long && !has_control) return;
  node.kind = YamlKind::refused;
  node.text.clear();
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
  open(YamlKind::sequence, mark, tag, anchor);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  open(YamlKind::map, mark, tag, anchor);
}

void TreeBuilder::open(YamlKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  Frame frame;
  frame.node.kind = kind;
  frame.node.place = place_of(mark);
  frame.first = character_at(mark);
  refuse_extras(frame.node.place, frame.first, tag, anchor);
  count_node(frame.node.place);
  if (open_.size() >= kMaximumYamlDepth)
    stop_at(frame.node.place, fmt::format("more than {} levels deep", kMaximumYamlDepth));
  open_.push_back(std::move(frame));
}

void TreeBuilder::close() {
  YamlNode node = std::move(open_.back().node);
  open_.pop_back();
  add(std::move(node));
}

void TreeBuilder::add(YamlNode node) {
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Frame& frame = open_.back();
  if (frame.node.is(YamlKind::sequence)) {
    frame.node.children.push_back(std::move(node));
  } else if (!frame.has_key) {
    add_key(frame, node);
  } else {
    frame.has_key = false;
    if (frame.drops_value) return;
    frame.node.keys.push_back(std::move(frame.key));
    frame.node.children.push_back(std::move(node));
  }
}

void TreeBuilder::add_key(Frame& frame, const YamlNode& node) {
  frame.has_key = true;
  frame.drops_value = true;
  frame.key = {node.text, node.place};
  if (node.is(YamlKind::refused)) return;
  if (!node.is(YamlKind::scalar) || node.text.empty())
    return note_at(node.place, "a key that is no text, expected key: value");
  if (node.text == "<<" && !node.quoted)
    return note_at(node.place, "a merge key ('<<'), which is not read: write the values out");
  const auto [earlier, is_new] = frame.seen.emplace(node.text, node.place);
  if (!is_new)
    return note_at(node.place,
                   fmt::format("duplicate key {}, which stands already at line {}, column {}",
                               in_quotes(node.text), earlier->second.line, earlier->second.column));
  frame.drops_value = false;
}

}  // namespace restock::scenarios
