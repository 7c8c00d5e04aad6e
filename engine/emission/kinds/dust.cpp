#include "emission/kinds/dust.hpp"

#include "physics/dust_handling.hpp"

#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace tq {

namespace {

/// The end of a time, or of a day where the text is a date alone.
Instant end_of(Instant time, const std::string& text, const TimeZone& zone) {
  constexpr std::size_t date_length = 10; // 2017-12-04
  if (text.size() > date_length) {
    return time;
  }
  CivilTime next = zone.to_civil(time + 36 * seconds_per_hour); // within the next day, whatever clocks are put to
  next.hour = next.minute = next.second = 0;
  return zone.to_instant(next);
}

template <class Row> const Row& named(const std::vector<Row>& rows, const std::string& id) {
  const Row* row = find_row(rows, id);
  if (row == nullptr) {
    throw std::logic_error("data/emission/dust.toml has no \"" + id + "\"");
  }
  return *row;
}

} // namespace

std::vector<ActivityColumn> date_columns() {
  return {{.name = "from", .type = ActivityColumn::Type::time, .description = "first day, or time, of activity"},
          {.name = "to", .type = ActivityColumn::Type::time, .description = "last day, or end, of activity"}};
}

void date_streams(ActivityRow& row, const TimeZone& zone, std::vector<Stream>& streams) {
  const std::optional<Instant> from = row.time("from"), last = row.time("to");
  const std::optional<Instant> to = last ? std::optional(end_of(*last, row.text("to"), zone)) : last;
  if (from && to && *to <= *from) {
    row.refuse("to", "be after from = " + row.text("from"));
    return;
  }
  for (Stream& stream : streams) {
    stream.from = from.value_or(stream.from);
    stream.to = to.value_or(stream.to);
  }
}

ActivityColumn area_column(const std::string& description) {
  return {.name = "area", .dimension = "m2", .description = description + "; that of the polygon where empty"};
}

double area_of(const ActivityRow& row, const Source& source, ProblemList& problems) {
  if (row.has("area")) {
    return row.number("area");
  }
  if (source.area <= 0 && source.placement.inside > 0) { // a place with problems has no area, and its message already
    problems.add(row.where("area"),
                 fmt::format("area is empty: must be given, for source \"{}\" is no polygon", source.id));
  }
  return source.area;
}

double length_of(const Source& source, ProblemList& problems) {
  if (source.length <= 0 && source.placement.inside > 0) {
    problems.add(source.where,
                 fmt::format("source \"{}\": must be a line, for what it emits goes by length", source.id));
  }
  return source.length;
}

int hours_of(ActivityRow& row, std::string_view column) {
  const double hours = row.number(column) / double(seconds_per_hour);
  if (std::abs(hours - std::round(hours)) > 1e-9 * hours) { // units of the header round
    row.refuse(column, "be a whole number of hours");
    return 1;
  }
  return int(std::round(hours));
}

std::vector<double> dust_rates(const EmittedSpecies& species, const physics::ParticleSizes& dust,
                               const DustComposition& composition) {
  InventoryAmounts amounts{};
  amounts[std::size_t(InventoryPollutant::pm2_5)] = dust.pm2_5;
  amounts[std::size_t(InventoryPollutant::pm10)] = dust.pm10;
  amounts[std::size_t(InventoryPollutant::tsp)] = dust.tsp;
  std::vector<double> rates = species.split(amounts, 0);
  const double ca = composition.calcium, mg = composition.magnesium;
  species.set_alkaline(rates, {{ca, ca, ca}, {mg, mg, mg}});
  return rates;
}

Stream dust_stream(const std::string& part, std::size_t driver, std::vector<double> rates) {
  Stream stream;
  stream.part = part;
  stream.driver = driver;
  stream.rate = std::move(rates);
  return stream;
}

const GroundClass& ground_class(const std::string& id) {
  return named(DustTable::installed().grounds, id);
}

const DustComposition& dust_composition(const std::string& id) {
  return named(DustTable::installed().compositions, id);
}

ActivityColumn disturbance_column(const std::string& of_what) {
  return {.name = "disturbance",
          .dimension = "s",
          .description =
              fmt::format("time between disturbances of {}, in whole hours of local clocks, counted on from day to day", of_what),
          .otherwise = 86400.0,
          .minimum = 3600,
          .maximum = 366 * 86400.0};
}

std::vector<Stream> pile_streams(ActivityRow& row, const Source& source, ActivityContext& context,
                                 const PileMaterial& material, double moisture, double flow) {
  const DustTable& table = DustTable::installed();
  const DustComposition& composition = dust_composition(material.composition);
  const GroundClass& ground = ground_class("soil");
  // What drops at the wind for which handling_wind() is 1, and what a pile loses for pile_wind().
  const physics::ParticleSizes handled = table.handling * (flow * physics::handling_dust(1.0, 2.2, moisture));
  constexpr double gram_per_hour = 1e-3 / 3600.0; // kg s-1
  const physics::ParticleSizes blown = table.wind_erosion.k * (area_of(row, source, context.problems) * gram_per_hour);
  const Response wind =
      pile_wind(material.threshold, hours_of(row, "disturbance"), table.wind_erosion, ground, context.zone);
  return {
      dust_stream("handling", context.drivers.add(context.profile, dry_ground(ground) * handling_wind()),
                  dust_rates(context.species, handled, composition)),
      dust_stream("wind", context.drivers.add(std::nullopt, wind), dust_rates(context.species, blown, composition))};
}

} // namespace tq
