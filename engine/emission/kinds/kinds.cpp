#include "emission/kinds/kinds.hpp"

namespace tq {

const std::vector<ActivityKind>& activity_kinds() {
  static const std::vector<ActivityKind> kinds = {amounts_kind(), ff10_kind(), gridded_kind()};
  return kinds;
}

} // namespace tq
