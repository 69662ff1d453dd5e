#include <fstream>
#include <iterator>
#include <regex>

#include "tests/architecture/checker.h"
#include "tests/architecture/rules.h"

namespace restock::architecture {

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool is_source(const std::filesystem::path& path) {
  const auto extension = path.extension();
  return extension == ".h" || extension == ".cpp" || extension == ".cu" || extension == ".cuh";
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// Characters, not bytes: continuation bytes of UTF-8 do not count.
std::size_t width_of(std::string_view line) {
  std::size_t width = 0;
  for (const char c : line) width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return width;
}

bool applies(const Ban& ban, std::string_view path) {
  if (ban.folder.empty()) return !path.starts_with("tests/");
  return path.starts_with(std::string(ban.folder) + "/");
}

void check_bans(const std::string& path, const std::string& text, std::vector<std::string>& violations) {
  const auto lines = lines_of(code_of(text));
  for (const Ban& ban : bans()) {
    if (!applies(ban, path)) continue;
    const std::regex pattern{std::string(ban.pattern)};
    for (std::size_t line = 0; line < lines.size(); ++line)
      if (std::regex_search(lines[line], pattern))
        violations.push_back(path + ":" + std::to_string(line + 1) + ": " + std::string(ban.reason));
  }
}

}  // namespace

std::string code_of(std::string_view text) {
  std::string code;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "//") {
      i = std::min(text.find('\n', i), text.size()) - 1;
    } else if (text.substr(i, 2) == "/*") {
      const std::size_t end = std::min(text.find("*/", i), text.size());
      for (; i < end; ++i)
        if (text[i] == '\n') code += '\n';
      ++i;
    } else if (text[i] == '"') {
      code += "\"\"";
      for (++i; i < text.size() && text[i] != '"' && text[i] != '\n'; ++i)
        if (text[i] == '\\') ++i;
    } else {
      code += text[i];
    }
  }
  return code;
}

Files read_sources(const std::filesystem::path& root) {
  Files files;
  for (const auto* folder : {"env", "forecasting", "agents", "scenarios", "experiments", "tools", "tests"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder))
      if (entry.is_regular_file() && is_source(entry.path()))
        files[std::filesystem::relative(entry.path(), root).generic_string()] = read(entry.path());
  return files;
}

std::vector<std::string> text_violations(const Files& files) {
  std::vector<std::string> violations;
  for (const auto& [path, text] : files) {
    const auto lines = lines_of(text);
    if (lines.size() > kMaximumLines)
      violations.push_back(path + ": " + std::to_string(lines.size()) + " lines");
    for (std::size_t line = 0; line < lines.size(); ++line)
      if (width_of(lines[line]) > kMaximumWidth)
        violations.push_back(path + ":" + std::to_string(line + 1) + ": " +
                             std::to_string(width_of(lines[line])) + " columns wide");
    check_bans(path, text, violations);
  }
  return violations;
}

}  // namespace restock::architecture
