#include "emission/activity_factors.hpp"
#include "emission/combustion_table.hpp"
#include "emission/kinds/kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const CombustionTable& table = CombustionTable::standard();
  const ActivityFactor& kiln = *find_row(activity_factors("kiln"), row.text("kiln"));
  std::vector<std::string> unknown;
  const Abatement abatement = table.abatement(row.text("controls"), unknown);
  if (!unknown.empty()) {
    row.refuse("controls", fmt::format("join names of {}{}", fmt::join(table.control_names(), ", "),
                                       suggestion(unknown.front(), table.control_names())));
    return {std::move(source)};
  }
  if (row.has("gas_use") && kiln.gas <= 0) {
    row.refuse("gas_use", fmt::format("be empty: what {} emits by product holds its fuel", kiln.id));
    return {std::move(source)};
  }
  const double product = row.number("product");
  const double gas = row.has("gas_use") ? row.number("gas_use") : product * kiln.gas;
  const InventoryAmounts& burned = table.burner("heat", "natural_gas", "boiler")->factors;
  InventoryAmounts rates{};
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    rates[p] = product * kiln.amounts[p] + gas * burned[p];
  }
  Stream& stream = source.streams.emplace_back();
  stream.driver = context.drivers.add(context.profile);
  stream.rate = context.species.split(abate(rates, abatement, 0.0), table.no2_share());
  return {std::move(source)};
}

} // namespace

ActivityKind kilns_kind() {
  using Type = ActivityColumn::Type;
  return {.name = "kilns",
          .description = "kilns of ceramics, bricks, lime and cement by product, with fluoride",
          .sector = "kilns",
          .profile = "constant",
          .stacks = true,
          .columns =
              {{.name = "kiln",
                .type = Type::text,
                .description = "which",
                .required = true,
                .choices = row_ids(activity_factors("kiln"))},
               {.name = "product", .dimension = "kg s-1", .description = "made, mean over the year", .required = true},
               {.name = "gas_use",
                .dimension = "m3 s-1",
                .description = "natural gas, mean over the year; what the product takes where empty"},
               {.name = "controls",
                .type = Type::text,
                .description = "names of data/emission/combustion.toml joined by +"}},
          .emit = emit};
}

} // namespace tq
