#include "meteorology/weather_generator.hpp"

#include "base/constants.hpp"
#include "meteorology/stratified_uniform.hpp"
#include "physics/humidity.hpp"
#include "physics/radiation.hpp"
#include "physics/solar.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tq {
namespace {

/// What the random numbers are for; part of their key, so values must not change.
enum Purpose : std::uint64_t {
  wind_fast = 101,
  wind_slow,
  direction_fast,
  direction_slow,
  rain_slow,
  rain_rough,
  cloud_fast,
  cloud_slow,
  air_slow,
  rain_month_order,
  rain_month
};

constexpr double calm_limit = 0.5;     // m s-1, least wind that is not calm
constexpr double weibull_shape = 1.6;  // of urban hourly winds
constexpr double slow_wind = 0.25;     // shares of variance that last for days
constexpr double slow_direction = 0.5;
constexpr double slow_cloud = 0.7;
constexpr double rain_in_cloud = 0.75; // correlation of the two series
constexpr double cloud_steepness = 1.5; // above 1: mostly overcast or clear, as skies are
constexpr double rain_steepness = 0.8; // growth of the rate with the exceedance
constexpr double least_rain_cloud = 0.9;
constexpr double least_humidity = 0.25, most_humidity = 0.98;
constexpr int air_mass_lag = 96;       // h
constexpr double half_root = 0.70710678118654752440; // sqrt(1/2)

double normal_above(double z) { return 0.5 * std::erfc(z * half_root); }

/// z with normal_above(z) = probability, by bisection: used at set-up only.
double normal_quantile_above(double probability) {
  double low = -8, high = 8;
  for (int n = 0; n < 60; ++n) {
    const double middle = 0.5 * (low + high);
    (normal_above(middle) > probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

/// Values at mid-months whose linear interpolation has the given monthly means: (prev + 6 x + next) / 8 = mean.
/// The matrix is diagonally dominant, so Gauss-Seidel sweeps converge (factor 1/9 each).
Climate::Monthly nodes_of(const Climate::Monthly& means) {
  Climate::Monthly nodes = means;
  for (int sweep = 0; sweep < 30; ++sweep) {
    for (std::size_t n = 0; n < 12; ++n) {
      nodes[n] = (8.0 * means[n] - nodes[(n + 11) % 12] - nodes[(n + 1) % 12]) / 6.0;
    }
  }
  return nodes;
}

/// Daily course between -1 at 05:30 and 1 at 14:30, mean 0.
double daily_course(double hour) {
  const double since = hour < 5.5 ? hour + 18.5 : hour - 5.5;
  return since < 9 ? -std::cos(constants::pi * since / 9.0) : std::cos(constants::pi * (since - 9.0) / 15.0);
}

/// Value of a gamma distribution with mean 1 and the deviation given that is exceeded as often as z by a standard
/// normal number: Wilson and Hilferty (1931), scaled so that its mean is 1. For deviations up to 1.
double gamma_value(double z, double deviation) {
  const double middle = 1.0 - deviation * deviation / 9.0, spread = deviation / 3.0;
  const double mean = middle * (middle * middle + 3.0 * spread * spread);
  return std::pow(std::max(middle + spread * z, 0.0), 3) / mean;
}

std::int64_t whole_hour(Instant time) {
  return (time >= 0 ? time : time - seconds_per_hour + 1) / seconds_per_hour;
}

} // namespace

/// Where the hour lies in the year and the day, in local standard time.
struct WeatherGenerator::Calendar {
  std::int64_t hour; // number since 1970
  int year;
  int month;         // 0..11
  int season;        // row of Climate::by_season
  double clock;      // h
  int month_before;  // neighbours among mid-months, and the second one's weight
  int month_after;
  double month_weight;
  int row_before; // neighbours among Climate::hours
  int row_after;
  double row_weight;
  double sun_sine; // at the middle of the hour

  Calendar(const Climate& climate, Instant time) : hour(whole_hour(time)) {
    const CivilTime local = to_utc(hour * seconds_per_hour + Instant(climate.utc_offset * seconds_per_hour));
    year = local.year;
    month = local.month - 1;
    season = local.month % 12 / 3;
    clock = local.hour + local.minute / 60.0;
    const double part = (local.day - 1 + clock / 24.0) / days_in_month(local.year, local.month) - 0.5;
    month_before = part < 0 ? (month + 11) % 12 : month;
    month_after = (month_before + 1) % 12;
    month_weight = part < 0 ? part + 1 : part;
    row_after = 0;
    while (row_after < Climate::rows && climate.hours[std::size_t(row_after)] <= clock) {
      ++row_after;
    }
    row_before = (row_after + Climate::rows - 1) % Climate::rows;
    row_after %= Climate::rows;
    const double first = climate.hours[std::size_t(row_before)], last = climate.hours[std::size_t(row_after)];
    const double gap = last > first ? last - first : last + 24 - first;
    row_weight = (clock >= first ? clock - first : clock + 24 - first) / gap;
    const CivilTime utc = to_utc(hour * seconds_per_hour);
    sun_sine = physics::solar_elevation_sine(day_of_year(utc), utc.hour + 0.5, climate.latitude, climate.longitude);
  }

  double of(const Climate::Monthly& values) const {
    const double before = values[std::size_t(month_before)];
    return before + month_weight * (values[std::size_t(month_after)] - before);
  }
  template <class Get> double of_hour(Get get) const {
    const double before = get(std::size_t(row_before));
    return before + row_weight * (get(std::size_t(row_after)) - before);
  }
};

WeatherGenerator::WeatherGenerator(Climate climate, std::uint64_t seed)
    : climate_(std::move(climate)), seed_(seed), wind_fast_(seed, Purpose::wind_fast, 0.68),
      direction_fast_(seed, Purpose::direction_fast, 0.8), cloud_fast_(seed, Purpose::cloud_fast, 0.7),
      wind_slow_(seed, Purpose::wind_slow, 18), direction_slow_(seed, Purpose::direction_slow, 24),
      rain_slow_(seed, Purpose::rain_slow, 8), cloud_slow_(seed, Purpose::cloud_slow, 18),
      air_slow_(seed, Purpose::air_slow, 36) {
  constexpr int year = 2017; // a common year stands for all
  Climate::Monthly rate{};
  for (int month = 0; month < 12; ++month) {
    const auto m = std::size_t(month);
    const double hours = 24.0 * days_in_month(year, month + 1);
    rate[m] = climate_.rain[m] / hours;
    const double wet = std::min(climate_.wet_days[m] * climate_.rain_hours / hours, 0.9);
    rain_threshold_[m] = normal_quantile_above(wet);
    rain_share_[m] = 1.0 - (1.0 - wet) * std::exp(-hours * rain_slow_.rises_through(rain_threshold_[m]));

    double clear = 0; // mean of the clear sky on the middle day
    for (int hour = 0; hour < 24; ++hour) {
      const int day = day_of_year({year, month + 1, 15});
      clear += physics::clear_sky_radiation(physics::solar_elevation_sine(day, hour + 0.5 - climate_.utc_offset,
                                                                          climate_.latitude, climate_.longitude)) / 24;
    }
    const double covered = std::clamp((1.0 - climate_.global_radiation[m] / clear) / 0.75, 0.02, 0.98);
    cloud_shift_[m] = -normal_quantile_above(covered) * std::sqrt(1 + cloud_steepness * cloud_steepness);
  }
  rain_rate_ = nodes_of(rate);
  for (Climate::Monthly* values : {&climate_.temperature, &climate_.daily_range, &climate_.wind_speed, &climate_.calm,
                                   &climate_.relative_humidity, &climate_.pressure, &cloud_shift_}) {
    *values = nodes_of(*values);
  }
}

SurfaceWeather WeatherGenerator::at(Instant hour) const {
  const Calendar calendar(climate_, hour);
  SurfaceWeather weather;
  weather.time = calendar.hour * seconds_per_hour;
  add_wind(calendar, weather);
  add_rain_and_cloud(calendar, weather);
  add_air(calendar, weather);
  return weather;
}

void WeatherGenerator::add_wind(const Calendar& calendar, SurfaceWeather& weather) const {
  const auto odds = [](double share) { return share / (1.0 - share); };
  const double calm_of_hour = calendar.of_hour([&](std::size_t row) { return climate_.by_hour[row].calm; });
  const double calm_of_month = std::clamp(calendar.of(climate_.calm), 0.001, 0.95);
  const double calm_odds = odds(calm_of_hour) * odds(calm_of_month) / odds(climate_.all.calm);
  const double calm = calm_odds / (1.0 + calm_odds);

  const double z = std::sqrt(slow_wind) * wind_slow_.at(calendar.hour) +
                   std::sqrt(1 - slow_wind) * wind_fast_.at(calendar.hour);
  const double stronger = normal_above(z); // share of hours with more wind
  if (stronger >= 1.0 - calm) {
    return; // calm: speed and direction stay 0
  }
  double year_speed = 0;
  for (double speed : climate_.speed_by_hour) {
    year_speed += speed / Climate::rows;
  }
  const double mean = calendar.of(climate_.wind_speed) *
                      calendar.of_hour([&](std::size_t row) { return climate_.speed_by_hour[row]; }) / year_speed;
  static const double weibull_mean = std::tgamma(1.0 + 1.0 / weibull_shape);
  const double relative = std::pow(-std::log(stronger / (1.0 - calm)), 1.0 / weibull_shape) / weibull_mean;
  const double excess = std::max(mean / (1.0 - calm) - calm_limit, 0.1);
  weather.wind_speed = calm_limit + excess * relative;

  std::array<double, Climate::sectors> share;
  double sum = 0;
  const Climate::Rose& season = climate_.by_season[std::size_t(calendar.season)];
  for (std::size_t n = 0; n < share.size(); ++n) {
    const double of_hour = calendar.of_hour(
        [&](std::size_t row) { return climate_.by_hour[row].sector[n] / (1.0 - climate_.by_hour[row].calm); });
    const double of_year = std::max(climate_.all.sector[n], 1e-6) / (1.0 - climate_.all.calm);
    share[n] = of_hour * season.sector[n] / (1.0 - season.calm) / of_year;
    sum += share[n];
  }
  const auto rarest = std::size_t(std::min_element(climate_.all.sector.begin(), climate_.all.sector.end()) -
                                  climate_.all.sector.begin());
  const double y = std::sqrt(slow_direction) * direction_slow_.at(calendar.hour) +
                   std::sqrt(1 - slow_direction) * direction_fast_.at(calendar.hour);
  double rest = (1.0 - normal_above(y)) * sum;
  for (std::size_t step = 0; step < share.size(); ++step) {
    const std::size_t n = (rarest + step) % share.size();
    if (rest < share[n] || step + 1 == share.size()) {
      const double inside = share[n] > 0 ? std::min(rest / share[n], 1.0) : 0.5;
      weather.wind_direction = std::fmod(45.0 * (double(n) - 0.5 + inside) + 360.0, 360.0);
      return;
    }
    rest -= share[n];
  }
}

/// The hour's rain but for the scale of its month: mean * g / E[g], g = exp(c (z - threshold)) - 1 for z > threshold.
double WeatherGenerator::rain_weight(const Calendar& calendar, double z) const {
  const double threshold = calendar.of(rain_threshold_);
  if (z <= threshold) {
    return 0;
  }
  const double c = rain_steepness;
  const double expected = std::exp(0.5 * c * c - c * threshold) * normal_above(threshold - c) - normal_above(threshold);
  const double rough =
      std::exp(0.5 * RandomStream(seed_, Purpose::rain_rough, calendar.hour).normal() - 0.125); // mean 1
  return std::max(calendar.of(rain_rate_), 0.0) * std::expm1(c * (z - threshold)) / expected * rough;
}

/// The amount drawn for the hour's month over what its hours have unscaled. Months without rain at all leave theirs to
/// others.
double WeatherGenerator::rain_scale(const Calendar& calendar) const {
  const std::int64_t number = 12 * std::int64_t(calendar.year) + calendar.month;
  const std::lock_guard lock(scales_lock_);
  const auto known = rain_scales_.find(number);
  if (known != rain_scales_.end()) {
    return known->second;
  }
  const Instant begin =
      from_utc({calendar.year, calendar.month + 1, 1, 0, 0, 0}) - Instant(climate_.utc_offset * seconds_per_hour);
  const std::int64_t first = whole_hour(begin + seconds_per_hour - 1);
  double unscaled = 0;
  for (int n = 0; n < 24 * days_in_month(calendar.year, calendar.month + 1); ++n) {
    const Calendar hour(climate_, (first + n) * seconds_per_hour);
    unscaled += rain_weight(hour, rain_slow_.at(hour.hour));
  }
  const double exceeded = 1.0 - stratified_uniform(seed_, Purpose::rain_month_order, Purpose::rain_month, number);
  const auto month = std::size_t(calendar.month);
  const double amount =
      climate_.rain[month] / rain_share_[month] * gamma_value(normal_quantile_above(exceeded), climate_.rain_deviation);
  return rain_scales_[number] = unscaled > 0 ? amount / unscaled : 0.0;
}

void WeatherGenerator::add_rain_and_cloud(const Calendar& calendar, SurfaceWeather& weather) const {
  const double rain = rain_slow_.at(calendar.hour);
  weather.rain = rain_weight(calendar, rain);
  if (weather.rain > 0) {
    weather.rain *= rain_scale(calendar);
  }
  const double own = std::sqrt(slow_cloud) * cloud_slow_.at(calendar.hour) +
                     std::sqrt(1 - slow_cloud) * cloud_fast_.at(calendar.hour);
  const double z = rain_in_cloud * rain + std::sqrt(1 - rain_in_cloud * rain_in_cloud) * own;
  const double covered = normal_above(-(cloud_steepness * z + calendar.of(cloud_shift_)));
  weather.cloud_cover = physics::cloud_from_transmission(1.0 - 0.75 * covered);
  if (weather.rain > 0) {
    weather.cloud_cover = std::max(weather.cloud_cover, least_rain_cloud);
  }
  weather.global_radiation = physics::solar_radiation(calendar.sun_sine, weather.cloud_cover);
}

void WeatherGenerator::add_air(const Calendar& calendar, SurfaceWeather& weather) const {
  // The difference of two times: air masses pass, so that months keep their means.
  const double passing =
      (air_slow_.at(calendar.hour) - air_slow_.at(calendar.hour - air_mass_lag)) * half_root;
  const double winter = 0.5 + 0.5 * std::cos(2 * constants::pi * calendar.month / 12.0);
  const double anomaly = passing * (climate_.temperature_deviation_summer +
                                    winter * (climate_.temperature_deviation_winter -
                                              climate_.temperature_deviation_summer));
  const double day_mean = calendar.of(climate_.temperature) + anomaly;

  // Cloud damps the daily course; the smooth part of the cloud series alone, so that the course stays smooth.
  const double cloudy = rain_in_cloud * rain_slow_.at(calendar.hour) +
                        std::sqrt((1 - rain_in_cloud * rain_in_cloud) * slow_cloud) * cloud_slow_.at(calendar.hour);
  const double damping = std::clamp(1.0 - 0.3 * cloudy, 0.3, 1.7);
  weather.temperature = day_mean + 0.5 * calendar.of(climate_.daily_range) * damping * daily_course(calendar.clock);

  const double humidity = std::clamp(calendar.of(climate_.relative_humidity) + 0.06 * cloudy, least_humidity,
                                     most_humidity);
  weather.dew_point = std::min(physics::dew_point(day_mean, humidity),
                               physics::dew_point(weather.temperature, most_humidity));
  constexpr double pressure_per_kelvin = -120.0; // Pa K-1, cold air masses come under highs
  weather.pressure = calendar.of(climate_.pressure) + pressure_per_kelvin * anomaly;
}

std::string WeatherGenerator::description() const {
  return fmt::format("generated weather, illustrative (statistics of {}, seed {})", climate_.name, seed_);
}

std::unique_ptr<WeatherSource> make_generator(std::uint64_t seed) {
  return std::make_unique<WeatherGenerator>(Climate::jingdezhen(), seed);
}

} // namespace tq
