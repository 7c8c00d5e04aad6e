#include "emission/activity_factors.hpp"
#include "emission/inventory.hpp"
#include "emission/kinds/counted.hpp"
#include "emission/kinds/kinds.hpp"
#include "physics/combustion.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

namespace {

constexpr double hours_per_year = common_year / double(seconds_per_hour);

std::int64_t local_day(const TimeZone& zone, Instant time) {
  CivilTime civil = zone.to_civil(time);
  civil.hour = civil.minute = civil.second = 0;
  return from_utc(civil) / seconds_per_day;
}

/// Degrees by the mean temperature of each local day, so that within a day the profile alone counts; in units of their
/// mean over a normal year. Weather is known for the run's hours alone: where a run begins or ends within a day, the
/// mean is that of the hours in the run.
Response heating_response(double base, double degree_hours, const TimeZone& zone) {
  const auto factors = [=](const EmissionWeather& weather) {
    std::vector<double> values(weather.size());
    for (std::size_t first = 0, last = 0; first < weather.size(); first = last) {
      double sum = 0;
      const std::int64_t day = local_day(zone, weather[first].time);
      for (; last < weather.size() && local_day(zone, weather[last].time) == day; ++last) {
        sum += weather[last].temperature;
      }
      const double degrees = physics::heating_degrees(sum / double(last - first), base);
      std::fill(values.begin() + std::ptrdiff_t(first), values.begin() + std::ptrdiff_t(last),
                degrees * hours_per_year / degree_hours);
    }
    return values;
  };
  return {fmt::format("heating degrees below {} K, {} K h a year, {}", base, degree_hours, zone.name()), factors};
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const ActivityFactor& fuel = *find_row(activity_factors("households"), row.text("fuel"));
  const bool gas = fuel.per == "m3";
  const std::optional<double> amount =
      counted_amount(row, context, fuel.id, gas ? "gas_use" : "fuel_use", gas ? "fuel_use" : "gas_use");
  if (!amount) {
    return {std::move(source)};
  }
  const double heating = row.number("heating_share");
  const Response response = heating_response(row.number("base_temperature"),
                                             row.number("degree_hours") / double(seconds_per_hour), context.zone);
  source.streams.push_back(activity_stream(fuel, *amount * heating, context.species,
                                           context.drivers.add(context.profile, response), "heating"));
  source.streams.push_back(
      activity_stream(fuel, *amount * (1.0 - heating), context.species, context.drivers.add(context.profile), "stove"));
  return {std::move(source)};
}

} // namespace

ActivityKind households_kind() {
  using Type = ActivityColumn::Type;
  return {.name = "households",
          .description = "fuels of households; the part for heating follows the degrees below a base temperature",
          .sector = "households",
          .profile = "residential",
          .columns = {{.name = "fuel",
                       .type = Type::text,
                       .description = "what burns",
                       .required = true,
                       .choices = row_ids(activity_factors("households"))},
                      {.name = "fuel_use", .dimension = "kg s-1", .description = "fuel, mean over a normal year"},
                      {.name = "gas_use", .dimension = "m3 s-1", .description = "gas, mean over a normal year"},
                      {.name = "heating_share",
                       .dimension = "1",
                       .description = "share of it for heating in a normal year",
                       .otherwise = 0.5,
                       .maximum = 1},
                      {.name = "base_temperature",
                       .dimension = "K",
                       .description = "of the day's mean, below which people heat",
                       .otherwise = 291.15,
                       .minimum = 250,
                       .maximum = 310},
                      {.name = "degree_hours",
                       .dimension = "K s",
                       .description = "sum over a normal year of the degrees below it",
                       .otherwise = 35000.0 * double(seconds_per_hour),
                       .minimum = 1000.0 * double(seconds_per_hour)}},
          .emit = emit};
}

} // namespace tq
