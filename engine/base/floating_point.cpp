#include "base/floating_point.hpp"

#include <cfenv>

namespace tq {

#if defined(TIANQING_CHECKED)

namespace {
constexpr int trapped = FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW;
} // namespace

FloatingPointTraps::FloatingPointTraps() {
#pragma omp parallel
  {
    std::feclearexcept(trapped);
    feenableexcept(trapped);
  }
}

FloatingPointTraps::~FloatingPointTraps() {
#pragma omp parallel
  fedisableexcept(trapped);
}

#else

FloatingPointTraps::FloatingPointTraps() = default;
FloatingPointTraps::~FloatingPointTraps() = default;

#endif

} // namespace tq
