#include "emission/activity_factors.hpp"
#include "emission/kinds/counted.hpp"
#include "emission/kinds/kinds.hpp"
#include "physics/ammonia.hpp"

#include <fmt/format.h>

namespace tq {

namespace {

Response ammonia_response(double temperature, double wind) {
  const auto factors = [=](const EmissionWeather& weather) {
    std::vector<double> values;
    for (const EmissionHour& hour : weather) {
      values.push_back(physics::ammonia_factor(hour.temperature, hour.wind_speed, temperature, wind));
    }
    return values;
  };
  return {fmt::format("ammonia at {} K, {} m s-1", temperature, wind), factors};
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const ActivityFactor& factor = *find_row(activity_factors("agriculture"), row.text("activity"));
  const bool animals = factor.per == "head";
  const std::optional<double> amount =
      counted_amount(row, context, factor.id, animals ? "heads" : "nitrogen", animals ? "nitrogen" : "heads");
  if (!amount) {
    return {std::move(source)};
  }
  const Response response = ammonia_response(row.number("normal_temperature"), row.number("normal_wind"));
  source.streams.push_back(
      activity_stream(factor, *amount, context.species, context.drivers.add(context.profile, response)));
  return {std::move(source)};
}

} // namespace

ActivityKind agriculture_kind() {
  using Type = ActivityColumn::Type;
  return {
      .name = "agriculture",
      .description = "ammonia of animals and fertilisers, more of it in warm wind",
      .sector = "agriculture",
      .profile = "constant",
      .columns =
          {{.name = "activity",
            .type = Type::text,
            .description = "which animal or fertiliser",
            .required = true,
            .choices = row_ids(activity_factors("agriculture"))},
           {.name = "heads", .description = "number of animals"},
           {.name = "nitrogen", .dimension = "kg s-1", .description = "nitrogen spread, mean over the year"},
           {.name = "normal_temperature",
            .dimension = "K",
            .description = "at which the rate is that of the annual mean",
            .otherwise = 291.85,
            .minimum = 250,
            .maximum = 310},
           {.name = "normal_wind", .dimension = "m s-1", .description = "likewise", .otherwise = 1.7, .maximum = 20}},
      .emit = emit};
}

} // namespace tq
