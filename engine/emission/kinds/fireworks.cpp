#include "emission/fireworks_table.hpp"
#include "emission/kinds/kinds.hpp"

#include <fmt/format.h>

namespace tq {

namespace {

/// The days of an event that may matter to the run: those of the festival in the years about it, or the date.
std::vector<CivilTime> event_days(ActivityRow& row, const ActivityContext& context) {
  if (row.has("date")) {
    const CivilTime date = context.zone.to_civil(*row.time("date"));
    if (date.hour != 0 || date.minute != 0 || date.second != 0) {
      row.refuse("date", "be a date without a time; the pattern says when");
    }
    return {date};
  }
  std::vector<CivilTime> days;
  const Festival festival = *find_festival(row.text("festival"));
  const int first = context.zone.to_civil(context.start).year, last = context.zone.to_civil(context.end - 1).year;
  for (int year = first; year <= last; ++year) { // the eve lies in the year of its new year's day
    const std::optional<CivilTime> day = festival_day(festival, year);
    if (!day) {
      row.refuse("festival", fmt::format("be left out for a date: its days are known from {} to {}, not in {}",
                                         first_festival_year, last_festival_year, year));
      return {};
    }
    days.push_back(*day);
  }
  return days;
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const FireworksTable& table = FireworksTable::standard();
  if (row.has("festival") && row.has("date")) {
    row.refuse("festival", "be empty where date is given");
    return {std::move(source)};
  }
  if (!row.has("festival") && !row.has("date")) {
    context.problems.add(row.where("festival"), "festival is empty: must be given where date is not");
    return {std::move(source)};
  }
  const std::string pattern = row.has("pattern")    ? row.text("pattern")
                              : row.has("festival") ? table.festivals.at(row.text("festival"))
                                                    : "evening";
  const ActivityFactor& product = *find_row(table.products, row.text("product"));
  const std::vector<FireworksBlock>& blocks = table.patterns.at(pattern).at(product.id);
  for (const CivilTime& day : event_days(row, context)) {
    for (const FireworksBlock& block : blocks) {
      const auto at = [&](int hours) {
        return context.zone.to_instant(to_utc(from_utc(day) + hours * seconds_per_hour));
      };
      const Instant from = at(block.from), to = at(block.to);
      if (block.share > 0 && from < context.end && to > context.start) {
        Stream stream = activity_stream(product, row.number("amount") * block.share / double(to - from),
                                        context.species, context.drivers.add({}), product.id);
        stream.from = from;
        stream.to = to;
        source.streams.push_back(std::move(stream));
      }
    }
  }
  return {std::move(source)};
}

} // namespace

ActivityKind fireworks_kind() {
  using Type = ActivityColumn::Type;
  const FireworksTable& table = FireworksTable::standard();
  std::vector<std::string> festivals;
  for (const auto& [name, pattern] : table.festivals) {
    festivals.push_back(name);
  }
  return {.name = "fireworks",
          .description = "fireworks on festivals of the Chinese calendar or on a date; base and top say how high",
          .sector = "fireworks",
          .profile = "constant",
          .columns = {{.name = "festival",
                       .type = Type::text,
                       .description = "each year of the run",
                       .choices = std::move(festivals)},
                      {.name = "date", .type = Type::time, .description = "a day once, instead of a festival"},
                      {.name = "product",
                       .type = Type::text,
                       .description = "what is let off",
                       .choices = row_ids(table.products),
                       .text_otherwise = "firecrackers"},
                      {.name = "pattern",
                       .type = Type::text,
                       .description = "hours; that of the festival, or evening, where empty",
                       .choices = table.pattern_names()},
                      {.name = "amount", .dimension = "kg", .description = "let off in all", .required = true}},
          .emit = emit};
}

} // namespace tq
