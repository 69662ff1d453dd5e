// Holds the text of the project against the rules. Works on a map of files, so that it can itself be tested.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace restock::architecture {

/// Path from the root with '/' → text.
using Files = std::map<std::string, std::string>;

/// The sources (.h, .cpp, .cu, .cuh) below the components' folders and tests/.
Files read_sources(const std::filesystem::path& root);

/// Includes that are no arrow of the table, name no file from the root or no known library.
std::vector<std::string> include_violations(const Files& files);

/// Files that are too long, lines that are too wide, banned text.
std::vector<std::string> text_violations(const Files& files);

/// Entries at the top level that are not named in the rules, folders without a README.md.
std::vector<std::string> layout_violations(const std::filesystem::path& root);

/// `text` without its comments and with its string literals emptied; lines stay where they are.
std::string code_of(std::string_view text);

}  // namespace restock::architecture
