#include "emission/measure_schedule.hpp"

#include "base/constants.hpp"

#include <algorithm>
#include <cmath>

namespace tq {

namespace {

/// Those of the modelled air, in the order of AirDay.
const std::vector<std::string>& air_variables() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all = {"aqi_yesterday"};
    for (const char* pollutant : trigger_pollutants) {
      all.push_back(std::string(pollutant) + "_yesterday");
    }
    return all;
  }();
  return names;
}

bool reacts_to_air(const Measure& measure) {
  return measure.when && std::any_of(air_variables().begin(), air_variables().end(),
                                     [&](const std::string& name) { return measure.when->uses(name); });
}

} // namespace

const std::vector<std::string>& trigger_variables() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all = {"wind_speed", "temperature", "relative_humidity", "rain",
                                    "radiation",  "cloud_cover", "mixing_height",     "hour",
                                    "weekday",    "month"};
    all.insert(all.end(), air_variables().begin(), air_variables().end());
    return all;
  }();
  return names;
}

bool MeasureSchedule::need_weather(const std::vector<Measure>& measures) {
  return std::any_of(measures.begin(), measures.end(), [](const Measure& measure) { return bool(measure.when); });
}

MeasureSchedule::MeasureSchedule(const std::vector<Measure>& measures, const std::vector<EmergencyLevel>& levels,
                                 const TimeZone& zone, Instant start, const EmissionWeather& weather)
    : levels_(levels), zone_(zone), start_(start) {
  if (need_weather(measures)) {
    weather_ = weather;
  }
  for (const Measure& measure : measures) {
    reacts_.push_back(reacts_to_air(measure) || (measure.level && levels[*measure.level].modelled));
    needs_air_ = needs_air_ || reacts_.back();
  }
  for (const EmergencyLevel& level : levels_) {
    std::vector<Interval>& intervals = called_.emplace_back();
    for (const auto& [day, index] : level.days) {
      if (index > level.above) {
        intervals.push_back(response(level, day, level.lead_hours));
      }
    }
  }
}

std::vector<bool> MeasureSchedule::active(const std::vector<Measure>& measures, Instant hour,
                                          const AirTriggers* air) const {
  const CivilTime civil = zone_.to_civil(hour);
  std::vector<bool> levels, active;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    levels.push_back(level_active(level, hour, air));
  }
  for (std::size_t m = 0; m < reacts_.size(); ++m) {
    const Measure& measure = measures[m];
    active.push_back(measure.active(civil) && (air != nullptr || !reacts_[m]) &&
                     (!measure.level || levels[*measure.level]) && (!measure.when || when_holds(measure, hour, air)));
  }
  return active;
}

MeasureSchedule::Interval MeasureSchedule::response(const EmergencyLevel& level, std::int64_t day, int lead) const {
  const auto midnight = [&](std::int64_t number) { // that begins a day
    const CivilTime civil = to_utc(number * seconds_per_day);
    return zone_.to_instant({civil.year, civil.month, civil.day, 0, 0, 0});
  };
  return {midnight(day) - lead * seconds_per_hour, midnight(day + 1) + level.hold_hours * seconds_per_hour};
}

bool MeasureSchedule::level_active(std::size_t number, Instant hour, const AirTriggers* air) const {
  const EmergencyLevel& level = levels_[number];
  const auto inside = [&](const Interval& times) { return hour >= times.first && hour < times.second; };
  if (!level.modelled) {
    return std::any_of(called_[number].begin(), called_[number].end(), inside);
  }
  for (std::size_t d = 0; air != nullptr && d < air->days.size(); ++d) {
    // the day after the one that was so
    if (air->days[d].index > level.above && inside(response(level, air->first_day + std::int64_t(d) + 1, 0))) {
      return true;
    }
  }
  return false;
}

bool MeasureSchedule::when_holds(const Measure& measure, Instant hour, const AirTriggers* air) const {
  const CivilTime civil = zone_.to_civil(hour);
  const EmissionHour& weather = weather_[std::size_t((hour - start_) / seconds_per_hour)];
  const AirDay yesterday = air != nullptr ? air->of(day_number(civil) - 1) : AirDay{};
  std::vector<double> values = {weather.wind_speed,
                                weather.temperature - constants::zero_celsius,
                                100 * weather.relative_humidity,
                                weather.rain,
                                weather.radiation,
                                weather.cloud_cover,
                                weather.mixing_height,
                                double(civil.hour),
                                double(weekday(civil) + 1),
                                double(civil.month),
                                yesterday.index};
  values.insert(values.end(), yesterday.concentration.begin(), yesterday.concentration.end());
  for (std::size_t v = trigger_variables().size() - air_variables().size(); v < values.size(); ++v) {
    if (std::isnan(values[v]) && measure.when->uses(trigger_variables()[v])) {
      return false; // an unknown day is no reason to act
    }
  }
  const double value = (*measure.when)(values);
  return value != 0 && std::isfinite(value);
}

} // namespace tq
