#pragma once
#include "base/error.hpp"
#include "base/time.hpp"
#include "config/schema.hpp"
#include "meteorology/fill.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tq::observed {

/// The variables a weather file may hold, in the order of the tables below.
enum Variable : std::size_t {
  wind_speed,
  wind_direction,
  temperature,
  dew_point,
  relative_humidity,
  pressure,
  cloud_cover,
  rain,
  global_radiation,
  variable_count
};

struct VariableFacts {
  std::string name; // key in scenarios
  std::string unit; // of the engine: SI but degrees of direction and mm of rain
  std::string description;
  double minimum; // plausible range
  double maximum;
  bool interval; // belongs to an interval of an hour, not to a moment
  FillPolicy standard;
};

const std::array<VariableFacts, variable_count>& variables();

/// A value in `unit` (a name of units.hpp) in the variable's own unit; nothing if the unit does not measure
/// it.
std::optional<double> convert(Variable variable, double value, const std::string& unit);
/// Text for messages, or "" if `unit` measures the variable.
std::string unit_problem(Variable variable, const std::string& unit);

/// The policy of `table` (weather.station.variable.NAME or weather.epw.variable.NAME); its constant is in
/// `unit`.
FillPolicy read_policy(const config::Settings& table, Variable variable, const std::string& unit,
                       ProblemList& problems);
/// Declares fill, max_hours and value under `prefix`.
void declare_policy(config::Schema& schema, const std::string& prefix, Variable variable);
void declare_interval_values(config::Schema& schema, const std::string& prefix);
void declare_shift(config::Schema& schema, const std::string& prefix);

/// Adds problems of one kind; beyond ten they are only counted: a wrong column would repeat itself 8760
/// times.
class ProblemCounter {
 public:
  ProblemCounter(std::string what, ProblemList& problems) : what_(std::move(what)), problems_(problems) {}
  ~ProblemCounter();
  ProblemCounter(const ProblemCounter&) = delete;
  ProblemCounter& operator=(const ProblemCounter&) = delete;

  void add(const SourceLocation& where, std::string text);

 private:
  std::string what_;
  ProblemList& problems_;
  int count_ = 0;
  SourceLocation last_;
};

/// The value with harmless excess removed (360 degrees, 9 okta, negative radiation, 105 % humidity), or NaN
/// after a problem if it is outside the plausible range.
double plausible(Variable variable, double value, const SourceLocation& where, ProblemCounter& problems);

/// Which row of a file bears a stamp.
class Rows {
 public:
  /// Rows of true dates: stamps rise strictly.
  static Rows dated(std::vector<Instant> stamps);
  /// Rows of a typical year, by month, day and hour in `zone`: index[(day of a leap year - 1) * 24 + hour],
  /// -1: none.
  static Rows typical(std::vector<int> index, TimeZone zone);

  std::optional<std::size_t> find(Instant stamp) const;

  /// Position in the index of a typical year; the year is not looked at.
  static std::size_t hour_of_leap_year(const CivilTime& civil);
  static constexpr std::size_t leap_year_hours = 8784;

 private:
  std::vector<Instant> stamps_;
  std::vector<int> index_;
  std::optional<TimeZone> zone_;
};

/// A weather file, read and checked: values by row in the variables' own units, NaN where missing.
struct WeatherFile {
  std::string path;
  std::string title;           // for the log: "station x.csv"
  std::string log = "weather"; // what lines of the log begin with
  double height = 10;
  Rows rows;
  std::string coverage; // "2022-01-01 00:00 to 2022-12-31 23:00", for messages
  std::array<std::vector<double>, variable_count> values; // empty: the file does not hold the variable
  std::array<FillPolicy, variable_count> policies;
  std::array<bool, variable_count> wanted{};            // by column or constant
  std::string interval_values;                          // "ending", "starting", "centred"
  int shift = 0;                                        // hours
  std::optional<std::array<double, 2>> place;           // latitude, longitude: radiation or cloud is computed there
  bool cloud_from_clearness = false; // cloud cover comes from radiation; then both radiation and place are given
  std::vector<std::string> notes;    // what of the file was not taken as it stands: for the description
};

/// All readers return nothing if there were problems.
std::optional<WeatherFile> read_station(const config::Settings& scenario, ProblemList& problems);
std::optional<WeatherFile> read_epw_weather(const config::Settings& scenario, ProblemList& problems);
void declare_station(config::Schema& schema);
/// Wind alone, of a further station: `station` is its table, `prefix` what it is declared as.
std::optional<WeatherFile> read_wind_station(const config::Settings& station, ProblemList& problems);
void declare_wind_station(config::Schema& schema, const std::string& prefix);
void declare_epw_weather(config::Schema& schema);

} // namespace tq::observed
