#include "run/interrupt.hpp"

#include <csignal>

namespace tq {

namespace {

volatile std::sig_atomic_t requested = 0;

extern "C" void on_signal(int number) {
  requested = 1;
  std::signal(number, SIG_DFL);
}

} // namespace

InterruptGuard::InterruptGuard() {
  requested = 0;
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

InterruptGuard::~InterruptGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool interrupt_requested() { return requested != 0; }

} // namespace tq
