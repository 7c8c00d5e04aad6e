#include "base/text_file.hpp"
#include "emission/vehicles.hpp"
#include "physics/vehicle_wear.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

namespace {

using config::Schema;
using config::Settings;
using config::Type;

constexpr double g_per_km = 1e-6; // kg m-1
constexpr double tonne = 1000.0;  // kg

const std::array<std::string, corrected_count> corrected = {"co", "hc", "nox", "pm"};

void add_text(Schema& schema, const char* key, const char* description) {
  schema.add({.key = key, .type = Type::text, .description = description, .required = true});
}

void add_number(Schema& schema, const char* key, const char* description, const char* unit, double maximum) {
  schema.add(
      {.key = key, .description = description, .required = true, .unit = unit, .minimum = 0, .maximum = maximum});
}

void add_numbers(Schema& schema, const std::string& key, const char* description, const char* unit, std::size_t length,
                 std::vector<double> value = {}) {
  const bool needed = value.empty();
  schema.add({.key = key,
              .type = Type::numbers,
              .description = description,
              .default_value = needed ? config::Parameter::Value() : config::Parameter::Value(std::move(value)),
              .required = needed,
              .unit = unit,
              .minimum = 0,
              .length = length});
}

void declare_classes(Schema& schema) {
  add_text(schema, "class[].id", "class of vehicles");
  add_text(schema, "class[].name", "name for people");
  add_number(schema, "class[].mass", "mean mass on the road", "t", 100);
  add_text(schema, "class[].wear", "row of wear that gives its tyres, brakes and road wear");
  schema.add({.key = "class[].axles",
              .description = "number of axles; of classes whose wear row has no tyres and brakes",
              .default_value = 2.0,
              .unit = "1",
              .minimum = 2,
              .maximum = 10});
  add_number(schema, "class[].load", "load, share of the full one", "1", 1);
  add_numbers(schema, "class[].life", "scale and shape of the Weibull law of survival", "yr, 1", 2);
  schema.add({.key = "class[].longest",
              .description = "age at which scrapping is compulsory",
              .default_value = 40.0,
              .unit = "yr",
              .minimum = 1,
              .maximum = 40});
  add_numbers(schema, "class[].standards", "years, ascending, from which registrations meet I to VI", "yr",
              standard_count - 1);
}

void declare_exhaust(Schema& schema) {
  add_text(schema, "exhaust[].id", "class and fuel, \"car.gasoline\"");
  add_text(schema, "exhaust[].correction", "group of corrections");
  for (const char* name : {"co", "hc", "nox", "pm2_5"}) {
    add_numbers(schema, fmt::format("exhaust[].{}", name), "Pre-I to V at the base state", "g km-1",
                standard_count - 1);
  }
  add_numbers(schema, "exhaust[].vi", "factors of VI on V for CO, HC, NOx and PM", "1", corrected_count);
  add_numbers(schema, "exhaust[].nh3", "Pre-I to VI", "g km-1", standard_count);
  add_number(schema, "exhaust[].fuel", "fuel use", "g km-1", 10000);
}

void declare_fuels(Schema& schema) {
  add_text(schema, "fuel[].id", "fuel");
  add_number(schema, "fuel[].sulfur", "sulfur in the fuel", "mg kg-1", 1e5);
  add_number(schema, "fuel[].voc", "share of HC that is VOC without methane", "1", 1);
  add_number(schema, "fuel[].bc", "share of PM2.5 that is black carbon", "1", 1);
  add_number(schema, "fuel[].oc", "share of PM2.5 that is organic carbon", "1", 1);
  add_numbers(schema, "fuel[].no2", "shares of NOx that are NO2, by mass as NO2, Pre-I to VI", "1", standard_count);
  add_numbers(schema, "fuel[].humidity_nox", "factors on NOx below and above 50 % of humidity", "1", 2, {1, 1});
  for (const std::string& name : corrected) {
    add_numbers(schema, "fuel[].speed_" + name, "factors by class of speed", "1", 5);
    add_numbers(schema, "fuel[].hot_" + name, "further factors below and above 50 %, above 24 degC", "1", 2, {1, 1});
  }
}

void declare_corrections(Schema& schema) {
  add_text(schema, "correction[].id", "group of vehicles");
  add_numbers(schema, "correction[].altitude", "factors above 1500 m for CO, HC, NOx and PM", "1", corrected_count);
  for (const std::string& name : corrected) {
    add_numbers(schema, "correction[].temperature_" + name, "factors below 10 and above 25 degC", "1", 2, {1, 1});
    add_numbers(schema, "correction[].load_" + name, "factors at 0, 50, 60, 75 and 100 % of load", "1", 5,
                {1, 1, 1, 1, 1});
  }
}

void declare_wear(Schema& schema) {
  add_text(schema, "wear[].id", "kind of vehicle, as of its wear");
  for (const char* name : {"tyre", "brake"}) {
    schema.add({.key = fmt::format("wear[].{}", name),
                .description = "TSP; left out where it follows from a car's by axles and load",
                .unit = "g km-1",
                .minimum = 0});
  }
  add_number(schema, "wear[].road", "TSP of the road's surface", "g km-1", 10);
  add_text(schema, "wear_sizes[].id", "tyre, brake or road");
  add_numbers(schema, "wear_sizes[].sizes", "shares of TSP that are PM2.5 and PM10", "1", 2);
}

Schema vehicles_schema() {
  Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "form of the file",
              .required = true,
              .choices = {"vehicles/1"}});
  declare_classes(schema);
  declare_exhaust(schema);
  declare_fuels(schema);
  declare_corrections(schema);
  declare_wear(schema);
  return schema;
}

/// The numbers of `key`, in SI, into the head of a list or struct of doubles.
template <std::size_t n> void fill(double (&into)[n], const Settings& item, const std::string& key) {
  const std::vector<double> numbers = item.numbers(key);
  std::copy(numbers.begin(), numbers.end(), into);
}

physics::SideFactors sides(const Settings& item, const std::string& key) {
  const std::vector<double> numbers = item.numbers(key);
  return {numbers[0], numbers[1]};
}

std::vector<std::string> ids_of(const std::vector<Settings>& items) {
  std::vector<std::string> ids;
  for (const Settings& item : items) {
    ids.push_back(item.text("id"));
  }
  return ids;
}

/// Position of what `key` of `item` names among `ids`; a problem and nothing if it is not there.
std::optional<std::size_t> named(const Settings& item, const std::string& key, const std::string& name,
                                 const std::vector<std::string>& ids, const char* what, ProblemList& problems) {
  const auto found = std::find(ids.begin(), ids.end(), name);
  if (found == ids.end()) {
    item.problem(problems, key, fmt::format("name {}, but \"{}\" is none{}", what, name, suggestion(name, ids)));
    return std::nullopt;
  }
  return std::size_t(found - ids.begin());
}

} // namespace

/// Fills a table from the checked document.
class VehicleTableReader {
 public:
  VehicleTableReader(const Settings& settings, ProblemList& problems) : settings_(settings), problems_(problems) {}

  VehicleTable table() {
    for (const Settings& item : settings_.each("class")) {
      read_class(item);
    }
    read_fuels();
    for (const Settings& item : settings_.each("correction")) {
      read_correction(item);
    }
    for (const Settings& item : settings_.each("exhaust")) {
      read_exhaust(item);
    }
    read_sizes("tyre", table_.tyre_sizes_);
    read_sizes("brake", table_.brake_sizes_);
    read_sizes("road", table_.road_sizes_);
    return std::move(table_);
  }

 private:
  void read_class(const Settings& item) {
    const std::vector<Settings> rows = settings_.each("wear");
    const std::vector<std::string> ids = ids_of(rows);
    const auto row = named(item, "wear", item.text("wear"), ids, "a row of wear", problems_);
    const auto car = std::find(ids.begin(), ids.end(), "car");
    VehicleClass vehicle;
    vehicle.id = item.text("id");
    vehicle.name = item.text("name");
    vehicle.mass = item.number("mass") * tonne;
    vehicle.load = item.number("load");
    vehicle.life_scale = item.numbers("life")[0];
    vehicle.life_shape = item.numbers("life")[1];
    vehicle.longest = item.number("longest");
    const std::vector<double> begins = item.numbers("standards");
    std::copy(begins.begin(), begins.end(), vehicle.begins.begin());
    if (!std::is_sorted(begins.begin(), begins.end())) {
      item.problem(problems_, "standards", "ascend");
    }
    if (vehicle.life_scale <= 0 || vehicle.life_shape <= 0) {
      item.problem(problems_, "life", "be two numbers above 0");
    }
    if (row) {
      const Settings& wear = rows[*row];
      const auto base = [&](const char* key, double ratio) {
        if (wear.has(key)) {
          return wear.number(key) * g_per_km;
        }
        if (car == ids.end() || !rows[std::size_t(car - ids.begin())].has(key)) {
          wear.problem(problems_, key, "be given, or stand in a row \"car\" from which it follows");
          return 0.0;
        }
        return rows[std::size_t(car - ids.begin())].number(key) * ratio * g_per_km;
      };
      vehicle.tyre = base("tyre", physics::heavy_tyre_ratio(item.number("axles"), vehicle.load));
      vehicle.brake = base("brake", physics::heavy_brake_ratio(vehicle.load));
      vehicle.road = wear.number("road") * g_per_km;
    }
    table_.classes_.push_back(std::move(vehicle));
    table_.exhaust_.emplace_back();
  }

  void read_fuels() {
    const std::vector<Settings> rows = settings_.each("fuel");
    const std::vector<std::string> ids = ids_of(rows);
    for (std::size_t f = 0; f < fuel_count; ++f) {
      const auto row = std::find(ids.begin(), ids.end(), fuel_names()[f]);
      if (row == ids.end()) {
        problems_.add(settings_.where("fuel"), fmt::format("fuel: must have a row of id \"{}\"", fuel_names()[f]));
        continue;
      }
      const Settings& item = rows[std::size_t(row - ids.begin())];
      FuelProperties& fuel = table_.fuels_[f];
      fuel.sulfur = item.number("sulfur") * 1e-6;
      fuel.voc = item.number("voc");
      fuel.black_carbon = item.number("bc");
      fuel.organic_carbon = item.number("oc");
      if (fuel.black_carbon + fuel.organic_carbon > 1) {
        item.problem(problems_, "oc", "be at most 1 together with bc");
      }
      const std::vector<double> no2 = item.numbers("no2");
      std::copy(no2.begin(), no2.end(), fuel.no2.begin());
      if (*std::max_element(no2.begin(), no2.end()) > 1) {
        item.problem(problems_, "no2", "be shares of at most 1");
      }
      fuel.humidity_nox = sides(item, "humidity_nox");
      for (std::size_t p = 0; p < corrected_count; ++p) {
        fill(fuel.speed[p].at, item, "speed_" + corrected[p]);
        fuel.hot[p] = sides(item, "hot_" + corrected[p]);
      }
    }
  }

  void read_correction(const Settings& item) {
    CorrectionGroup group;
    group.id = item.text("id");
    for (std::size_t p = 0; p < corrected_count; ++p) {
      group.temperature[p] = sides(item, "temperature_" + corrected[p]);
      fill(group.load[p].at, item, "load_" + corrected[p]);
      group.altitude[p] = item.numbers("altitude")[p];
    }
    table_.corrections_.push_back(std::move(group));
  }

  void read_exhaust(const Settings& item) {
    const std::string id = item.text("id");
    const std::size_t dot = id.find('.');
    const std::string vehicle_name = id.substr(0, dot), fuel_name = dot == id.npos ? "" : id.substr(dot + 1);
    const std::vector<std::string> fuels(fuel_names().begin(), fuel_names().end());
    const auto vehicle = named(item, "id", vehicle_name, table_.class_ids(), "a class and a fuel", problems_);
    const auto fuel = named(item, "id", fuel_name, fuels, "a class and a fuel", problems_);
    const auto group = named(item, "correction", item.text("correction"), ids_of(settings_.each("correction")),
                             "a group of corrections", problems_);
    if (!vehicle || !fuel || !group) {
      return;
    }
    ExhaustFactors factors;
    const std::vector<double> vi = item.numbers("vi");
    const auto read = [&](const char* key, double last) {
      ByStandard result{};
      const std::vector<double> numbers = item.numbers(key);
      std::transform(numbers.begin(), numbers.end(), result.begin(), [](double g) { return g * g_per_km; });
      result.back() = last * result[standard_count - 2];
      return result;
    };
    factors.co = read("co", vi[0]);
    factors.hc = read("hc", vi[1]);
    factors.nox = read("nox", vi[2]);
    factors.pm2_5 = read("pm2_5", vi[3]);
    const std::vector<double> nh3 = item.numbers("nh3");
    std::transform(nh3.begin(), nh3.end(), factors.nh3.begin(), [](double g) { return g * g_per_km; });
    factors.fuel = item.number("fuel") * g_per_km;
    factors.correction = *group;
    table_.corrections_[*group].fuel = Fuel(*fuel);
    table_.exhaust_[*vehicle][*fuel] = factors;
  }

  void read_sizes(const char* name, physics::ParticleSizes& sizes) {
    for (const Settings& item : settings_.each("wear_sizes")) {
      if (item.text("id") == name) {
        const std::vector<double> shares = item.numbers("sizes");
        sizes = {shares[0], shares[1], 1.0};
        if (shares[0] > shares[1] || shares[1] > 1) {
          item.problem(problems_, "sizes", "be shares with PM2.5 <= PM10 <= 1");
        }
        return;
      }
    }
    problems_.add(settings_.where("wear_sizes"), fmt::format("wear_sizes: must have a row of id \"{}\"", name));
  }

  const Settings& settings_;
  ProblemList& problems_;
  VehicleTable table_;
};

VehicleTable VehicleTable::load() {
  return read(data_directory() / "emission" / "vehicles.toml");
}

const VehicleTable& VehicleTable::installed() {
  static const VehicleTable table = load();
  return table;
}

VehicleTable VehicleTable::read(const std::filesystem::path& file) {
  ProblemList problems;
  const Settings settings = Settings::check(config::read_toml(file), vehicles_schema(), problems);
  problems.throw_if_any(); // what follows would only repeat them
  VehicleTable table = VehicleTableReader(settings, problems).table();
  problems.throw_if_any();
  return table;
}

} // namespace tq
