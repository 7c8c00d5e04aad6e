#include "emission/kinds/dust.hpp"
#include "emission/kinds/kinds.hpp"
#include "physics/dust_construction.hpp"

namespace tq {

namespace {

std::vector<ActivityColumn> columns() {
  std::vector<ActivityColumn> list = date_columns();
  list.push_back({.name = "phase",
                  .type = ActivityColumn::Type::text,
                  .description = "what is done there",
                  .required = true,
                  .choices = row_ids(DustTable::installed().phases)});
  list.push_back(area_column("area of the site"));
  return list;
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const DustTable::Construction& site = DustTable::installed().construction;
  const ConstructionPhase& phase = *find_row(DustTable::installed().phases, row.text("phase"));
  const double rate =
      phase.factor * physics::construction_dust(site.per_month) * area_of(row, source, context.problems);
  const std::size_t driver = context.drivers.add(context.profile, dry_ground(ground_class("soil")));
  source.streams.push_back(
      dust_stream(phase.id, driver, dust_rates(context.species, site.shares * rate, dust_composition("construction"))));
  date_streams(row, context.zone, source.streams);
  return {std::move(source)};
}

} // namespace

ActivityKind construction_kind() {
  return {.name = "construction",
          .description = "construction and demolition sites: area, phase and dates",
          .sector = "construction",
          .profile = "dust",
          .columns = columns(),
          .emit = emit};
}

} // namespace tq
