#include "base/log.hpp"

#include <atomic>
#include <cstdio>
#include <mutex>

namespace tq::log {

namespace {
std::mutex output_mutex;
std::atomic<int> warnings{0};
} // namespace

void write_line(std::string_view line) {
  const std::lock_guard lock(output_mutex);
  std::fflush(stdout); // so that both keep their order where they go to one file
  fmt::print(stderr, "{}\n", line);
}

void write_warning(std::string text) {
  ++warnings;
  write_line("warning: " + text);
}

int warning_count() { return warnings; }

} // namespace tq::log
