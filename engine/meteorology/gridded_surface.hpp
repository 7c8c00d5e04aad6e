#pragma once
#include "meteorology/gridded_weather.hpp"
#include "meteorology/surface_weather.hpp"

#include <map>
#include <mutex>

namespace tq {

/// What a station in the middle of the grid would see of gridded weather: the centre column, wind at 10 m above ground,
/// its direction against the grid's y axis, cloud, rain and mixing height of that column. Dew points are those of the humidity at 2 m;
/// radiation comes from sun and cloud (physics/radiation.hpp) where the source has none. Hours that were asked for are
/// kept.
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
