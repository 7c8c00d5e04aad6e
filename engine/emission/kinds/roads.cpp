#include "base/text_file.hpp"
#include "emission/kinds/dust.hpp"
#include "emission/kinds/kinds.hpp"
#include "emission/traffic.hpp"
#include "emission/traffic_counts.hpp"
#include "physics/dust_roads.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>

namespace tq {

namespace {

constexpr double day = double(seconds_per_day);

std::vector<ActivityColumn> columns() {
  using Type = ActivityColumn::Type;
  std::vector<ActivityColumn> list = {
      {.name = "road_class",
       .type = Type::text,
       .description =
           "class of roads, whose mix of vehicles splits `traffic`, and whose counts hold if the road has none"},
      {.name = "fleet", .type = Type::text, .description = "fleet; the only one of the file where empty"},
      {.name = "speed",
       .dimension = "m s-1",
       .description = "mean speed",
       .required = true,
       .minimum = 0.5,
       .maximum = 45},
      {.name = "traffic", .dimension = "s-1", .description = "all vehicles; or columns of classes; or counts"},
      {.name = "silt",
       .dimension = "kg m-2",
       .description =
           "silt on the road in balance; by traffic, as measured in Chinese towns, where empty; 0: no dust is raised, "
           "and the road's own wear counts",
       .maximum = 0.4},
      {.name = "cleaning",
       .dimension = "1",
       .description = "share of the silt that a cleaning takes",
       .otherwise = 0,
       .maximum = 1},
      {.name = "cleaning_interval",
       .dimension = "s",
       .description = "time between cleanings, in whole hours of local clocks, counted on from day to day",
       .otherwise = day,
       .minimum = 3600,
       .maximum = 30 * day},
      {.name = "lanes", .description = "number of lanes, for measures to select by"},
      {.name = "altitude", .dimension = "m", .description = "above sea level", .otherwise = 0, .minimum = -500}};
  for (const VehicleClass& vehicle : VehicleTable::installed().classes()) {
    list.push_back({.name = vehicle.id, .dimension = "s-1", .description = vehicle.name + "s, mean of all hours"});
  }
  return list;
}

/// What the rows of one inventory share.
struct Town {
  std::vector<std::shared_ptr<const Fleet>> fleets;
  std::map<std::string, RoadCounts> counts;
  std::map<std::string, std::vector<std::size_t>>
      profiles;      // of classes, by counted road and profile of days and months
  bool whole = true; // false if a file has problems; then no row emits
};

std::filesystem::path file_of(const config::Settings& item, const char* key, ProblemList& problems) {
  return item.given(key) ? item.existing_file(key, problems).value_or("") : "";
}

Town& town_of(ActivityContext& context) {
  if (auto* kept = std::any_cast<Town>(&context.kept)) {
    return *kept;
  }
  Town& town = context.kept.emplace<Town>();
  const std::size_t before = context.problems.problems().size();
  try {
    std::filesystem::path fleets = file_of(context.item, "fleets", context.problems);
    if (!context.item.given("fleets")) {
      fleets = data_directory() / "emission" / "fleets.toml";
    }
    if (!fleets.empty()) {
      for (Fleet& fleet : read_fleets(fleets, VehicleTable::installed(), context.problems)) {
        town.fleets.push_back(std::make_shared<Fleet>(std::move(fleet)));
      }
    }
    const std::filesystem::path counts = file_of(context.item, "counts", context.problems);
    if (!counts.empty()) {
      town.counts = read_counts(counts, VehicleTable::installed(), context.problems);
    }
  } catch (const InputError& error) {
    context.problems.add(error);
  }
  town.whole = context.problems.problems().size() == before;
  return town;
}

std::shared_ptr<const Fleet> fleet_of(ActivityRow& row, const Town& town) {
  const std::string& name = row.text("fleet");
  std::vector<std::string> ids;
  for (const std::shared_ptr<const Fleet>& fleet : town.fleets) {
    if (fleet->id == name || (name.empty() && town.fleets.size() == 1)) {
      return fleet;
    }
    ids.push_back(fleet->id);
  }
  row.refuse("fleet", fmt::format("be one of {}{}", fmt::join(ids, ", "), suggestion(name, ids)));
  return nullptr;
}

/// Vehicles of a class on the road.
struct Flow {
  double mean = 0;         // s-1, of all hours
  std::size_t profile = 0; // index
};

/// Flows of the classes by hourly counts. Their profiles have the days and months of the row's own.
std::vector<Flow> counted(const std::string& road, const RoadCounts& counts, Town& town, ActivityContext& context) {
  std::vector<std::size_t>& profiles = town.profiles[fmt::format("{}/{}", road, context.profile)];
  std::vector<Flow> flows;
  for (std::size_t v = 0; v < counts.size(); ++v) {
    const double sum = std::accumulate(counts[v].begin(), counts[v].end(), 0.0);
    if (profiles.size() == v) {
      Profile profile = context.profile_at(context.profile);
      profile.name = fmt::format("{} on {}", VehicleTable::installed().classes()[v].id, road);
      profile.hourly = counts[v];
      profiles.push_back(sum > 0 ? context.add_profile(std::move(profile)) : context.profile);
    }
    flows.push_back({sum / 24, profiles[v]});
  }
  return flows;
}

/// Flows by class: of the row's own columns, of its total and the road class's mix, or of counts. Exactly one must be
/// there.
std::vector<Flow> flows_of(ActivityRow& row, const std::string& id, const Fleet& fleet, Town& town,
                           ActivityContext& context) {
  const std::vector<VehicleClass>& vehicles = VehicleTable::installed().classes();
  const std::string& road_class = row.text("road_class");
  std::vector<Flow> flows(vehicles.size(), Flow{0, context.profile});
  bool given = false;
  for (std::size_t v = 0; v < vehicles.size(); ++v) {
    if (row.has(vehicles[v].id)) {
      flows[v].mean = row.number(vehicles[v].id);
      given = true;
    }
  }
  if (given && row.has("traffic")) {
    row.refuse("traffic", "be empty beside columns of classes");
    return {};
  }
  if (given) {
    return flows;
  }
  if (row.has("traffic")) {
    const auto mix = fleet.roads.find(road_class);
    if (mix == fleet.roads.end()) {
      std::vector<std::string> names;
      std::transform(fleet.roads.begin(), fleet.roads.end(), std::back_inserter(names),
                     [](const auto& road) { return road.first; });
      row.refuse("road_class", fmt::format("be one of {}, to split traffic{}", fmt::join(names, ", "),
                                           suggestion(road_class, names)));
      return {};
    }
    for (std::size_t v = 0; v < vehicles.size(); ++v) {
      flows[v].mean = row.number("traffic") * mix->second[v];
    }
    return flows;
  }
  for (const std::string& name : {id, road_class}) {
    if (const auto found = town.counts.find(name); found != town.counts.end()) {
      return counted(name, found->second, town, context);
    }
  }
  row.refuse("traffic", "be given, or columns of classes, or counts of the road or of its class");
  return {};
}

/// A stream of `amounts` [kg m-1 per vehicle] on the whole road.
Stream stream_of(std::string part, std::size_t driver, std::vector<double> amounts, double metres_per_second) {
  std::for_each(amounts.begin(), amounts.end(), [&](double& amount) { amount *= metres_per_second; });
  return dust_stream(std::move(part), driver, std::move(amounts));
}

/// Dust of the whole road, shared over the classes by the mass that each moves.
std::vector<Stream> dust_of(ActivityRow& row, const std::vector<Flow>& flows, double silt, double length,
                            ActivityContext& context) {
  const std::vector<VehicleClass>& vehicles = VehicleTable::installed().classes();
  double traffic = 0, moved = 0;
  for (std::size_t v = 0; v < vehicles.size(); ++v) {
    traffic += flows[v].mean;
    moved += flows[v].mean * vehicles[v].mass;
  }
  std::vector<Stream> streams;
  if (silt <= 0 || traffic <= 0) {
    return streams;
  }
  const DustTable& dust = DustTable::installed();
  const RoadCleaning cleaning{row.number("cleaning"), hours_of(row, "cleaning_interval")};
  const Response response = dry_ground(ground_class("pavement")) * silt_on_road(dust.road_silt, context.zone, cleaning);
  const physics::ParticleSizes all = physics::paved_road_dust(dust.paved, silt, moved / traffic) * (traffic * length);
  for (std::size_t v = 0; v < vehicles.size(); ++v) {
    if (flows[v].mean > 0) {
      streams.push_back(dust_stream(
          road_dust_part(vehicles[v]), context.drivers.add(flows[v].profile, response),
          dust_rates(context.species, all * (flows[v].mean * vehicles[v].mass / moved), dust_composition("road"))));
    }
  }
  return streams;
}

/// Exhaust and wear of one class.
void add_vehicles(std::size_t v, const Flow& flow, const FleetClass& fleet, ActivityRow& row, bool road_wears,
                  double length, ActivityContext& context, std::vector<Stream>& streams) {
  const VehicleTable& table = VehicleTable::installed();
  const VehicleClass& vehicle = table.classes()[v];
  const double speed = row.number("speed"), driven = flow.mean * length;
  for (std::size_t f = 0; f < fuel_count; ++f) {
    if (fleet.of(Fuel(f)) > 0) {
      const Exhaust exhaust = table.exhaust(v, Fuel(f), fleet.burning[f], speed, row.number("altitude"));
      const Response weather = exhaust_weather(table, table.exhaust(v, Fuel(f))->correction, context.species);
      streams.push_back(stream_of(exhaust_part(vehicle, Fuel(f)), context.drivers.add(flow.profile, weather),
                                  exhaust_rates(context.species, exhaust), driven));
    }
  }
  const physics::ParticleSizes wear = table.tyre_wear(vehicle, speed) + table.brake_wear(vehicle, speed) +
                                      table.road_wear(vehicle) * (road_wears ? 1.0 : 0.0);
  streams.push_back(
      stream_of(wear_part(vehicle), context.drivers.add(flow.profile), wear_rates(context.species, wear), driven));
}

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  Town& town = town_of(context);
  if (!town.whole) {
    return {std::move(source)};
  }
  const std::shared_ptr<const Fleet> fleet = fleet_of(row, town);
  const std::vector<Flow> flows =
      fleet == nullptr ? std::vector<Flow>() : flows_of(row, source.id, *fleet, town, context);
  const double length = length_of(source, context.problems);
  if (flows.empty() || length <= 0) {
    return {std::move(source)};
  }
  const double traffic =
      std::accumulate(flows.begin(), flows.end(), 0.0, [](double sum, const Flow& flow) { return sum + flow.mean; });
  const double silt = row.has("silt") ? row.number("silt") : DustTable::installed().silt(traffic * day).measured;
  for (std::size_t v = 0; v < flows.size(); ++v) {
    if (flows[v].mean <= 0) {
      continue;
    }
    const VehicleClass& vehicle = VehicleTable::installed().classes()[v];
    if (fleet->classes[v].total() <= 0) {
      row.refuse(row.has(vehicle.id) ? vehicle.id : "fleet",
                 fmt::format("be of a fleet with fuel.{}, for the road has such vehicles", vehicle.id));
      continue;
    }
    add_vehicles(v, flows[v], fleet->classes[v], row, silt <= 0, length, context, source.streams);
  }
  source.fleet = fleet;
  Source dust = source;
  dust.id += "/dust";
  dust.sector = "road_dust";
  dust.streams = dust_of(row, flows, silt, length, context);
  std::vector<Source> sources;
  sources.push_back(std::move(source));
  if (!dust.streams.empty()) {
    sources.push_back(std::move(dust));
  }
  return sources;
}

} // namespace

ActivityKind roads_kind() {
  return {.name = "roads",
          .description =
              "road traffic: exhaust and wear of vehicles, and dust of paved roads as a source of its own, ID/dust, of "
              "sector road_dust",
          .sector = "traffic",
          .profile = "mobile",
          .columns = columns(),
          .emit = emit};
}

} // namespace tq
