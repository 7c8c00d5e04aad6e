#include "emission/kinds/dust.hpp"
#include "emission/kinds/kinds.hpp"

namespace tq {

namespace {

std::vector<ActivityColumn> columns() {
  std::vector<ActivityColumn> list = date_columns();
  list.insert(list.end(), {{.name = "soil",
                            .type = ActivityColumn::Type::text,
                            .description = "class of soil by texture",
                            .required = true,
                            .choices = row_ids(DustTable::installed().soils)},
                           {.name = "bare",
                            .dimension = "1",
                            .description = "share of the area without plants or cover",
                            .otherwise = 1.0,
                            .maximum = 1},
                           area_column("area of the ground")});
  return list;
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  constexpr double milligram = 1e-6; // kg
  const DustTable& table = DustTable::installed();
  const SoilClass& soil = *find_row(table.soils, row.text("soil"));
  const double bare = row.number("bare") * area_of(row, source, context.problems); // m2
  const std::size_t driver = context.drivers.add(std::nullopt, soil_wind(soil, table.soil_hours, ground_class("soil")));
  source.streams.push_back(
      dust_stream("wind", driver,
                  dust_rates(context.species, table.soil_erosion.k * (bare * milligram), dust_composition("soil"))));
  date_streams(row, context.zone, source.streams);
  return {std::move(source)};
}

} // namespace

ActivityKind bare_soil_kind() {
  return {.name = "bare_soil",
          .description = "bare ground from which wind takes dust",
          .sector = "bare_soil",
          .profile = "constant",
          .columns = columns(),
          .emit = emit};
}

} // namespace tq
