#pragma once
#include "emission/drivers.hpp"
#include "emission/dust_table.hpp"

namespace tq {

/// Responses of dust to the weather: factors for all species alike. States begin the run on dry ground, undisturbed,
/// with silt in balance. What happens every so many hours happens in hours whose number on local clocks, since the
/// midnight that began 1970, is a multiple of it, whenever the run begins: every four hours are 00:00, 04:00, 08:00 ...
/// of each day. What falls into an hour that clocks skip is done in the next; an hour that they repeat has no second
/// turn.

/// Both together: the product.
Response operator*(const Response& a, const Response& b);

/// What ground of a class emits over what it emits dry, in [0, 1] (physics/ground_wetness.hpp, 3).
Response dry_ground(const GroundClass& ground);

/// Wind on what is handled: (u/2.2 m s-1)^1.3 (physics/dust_handling.hpp, 1). The rate is that at 2.2 m s-1.
Response handling_wind();

/// Wind over a pile whose surface is disturbed every `interval` hours, in g m-2 in the hour (physics/dust_handling.hpp,
/// 2). The rate is that of 1 g m-2 in an hour. Wet ground does not erode.
Response pile_wind(double threshold, int interval, const DustTable::WindErosion& erosion, const GroundClass& ground,
                   const TimeZone& zone);

/// Wind over bare soil, in mg m-2 s-1 (physics/dust_erosion.hpp, 4 to 6). The rate is that of 1 mg m-2 s-1. None in
/// hours of rain.
Response soil_wind(const SoilClass& soil, const DustTable::SoilHours& hours, const GroundClass& ground);

/// Water that trucks spread on an unpaved road.
struct Watering {
  double application = 0; // mm a pass
  int interval = 0;       // h between passes
  double traffic = 0;     // vehicles per hour
};

/// What a watered road emits over a dry one (physics/ground_wetness.hpp, 4).
Response watered(const Watering& watering, const GroundClass& ground, const TimeZone& zone);

/// Cleaning of a paved road.
struct RoadCleaning {
  double efficiency = 0; // 1, of the silt
  int interval = 0;      // h; 0: never
};

/// What a paved road emits over that with silt in balance, (S/S_0)^0.91 (physics/road_silt.hpp).
Response silt_on_road(const DustTable::RoadSiltFactors& silt, const TimeZone& zone, const RoadCleaning& cleaning = {});

} // namespace tq
