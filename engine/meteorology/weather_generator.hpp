#pragma once
#include "meteorology/climate.hpp"
#include "meteorology/noise_series.hpp"
#include "meteorology/surface_weather.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

namespace tq {

/// Plausible hours of weather from a place's statistics: a pure function of (climate, seed, hour).
///
/// Normal series with memory (noise_series.hpp) are mapped through the distribution that the statistics give for the
/// month and the hour of the day:
/// - wind: calm share by hour and month (their odds multiplied), speed of the rest by a Weibull distribution (shape
///   1.6) above 0.5 m/s whose mean keeps the month's and hour's mean, direction through the rose of hour and season
///   (their shares multiplied, over the year's), running around the compass from the rarest direction. Calms: speed 0,
///   direction 0.
/// - rain falls while a series exceeds the threshold that the month's wet hours set, so it comes in events; the rate
///   grows with the exceedance. One month's amount is drawn from a gamma distribution (Thom 1958) with the table's mean
///   and deviation, and its hours' rates are scaled to it. The draw is shared out evenly among 20 seeds
///   (stratified_uniform.hpp), so that their mean is close to the table's while each has years of its own.
/// - cloud follows a series correlated with that of rain; its mean transmission (physics/radiation.hpp) is that of the
///   month's radiation over the clear sky's, and the hour's radiation follows from sun and cloud.
/// - temperature: the month's mean, a daily course (coldest 05:30, warmest 14:30, less under cloud) and passing air
///   masses; moisture from relative humidity at the day's mean temperature, never above saturation.
/// Monthly means are drawn through by lines that keep them. What comes out is held against the statistics by
/// tests/unit/meteorology/test_generator_statistics.cpp. Limits: illustrative, made from means, not from synoptic
/// situations; rain and wind are independent, and so are a month's amount of rain, its wet hours and the next month's
/// amount; but for rain years differ less than real ones.
class WeatherGenerator final : public WeatherSource {
public:
  WeatherGenerator(Climate climate, std::uint64_t seed);

  /// The wind is that of 10 m above ground.
  SurfaceWeather at(Instant hour) const override;
  std::string description() const override;

private:
  struct Calendar;
  double rain_weight(const Calendar& calendar, double rain_series) const;
  double rain_scale(const Calendar& calendar) const;
  void add_wind(const Calendar& calendar, SurfaceWeather& weather) const;
  void add_rain_and_cloud(const Calendar& calendar, SurfaceWeather& weather) const;
  void add_air(const Calendar& calendar, SurfaceWeather& weather) const;

  Climate climate_; // monthly values replaced by the nodes of lines that keep their means
  std::uint64_t seed_;
  Climate::Monthly rain_threshold_{}; // of the standard normal rain series
  Climate::Monthly rain_rate_{};      // kg m-2 h-1, mean over all hours
  Climate::Monthly rain_share_{};     // of months with rain at all
  Climate::Monthly cloud_shift_{};    // of the cloud series
  RoughNoise wind_fast_, direction_fast_, cloud_fast_;
  SmoothNoise wind_slow_, direction_slow_, rain_slow_, cloud_slow_, air_slow_;
  mutable std::mutex scales_lock_;
  mutable std::map<std::int64_t, double> rain_scales_; // by month since the year 0, as they are asked for
};

/// The built-in default: Jingdezhen's weather. Throws InputError if the table is missing or damaged.
std::unique_ptr<WeatherSource> make_generator(std::uint64_t seed);

} // namespace tq
