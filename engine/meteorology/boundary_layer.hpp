#pragma once
#include "meteorology/surface_layer.hpp"
#include "physics/stability_class.hpp"

#include <limits>

namespace tq {

/// The air next to the ground during one hour.
struct BoundaryLayer {
  Instant time = 0;
  double wind_speed = 0;             // m s-1 at the anemometer's height, at least the minimum wind
  double wind_direction = 0;         // degrees from north, where the wind comes from
  bool calm = false;                 // the weather's own wind was below the minimum
  double friction_velocity = 0;      // m s-1, at the anemometer
  double inverse_obukhov_length = 0; // m-1, at the anemometer; < 0 in unstable air
  physics::SurfaceLayer mean;        // over the domain: u*, theta*, 1/L, sensible heat
  std::vector<physics::SurfaceLayer> tiles; // by class of land cover; empty: the mean everywhere
  double mixing_height = 0;       // m above ground, the same over the whole domain
  double convective_velocity = 0; // m s-1, w* of the mean heat; 0 in stable air
  double temperature = 288.15;    // K
  double pressure = 101325;       // Pa
  physics::StabilityClass stability_class = physics::StabilityClass::d;
  double sun_sine = 0; // sine of the sun's elevation at the middle of the hour, negative at night
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
/// - Calm rule: wind below `minimum_wind`, which is that at 10 m and by the logarithmic profile another at the
///   anemometer, becomes it, and blows from where the last hour with more wind had it from (at most three days back;
///   else from where the hour itself says). Pasquill's class is that of the wind at 10 m by the same profile.
/// - u*, L and heat: the energy budget of each class of land cover (SurfaceLayerModel).
/// - Mixing height (physics/mixing_height.hpp), one for the domain, from its mean u*, L and heat: eddies as deep as
///   the layer cross several cells while they turn over. It starts at sunrise from the height that Nieuwstadt (1981)
///   gives for that hour. While heat rises it grows after Batchvarova and Gryning (1991). Once heat sinks it falls to
///   Nieuwstadt's height of the hour with an e-folding time of 1.5 h. The value is that of the middle of the hour,
///   within the minimum and the maximum mixing height; by night the minimum is at least that of a town of
///   `town_population` (z_iu).
/// - A mixing height that the source knows (WRF's, in the mean over the domain) is taken as it is, within the same
///   bounds; so are u* and heat (known_surface_layer).
///
/// A pure function of the source's hours from the last sunrise on, so that a split run has the same values.
/// Limits: one station, one lapse aloft, no subsidence, no advection of heat.
class BoundaryLayerModel {
public:
  /// The source must outlive this. `tiles`: empty for one class with the station's roughness.
  BoundaryLayerModel(const WeatherSource& source, StationSite site, WeatherOptions options,
                     std::vector<SurfaceTile> tiles = {});

  BoundaryLayer at(Instant hour) const;

private:
  double sun_sine(Instant hour) const;
  bool sun_is_up(Instant hour) const;
  Instant last_sunrise(Instant hour) const;
  double wind_direction(const SurfaceWeather& weather) const;
  double stable_height(const physics::SurfaceLayer& mean) const;
  /// The height after `seconds` of an hour that began with `height`.
  double advance(double height, const SurfaceWeather& weather, const physics::SurfaceLayer& mean, double seconds) const;
  /// At the middle of the hour whose mean is given.
  double mixing_height(Instant hour, const SurfaceWeather& weather, const physics::SurfaceLayer& mean) const;

  const WeatherSource& source_;
  StationSite site_;
  WeatherOptions options_;
  double least_height_;  // m
  double minimum_wind_;  // m s-1, at the anemometer
  double share_at_10_m_; // of the anemometer's wind, in neutral air
  SurfaceLayerModel surface_;
};

} // namespace tq
