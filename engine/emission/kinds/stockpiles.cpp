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
                           disturbance_column("the surface")});
  return list;
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const PileMaterial& material = *find_row(DustTable::installed().materials, row.text("material"));
  const double moisture = row.has("moisture") ? row.number("moisture") : material.moisture;
  source.streams =
      pile_streams(row, source, context, material, moisture, row.number("drops") * row.number("throughput"));
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
