#pragma once
#include "emission/activity.hpp"

namespace tq {

/// Amounts per time, as inventories of totals give them.
ActivityKind amounts_kind();
/// Road traffic: exhaust, wear, and dust of paved roads.
ActivityKind roads_kind();

/// Dust: sites, roads, trucks, piles, bare ground.
ActivityKind construction_kind();
ActivityKind unpaved_roads_kind();
ActivityKind muck_trucks_kind();
ActivityKind quarries_kind();
ActivityKind stockpiles_kind();
ActivityKind bare_soil_kind();

/// Dust: sites, roads, trucks, piles, bare ground.
ActivityKind construction_kind();
ActivityKind unpaved_roads_kind();
ActivityKind muck_trucks_kind();
ActivityKind quarries_kind();
ActivityKind stockpiles_kind();
ActivityKind bare_soil_kind();

} // namespace tq
