#include "emission/activity_factors.hpp"
#include "emission/kinds/kinds.hpp"

namespace tq {

namespace {

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const ActivityFactor& machine = *find_row(activity_factors("machines"), row.text("machine"));
  source.streams.push_back(
      activity_stream(machine, row.number("fuel_use"), context.species, context.drivers.add(context.profile)));
  return {std::move(source)};
}

} // namespace

ActivityKind machines_kind() {
  using Type = ActivityColumn::Type;
  return {.name = "machines",
          .description = "diesel of machines off the road and of ships",
          .sector = "machines",
          .profile = "industry",
          .columns = {{.name = "machine",
                       .type = Type::text,
                       .description = "which",
                       .required = true,
                       .choices = row_ids(activity_factors("machines"))},
                      {.name = "fuel_use",
                       .dimension = "kg s-1",
                       .description = "diesel, mean over the year",
                       .required = true}},
          .emit = emit};
}

} // namespace tq
