// Files appear whole or not at all: written to a temporary name beside the target, flushed to disk, renamed.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace restock {

/// Replaces `file` by `content`. Creates missing parent folders. Throws InputError (no permission, disk
/// full…).
void write_file_atomically(const std::string& file, std::string_view content);

/// For libraries that write files themselves: `write` gets a temporary name in the same folder; afterwards
/// that file is flushed and renamed to `file`. The temporary file is removed where `write` throws.
void write_file_atomically(const std::string& file,
                           const std::function<void(const std::string& temporary)>& write);

/// The whole file as bytes. Throws InputError where it cannot be read or is larger than `maximum_bytes`.
std::string read_file(const std::string& file, std::size_t maximum_bytes);

}  // namespace restock
