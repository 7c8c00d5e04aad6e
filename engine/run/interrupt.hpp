#pragma once

namespace tq {

/// While it lives, SIGINT and SIGTERM only set a flag, so that the run can end after its current hour; a second signal
/// kills as usual.
class InterruptGuard {
public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
};

/// True once a signal has come.
bool interrupt_requested();

} // namespace tq
