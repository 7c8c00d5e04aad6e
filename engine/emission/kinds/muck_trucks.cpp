#include "emission/kinds/dust.hpp"
#include "emission/kinds/kinds.hpp"
#include "physics/dust_roads.hpp"

namespace tq {

namespace {

std::vector<ActivityColumn> columns() {
  const DustTable::MuckTrucks& trucks = DustTable::installed().muck_trucks;
  std::vector<ActivityColumn> list = date_columns();
  list.insert(
      list.end(),
      {{.name = "trips",
        .dimension = "s-1",
        .description = "trips over the road, laden there and empty back, mean of all hours",
        .required = true},
       {.name = "load", .dimension = "kg", .description = "what a truck carries", .required = true, .maximum = 100000},
       {.name = "tare",
        .dimension = "kg",
        .description = "mass of an empty truck",
        .otherwise = trucks.tare,
        .minimum = 500,
        .maximum = 100000},
       {.name = "silt",
        .dimension = "kg m-2",
        .description = "silt on the road, with what is spilt",
        .otherwise = trucks.silt,
        .maximum = 0.4}});
  return list;
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const DustTable& table = DustTable::installed();
  const double way = row.number("trips") * length_of(source, context.problems); // m s-1
  const double tare = row.number("tare"), silt = row.number("silt");
  const std::size_t driver = context.drivers.add(context.profile, dry_ground(ground_class("pavement")) *
                                                                      silt_on_road(table.road_silt, context.zone));
  const auto add = [&](const char* part, double mass) {
    const physics::ParticleSizes dust = physics::paved_road_dust(table.paved, silt, mass) * way;
    source.streams.push_back(dust_stream(part, driver, dust_rates(context.species, dust, dust_composition("road"))));
  };
  add("laden", tare + row.number("load"));
  add("empty", tare);
  date_streams(row, context.zone, source.streams);
  return {std::move(source)};
}

} // namespace

ActivityKind muck_trucks_kind() {
  return {.name = "muck_trucks",
          .description =
              "trucks that carry muck over paved roads: their own dust, not what others raise of their spill",
          .sector = "road_dust",
          .profile = "dust",
          .columns = columns(),
          .emit = emit};
}

} // namespace tq
