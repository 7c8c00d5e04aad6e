#include "emission/kinds/dust.hpp"
#include "emission/kinds/kinds.hpp"

namespace tq {

namespace {

std::vector<ActivityColumn> columns() {
  std::vector<ActivityColumn> list = date_columns();
  list.insert(list.end(), {{.name = "material",
                            .type = ActivityColumn::Type::text,
                            .description = "what lies there",
                            .required = true,
                            .choices = row_ids(DustTable::installed().materials)},
                           {.name = "throughput",
                            .dimension = "kg s-1",
                            .description = "material that is piled and taken away; a rate counts for 365 days",
                            .required = true},
                           {.name = "drops",
                            .description = "times that it is dropped: onto the pile, onto a truck",
                            .otherwise = 2.0,
                            .maximum = 20},
                           {.name = "moisture",
                            .dimension = "1",
                            .description = "water in the material; the material's usual where empty",
                            .minimum = 0.0025,
                            .maximum = 0.5},
                           area_column("surface of the pile"),
                           {.name = "disturbance",
                            .dimension = "s",
                            .description = "time between disturbances of the surface, in whole hours",
                            .otherwise = 86400.0,
                            .minimum = 3600,
                            .maximum = 366 * 86400.0}});
  return list;
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const DustTable& table = DustTable::installed();
  const PileMaterial& material = *find_row(table.materials, row.text("material"));
  const DustComposition& composition = dust_composition(material.composition);
  const GroundClass& ground = ground_class("soil");
  const double moisture = row.has("moisture") ? row.number("moisture") : material.moisture;
  const physics::ParticleSizes handled = handling_of(moisture, row.number("drops") * row.number("throughput"));
  source.streams.push_back(dust_stream("handling",
                                       context.drivers.add(context.profile, dry_ground(ground) * handling_wind()),
                                       dust_rates(context.species, handled, composition)));
  const Response wind = pile_wind(material.threshold, hours_of(row, "disturbance"), table.wind_erosion, ground);
  source.streams.push_back(
      dust_stream("wind", context.drivers.add(std::nullopt, wind),
                  dust_rates(context.species, pile_of(area_of(row, source, context.problems)), composition)));
  date_streams(row, context.zone, source.streams);
  return {std::move(source)};
}

} // namespace

ActivityKind stockpiles_kind() {
  return {.name = "stockpiles",
          .description = "open piles of material: handling, and wind over them",
          .sector = "stockpile",
          .profile = "industry",
          .columns = columns(),
          .emit = emit};
}

} // namespace tq
