#include "scenarios/yaml_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "scenarios/yaml_text.h"
#include "tests/unit/scenarios/sample_config.h"

namespace restock::scenarios {

namespace {

/// Everything that parsing alone finds.
std::string parse_messages(const std::string& text) {
  return messages_of([&] {
    const YamlDocument document = parse_yaml(text, "f");
    std::vector<Problem> problems;
    for (const YamlProblem& problem : document.problems) problems.push_back(document.located(problem));
    if (!problems.empty()) throw InputError(problems);
  });
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

struct BadText {
  std::string text;
  std::string messages;
};

const std::vector<BadText> kBadTexts{
    {"a: 1\nb: 2\na: 3\n", "f:3:1: duplicate key 'a', which stands already at line 1, column 1"},
    {"a: {b: 1, b: 2, b: 3}\n",
     "f:1:11: duplicate key 'b', which stands already at line 1, column 5\n"
     "f:1:17: duplicate key 'b', which stands already at line 1, column 5"},
    {"a: &x 1\n", "f:1:4: an anchor ('&'), which is not read: write the value out where it is needed"},
    {"a: &x 1\nb: *x\n",
     "f:1:4: an anchor ('&'), which is not read: write the value out where it is needed\n"
     "f:2:4: an alias ('*'), which is not read: write the value out"},
    {"a: *x\n", "f:1:4: an alias ('*'), which is not read: write the value out"},
    {"a: !!str 5\n", "f:1:4: a tag ('!'), which is not read: the kind of a value follows from its key"},
    {"a: ! 5\n", "f:1:4: a tag ('!'), which is not read: the kind of a value follows from its key"},
    {"a: !python/object:os.system {}\n",
     "f:1:4: a tag ('!'), which is not read: the kind of a value follows from its key"},
    {"<<: {a: 1}\n", "f:1:1: a merge key ('<<'), which is not read: write the values out"},
    {"? [a]\n: 1\n", "f:1:3: a key that is no text, expected key: value"},
    {"{a: 1,, b: 2}\n", "f:1:7: a key that is no text, expected key: value"},
    {"a: 1\n---\nb: 2\n", "f:2:1: a second document begins here, expected one in a file"},
    {"{}\nb: 2\n", "f:2:1: this stands after the end of the document"},
    {",", "f:1:1: this stands after the end of the document"},
    {"a: \"x\\x07y\"\n", "f:1:4: a text with a control character, expected text that can be printed"},
    {"a: \"x\\0y\"\n", "f:1:4: a text with a control character, expected text that can be printed"},
    {"a:\n\tb: 1\n", "f:2:1: a tab in the indentation, expected spaces"},
    {"a: 1\n  \tb: 2\n", "f:2:3: a tab in the indentation, expected spaces"},
    {"a: 1\n- b\n", "f:2:1: this does not continue what stands above, check the indentation"},
    {"a: b: c\n",
     "f:1:5: a ':' that cannot stand here, check the indentation or put quotes around a text that holds ': "
     "'"},
    {"a: @x\n", "f:1:4: this character cannot begin a value, put quotes around the text"},
    {"a: {x: 1}\nb: [2, 3\n", "f:3:1: expected ',' or ']' here (of the '[' at line 2, column 4)"},
    {"a: {x: 1\nb: 2\n", "f:2:2: expected ',' or '}' here (of the '{' at line 1, column 4)"},
    {"a: {x: 1", "f:1:9: expected ',' or '}' here (of the '{' at line 1, column 4)"},
    {"a: \"abc\nb: 2\n", "f:1:4: a quote that is never closed, expected another \" behind the text"},
    {"a: 'it''s\n", "f:1:4: a quote that is never closed, expected another ' behind the text"},
    {"a: 1}\n", ""},
    {"a: \"\\uD800\"\n", "f:1:11: not readable as YAML: invalid unicode: 55296"},
};

}  // namespace

TEST_CASE("a tree remembers where everything stands") {
  const YamlDocument document = parse_yaml("a: 1\nb:\n  - {c: \"x\"}\n  - \nd: ~\n", "f");
  CHECK(document.problems.empty());
  REQUIRE(document.root.is(YamlKind::map));
  CHECK(document.root.keys[1].place == YamlPlace{0, 2, 1});
  const YamlNode& list = *document.root.find("b");
  REQUIRE(list.is(YamlKind::sequence));
  CHECK(list.place == YamlPlace{0, 3, 3});
  const YamlNode& text = *list.children[0].find("c");
  CHECK(text.place == YamlPlace{0, 3, 9});
  CHECK(text.quoted);
  CHECK(text.text == "x");
  CHECK(list.children[1].is(YamlKind::nothing));
  CHECK(document.root.find("d")->place == YamlPlace{0, 5, 1});
  CHECK(document.root.find("e") == nullptr);
}

TEST_CASE("columns count characters, with Windows line ends and a byte order mark too") {
  const YamlDocument document = parse_yaml("\xEF\xBB\xBFö: [ü, 5x]\r\nb: {é: \"ß\", x: 1}\r\n", "f");
  CHECK(document.root.find("ö")->children[1].place == YamlPlace{0, 1, 8});
  CHECK(document.root.find("b")->find("x")->place == YamlPlace{0, 2, 16});
  CHECK(document.root.find("b")->find("é")->text == "ß");
}

TEST_CASE("texts that are no words of our language are refused where they stand") {
  for (const BadText& bad : kBadTexts) {
    INFO(bad.text);
    CHECK(parse_messages(bad.text) == bad.messages);
  }
}

TEST_CASE("bytes that are no text are refused where they stand") {
  using namespace std::string_literals;
  const std::vector<BadText> cases{
      {"a: 1\nb: \x04 2\n", "f:2:4: control character 0x04, expected text"},
      {"a: \0"s, "f:1:4: control character 0x00, expected text"},
      {"a: \x7f\n", "f:1:4: control character 0x7f, expected text"},
      {"a: \xC2\x9B\n", "f:1:4: control character 0x80, expected text"},
      {"ö: \xFF\n", "f:1:4: byte 0xff, expected text in UTF-8"},
      {"a: \xC3", "f:1:4: byte 0xc3, expected text in UTF-8"},
      {"a: \xC0\xAF\n", "f:1:4: byte 0xc0, expected text in UTF-8"},
      {"a: \xE0\x80\xAF\n", "f:1:4: byte 0xe0, expected text in UTF-8"},
      {"a: \xED\xA0\x80\n", "f:1:4: byte 0xed, expected text in UTF-8"},
      {"a: \xF4\x90\x80\x80\n", "f:1:4: byte 0xf4, expected text in UTF-8"},
      {"\xFF\xFE"s + "a\0"s, "f:1:1: byte 0xff, expected text in UTF-8"},
      {"a: 1\rb: 2\r",
       "f:1:5: a carriage return without a line feed, expected lines that end as on Unix or Windows"},
  };
  for (const BadText& bad : cases) {
    INFO(bad.messages);
    CHECK(parse_messages(bad.text) == bad.messages);
  }
}

TEST_CASE("what would exhaust memory or the stack is refused") {
  CHECK(parse_messages(repeated("[", 33) + repeated("]", 33)) == "f:1:33: more than 32 levels deep");
  CHECK(parse_messages(repeated("- ", 40)) == "f:1:65: more than 32 levels deep");
  CHECK(parse_messages(repeated("{a: ", 40) + repeated("}", 40)) == "f:1:129: more than 32 levels deep");
  CHECK(parse_messages("a: " + repeated("[", 31) + repeated("]", 31) + "\n") == "");
  CHECK(parse_messages(repeated("[", 1'200'000)) ==
        "f:1:1000001: more than 1000000 commas and brackets, expected fewer values");
  CHECK(parse_messages(repeated("- 1\n", kMaximumYamlNodes)) == "f:500000:3: more than 500000 values");
  CHECK(parse_messages(repeated("- 1\n", kMaximumYamlNodes - 1)) == "");
  CHECK(parse_messages("a: " + std::string(kMaximumYamlScalarBytes + 1, 'x')) ==
        "f:1:4: a text of 65537 bytes, expected at most 65536");
  CHECK(parse_messages(std::string(kMaximumYamlBytes + 1, ' ')) ==
        "f: 4194305 bytes, expected at most 4194304");
  CHECK(parse_messages(std::string(kMaximumYamlBytes, ' ')) == "");
}

TEST_CASE("a billion laughs stay one laugh") {
  std::string text = "a0: &a0 [lol]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string laugh = fmt::format("*a{}", i - 1);
    text += fmt::format("a{0}: &a{0} [{1}{2}]\n", i, repeated(laugh + ", ", 9), laugh);
  }
  const std::string messages = parse_messages(text);
  CHECK(messages.starts_with("f:1:5: an anchor ('&')"));
  CHECK(std::count(messages.begin(), messages.end(), '\n') == 99);
}

TEST_CASE("only comments are an empty document") {
  for (const std::string text : {"", "# nothing\n", "---\n...\n", "\n\n"}) {
    INFO(text);
    CHECK(parse_yaml(text, "f").root.is(YamlKind::nothing));
  }
}

}  // namespace restock::scenarios
