#pragma once
#include "emission/measures.hpp"
#include "emission/weather.hpp"

#include <array>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tq {

/// Pollutants to whose daily values measures may react.
inline constexpr std::array<const char*, 6> trigger_pollutants = {"pm2_5", "pm10", "so2", "no2", "co", "o3"};

/// What measures may react to in the modelled air: daily values of local days that are over. NaN: not known.
struct AirDay {
  double index = std::numeric_limits<double>::quiet_NaN(); // AQI
  /// Of trigger_pollutants [ug m-3]: the daily mean, of ozone the largest 8-hour mean, as the standard reports it.
  std::array<double, trigger_pollutants.size()> concentration = not_known();

  static constexpr std::array<double, trigger_pollutants.size()> not_known() {
    std::array<double, trigger_pollutants.size()> values{};
    values.fill(std::numeric_limits<double>::quiet_NaN());
    return values;
  }
};

struct AirTriggers {
  std::int64_t first_day = 0; // local days since 1970-01-01
  std::vector<AirDay> days;   // first_day and those after it

  /// All NaN for a day that is not known.
  AirDay of(std::int64_t day) const {
    const std::int64_t at = day - first_day;
    return at >= 0 && at < std::int64_t(days.size()) ? days[std::size_t(at)] : AirDay{};
  }
};

/// What `measure.when` may name: wind_speed [m s-1, 10 m], temperature [degC], relative_humidity [%], rain [mm h-1],
/// radiation [W m-2], cloud_cover [1], mixing_height [m], all of the station in the hour; hour, weekday (1 Monday),
/// month, local; of the modelled air of the day before aqi_yesterday and pm2_5_yesterday and so on (AirDay).
const std::vector<std::string>& trigger_variables();

/// When the measures of a run are active. What depends on dates, weather and forecasts is settled before the run; what
/// depends on the modelled air is asked hour by hour.
class MeasureSchedule {
 public:
  /// `weather`: the hours of the run; may be empty unless need_weather(measures).
  MeasureSchedule(const std::vector<Measure>& measures, const std::vector<EmergencyLevel>& levels, const TimeZone& zone,
                  Instant start, const EmissionWeather& weather);
  MeasureSchedule() = default;

  static bool need_weather(const std::vector<Measure>& measures);
  /// True if a measure reacts to the modelled air.
  bool needs_air() const { return needs_air_; }
  bool needs_air(std::size_t measure) const { return reacts_[measure]; }

  /// By measure (those of the constructor), in the hour that begins at `hour`. Without `air`, what reacts to the
  /// modelled air is not active.
  std::vector<bool> active(const std::vector<Measure>& measures, Instant hour, const AirTriggers* air) const;

 private:
  using Interval = std::pair<Instant, Instant>; // [first, second)
  /// When a level acts for a local day of response, from `lead` hours before it on.
  Interval response(const EmergencyLevel& level, std::int64_t day, int lead) const;
  bool level_active(std::size_t number, Instant hour, const AirTriggers* air) const;
  bool when_holds(const Measure& measure, Instant hour, const AirTriggers* air) const;

  std::vector<EmergencyLevel> levels_;
  std::vector<std::vector<Interval>> called_; // by level, when forecast or observation calls for it
  TimeZone zone_;
  Instant start_ = 0;
  EmissionWeather weather_;
  std::vector<bool> reacts_; // to the modelled air, by measure
  bool needs_air_ = false;
};

} // namespace tq
