#include "base/floating_point.hpp"

#include <cfenv>

namespace tq {

void trap_floating_point_errors() {
#if defined(TIANQING_CHECKED)
  feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW);
#endif
}

} // namespace tq
