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

/// Inventories from outside: SMOKE's flat files, gridded netCDF.
ActivityKind ff10_kind();
ActivityKind gridded_kind();

} // namespace tq
