#include "emission/kinds/kinds.hpp"

namespace tq {

const std::vector<ActivityKind>& activity_kinds() {
  static const std::vector<ActivityKind> kinds = {
      amounts_kind(),     roads_kind(),    construction_kind(), unpaved_roads_kind(),
      muck_trucks_kind(), quarries_kind(), stockpiles_kind(),   bare_soil_kind(),
  };
  return kinds;
}

} // namespace tq
