#include "emission/kinds/kinds.hpp"

#include <fmt/format.h>

namespace tq {

namespace {

std::vector<ActivityColumn> columns() {
  std::vector<ActivityColumn> list;
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    ActivityColumn& column = list.emplace_back();
    column.name = inventory_pollutants()[p];
    column.dimension = "kg s-1";
    column.description = "amount per time; a rate counts for 365 days";
    column.required = p <= std::size_t(InventoryPollutant::co);
    column.otherwise = 0.0;
  }
  list.push_back({.name = "no2_share",
                  .dimension = "1",
                  .description = "mass share of nox that is NO2",
                  .otherwise = 0.1,
                  .maximum = 1});
  return list;
}

void check_cumulative(ActivityRow& row) {
  for (const auto larger : {InventoryPollutant::pm10, InventoryPollutant::tsp}) {
    const std::string& name = inventory_pollutants()[std::size_t(larger)];
    const std::string& smaller = inventory_pollutants()[std::size_t(larger) - 1];
    // Columns may have different units, so equal masses may differ by rounding.
    if (row.number(smaller) > row.number(name) * (1 + 1e-12)) {
      row.refuse(name,
                 fmt::format("be at least {} = {}: particles are counted cumulatively", smaller, row.text(smaller)));
    }
  }
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  check_cumulative(row);
  InventoryAmounts rates{};
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    rates[p] = row.number(inventory_pollutants()[p]);
  }
  Stream stream;
  stream.driver = context.drivers.add(context.profile);
  stream.rate = context.species.split(rates, row.number("no2_share"));
  source.streams.push_back(std::move(stream));
  return {std::move(source)};
}

} // namespace

ActivityKind amounts_kind() {
  return {.name = "amounts",
          .description = "amounts of pollutants per time",
          .stacks = true,
          .columns = columns(),
          .emit = emit};
}

} // namespace tq
