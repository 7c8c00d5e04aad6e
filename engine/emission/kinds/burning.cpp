#include "emission/activity_factors.hpp"
#include "emission/kinds/kinds.hpp"

#include <cmath>
#include <fmt/format.h>

namespace tq {

namespace {

/// A whole number of a column.
int whole(ActivityRow& row, const std::string& column) {
  const double number = row.number(column);
  if (std::round(number) != number) {
    row.refuse(column, "be a whole number");
  }
  return int(number);
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const ActivityFactor& matter = *find_row(activity_factors("burning"), row.text("matter"));
  const int days = whole(row, "days"), first = whole(row, "first_hour"), last = whole(row, "last_hour");
  const CivilTime date = context.zone.to_civil(*row.time("date"));
  if (date.hour != 0 || date.minute != 0 || date.second != 0) {
    row.refuse("date", "be a date without a time; first_hour and last_hour say when");
  }
  if (last <= first) {
    row.refuse("last_hour", fmt::format("be later than first_hour = {}", first));
  }
  if (!row.good()) {
    return {std::move(source)};
  }
  const double seconds = double(days) * double(last - first) * double(seconds_per_hour);
  const Stream whole_event =
      activity_stream(matter, row.number("amount") / seconds, context.species, context.drivers.add({}));
  for (int day = 0; day < days; ++day) {
    Stream stream = whole_event;
    const auto at = [&](int hours) {
      return context.zone.to_instant(to_utc(from_utc(date) + day * seconds_per_day + hours * seconds_per_hour));
    };
    stream.from = at(first);
    stream.to = at(last);
    if (stream.from < context.end && stream.to > context.start) {
      source.streams.push_back(std::move(stream));
    }
  }
  return {std::move(source)};
}

} // namespace

ActivityKind burning_kind() {
  using Type = ActivityColumn::Type;
  return {.name = "burning",
          .description = "straw, wood or waste burned in the open on some days",
          .sector = "burning",
          .profile = "constant",
          .columns =
              {{.name = "matter",
                .type = Type::text,
                .description = "what burns",
                .required = true,
                .choices = row_ids(activity_factors("burning"))},
               {.name = "amount", .dimension = "kg", .description = "burned in all", .required = true},
               {.name = "date", .type = Type::time, .description = "the first day", .required = true},
               {.name = "days", .description = "number of days", .otherwise = 1.0, .minimum = 1, .maximum = 366},
               {.name = "first_hour", .description = "local hour of each day, from", .otherwise = 10.0, .maximum = 23},
               {.name = "last_hour", .description = "and to", .otherwise = 18.0, .maximum = 24}},
          .emit = emit};
}

} // namespace tq
