// SHA-256 (FIPS 180-4): the fingerprint by which a bundle notices that one of its files is not the one that
// was written.
#pragma once

#include <string>
#include <string_view>

namespace restock::bundle {

/// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace restock::bundle
