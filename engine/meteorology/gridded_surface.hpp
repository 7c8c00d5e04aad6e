#pragma once
#include "meteorology/gridded_weather.hpp"
#include "meteorology/surface_weather.hpp"

#include <map>
#include <mutex>

namespace tq {

/// What a station would see of gridded weather in column (i, j): wind at 10 m above ground, its direction against the
/// grid's y axis, the dew point of the humidity at 2 m, rain, cloud, and what the model has of mixing height, u* and heat
/// flux (these two: both or none). Radiation stays 0 where the source has none.
SurfaceWeather column_weather(const GriddedWeather& weather, int i, int j);

/// The same but for direction and dew point, which take longest and which the surface layer does not need: they stay 0.
SurfaceWeather column_surface(const GriddedWeather& weather, int i, int j);

/// What stands for the whole domain in gridded weather: the centre column as a station there would see it, but mixing
/// height and heat flux in the mean over the domain, and the u* of its mean stress. Radiation comes from sun and cloud
/// (physics/radiation.hpp) where the source has none. Hours that were asked for are kept.
class GriddedSurface final : public WeatherSource {
 public:
  static constexpr double height = 10; // m above ground, of the wind

  /// Both must outlive this.
  GriddedSurface(const GriddedWeatherSource& source, const Grid& grid);
  SurfaceWeather at(Instant hour) const override;
  std::string description() const override { return source_.description(); }

 private:
  SurfaceWeather make(Instant hour) const;

  const GriddedWeatherSource& source_;
  int i_, j_;                           // of the centre column
  double longitude_ = 0, latitude_ = 0; // degrees
  mutable std::mutex mutex_;
  mutable std::map<Instant, SurfaceWeather> hours_;
};

/// Dew point [K] of air with `humidity` [kg of vapour per kg of dry air] at `pressure` [Pa]; at most `temperature`.
double dew_point_of(double humidity, double temperature, double pressure);

} // namespace tq
