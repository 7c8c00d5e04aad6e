#include "emission/kinds/kinds.hpp"

namespace tq {

const std::vector<ActivityKind>& activity_kinds() {
  static const std::vector<ActivityKind> kinds = {
      amounts_kind(),  roads_kind(),      construction_kind(), unpaved_roads_kind(), muck_trucks_kind(),
      quarries_kind(), stockpiles_kind(), bare_soil_kind(),    boilers_kind(),       energy_kind(),
      kilns_kind(),    households_kind(), cooking_kind(),      solvents_kind(),      agriculture_kind(),
      machines_kind(), forest_kind(),     burning_kind(),      fireworks_kind(),     ff10_kind(),
      gridded_kind(),
  };
  return kinds;
}

} // namespace tq
