#include "emission/activity_factors.hpp"
#include "emission/kinds/counted.hpp"
#include "emission/kinds/kinds.hpp"

namespace tq {

namespace {

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const ActivityFactor& kitchen = *find_row(activity_factors("cooking"), row.text("kitchen"));
  const bool stoves = kitchen.per == "stove_hour";
  const std::optional<double> count =
      counted_amount(row, context, kitchen.id, stoves ? "stoves" : "persons", stoves ? "persons" : "stoves");
  if (!count) {
    return {std::move(source)};
  }
  const double running = stoves ? row.number("stove_time") / double(seconds_per_day) : 1.0;
  const double left = 1.0 - row.number("removal");
  source.streams.push_back(
      activity_stream(kitchen, *count * running * left, context.species, context.drivers.add(context.profile)));
  return {std::move(source)};
}

} // namespace

ActivityKind cooking_kind() {
  using Type = ActivityColumn::Type;
  return {.name = "cooking",
          .description = "fumes of kitchens: restaurants by stoves, households by persons",
          .sector = "cooking",
          .profile = "residential",
          .columns = {{.name = "kitchen",
                       .type = Type::text,
                       .description = "which",
                       .required = true,
                       .choices = row_ids(activity_factors("cooking"))},
                      {.name = "stoves", .description = "number of stoves"},
                      {.name = "stove_time",
                       .dimension = "s",
                       .description = "time a day for which a stove is on",
                       .otherwise = 6.0 * double(seconds_per_hour),
                       .maximum = double(seconds_per_day)},
                      {.name = "persons", .description = "number of persons"},
                      {.name = "removal",
                       .dimension = "1",
                       .description = "share that purifiers hold back",
                       .otherwise = 0.0,
                       .maximum = 1}},
          .emit = emit};
}

} // namespace tq
