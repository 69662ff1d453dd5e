#include "tools/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace restock::tools {

namespace {

constexpr int kBarWidth = 24;
constexpr std::size_t kTextWidth = 70;

std::string bar(double fraction) {
  const int filled = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * kBarWidth);
  return std::string(static_cast<std::size_t>(filled), '#') +
         std::string(static_cast<std::size_t>(kBarWidth - filled), '.');
}

}  // namespace

ProgressLine::ProgressLine() : enabled_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::show(double fraction, const std::string& text) {
  if (!enabled_) return;
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (shown_ && now - latest_ < std::chrono::milliseconds(100)) return;
  latest_ = now;
  shown_ = true;
  fmt::print(stderr, "\r\033[K[{}] {:3.0f} % {}", bar(fraction), 100 * std::clamp(fraction, 0.0, 1.0),
             text.substr(0, kTextWidth));
  std::fflush(stderr);
}

std::string bold(const std::string& text) {
  const bool colours = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  return colours ? "\033[1m" + text + "\033[0m" : text;
}

}  // namespace restock::tools
