#pragma once
#include "emission/weather.hpp"
#include "run/case.hpp"

namespace tq {

/// The weather of the case's hours as emission sees it: that of the station, or of the domain's centre where weather
/// lies on a grid. The case's weather, site and grid must be there.
EmissionWeather emission_weather(const Case& c);

/// Wind speed at 10 m above ground [m s-1] of an hour's boundary layer, whatever the height of the anemometer. Weather
/// on a grid has it at that height; there u* is the domain's.
double wind_at_ten_metres(const Case& c, const BoundaryLayer& layer);

} // namespace tq
