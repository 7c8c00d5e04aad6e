#include "emission/kinds/dust.hpp"
#include "emission/kinds/kinds.hpp"

namespace tq {

namespace {

constexpr double drops = 2; // from the face onto a truck, from the truck into the plant

std::vector<ActivityColumn> columns() {
  const DustTable& table = DustTable::installed();
  std::vector<ActivityColumn> list = date_columns();
  list.insert(list.end(),
              {{.name = "production",
                .dimension = "kg s-1",
                .description = "stone quarried; a rate counts for 365 days",
                .required = true},
               {.name = "processing",
                .type = ActivityColumn::Type::text,
                .description = "how it is crushed and screened",
                .choices = row_ids(table.stones),
                .text_otherwise = "dry"},
               {.name = "transfers", .description = "transfers between conveyors", .otherwise = 4.0, .maximum = 50},
               {.name = "material",
                .type = ActivityColumn::Type::text,
                .description = "what is handled",
                .choices = row_ids(table.materials),
                .text_otherwise = "gravel"},
               area_column("worked ground that lies open"),
               {.name = "disturbance",
                .dimension = "s",
                .description = "time between disturbances of that ground, in whole hours",
                .otherwise = 86400.0,
                .minimum = 3600,
                .maximum = 366 * 86400.0}});
  return list;
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const DustTable& table = DustTable::installed();
  const PileMaterial& material = *find_row(table.materials, row.text("material"));
  const StoneProcessing& stone = *find_row(table.stones, row.text("processing"));
  const GroundClass& ground = ground_class("soil");
  const double flow = row.number("production"), transfers = row.number("transfers");
  const auto add = [&](const char* part, std::size_t driver, const physics::ParticleSizes& dust) {
    source.streams.push_back(dust_stream(part, driver, dust_rates(context.species, dust, dust_composition("stone"))));
  };
  const auto sum = [&](double physics::ParticleSizes::*size) {
    return flow * (stone.crushing.*size + stone.screening.*size + transfers * stone.transfer.*size);
  };
  // What is crushed comes from inside the rock: rain on the plant keeps it down, the ground's water does not.
  add("processing", context.drivers.add(context.profile, dry_ground(ground_class("pavement"))),
      {sum(&physics::ParticleSizes::pm2_5), sum(&physics::ParticleSizes::pm10), sum(&physics::ParticleSizes::tsp)});
  add("handling", context.drivers.add(context.profile, dry_ground(ground) * handling_wind()),
      handling_of(material.moisture, drops * flow));
  const Response wind = pile_wind(material.threshold, hours_of(row, "disturbance"), table.wind_erosion, ground);
  add("wind", context.drivers.add(std::nullopt, wind), pile_of(area_of(row, source, context.problems)));
  date_streams(row, context.zone, source.streams);
  return {std::move(source)};
}

} // namespace

ActivityKind quarries_kind() {
  return {.name = "quarries",
          .description = "quarries: crushing and screening, handling, wind over what lies open",
          .sector = "industry",
          .profile = "industry",
          .columns = columns(),
          .emit = emit};
}

} // namespace tq
