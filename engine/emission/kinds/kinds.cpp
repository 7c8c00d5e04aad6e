#include "emission/kinds/kinds.hpp"

namespace tq {

const std::vector<ActivityKind>& activity_kinds() {
  static const std::vector<ActivityKind> kinds = {
      amounts_kind(),  boilers_kind(),     energy_kind(),   kilns_kind(),  households_kind(), cooking_kind(),
      solvents_kind(), agriculture_kind(), machines_kind(), forest_kind(), burning_kind(),    fireworks_kind(),
  };
  return kinds;
}

} // namespace tq
