#pragma once
#include "base/time.hpp"
#include "meteorology/surface_weather.hpp"
#include "physics/humidity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tq::test {

/// Statistics of whole local years of hourly weather, as those of science reference 10.4 are defined.
class WeatherStatistics {
 public:
  static constexpr double stagnant = 1.25;     // m s-1, daily mean wind below which a day is stagnant
  static constexpr double least_rain = 0.1;    // mm, of a wet day
  static constexpr double rose_limit = 0.5;    // m s-1, least wind that is not calm
  static constexpr std::array<int, 4> rose_hours = {2, 8, 14, 20};

  /// Adds the year 2017 of a place `utc_offset` hours east.
  void add_year(const WeatherSource& source, int utc_offset) {
    ++years_;
    const Instant begin = from_utc({2017, 1, 1, 0, 0, 0}) - utc_offset * seconds_per_hour;
    int spell = 0;
    for (int day = 0; day < 365; ++day) {
      std::array<SurfaceWeather, 24> hours;
      for (int n = 0; n < 24; ++n) {
        hours[std::size_t(n)] = source.at(begin + (day * 24 + n) * seconds_per_hour);
      }
      const CivilTime date = to_utc(from_utc({2017, 1, 1, 0, 0, 0}) + day * seconds_per_day);
      add_day(hours, std::size_t(date.month - 1));
      add_memory(hours);
      spell = add_spell(hours, spell);
    }
    last_speed_ = -1;
    close_spell(spell);
  }

  int years() const { return years_; }
  /// Means of all hours of a month (0 to 11).
  double temperature(std::size_t month) const { return months_[month].temperature / months_[month].hours; }
  double pressure(std::size_t month) const { return months_[month].pressure / months_[month].hours; }
  double relative_humidity(std::size_t month) const { return months_[month].humidity / months_[month].hours; }
  double radiation(std::size_t month) const { return months_[month].radiation / months_[month].hours; }
  double wind_speed(std::size_t month) const { return months_[month].speed / months_[month].hours; }
  double calm(std::size_t month) const { return months_[month].calm / months_[month].hours; }
  /// Warmest less coldest hour, mean of a month's days, K.
  double daily_range(std::size_t month) const { return months_[month].range * 24 / months_[month].hours; }
  /// mm a year, and days a year.
  double rain() const { return rain_ / years_; }
  double rain(std::size_t month) const { return months_[month].rain / years_; }
  double wet_days() const { return wet_days_ / years_; }
  double wet_days(std::size_t month) const { return months_[month].wet_days / years_; }
  /// Share of the hours at rose_hours[n]: calm, then N, NE ... NW.
  double rose(std::size_t n, std::size_t sector) const { return rose_[n][sector] / (365.0 * years_); }
  double speed_at(std::size_t n) const { return speed_at_[n] / (365.0 * years_); }
  /// Correlation of wind speed with that one hour earlier.
  double wind_memory() const {
    const double mean = speed_sum_ / pairs_;
    return (products_ / pairs_ - mean * mean) / (squares_ / pairs_ - mean * mean);
  }
  /// Stagnation spells of `days` days, per year; the longest of all; stagnant days per year.
  double spells(std::size_t days) const { return days < spells_.size() ? spells_[days] / years_ : 0; }
  std::size_t longest_spell() const { return spells_.size() - 1; }
  double stagnant_days() const { return stagnant_days_ / years_; }

 private:
  struct Month {
    double hours = 0, temperature = 0, pressure = 0, humidity = 0, radiation = 0, speed = 0, calm = 0, range = 0,
           rain = 0, wet_days = 0;
  };

  static bool is_calm(const SurfaceWeather& hour) { return hour.wind_speed < rose_limit; }

  void add_day(const std::array<SurfaceWeather, 24>& hours, std::size_t month) {
    Month& sums = months_[month];
    double coldest = 1e9, warmest = 0, rain = 0;
    for (const SurfaceWeather& hour : hours) {
      sums.hours += 1;
      sums.temperature += hour.temperature;
      sums.pressure += hour.pressure;
      sums.humidity +=
          physics::saturation_pressure(hour.dew_point) / physics::saturation_pressure(hour.temperature);
      sums.radiation += hour.global_radiation;
      sums.speed += hour.wind_speed;
      sums.calm += is_calm(hour);
      coldest = std::min(coldest, hour.temperature);
      warmest = std::max(warmest, hour.temperature);
      rain += hour.rain;
    }
    sums.range += warmest - coldest;
    sums.rain += rain;
    sums.wet_days += rain >= least_rain;
    rain_ += rain;
    wet_days_ += rain >= least_rain;
    for (std::size_t n = 0; n < rose_hours.size(); ++n) {
      const SurfaceWeather& hour = hours[std::size_t(rose_hours[n])];
      const int sector = is_calm(hour) ? 0 : 1 + int((hour.wind_direction + 22.5) / 45.0) % 8;
      rose_[n][std::size_t(sector)] += 1;
      speed_at_[n] += hour.wind_speed;
    }
  }

  void add_memory(const std::array<SurfaceWeather, 24>& hours) {
    for (const SurfaceWeather& hour : hours) {
      if (last_speed_ >= 0) {
        products_ += last_speed_ * hour.wind_speed;
        squares_ += 0.5 * (last_speed_ * last_speed_ + hour.wind_speed * hour.wind_speed);
        speed_sum_ += 0.5 * (last_speed_ + hour.wind_speed);
        pairs_ += 1;
      }
      last_speed_ = hour.wind_speed;
    }
  }

  /// Length of the spell that goes on, in days.
  int add_spell(const std::array<SurfaceWeather, 24>& hours, int spell) {
    double mean = 0;
    for (const SurfaceWeather& hour : hours) {
      mean += hour.wind_speed / 24;
    }
    if (mean < stagnant) {
      stagnant_days_ += 1;
      return spell + 1;
    }
    close_spell(spell);
    return 0;
  }

  void close_spell(int days) {
    if (days > 0) {
      spells_.resize(std::max(spells_.size(), std::size_t(days) + 1));
      spells_[std::size_t(days)] += 1;
    }
  }

  int years_ = 0;
  std::array<Month, 12> months_{};
  double rain_ = 0, wet_days_ = 0, stagnant_days_ = 0;
  std::array<std::array<double, 9>, 4> rose_{};
  std::array<double, 4> speed_at_{};
  double last_speed_ = -1; // none yet
  double products_ = 0, squares_ = 0, speed_sum_ = 0, pairs_ = 0;
  std::vector<double> spells_ = {0}; // by length
};

} // namespace tq::test
