#pragma once
#include "base/error.hpp"
#include "config/schema.hpp"
#include "meteorology/fill.hpp"
#include "meteorology/surface_weather.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tq {

/// Hourly weather as observed at one station, from a CSV or an EPW file, with its gaps filled by stated
/// rules.
class Observations final : public WeatherSource {
 public:
  /// `hours`: consecutive, without gaps.
  Observations(std::string description, double height, std::vector<SurfaceWeather> hours,
               std::vector<FillReport> fills);

  /// Throws std::out_of_range outside the run.
  SurfaceWeather at(Instant hour) const override;
  std::string description() const override { return description_; }

  /// Height of the anemometer above ground, m.
  double height() const { return height_; }
  /// What was filled within the run; variables without filled hours are not listed.
  const std::vector<FillReport>& fills() const { return fills_; }

 private:
  std::string description_;
  double height_;
  std::vector<SurfaceWeather> hours_;
  std::vector<FillReport> fills_;
};

/// Hourly wind of one of several stations; NaN in hours that the fill policies leave open.
struct ObservedWind {
  std::string description;
  double height = 10; // of the anemometer above ground, m
  std::vector<double> speed, direction; // m s-1; degrees from north, where the wind comes from
};

/// Declares [weather.station] and [weather.epw].
///
/// Hours. The hour that begins at h takes the values stamped h; rain and radiation are those of the interval
/// [h, h + 1), which by `interval_values` the file stamps at its end (default), at its start, or in its
/// centre (then the mean of the values stamped h and h + 1 is taken). `shift` hours are added to all stamps
/// first. Typical years, and all EPW files (their months come from different years), are mapped onto the
/// run's year by month, day and hour; 29 February repeats the 28th where the file has none.
///
/// Gaps. Each variable has a fill policy; its default follows how fast the variable changes: wind,
/// temperature and humidity are interpolated over up to 3 hours, cloud 6, pressure 12, radiation 3; missing
/// rain is an error, because a constant 0 would make a dry year of a file without rain: the scenario has to
/// say so. `repeat` takes a gap's hours from as many whole days before, so that rain goes on coming in events.
/// Hours outside the run serve to fill gaps at its ends. Calm hours (speed 0) take the direction of the last
/// wind. The log lists what was filled, as a warning where it is more than a tenth of the hours.
///
/// Cloud that is not observed, or made up (epw_traps.hpp), comes from clearness: the cover that lets through
/// what the radiation of the hour is of a clear sky's (physics/radiation.hpp), where the sun is higher than 6
/// degrees; between evening and morning it is interpolated.
///
/// Values outside their plausible range are errors: wind 0..75 m s-1, direction 0..360 degrees, temperature
/// and dew point 180..340 K, relative humidity 0..1.1, pressure 3e4..1.1e5 Pa, cloud 0..1 (or 9 okta: sky
/// obscured), rain 0..300 mm, radiation -30..1500 W m-2 (night-time offsets of the sensor; negative values
/// become 0). A dew point above the temperature is lowered to it; relative humidity becomes a dew point by
/// the Magnus form (physics/humidity.hpp).
void declare_observations(config::Schema& schema);

/// Reads the weather of the hours [start, end) by `weather.source` ("station" or "epw") from the whole
/// scenario. Logs what was filled. Returns nothing if there were problems; all of them are in `problems`,
/// times in `zone`.
std::unique_ptr<Observations> read_observations(const config::Settings& scenario, const TimeZone& zone,
                                                Instant start, Instant end, ProblemList& problems);

/// Reads the wind of the hours [start, end) of the station whose table is given, as the main station's, but hours that
/// stay open are no problem. Its lines in the log begin with `log`.
std::optional<ObservedWind> read_observed_wind(const config::Settings& station, const std::string& log,
                                               const TimeZone& zone, Instant start, Instant end,
                                               ProblemList& problems);

} // namespace tq
