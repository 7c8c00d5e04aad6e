#include "meteorology/observations.hpp"

#include "base/log.hpp"
#include "meteorology/observed_variables.hpp"
#include "physics/humidity.hpp"
#include "physics/radiation.hpp"
#include "physics/solar.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace tq {

using namespace observed;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr int longest_night = 24;       // h, over which cloud from clearness is interpolated
constexpr double least_sun_sine = 0.1;  // below it clearness says little: 69 W m-2 under a clear sky

/// Turns the rows of a file into the run's hours.
class Assembly {
 public:
  Assembly(const WeatherFile& file, const TimeZone& zone, Instant start, Instant end, ProblemList& problems)
      : file_(file), zone_(zone), start_(start), hours_(std::size_t((end - start) / seconds_per_hour)),
        problems_(problems) {
    int margin = file.cloud_from_clearness ? longest_night : 0;
    for (const FillPolicy& policy : file.policies) {
      const bool repeats = policy.kind == FillPolicy::Kind::repeat; // looks back over a gap's length in whole days
      margin = std::max(margin, repeats ? 2 * policy.max_hours + 24 : policy.max_hours);
    }
    ++margin; // enough to see both ends of any gap that may be closed
    for (int n = 1; n <= margin; ++n) {
      lead_ = covers(-n) ? std::size_t(n) : lead_;
      tail_ = covers(int(hours_) - 1 + n) ? std::size_t(n) : tail_;
    }
    series_start_ = start - Instant(lead_) * seconds_per_hour;
  }

  std::unique_ptr<Observations> build() {
    const std::size_t before = problems_.problems().size();
    if (!take_all()) {
      return nullptr;
    }
    for (std::size_t i = 0; i < variable_count; ++i) {
      if (file_.wanted[i] && !(i == cloud_cover && file_.cloud_from_clearness)) {
        close_gaps(Variable(i), false);
      }
    }
    if (file_.cloud_from_clearness) {
      derive_cloud();
    }
    if (problems_.problems().size() != before) {
      return nullptr;
    }
    const std::string computed = file_.wanted[global_radiation] ? "" : ", radiation computed from sun and cloud";
    return std::make_unique<Observations>(description() + computed, file_.height, surface_weather(), std::move(fills_));
  }

  std::optional<ObservedWind> build_wind() {
    if (!take_all()) {
      return {};
    }
    close_gaps(wind_speed, true);
    close_gaps(wind_direction, true);
    ObservedWind wind{description(), file_.height, within_run(series_[wind_speed], false),
                      within_run(series_[wind_direction], false)};
    for (std::size_t n = 0; n < hours_; ++n) { // either both or none
      if (std::isnan(wind.speed[n]) || std::isnan(wind.direction[n])) {
        wind.speed[n] = wind.direction[n] = missing;
      }
    }
    return wind;
  }

 private:
  /// All variables as the file has them, calms with a direction; false if it has none of the run's hours.
  bool take_all() {
    if (!covers_any_hour()) {
      problems_.add({file_.path, 0, 0},
                    fmt::format("covers {}: must cover the run from {} to {} ({})", file_.coverage,
                                civil(start_), civil(start_ + Instant(hours_) * seconds_per_hour),
                                zone_.name()));
      return false;
    }
    for (std::size_t i = 0; i < variable_count; ++i) {
      if (file_.wanted[i]) {
        series_[i] = take(Variable(i));
      }
    }
    hold_calms();
    return true;
  }

  std::string civil(Instant time) const { return format_civil(zone_.to_civil(time)); }
  bool centred(Variable variable) const {
    return variables()[variable].interval && file_.interval_values == "centred";
  }

  /// The stamp in the file of the hour that begins at `hour`.
  Instant stamp(Variable variable, Instant hour) const {
    const bool ending = variables()[variable].interval && file_.interval_values == "ending";
    return hour + ((ending ? 1 : 0) - file_.shift) * seconds_per_hour;
  }

  /// Whether the file has a row for the run's hour n; before and after the run n is outside [0, hours).
  bool covers(int n) const {
    return file_.rows.find(stamp(wind_speed, start_ + Instant(n) * seconds_per_hour)).has_value();
  }

  bool covers_any_hour() const {
    for (std::size_t i = 0; i < hours_; ++i) {
      if (covers(int(i))) {
        return true;
      }
    }
    return false;
  }

  /// The variable in the run's hours with what the file has on both sides, NaN where missing.
  std::vector<double> take(Variable variable) const {
    std::vector<double> series(lead_ + hours_ + tail_, missing);
    const std::vector<double>& values = file_.values[variable];
    for (std::size_t i = 0; i < series.size() && !values.empty(); ++i) {
      const auto row = file_.rows.find(stamp(variable, series_start_ + Instant(i) * seconds_per_hour));
      if (row) {
        series[i] = values[*row];
      }
    }
    return series;
  }

  void hold_calms() {
    std::vector<double>& direction = series_[wind_direction];
    const std::vector<double> before = direction;
    hold_direction_in_calms(series_[wind_speed], direction);
    std::vector<double> changed(direction.size(), 0.0);
    for (std::size_t i = 0; i < direction.size(); ++i) {
      if (series_[wind_speed][i] == 0 && !(before[i] == direction[i])) {
        changed[i] = missing;
      }
    }
    report(wind_direction, "calm", within_run(changed, false));
  }

  /// The part of a series that the run uses; of centred values one hour more.
  std::vector<double> within_run(const std::vector<double>& series, bool one_more) const {
    const auto first = series.begin() + std::ptrdiff_t(lead_);
    return {first, first + std::ptrdiff_t(hours_ + (one_more ? 1 : 0))};
  }

  void report(Variable variable, const std::string& policy, const std::vector<double>& filled) {
    FillReport fills{variables()[variable].name, policy, 0, gaps(filled, start_)};
    if (fills.runs.empty()) {
      return;
    }
    for (const HourRun& run : fills.runs) {
      fills.filled += run.hours;
    }
    const std::string text =
        fmt::format("{}: {}: {} of {} hours filled ({}), at most {} h on end: {}", file_.log, fills.variable,
                    fills.filled, filled.size(), policy, fills.longest(), to_text(fills.runs, zone_));
    const bool much = policy != "calm" && 10 * fills.filled > int(filled.size());
    if (much) {
      log::warn("{}", text);
    } else {
      log::info("{}", text);
    }
    fills_.push_back(std::move(fills));
  }

  void close_gaps(Variable variable, bool may_stay_open) {
    const FillPolicy& policy = file_.policies[variable];
    std::vector<double>& series = series_[variable];
    std::vector<double> filled = within_run(series, centred(variable));
    fill(series, policy, variable == wind_direction);
    const std::vector<double> after = within_run(series, centred(variable));
    const std::vector<HourRun> open = gaps(after, start_);
    for (std::size_t i = 0; i < filled.size(); ++i) {
      filled[i] = std::isnan(filled[i]) && !std::isnan(after[i]) ? filled[i] : 0.0;
    }
    if (open.empty() || may_stay_open) {
      report(variable, name(policy.kind), filled);
    } else {
      int count = 0;
      for (const HourRun& run : open) {
        count += run.hours;
      }
      const bool limited = policy.kind != FillPolicy::Kind::error && policy.kind != FillPolicy::Kind::constant;
      problems_.add(
          {file_.path, 0, 0},
          fmt::format("{}: {} of {} hours have no value and fill = \"{}\"{} leaves them open: {} ({})",
                      variables()[variable].name, count, after.size(), name(policy.kind),
                      limited ? fmt::format(" up to {} h", policy.max_hours) : "", to_text(open, zone_, 5),
                      zone_.name()));
    }
    if (centred(variable)) {
      for (std::size_t i = 0; i + 1 < series.size(); ++i) {
        series[i] = 0.5 * (series[i] + series[i + 1]);
      }
    }
  }

  /// By day, the cover that lets through what the hour's radiation is of a clear sky's; where the sun is low or
  /// down, linear between evening and morning.
  void derive_cloud() {
    std::vector<double>& cloud = series_[cloud_cover];
    cloud.assign(lead_ + hours_ + tail_, missing);
    int by_day = 0;
    for (std::size_t i = 0; i < cloud.size(); ++i) {
      const double sine = sun_sine(series_start_ + Instant(i) * seconds_per_hour);
      if (sine >= least_sun_sine) {
        cloud[i] = physics::cloud_from_transmission(series_[global_radiation][i] / physics::clear_sky_radiation(sine));
        by_day += i >= lead_ && i < lead_ + hours_;
      }
    }
    fill(cloud, {FillPolicy::Kind::interpolate, longest_night}, false);
    for (int end = 0; end < 2; ++end) { // a run that begins or ends by night has one side alone
      fill(cloud, {FillPolicy::Kind::hold, longest_night}, false);
      std::ranges::reverse(cloud);
    }
    const std::vector<HourRun> open = gaps(within_run(cloud, false), start_);
    if (!open.empty()) {
      problems_.add({file_.path, 0, 0},
                    fmt::format("cloud_cover: has to come from global_radiation, but the sun stays low, or radiation "
                                "has no value, for more than {} h: {} ({})",
                                longest_night, to_text(open, zone_, 5), zone_.name()));
    }
    log::info("weather: cloud_cover: from clearness in {} hours of day, interpolated in the other {} of {}", by_day,
              int(hours_) - by_day, hours_);
  }

  /// Sine of the sun's elevation in the middle of the hour.
  double sun_sine(Instant hour) const {
    const CivilTime utc = to_utc(hour);
    return physics::solar_elevation_sine(day_of_year(utc), utc.hour + 0.5, (*file_.place)[0], (*file_.place)[1]);
  }

  std::vector<SurfaceWeather> surface_weather() const {
    std::vector<SurfaceWeather> result;
    result.reserve(hours_);
    for (std::size_t n = 0; n < hours_; ++n) {
      const std::size_t i = n + lead_;
      SurfaceWeather hour;
      hour.time = start_ + Instant(n) * seconds_per_hour;
      hour.wind_speed = series_[wind_speed][i];
      hour.wind_direction = series_[wind_direction][i];
      hour.temperature = series_[temperature][i];
      hour.dew_point = file_.wanted[relative_humidity]
                           ? physics::dew_point(hour.temperature, series_[relative_humidity][i])
                           : std::min(series_[dew_point][i], hour.temperature);
      hour.pressure = series_[pressure][i];
      hour.cloud_cover = series_[cloud_cover][i];
      hour.rain = series_[rain][i];
      hour.global_radiation = file_.wanted[global_radiation]
                                  ? series_[global_radiation][i]
                                  : physics::solar_radiation(sun_sine(hour.time), hour.cloud_cover);
      result.push_back(hour);
    }
    return result;
  }

  std::string description() const {
    int filled = 0;
    std::string list;
    for (const FillReport& fills : fills_) {
      if (fills.policy != "calm") {
        filled += fills.filled;
        list += fmt::format("{}{} {} by {}, at most {} h on end", list.empty() ? " (" : "; ", fills.variable,
                            fills.filled, fills.policy, fills.longest());
      }
    }
    std::string text = fmt::format("{}, anemometer at {} m, {} hours, {} values filled{}{}", file_.title,
                                   file_.height, hours_, filled, list, list.empty() ? "" : ")");
    for (const std::string& note : file_.notes) {
      text += ", " + note;
    }
    text += file_.cloud_from_clearness ? ", cloud cover from clearness" : "";
    return text;
  }

  const WeatherFile& file_;
  const TimeZone& zone_;
  Instant start_;
  std::size_t hours_;
  std::size_t lead_ = 0; // hours of the series before and after the run
  std::size_t tail_ = 1; // at least what centred values take
  Instant series_start_ = 0;
  ProblemList& problems_;
  std::array<std::vector<double>, variable_count> series_;
  std::vector<FillReport> fills_;
};

} // namespace

Observations::Observations(std::string description, double height, std::vector<SurfaceWeather> hours,
                           std::vector<FillReport> fills)
    : description_(std::move(description)), height_(height), hours_(std::move(hours)),
      fills_(std::move(fills)) {}

SurfaceWeather Observations::at(Instant hour) const {
  const Instant index = hours_.empty() ? -1 : (hour - hours_.front().time) / seconds_per_hour;
  if (hours_.empty() || hour < hours_.front().time || std::size_t(index) >= hours_.size()) {
    throw std::out_of_range("no weather at " + format_utc(hour));
  }
  return hours_[std::size_t(index)];
}

void declare_observations(config::Schema& schema) {
  declare_station(schema);
  declare_epw_weather(schema);
}

std::unique_ptr<Observations> read_observations(const config::Settings& scenario, const TimeZone& zone,
                                                Instant start, Instant end, ProblemList& problems) {
  const std::optional<WeatherFile> file = scenario.text("weather.source") == "epw"
                                              ? read_epw_weather(scenario, problems)
                                              : read_station(scenario, problems);
  return file ? Assembly(*file, zone, start, end, problems).build() : nullptr;
}

std::optional<ObservedWind> read_observed_wind(const config::Settings& station, const std::string& log,
                                               const TimeZone& zone, Instant start, Instant end,
                                               ProblemList& problems) {
  std::optional<WeatherFile> file = read_wind_station(station, problems);
  if (!file) {
    return {};
  }
  file->log = log;
  return Assembly(*file, zone, start, end, problems).build_wind();
}

} // namespace tq
