#pragma once
#include "meteorology/surface_weather.hpp"
#include "meteorology/weather_options.hpp"

#include <limits>

namespace tq {

/// The air next to the ground during one hour; the same over the whole domain.
struct BoundaryLayer {
  Instant time = 0;
  double wind_speed = 0;        // m s-1 at the anemometer's height, at least the minimum wind
  double wind_direction = 0;    // degrees from north, where the wind comes from
  bool calm = false;            // the weather's own wind was below the minimum
  double friction_velocity = 0; // m s-1
  double mixing_velocity = 0;   // m s-1, of turbulence: friction and, under the sun, convection
  double mixing_height = 0;     // m above ground
  double sun_sine = 0;          // sine of the sun's elevation at the middle of the hour, negative at night
};

/// Where and how the weather was seen.
struct StationSite {
  double latitude = 0;  // degrees
  double longitude = 0; // degrees
  double anemometer_height = 10; // m above ground
  /// The source is not asked for hours before this one (the run's start, where the source has nothing before it).
  Instant first_hour = std::numeric_limits<Instant>::min();
};

/// Makes the boundary layer of an hour from the weather of that hour and of those before it.
///
/// - Calm rule: wind below `minimum_wind` becomes it, and blows from where the last hour with more wind had it from (at most
///   three days back; else from where the hour itself says).
/// - Friction velocity: logarithmic profile with the domain's roughness (physics/wind_profile.hpp).
/// - Mixing height by the sun (physics/mixing_height.hpp). Sun below 0.03: the stable form of Nieuwstadt (1981) with
///   Holtslag's (1984) Obukhov length, from wind, cloud and temperature. Sun above: it grows by encroachment from the
///   stable height at sunrise, driven by a fixed share of the solar radiation since then, never below the stable height of
///   the hour. After sunset it falls from the day's value to the stable one with an e-folding time of 1 h. Bounded by
///   the minimum and the maximum mixing height.
/// - A mixing height that the source knows (WRF's) is taken as it is, within the same bounds.
/// - Mixing velocity: (u*^3 + 0.6 w*^3)^(1/3), w*^3 = (g/T) w'theta' h, after Holtslag and Boville (1993), J. Climate 6,
///   1825-1842: without convection a calm sunny afternoon would mix no better than a calm night.
///
/// A pure function of the source's hours from the last sunrise on, so that a split run has the same values.
/// Limits: no stability in the wind profile, no entrainment, a heat share without regard to moisture.
class BoundaryLayerModel {
public:
  /// The source must outlive this.
  BoundaryLayerModel(const WeatherSource& source, StationSite site, WeatherOptions options);

  BoundaryLayer at(Instant hour) const;

private:
  double sun_sine(Instant hour) const;
  bool sun_is_up(Instant hour) const;
  double stable_height(const SurfaceWeather& weather) const;
  double mixing_height(Instant hour) const;
  double friction_velocity(double wind_speed) const;
  double heat_flux(const SurfaceWeather& weather) const; // kinematic, K m s-1

  const WeatherSource& source_;
  StationSite site_;
  WeatherOptions options_;
};

} // namespace tq
