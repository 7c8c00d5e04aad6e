#include "run/progress.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace tq {

Progress::Progress(std::string name, Instant start, Instant end, const Status& before, bool enabled)
    : name_(std::move(name)), start_(start), end_(end), before_(before), enabled_(enabled),
      terminal_(isatty(STDERR_FILENO) != 0), began_(Timers::Clock::now()) {}

Progress::~Progress() {
  if (enabled_ && terminal_) {
    fmt::print(stderr, "\n");
  }
}

void Progress::show(const Status& status) {
  if (!enabled_) {
    return;
  }
  const auto now = Timers::Clock::now();
  const bool last = status.time == end_;
  const bool midnight = (status.time - start_) % seconds_per_day == 0;
  if (!last && (terminal_ ? now - shown_ < std::chrono::milliseconds(200) : !midnight)) {
    return;
  }
  shown_ = now;
  const double seconds = std::max(std::chrono::duration<double>(now - began_).count(), 1e-9);
  const double share = double(status.time - start_) / double(end_ - start_);
  const std::string numbers =
      fmt::format("{} | {:.3g} M cell-tracer-steps/s | Courant {:.2f} | mass residual {:.0e} | {:.0f} s left",
                  format_utc(status.time), (status.cell_tracer_steps - before_.cell_tracer_steps) / seconds * 1e-6,
                  status.courant, status.residual,
                  seconds * double(end_ - status.time) / double(status.time - before_.time));
  if (terminal_) {
    constexpr int width = 24;
    const int filled = int(share * width);
    fmt::print(stderr, "\r{} [{:#<{}}{: <{}}] {:3.0f} % {}\033[K", name_, "", filled, "", width - filled,
               100 * share, numbers);
  } else {
    log::info("{} {:3.0f} % | {}", name_, 100 * share, numbers);
  }
}

} // namespace tq
