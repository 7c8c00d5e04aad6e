#pragma once
#include "emission/drivers.hpp"
#include "emission/fleets.hpp"
#include "emission/pollutants.hpp"

namespace tq {

/// Parts of the streams of road traffic, for measures: "exhaust.CLASS.FUEL", "wear.CLASS" (tyres, brakes, and the
/// road's surface where no dust is raised from it), "dust.CLASS" (of paved roads).
std::string exhaust_part(const VehicleClass& vehicle, Fuel fuel);
std::string wear_part(const VehicleClass& vehicle);
std::string road_dust_part(const VehicleClass& vehicle);

/// Exhaust [kg m-1 per vehicle] as rates per emitted species, in kg m-1.
std::vector<double> exhaust_rates(const EmittedSpecies& species, const Exhaust& exhaust);
/// Particles of wear [kg m-1], likewise.
std::vector<double> wear_rates(const EmittedSpecies& species, const physics::ParticleSizes& wear);

/// The weather's factors on exhaust of a group of corrections, per emitted species (VehicleTable::weather_correction).
Response exhaust_weather(const VehicleTable& vehicles, std::size_t correction, const EmittedSpecies& species);

/// Factors per emitted species on streams of `part` when the fleet `before` becomes `after` (see aged): more or fewer
/// vehicles, other standards, electric ones. 1 for parts that are no vehicles', and for species that the part does not
/// emit.
std::vector<double> fleet_factors(const std::string& part, const VehicleTable& vehicles, const Fleet& before,
                                  const Fleet& after, const EmittedSpecies& species);

} // namespace tq
