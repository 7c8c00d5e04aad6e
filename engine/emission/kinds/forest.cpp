#include "emission/activity_factors.hpp"
#include "emission/kinds/kinds.hpp"
#include "physics/biogenic.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

template <class Factor>
Response leaf_response(const std::string& name, const std::vector<double>& leaves, const TimeZone& zone,
                       Factor factor) {
  const auto factors = [=](const EmissionWeather& weather) {
    std::vector<double> values;
    for (const EmissionHour& hour : weather) {
      values.push_back(leaves[std::size_t(zone.to_civil(hour.time).month - 1)] * factor(hour));
    }
    return values;
  };
  return {fmt::format("{}, leaves {}, {}", name, fmt::join(leaves, " "), zone.name()), factors};
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  if (!(source.area > 0)) {
    row.refuse("vegetation", "have a geometry of polygons: the emission is by area");
    return {std::move(source)};
  }
  const Vegetation& plants = *find_row(vegetation(), row.text("vegetation"));
  const double area = source.area * row.number("cover");
  const auto add = [&](InventoryPollutant compound, double rate, const Response& response) {
    InventoryAmounts rates{};
    rates[std::size_t(compound)] = rate;
    Stream& stream = source.streams.emplace_back();
    stream.part = inventory_pollutants()[std::size_t(compound)];
    stream.driver = context.drivers.add({}, response);
    stream.rate = context.species.split(rates, 0.0);
  };
  add(InventoryPollutant::isoprene, area * plants.isoprene,
      leaf_response("isoprene", plants.leaves, context.zone, [](const EmissionHour& hour) {
        return physics::isoprene_light_factor(physics::photosynthetic_light(hour.radiation)) *
               physics::isoprene_temperature_factor(hour.temperature);
      }));
  add(InventoryPollutant::monoterpenes, area * plants.monoterpenes,
      leaf_response("monoterpenes", plants.leaves, context.zone,
                    [](const EmissionHour& hour) { return physics::monoterpene_factor(hour.temperature); }));
  return {std::move(source)};
}

} // namespace

ActivityKind forest_kind() {
  using Type = ActivityColumn::Type;
  return {.name = "forest",
          .description = "isoprene and monoterpenes of plants, by light and temperature",
          .sector = "forest",
          .profile = "constant",
          .columns = {{.name = "vegetation",
                       .type = Type::text,
                       .description = "which",
                       .required = true,
                       .choices = row_ids(vegetation())},
                      {.name = "cover",
                       .dimension = "1",
                       .description = "share of the polygon that it covers",
                       .otherwise = 1.0,
                       .maximum = 1}},
          .emit = emit};
}

} // namespace tq
