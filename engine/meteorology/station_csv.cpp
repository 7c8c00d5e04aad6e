#include "files/csv.hpp"
#include "meteorology/observed_variables.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <span>

namespace tq::observed {

namespace {

constexpr const char* default_time = "date";

using config::Settings;
using config::Type;
using files::CsvTable;

/// A column as the scenario maps it.
struct Mapped {
  std::size_t column = 0;
  std::string unit;
};

class StationReader {
 public:
  /// `read`: the variables that the table may map.
  StationReader(const Settings& station, std::span<const Variable> read, ProblemList& problems)
      : station_(station), variables_(read), problems_(problems) {}

  std::optional<WeatherFile> read() {
    const std::size_t before = problems_.problems().size();
    WeatherFile file;
    file.path = station_.path("file").string();
    file.title = "station " + station_.path("file").filename().string();
    file.height = station_.number("height");
    file.shift = int(station_.integer("shift"));
    const std::optional<TimeZone> zone = read_zone();
    const std::optional<std::filesystem::path> path = station_.existing_file("file", problems_);
    std::optional<CsvTable> table;
    try {
      if (path) {
        table = CsvTable::read(*path);
      }
    } catch (const InputError& error) {
      problems_.add(error);
    }
    if (!table || !zone) {
      return {};
    }
    if (table->rows() == 0) {
      problems_.add({file.path, 0, 0}, "has no hours");
      return {};
    }
    take_times(*table, *zone, file);
    for (const Variable variable : variables_) {
      take_variable(*table, variable, file);
    }
    for (const Variable variable : {wind_speed, wind_direction}) {
      require(file.wanted[variable], variables()[variable].name, "");
    }
    if (variables_.size() == variable_count) {
      file.interval_values = station_.text("interval_values");
      take_place(file);
      file.cloud_from_clearness = !file.wanted[cloud_cover] && file.wanted[global_radiation] && file.place;
      check_presence(file);
    }
    return problems_.problems().size() == before ? std::optional(std::move(file)) : std::nullopt;
  }

 private:
  std::optional<TimeZone> read_zone() {
    try {
      return TimeZone(station_.text("time_zone"));
    } catch (const std::invalid_argument&) {
      station_.problem(problems_, "time_zone", "be a zone such as \"Asia/Shanghai\", \"UTC\" or \"UTC+8\"");
      return {};
    }
  }

  /// Columns that make up the time, or nothing after a problem.
  std::optional<std::vector<std::size_t>> time_columns(const CsvTable& table) {
    std::vector<std::string> names = {station_.text("time")};
    if (station_.has("time_columns")) {
      names = station_.texts("time_columns");
      if (station_.given("time") && station_.text("time") != default_time) { // resolved scenarios state the default
        station_.problem(problems_, "time", "be left out, as time_columns is given");
        return {};
      }
      if (names.size() != 3 && names.size() != 4) {
        station_.problem(problems_, "time_columns",
                         "name the columns of month, day and hour, or of year, month, day and hour");
        return {};
      }
      if (names.size() == 3 && !station_.boolean("typical_year")) {
        station_.problem(problems_, "typical_year", "be true, as time_columns names no year");
        return {};
      }
    }
    std::vector<std::size_t> columns;
    for (const std::string& name : names) {
      const std::optional<std::size_t> column = table.require(name, problems_);
      if (!column) {
        return {};
      }
      columns.push_back(*column);
    }
    return columns;
  }

  /// Civil time of a row. Hour 24 is hour 0 of the next day.
  std::optional<CivilTime> civil_time(const CsvTable& table, std::size_t row,
                                      const std::vector<std::size_t>& columns,
                                      ProblemCounter& problems) const {
    if (columns.size() == 1) {
      const std::string_view text = table.text(row, columns[0]);
      const std::optional<Instant> instant = parse_instant(text, TimeZone("UTC"));
      if (!instant) {
        problems.add(table.where(row, columns[0]),
                     fmt::format("{} = \"{}\": must be a time such as 2022-01-31 23:00",
                                 table.columns()[columns[0]].name, text));
        return {};
      }
      return to_utc(*instant);
    }
    std::array<int, 4> parts = {2000, 0, 0, 0}; // 2000: a leap year stands for all years
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::optional<double> value = files::parse_number(table.text(row, columns[i]));
      if (!value || *value != std::floor(*value) || *value < 0 || *value > 9999) {
        problems.add(table.where(row, columns[i]),
                     fmt::format("{} = \"{}\": must be a whole number", table.columns()[columns[i]].name,
                                 table.text(row, columns[i])));
        return {};
      }
      parts[i + 4 - columns.size()] = int(*value);
    }
    const bool midnight = parts[3] == 24;
    const CivilTime civil{parts[0], parts[1], parts[2], midnight ? 23 : parts[3], 0, 0};
    if (!is_valid(civil)) {
      problems.add(
          table.where(row, columns[0]),
          fmt::format("month {}, day {}, hour {}: must be a day of the year and an hour from 0 to 24",
                      parts[1], parts[2], parts[3]));
      return {};
    }
    return midnight ? to_utc(from_utc(civil) + seconds_per_hour) : civil;
  }

  void take_times(const CsvTable& table, const TimeZone& zone, WeatherFile& file) {
    const auto columns = time_columns(table);
    if (!columns) {
      return;
    }
    const bool typical = station_.boolean("typical_year");
    ProblemCounter problems("times", problems_);
    std::vector<Instant> stamps;
    std::vector<int> index(Rows::leap_year_hours, -1);
    std::optional<Instant> last; // of the row before; in a typical year the hour of the year
    std::size_t last_row = 0;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::optional<CivilTime> civil = civil_time(table, row, *columns, problems);
      if (!civil) {
        stamps.push_back(0);
        continue;
      }
      const SourceLocation where = table.where(row, columns->front());
      Instant stamp = 0;
      if (typical) {
        const std::size_t hour = Rows::hour_of_leap_year(*civil);
        if (index[hour] >= 0) {
          problems.add(where, twice(table, std::size_t(index[hour]), columns->front(),
                                    describe_time(*civil, typical)));
          stamps.push_back(0);
          continue;
        }
        index[hour] = int(row);
        // The last hour 24 of a year is the first hour of a typical year.
        stamp = Instant(hour == 0 && row > 0 ? Rows::leap_year_hours : hour);
      } else if (columns->size() == 1) {
        stamp = *parse_instant(table.text(row, columns->front()), zone);
      } else {
        stamp = zone.to_instant(*civil);
      }
      if (!typical && stamp % seconds_per_hour != 0) {
        problems.add(where, fmt::format("time {}: must be a whole hour of UTC", format_civil(*civil)));
      } else if (typical && (civil->minute != 0 || civil->second != 0)) {
        problems.add(where, fmt::format("time {}: must be a whole hour", format_civil(*civil)));
      } else if (last && stamp == *last) {
        problems.add(where, twice(table, last_row, columns->front(), describe_time(*civil, typical)));
      } else if (last && stamp < *last) {
        problems.add(where, fmt::format("time {} comes after a later one in line {}: times must rise",
                                        describe_time(*civil, typical),
                                        table.where(last_row, columns->front()).line));
      }
      if (!last || stamp > *last) {
        last = stamp;
        last_row = row;
      }
      file.coverage = row == 0 ? describe_time(*civil, typical) : file.coverage;
      stamps.push_back(stamp);
      if (row + 1 == table.rows()) {
        file.coverage += " to " + describe_time(*civil, typical);
      }
    }
    file.rows = typical ? Rows::typical(std::move(index), zone) : Rows::dated(std::move(stamps));
  }

  static std::string twice(const CsvTable& table, std::size_t row, std::size_t column,
                           const std::string& time) {
    return fmt::format("time {} is there twice: also in line {}", time, table.where(row, column).line);
  }

  static std::string describe_time(const CivilTime& civil, bool typical) {
    return typical ? fmt::format("{:02}-{:02} {:02}:00", civil.month, civil.day, civil.hour)
                   : format_civil(civil);
  }

  void take_variable(const CsvTable& table, Variable variable, WeatherFile& file) {
    const std::string& name = variables()[variable].name;
    if (!station_.given("variable." + name)) {
      return;
    }
    file.wanted[variable] = true;
    const Settings settings = station_.table("variable." + name);
    const std::optional<Mapped> mapped = map_column(table, variable, settings);
    file.policies[variable] =
        read_policy(settings, variable, mapped ? mapped->unit : variables()[variable].unit, problems_);
    if (!settings.has("column") && file.policies[variable].kind != FillPolicy::Kind::constant) {
      settings.problem(problems_, "column", "be given, unless fill = \"constant\"");
    }
    if (mapped) {
      file.values[variable] = read_column(table, variable, *mapped);
    }
  }

  std::optional<Mapped> map_column(const CsvTable& table, Variable variable, const Settings& settings) {
    if (!settings.has("column")) {
      return {};
    }
    const std::string name = settings.text("column");
    const std::optional<std::size_t> column = table.find(name);
    if (!column) {
      std::vector<std::string> names;
      for (const CsvTable::Column& known : table.columns()) {
        names.push_back(known.name);
      }
      settings.problem(problems_, "column",
                       fmt::format("be a column of {}: {}{}", table.file(), fmt::join(names, ", "),
                                   suggestion(name, names)));
      return {};
    }
    std::string unit = table.columns()[*column].unit;
    if (settings.has("unit")) {
      if (!unit.empty() && unit != settings.text("unit")) {
        settings.problem(problems_, "unit",
                         fmt::format("be left out, as the file's header says \"{}\"", unit));
        return {};
      }
      unit = settings.text("unit");
    } else if (unit.empty() && variable == wind_direction) {
      unit = "degree"; // wind directions come in nothing else
    } else if (unit.empty()) {
      settings.problem(problems_, "unit", "be given, as the file's header gives none");
      return {};
    }
    const std::string problem = unit_problem(variable, unit);
    if (!problem.empty()) {
      if (settings.has("unit")) {
        settings.problem(problems_, "unit", problem);
      } else {
        problems_.add(table.where(*column), fmt::format("{}: unit \"{}\" must {}", name, unit, problem));
      }
      return {};
    }
    return Mapped{*column, unit};
  }

  std::vector<double> read_column(const CsvTable& table, Variable variable, const Mapped& mapped) {
    std::vector<double> values(table.rows(), std::numeric_limits<double>::quiet_NaN());
    ProblemCounter problems(variables()[variable].name, problems_);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      ProblemList not_a_number;
      const std::optional<double> value = table.number(row, mapped.column, not_a_number);
      for (const Problem& problem : not_a_number.problems()) {
        problems.add(problem.where, problem.text);
      }
      if (value) {
        values[row] = plausible(variable, *convert(variable, *value, mapped.unit),
                                table.where(row, mapped.column), problems);
      }
    }
    return values;
  }

  void take_place(WeatherFile& file) {
    const bool latitude = station_.has("latitude");
    if (latitude != station_.has("longitude")) {
      station_.problem(problems_, latitude ? "longitude" : "latitude",
                       latitude ? "be given, as latitude is" : "be given, as longitude is");
    } else if (latitude) {
      file.place = {station_.number("latitude"), station_.number("longitude")};
    }
  }

  void check_presence(const WeatherFile& file) {
    for (const Variable variable : {temperature, pressure, rain}) {
      require(file.wanted[variable], variables()[variable].name, "");
    }
    require(file.wanted[cloud_cover] || file.cloud_from_clearness, "cloud_cover",
            ", or global_radiation, latitude and longitude must be given, from which it is computed");
    require(file.wanted[dew_point] || file.wanted[relative_humidity], "dew_point",
            ", or relative_humidity must");
    require(file.wanted[global_radiation] || file.place, "global_radiation",
            ", or latitude and longitude must be given, from which it is computed");
    if (file.wanted[dew_point] && file.wanted[relative_humidity]) {
      station_.problem(problems_, "variable.relative_humidity", "be left out, as dew_point is given");
    }
  }

  void require(bool given, const std::string& name, const std::string& otherwise) {
    if (!given) {
      station_.problem(problems_, "variable." + name,
                       "have a column, or fill = \"constant\" and a value" + otherwise);
    }
  }

  const Settings& station_;
  std::span<const Variable> variables_;
  ProblemList& problems_;
};

constexpr std::array wind_variables = {wind_speed, wind_direction};
constexpr std::array all_variables = {wind_speed, wind_direction, temperature, dew_point,       relative_humidity,
                                      pressure,   cloud_cover,    rain,        global_radiation};
static_assert(all_variables.size() == variable_count);

/// The file, its times and the columns of `read`.
void declare_file(config::Schema& schema, const std::string& table, std::span<const Variable> read) {
  const std::string prefix = table + ".";
  schema.add({.key = prefix + "file",
              .type = Type::path,
              .description = "CSV file with one row per hour, gzipped or not",
              .required = true});
  schema.add({.key = prefix + "time_zone",
              .type = Type::text,
              .description = "Zone of the file's times: \"Asia/Shanghai\", \"UTC\", \"UTC+8\"",
              .default_value = std::string("UTC")});
  schema.add({.key = prefix + "height",
              .type = Type::number,
              .description = "Height of the anemometer above ground",
              .default_value = 10.0,
              .unit = "m",
              .minimum = 1,
              .maximum = 300});
  schema.add({.key = prefix + "time",
              .type = Type::text,
              .description = "Column of the times, YYYY-MM-DD HH:MM",
              .default_value = std::string(default_time)});
  schema.add({.key = prefix + "time_columns",
              .type = Type::texts,
              .description =
                  "In place of `time`: the columns of month, day and hour, or of year, month, day and hour"});
  schema.add(
      {.key = prefix + "typical_year",
       .type = Type::boolean,
       .description = "The file's hours have no year: they are mapped onto the run's by month, day and hour",
       .default_value = false});
  declare_shift(schema, table);
  for (const Variable variable : read) {
    const std::string key = prefix + "variable." + variables()[variable].name + ".";
    schema.add({.key = key + "column",
                .type = Type::text,
                .description = variables()[variable].description + ": column of the file",
                .marks_table = true});
    schema.add({.key = key + "unit",
                .type = Type::text,
                .description = "Unit of the column, where the file's header gives none"});
    declare_policy(schema, table, variable);
  }
}

} // namespace

void declare_station(config::Schema& schema) {
  const std::string prefix = "weather.station.";
  declare_file(schema, "weather.station", all_variables);
  declare_interval_values(schema, "weather.station");
  schema.add({.key = prefix + "latitude",
              .type = Type::number,
              .description =
                  "With longitude, where global_radiation has no column (it is computed from sun and cloud) or "
                  "cloud_cover has none (it is computed from clearness), degrees north",
              .minimum = -90,
              .maximum = 90});
  schema.add({.key = prefix + "longitude",
              .type = Type::number,
              .description = "Degrees east; see latitude",
              .minimum = -180,
              .maximum = 180});
}

void declare_wind_station(config::Schema& schema, const std::string& prefix) {
  declare_file(schema, prefix, wind_variables);
}

std::optional<WeatherFile> read_station(const config::Settings& scenario, ProblemList& problems) {
  if (!scenario.has("weather.station.file")) {
    if (!scenario.given("weather.station")) {
      scenario.problem(problems, "weather.station.file", "be given, as weather.source = \"station\"");
    }
    return {}; // otherwise the check of the scenario has told it
  }
  const Settings station = scenario.table("weather.station");
  return StationReader(station, all_variables, problems).read();
}

std::optional<WeatherFile> read_wind_station(const config::Settings& station, ProblemList& problems) {
  if (!station.has("file")) {
    return {}; // the check of the scenario has told it
  }
  return StationReader(station, wind_variables, problems).read();
}

} // namespace tq::observed
