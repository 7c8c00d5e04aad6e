#pragma once
#include "emission/inventory.hpp"
#include "emission/measures.hpp"
#include "emission/stream_sums.hpp"

namespace tq {

/// What a measure is paid for by unit and by treated area.
struct MeasuredUnits {
  double unit_days = 0; // sum over its active days of the units on which it acts
  double area_days = 0; // m2 day, the same of the units' polygons
};

/// A unit is what stands at one place: all sources of an inventory on one geometry (a building site in all of its
/// phases), or one source that is given by its coordinates (a boiler, a kiln). It counts on a local day if one of
/// its streams on which the measure acts is in its dates in an hour in which the measure is active; whether it emits in
/// that hour, as the weather or its working hours let it, does not matter.
MeasuredUnits count_units(const Inventory& inventory, const Measure& measure, const MeasureActivity& activity);

} // namespace tq
