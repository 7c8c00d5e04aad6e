#pragma once
#include "emission/weather.hpp"
#include "run/case.hpp"

namespace tq {

/// The weather of the case's hours as emission sees it: that of the station, or of the domain's centre where weather
/// lies on a grid. The case's weather, site and grid must be there.
EmissionWeather emission_weather(const Case& c);

} // namespace tq
