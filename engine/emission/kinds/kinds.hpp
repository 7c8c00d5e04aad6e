#pragma once
#include "emission/activity.hpp"

namespace tq {

/// Amounts per time, as inventories of totals give them.
ActivityKind amounts_kind();

/// Boilers by fuel or capacity; power plants and key energy users by standard coal (boilers.cpp).
ActivityKind boilers_kind();
ActivityKind energy_kind();
/// Kilns by product, with fluoride.
ActivityKind kilns_kind();
/// Fuels of households, by heating degrees.
ActivityKind households_kind();
/// Fumes of kitchens.
ActivityKind cooking_kind();
/// Organic vapours of products.
ActivityKind solvents_kind();
/// Ammonia of animals and fertilisers.
ActivityKind agriculture_kind();
/// Diesel off the road.
ActivityKind machines_kind();
/// Isoprene and monoterpenes of plants.
ActivityKind forest_kind();
/// Fires in the open on some days.
ActivityKind burning_kind();
/// Fireworks on festivals and dates.
ActivityKind fireworks_kind();

} // namespace tq
