#include "meteorology/climate.hpp"

#include "base/constants.hpp"
#include "base/text_file.hpp"
#include "config/schema.hpp"

#include <cmath>

namespace tq {
namespace {

using config::Parameter;
using config::Type;

const std::array<std::string, Climate::rows> hour_keys = {"first", "second", "third", "fourth"};
const std::array<std::string, Climate::rows> season_keys = {"winter", "spring", "summer", "autumn"};

void declare_numbers(config::Schema& schema, const std::string& key, const std::string& description, std::size_t length,
                     double minimum, double maximum, const std::string& unit = "") {
  schema.add(Parameter{.key = key, .type = Type::numbers, .description = description, .required = true, .unit = unit,
                       .minimum = minimum, .maximum = maximum, .length = length});
}

void declare_number(config::Schema& schema, const std::string& key, const std::string& description, double minimum,
                    double maximum, const std::string& unit = "") {
  schema.add(Parameter{.key = key, .type = Type::number, .description = description, .required = true, .unit = unit,
                       .minimum = minimum, .maximum = maximum});
}

config::Schema climate_schema() {
  config::Schema schema;
  schema.add(Parameter{.key = "schema", .type = Type::text, .description = "Form of this file", .required = true,
                       .choices = {"climate/1"}});
  schema.add(Parameter{.key = "name", .type = Type::text, .description = "Name of the place", .required = true});
  declare_number(schema, "latitude", "Degrees north", -90, 90);
  declare_number(schema, "longitude", "Degrees east", -180, 180);
  declare_number(schema, "elevation", "Height above sea", -500, 6000, "m");
  declare_number(schema, "utc_offset", "Local standard time less UTC, hours", -14, 14);
  const std::size_t months = Climate::months, rows = Climate::rows, rose = 1 + Climate::sectors;
  declare_numbers(schema, "monthly.temperature", "Mean temperature", months, -80, 60, "degC");
  declare_numbers(schema, "monthly.daily_range", "Warmest less coldest hour of a day, K", months, 0, 40);
  declare_numbers(schema, "monthly.relative_humidity", "Mean relative humidity, %", months, 1, 100);
  declare_numbers(schema, "monthly.global_radiation", "Mean solar radiation, kWh m-2 a day", months, 0, 12);
  declare_numbers(schema, "monthly.wind_speed", "Mean wind at 10 m, calms included", months, 0.5, 30, "m s-1");
  declare_numbers(schema, "monthly.calm", "Calm hours, %", months, 0.1, 90);
  declare_numbers(schema, "monthly.rain", "Rain of the month, mm", months, 0, 3000);
  declare_numbers(schema, "monthly.wet_days", "Days with 0.1 mm or more", months, 0.1, 31);
  declare_numbers(schema, "monthly.pressure", "Mean pressure at the station", months, 400, 1100, "hPa");
  declare_numbers(schema, "wind_rose.all", "Calm, N, NE ... NW: % of all hours", rose, 0, 100);
  declare_numbers(schema, "wind_rose.hours", "Local hours of the rows of wind_rose.hour", rows, 0, 23);
  for (const std::string& key : hour_keys) {
    declare_numbers(schema, "wind_rose.hour." + key, "Calm, N ... NW at that hour, %", rose, 0, 100);
  }
  declare_numbers(schema, "wind_rose.hour.mean_speed", "Mean wind at those hours", rows, 0.1, 30, "m s-1");
  for (const std::string& key : season_keys) {
    declare_numbers(schema, "wind_rose.season." + key, "Calm, N ... NW in that season, %", rose, 0, 100);
  }
  declare_number(schema, "variability.temperature_winter", "Deviation from day to day in January, K", 0, 15);
  declare_number(schema, "variability.temperature_summer", "Deviation from day to day in July, K", 0, 15);
  declare_number(schema, "variability.rain_hours", "Hours of rain on a wet day", 0.5, 24);
  declare_number(schema, "variability.rain_deviation", "Deviation of one month's rain from year to year over its mean",
                 0, 1);
  return schema;
}

Climate::Rose read_rose(const config::Settings& table, const std::string& key, ProblemList& problems) {
  const std::vector<double> values = table.numbers(key);
  Climate::Rose rose;
  if (values.size() != std::size_t(1 + Climate::sectors)) {
    return rose; // reported by the schema
  }
  double sum = 0;
  for (double value : values) {
    sum += value;
  }
  if (std::fabs(sum - 100.0) > 1.0) { // rows are rounded to 0.1 per sector
    table.problem(problems, key, "sum to 100");
    return rose;
  }
  rose.calm = values[0] / sum;
  for (std::size_t n = 0; n < rose.sector.size(); ++n) {
    rose.sector[n] = values[n + 1] / sum;
  }
  return rose;
}

} // namespace

Climate Climate::read(const std::filesystem::path& file) {
  const config::Schema schema = climate_schema();
  ProblemList problems;
  const config::Settings table = config::Settings::check(config::read_toml(file), schema, problems);
  problems.throw_if_any();

  const auto monthly = [&](const std::string& key, double scale, double offset = 0) {
    Monthly result{};
    const std::vector<double> values = table.numbers("monthly." + key);
    for (std::size_t n = 0; n < result.size(); ++n) {
      result[n] = values[n] * scale + offset;
    }
    return result;
  };
  Climate climate;
  climate.name = table.text("name");
  climate.latitude = table.number("latitude");
  climate.longitude = table.number("longitude");
  climate.elevation = table.number("elevation");
  climate.utc_offset = table.number("utc_offset");
  climate.temperature = monthly("temperature", 1.0, constants::zero_celsius);
  climate.daily_range = monthly("daily_range", 1.0);
  climate.relative_humidity = monthly("relative_humidity", 0.01);
  climate.global_radiation = monthly("global_radiation", 1000.0 / 24.0);
  climate.wind_speed = monthly("wind_speed", 1.0);
  climate.calm = monthly("calm", 0.01);
  climate.rain = monthly("rain", 1.0);
  climate.wet_days = monthly("wet_days", 1.0);
  climate.pressure = monthly("pressure", 100.0);
  climate.all = read_rose(table, "wind_rose.all", problems);
  const std::vector<double> hours = table.numbers("wind_rose.hours");
  const std::vector<double> speeds = table.numbers("wind_rose.hour.mean_speed");
  for (std::size_t n = 0; n < hour_keys.size(); ++n) {
    climate.hours[n] = hours[n];
    climate.speed_by_hour[n] = speeds[n];
    climate.by_hour[n] = read_rose(table, "wind_rose.hour." + hour_keys[n], problems);
    climate.by_season[n] = read_rose(table, "wind_rose.season." + season_keys[n], problems);
    if (n > 0 && hours[n] <= hours[n - 1]) {
      table.problem(problems, "wind_rose.hours", "rise");
    }
  }
  climate.temperature_deviation_winter = table.number("variability.temperature_winter");
  climate.temperature_deviation_summer = table.number("variability.temperature_summer");
  climate.rain_hours = table.number("variability.rain_hours");
  climate.rain_deviation = table.number("variability.rain_deviation");
  problems.throw_if_any();
  return climate;
}

Climate Climate::jingdezhen() { return read(data_directory() / "climate_jingdezhen.toml"); }

} // namespace tq
