#pragma once

namespace tq {

/// In builds with TIANQING_CHECKED, while it lives: an invalid operation, a division by zero or an overflow on any thread of
/// the calling thread's OpenMP team ends the program (SIGFPE) where it happens. Other builds: nothing. Meant for the
/// steps of the model; readers and libraries use NaN for what is missing.
class FloatingPointTraps {
public:
  FloatingPointTraps();
  ~FloatingPointTraps();
  FloatingPointTraps(const FloatingPointTraps&) = delete;
  FloatingPointTraps& operator=(const FloatingPointTraps&) = delete;
};

} // namespace tq
