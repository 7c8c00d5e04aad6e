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
               disturbance_column("that ground")});
  return list;
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const DustTable& table = DustTable::installed();
  const PileMaterial& material = *find_row(table.materials, row.text("material"));
  const StoneProcessing& stone = *find_row(table.stones, row.text("processing"));
  const double flow = row.number("production"), transfers = row.number("transfers");
  const auto sum = [&](double physics::ParticleSizes::*size) {
    return flow * (stone.crushing.*size + stone.screening.*size + transfers * stone.transfer.*size);
  };
  const physics::ParticleSizes crushed{sum(&physics::ParticleSizes::pm2_5), sum(&physics::ParticleSizes::pm10),
                                       sum(&physics::ParticleSizes::tsp)};
  // What is crushed comes from inside the rock: rain on the plant keeps it down, the ground's water does not.
  source.streams.push_back(dust_stream("processing",
                                       context.drivers.add(context.profile, dry_ground(ground_class("pavement"))),
                                       dust_rates(context.species, crushed, dust_composition("stone"))));
  for (Stream& stream : pile_streams(row, source, context, material, material.moisture, drops * flow)) {
    source.streams.push_back(std::move(stream));
  }
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
