#include "base/floating_point.hpp"

namespace {

/// Every test program of a checked build stops at the first invalid operation.
[[maybe_unused]] const bool trapping = [] {
  tq::trap_floating_point_errors();
  return true;
}();

} // namespace
