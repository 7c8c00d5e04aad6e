#pragma once
#include "grid/land_cover.hpp"
#include "meteorology/surface_weather.hpp"
#include "meteorology/weather_options.hpp"
#include "physics/surface_layer.hpp"

#include <vector>

namespace tq {

/// One class of ground and how much of the domain it covers.
struct SurfaceTile {
  physics::SurfaceProperties ground;
  double share = 1;  // of the domain
  bool town = false; // people live or work here: their heat, and the least Obukhov length of towns
};

/// The tiles of a domain, by class of land cover; a class is town if it has heat of people.
std::vector<SurfaceTile> surface_tiles(const LandCover& cover);

/// The surface layer of an hour.
struct SurfaceHour {
  physics::SurfaceLayer station;            // at the anemometer
  physics::SurfaceLayer mean;               // over the domain
  /// By class; all zero where a class covers nothing. Empty where the weather knows u* and heat itself.
  std::vector<physics::SurfaceLayer> tiles;
};

/// Area mean of turbulence over tiles: stress u*^2, heat H and the buoyant production -u*^3/L add up; u*, L and
/// theta* of the mean follow from them. `share`(c) of tile c sums to 1.
template <class Share>
physics::SurfaceLayer mean_surface_layer(const std::vector<physics::SurfaceLayer>& tiles, Share share,
                                         const physics::SurfaceAir& air) {
  double stress = 0, buoyancy = 0, heat = 0;
  for (std::size_t c = 0; c < tiles.size(); ++c) {
    const double u = tiles[c].friction_velocity, part = share(c);
    stress += part * u * u;
    buoyancy += part * u * u * u * tiles[c].inverse_obukhov_length;
    heat += part * tiles[c].sensible_heat;
  }
  const double u = std::sqrt(stress);
  return {u, -heat / (air.heat_capacity() * u), buoyancy / (stress * u), heat};
}

/// The least wind [m s-1] at `height` [m above ground]: `minimum_wind` is that at 10 m, and goes with the logarithmic
/// profile over `roughness_length` [m].
double minimum_wind_at(const WeatherOptions& options, double height, double roughness_length);

/// The surface layer of weather that knows its u* and heat, as that of a weather model: L follows from these, under the
/// rules for stable and calm hours that hold for all weather. L is at least that of Holtslag's guard, and as far as the
/// ground is town (`town`, its share, 0..1) at least the towns' minimum. u* is at least that of the minimum wind, in heat that
/// sinks over the least L, else in neutral air. `weather.wind_speed` [m s-1] is that at `height` [m above ground]; u* in m s-1, heat in W m-2 upward.
physics::SurfaceLayer known_surface_layer(const SurfaceWeather& weather, double height, double town,
                                          const WeatherOptions& options);

/// Makes the surface layer of an hour from its weather.
///
/// The wind is that of the anemometer over ground of the scenario's roughness, without displacement, with the domain's
/// mean albedo, moisture and heat. Its own similarity profile carries it up to the blending height of 60 m (Wieringa
/// 1986, Q. J. R. Meteorol. Soc. 112, 867-889), where it is the same over all classes; each class then has its own u*,
/// L and heat from its own energy budget (physics/surface_layer.hpp). Temperature, radiation and cloud are the same
/// everywhere. Least Obukhov length in stable air: that of Holtslag's guard at the anemometer, and in towns (as at the
/// station) not less than `minimum_obukhov_length`. Weather that knows u* and heat of the domain itself has no tiles:
/// the station is the domain's mean.
class SurfaceLayerModel {
public:
  /// `tiles`: empty for one class with the station's roughness.
  SurfaceLayerModel(const WeatherOptions& options, double anemometer_height, std::vector<SurfaceTile> tiles);

  /// Wind below the minimum counts as the minimum.
  SurfaceHour at(const SurfaceWeather& weather) const;

private:
  WeatherOptions options_;
  double anemometer_height_;
  physics::SurfaceProperties station_;
  std::vector<SurfaceTile> tiles_;
  double town_ = 0; // share of the domain
};

} // namespace tq
