#include "emission/kinds/dust.hpp"
#include "emission/kinds/kinds.hpp"
#include "physics/dust_roads.hpp"

namespace tq {

namespace {

constexpr double daytime_hours = 12; // in which watered roads have their traffic

std::vector<ActivityColumn> columns() {
  std::vector<ActivityColumn> list = date_columns();
  list.insert(list.end(),
              {{.name = "use",
                .type = ActivityColumn::Type::text,
                .description = "public: cars, whose speed counts; industrial: trucks, whose mass counts",
                .required = true,
                .choices = {"public", "industrial"}},
               {.name = "traffic", .dimension = "s-1", .description = "vehicles, mean of all hours", .required = true},
               {.name = "silt",
                .dimension = "1",
                .description = "silt of the surface",
                .otherwise = 0.11,
                .minimum = 0.001,
                .maximum = 0.5},
               {.name = "moisture",
                .dimension = "1",
                .description = "water of the dry surface",
                .otherwise = 0.01,
                .minimum = 0.0003,
                .maximum = 0.2},
               {.name = "speed",
                .dimension = "m s-1",
                .description = "speed on a public road",
                .otherwise = 30 / 3.6,
                .minimum = 1,
                .maximum = 30},
               {.name = "mass",
                .dimension = "kg",
                .description = "mean mass of the vehicles on an industrial road",
                .otherwise = 20000.0,
                .minimum = 500,
                .maximum = 300000},
               {.name = "watering",
                .dimension = "m",
                .description = "depth of water spread at a pass; none where empty",
                .otherwise = 0.0,
                .maximum = 0.02},
               {.name = "watering_interval",
                .dimension = "s",
                .description = "time between passes, in whole hours of local clocks, counted on from day to day",
                .otherwise = 12 * 3600.0,
                .minimum = 3600,
                .maximum = 30 * 86400.0}});
  return list;
}

physics::ParticleSizes dust_of(const ActivityRow& row) {
  const DustTable& table = DustTable::installed();
  const physics::UnpavedSurface surface{row.number("silt"), row.number("moisture")};
  if (row.text("use") == "public") {
    return physics::by_size(table.unpaved_public, [&](const physics::PublicRoadFactors& factors) {
      return physics::unpaved_public_dust(factors, surface, row.number("speed"));
    });
  }
  return physics::by_size(table.unpaved_industrial, [&](const physics::IndustrialRoadFactors& factors) {
    return physics::unpaved_industrial_dust(factors, surface, row.number("mass"));
  });
}

Response response_of(ActivityRow& row, double traffic, const TimeZone& zone) {
  const GroundClass& ground = ground_class("soil");
  const double application = row.number("watering") * 1000; // mm
  if (application <= 0) {
    return dry_ground(ground);
  }
  const Watering watering{application, hours_of(row, "watering_interval"),
                          traffic * double(seconds_per_day) / daytime_hours};
  return dry_ground(ground) * watered(watering, ground, zone);
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const double traffic = row.number("traffic");
  const physics::ParticleSizes dust = dust_of(row) * (traffic * length_of(source, context.problems));
  const std::size_t driver = context.drivers.add(context.profile, response_of(row, traffic, context.zone));
  source.streams.push_back(dust_stream("road", driver, dust_rates(context.species, dust, dust_composition("soil"))));
  date_streams(row, context.zone, source.streams);
  return {std::move(source)};
}

} // namespace

ActivityKind unpaved_roads_kind() {
  return {.name = "unpaved_roads",
          .description = "unpaved roads, public and of works, watered or not",
          .sector = "unpaved_road",
          .profile = "mobile",
          .columns = columns(),
          .emit = emit};
}

} // namespace tq
