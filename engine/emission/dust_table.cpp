#include "emission/dust_table.hpp"

#include "base/text_file.hpp"

#include <fmt/format.h>
#include <functional>

namespace tq {

namespace {

using config::Settings;
using config::Type;
using physics::ParticleSizes;

/// What every value of a table has: its key, and how it goes from the file's unit to the program's.
struct Value {
  const char* key;
  const char* description;
  const char* unit; // of the file
  double scale;     // the program's unit per the file's
};
template <class Row> struct Number : Value {
  double Row::*field;
  double minimum, maximum;
};
template <class Row> struct Sizes : Value { ParticleSizes Row::*field; };

constexpr double percent = 0.01, gram = 1e-3, gram_per_km = 1e-6, kg_per_t = 1e-3, hour = 3600;
constexpr double most = 1e6;

const std::vector<Sizes<DustTable>> paved = {
    {{"k", "factor of paved roads", "g km-1", gram_per_km}, &DustTable::paved}};
const std::vector<Sizes<DustTable>> handling = {{{"k", "factor of handling", "1", 1}, &DustTable::handling}};

using Erosion = DustTable::WindErosion;
const std::vector<Sizes<Erosion>> erosion_sizes = {
    {{"k", "shares of what wind takes off a pile", "1", 1}, &Erosion::k}};
const std::vector<Number<Erosion>> erosion_numbers = {
    {{"gust_factor", "fastest mile of an hour over its mean wind", "1", 1}, &Erosion::gust_factor, 1, 3},
    {{"roughness", "roughness length of the country around a pile", "m", 1}, &Erosion::roughness, 1e-4, 3}};

using Site = DustTable::Construction;
const std::vector<Sizes<Site>> site_sizes = {{{"shares", "shares of the dust of sites", "1", 1}, &Site::shares}};
const std::vector<Number<Site>> site_numbers = {
    {{"per_month", "dust of a site in a month", "g m-2", gram}, &Site::per_month, 0, most}};

using Annual = DustTable::SoilErosion;
const std::vector<Sizes<Annual>> annual_sizes = {{{"k", "shares of what wind takes off soil", "1", 1}, &Annual::k}};
const std::vector<Number<Annual>> annual_numbers = {
    {{"suspended", "share of eroded soil that stays airborne", "1", 1}, &Annual::suspended, 0, 1},
    {{"roughness", "factor of ridges and clods", "1", 1}, &Annual::roughness, 0, 1},
    {{"sheltering", "factor of the unsheltered width", "1", 1}, &Annual::sheltering, 0, 1}};

using Hours = DustTable::SoilHours;
const std::vector<Number<Hours>> hours_numbers = {
    {{"loose", "share of bare ground that is loose without end", "1", 1}, &Hours::loose, 0, 1},
    {{"roughness", "roughness length of bare ground", "m", 1}, &Hours::roughness, 1e-5, 1},
    {{"depth", "soil that shares its water with the surface", "m", 1}, &Hours::depth, 1e-3, 1},
    {{"density", "density of that soil", "kg m-3", 1}, &Hours::density, 100, 4000}};

using Silt = DustTable::RoadSiltFactors;
const std::vector<Number<Silt>> silt_state = {
    {{"recovery", "time in which silt comes back", "h", hour}, &Silt::recovery, 0.1, 10000},
    {{"wash_off", "share of silt that a little rain takes, per its depth", "mm-1", 1}, &Silt::wash_off, 0, 100}};

using Muck = DustTable::MuckTrucks;
const std::vector<Number<Muck>> muck_numbers = {
    {{"silt", "silt on the way of trucks that spill", "g m-2", gram}, &Muck::silt, 0, 1000},
    {{"tare", "mass of an empty truck", "t", 1000}, &Muck::tare, 0.5, 100}};

const std::vector<Number<ConstructionPhase>> phase_numbers = {
    {{"factor", "dust of the phase over the mean of a site", "1", 1}, &ConstructionPhase::factor, 0, 100}};
const std::vector<Sizes<StoneProcessing>> stone_sizes = {
    {{"crushing", "dust of crushing", "kg t-1", kg_per_t}, &StoneProcessing::crushing},
    {{"screening", "dust of screening", "kg t-1", kg_per_t}, &StoneProcessing::screening},
    {{"transfer", "dust of a transfer between conveyors", "kg t-1", kg_per_t}, &StoneProcessing::transfer}};
const std::vector<Number<SoilClass>> soil_numbers = {
    {{"erodibility", "erodibility I of the wind erosion equation", "ton acre-1 yr-1", 1},
     &SoilClass::erodibility,
     0,
     1000},
    {{"clay", "clay", "%", percent}, &SoilClass::clay, 0, 100},
    {{"threshold", "friction velocity from which loose, dry soil erodes", "m s-1", 1}, &SoilClass::threshold, 0.05, 5}};
const std::vector<Number<PileMaterial>> material_numbers = {
    {{"threshold", "friction velocity from which it erodes", "m s-1", 1}, &PileMaterial::threshold, 0.05, 5},
    {{"moisture", "water in it", "%", percent}, &PileMaterial::moisture, 0.25, 100}};
const std::vector<Number<SiltClass>> silt_numbers = {
    {{"traffic", "largest traffic of the class", "vehicles day-1", 1}, &SiltClass::traffic, 1, 1e9},
    {{"ap42", "silt in balance, towns of the United States", "g m-2", gram}, &SiltClass::ap42, 0, 1000},
    {{"measured", "silt in balance, Chinese towns", "g m-2", gram}, &SiltClass::measured, 0, 1000}};
const std::vector<Number<physics::GroundWater>> water_numbers = {
    {{"capacity", "water that the ground holds", "mm", 1}, &physics::GroundWater::capacity, 0.001, 100},
    {{"dry", "water below which it emits as dry", "mm", 1}, &physics::GroundWater::dry, 0, 100},
    {{"wet", "water above which it emits nothing", "mm", 1}, &physics::GroundWater::wet, 0, 100}};
const std::vector<Number<GroundClass>> ground_numbers = {
    {{"albedo", "share of the sun's radiation that is reflected", "1", 1}, &GroundClass::albedo, 0, 1}};
const std::vector<Number<DustComposition>> composition_numbers = {
    {{"calcium", "calcium that dissolves in rain", "%", percent}, &DustComposition::calcium, 0, 100},
    {{"magnesium", "magnesium that dissolves in rain", "%", percent}, &DustComposition::magnesium, 0, 100}};

/// Factors of unpaved roads, of which each size has its own.
constexpr const char* public_keys[] = {"k", "moisture", "speed", "other"};
constexpr const char* industrial_keys[] = {"k", "silt", "mass"};

template <class Row>
void declare(config::Schema& schema, const std::string& table, const std::vector<Number<Row>>& numbers) {
  for (const Number<Row>& number : numbers) {
    schema.add({.key = table + "." + number.key,
                .description = number.description,
                .required = true,
                .unit = number.unit,
                .minimum = number.minimum,
                .maximum = number.maximum});
  }
}

void declare_sizes(config::Schema& schema, const std::string& key, const char* description, const char* unit) {
  schema.add({.key = key,
              .type = Type::numbers,
              .description = std::string(description) + "; PM2.5, PM10, TSP",
              .required = true,
              .unit = unit,
              .minimum = 0,
              .length = 3});
}

template <class Row>
void declare(config::Schema& schema, const std::string& table, const std::vector<Sizes<Row>>& sizes) {
  for (const Sizes<Row>& each : sizes) {
    declare_sizes(schema, table + "." + each.key, each.description, each.unit);
  }
}

void declare_text(config::Schema& schema, const std::string& key, const char* description, bool required = true) {
  schema.add({.key = key, .type = Type::text, .description = description, .required = required});
}

template <class Row> void read(const Settings& table, const std::vector<Number<Row>>& numbers, Row& row) {
  for (const Number<Row>& number : numbers) {
    row.*number.field = table.number(number.key) * number.scale;
  }
}

/// Numbers of PM2.5, PM10 and TSP, which must not fall.
std::vector<double> cumulative(const Settings& table, const std::string& key, ProblemList& problems) {
  std::vector<double> values = table.numbers(key);
  if (!std::is_sorted(values.begin(), values.end())) {
    table.problem(problems, key, "not fall: PM2.5, PM10 and TSP are counted cumulatively");
  }
  return values;
}

template <class Row>
void read(const Settings& table, const std::vector<Sizes<Row>>& sizes, Row& row, ProblemList& problems) {
  for (const Sizes<Row>& each : sizes) {
    const std::vector<double> values = cumulative(table, each.key, problems);
    row.*each.field = ParticleSizes{values[0], values[1], values[2]} * each.scale;
  }
}

/// The rows of [[table]]; at least one.
template <class Row>
std::vector<Row> read_rows(const Settings& settings, const std::string& table, ProblemList& problems,
                           const std::function<void(const Settings&, Row&)>& read_row) {
  std::vector<Row> rows;
  for (const Settings& item : settings.each(table)) {
    read_row(item, rows.emplace_back());
    rows.back().id = item.text("id");
  }
  if (rows.empty()) {
    problems.add(settings.where(), "must have a [[" + table + "]]");
  }
  return rows;
}

template <class Row>
std::vector<Row> read_rows(const Settings& settings, const std::string& table, ProblemList& problems,
                           const std::vector<Number<Row>>& numbers) {
  return read_rows<Row>(settings, table, problems, [&](const Settings& item, Row& row) { read(item, numbers, row); });
}

physics::BySize<physics::PublicRoadFactors> read_public_roads(const Settings& table, ProblemList& problems) {
  const auto k = cumulative(table, "k", problems), c = table.numbers("moisture"), d = table.numbers("speed"),
             c0 = table.numbers("other");
  const auto size = [&](std::size_t n) {
    return physics::PublicRoadFactors{k[n] * physics::pound_per_mile, c[n], d[n], c0[n] * physics::pound_per_mile};
  };
  return {size(0), size(1), size(2)};
}

physics::BySize<physics::IndustrialRoadFactors> read_industrial_roads(const Settings& table, ProblemList& problems) {
  const auto k = cumulative(table, "k", problems), a = table.numbers("silt"), b = table.numbers("mass");
  const auto size = [&](std::size_t n) {
    return physics::IndustrialRoadFactors{k[n] * physics::pound_per_mile, a[n], b[n]};
  };
  return {size(0), size(1), size(2)};
}

void check_rows(const Settings& settings, DustTable& table, ProblemList& problems) {
  for (const Settings& item : settings.each("material")) {
    const std::string name = item.text("composition");
    if (find_row(table.compositions, name) == nullptr) {
      item.problem(problems, "composition",
                   "be the id of a composition" + suggestion(name, row_ids(table.compositions)));
    }
  }
  for (const Settings& item : settings.each("ground")) {
    if (!(item.number("dry") < item.number("wet") && item.number("wet") <= item.number("capacity"))) {
      item.problem(problems, "wet", "be above dry and at most capacity");
    }
  }
  for (std::size_t n = 1; n < table.silts.size(); ++n) {
    if (table.silts[n].traffic <= table.silts[n - 1].traffic) {
      settings.each("silt")[n].problem(problems, "traffic", "be above that of the class before");
    }
  }
}

} // namespace

config::Schema dust_schema() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "form of the file",
              .required = true,
              .choices = {"dust/1"}});
  declare(schema, "paved", paved);
  for (const char* key : public_keys) {
    declare_sizes(schema, std::string("unpaved_public.") + key, "factor of unpaved roads of the public", "");
  }
  for (const char* key : industrial_keys) {
    declare_sizes(schema, std::string("unpaved_industrial.") + key, "factor of unpaved roads of works", "");
  }
  declare(schema, "handling", handling);
  declare(schema, "wind_erosion", erosion_sizes);
  declare(schema, "wind_erosion", erosion_numbers);
  declare(schema, "construction", site_sizes);
  declare(schema, "construction", site_numbers);
  declare(schema, "soil_erosion", annual_sizes);
  declare(schema, "soil_erosion", annual_numbers);
  declare(schema, "soil_hours", hours_numbers);
  declare(schema, "road_silt", silt_state);
  declare(schema, "muck_trucks", muck_numbers);
  for (const char* table : {"phase", "stone", "soil", "material", "silt", "ground", "composition"}) {
    declare_text(schema, std::string(table) + "[].id", "name of the row in all files");
  }
  declare_text(schema, "phase[].name", "name for people");
  declare(schema, "phase[]", phase_numbers);
  declare_text(schema, "stone[].name", "name for people");
  declare(schema, "stone[]", stone_sizes);
  declare(schema, "soil[]", soil_numbers);
  declare_text(schema, "material[].composition", "composition of its dust");
  declare(schema, "material[]", material_numbers);
  declare(schema, "silt[]", silt_numbers);
  declare(schema, "ground[]", water_numbers);
  declare(schema, "ground[]", ground_numbers);
  declare(schema, "composition[]", composition_numbers);
  return schema;
}

DustTable DustTable::load() {
  return read(data_directory() / "emission/dust.toml");
}

const DustTable& DustTable::installed() {
  static const DustTable table = load();
  return table;
}

DustTable DustTable::read(const std::filesystem::path& file) {
  ProblemList problems;
  const Settings settings = Settings::check(config::read_toml(file), dust_schema(), problems);
  problems.throw_if_any(); // what follows would only repeat them
  DustTable table;
  tq::read(settings.table("paved"), tq::paved, table, problems);
  table.unpaved_public = read_public_roads(settings.table("unpaved_public"), problems);
  table.unpaved_industrial = read_industrial_roads(settings.table("unpaved_industrial"), problems);
  tq::read(settings.table("handling"), tq::handling, table, problems);
  tq::read(settings.table("wind_erosion"), erosion_sizes, table.wind_erosion, problems);
  tq::read(settings.table("wind_erosion"), erosion_numbers, table.wind_erosion);
  tq::read(settings.table("construction"), site_sizes, table.construction, problems);
  tq::read(settings.table("construction"), site_numbers, table.construction);
  tq::read(settings.table("soil_erosion"), annual_sizes, table.soil_erosion, problems);
  tq::read(settings.table("soil_erosion"), annual_numbers, table.soil_erosion);
  tq::read(settings.table("soil_hours"), hours_numbers, table.soil_hours);
  tq::read(settings.table("road_silt"), silt_state, table.road_silt);
  tq::read(settings.table("muck_trucks"), muck_numbers, table.muck_trucks);
  table.phases = read_rows(settings, "phase", problems, phase_numbers);
  table.stones =
      read_rows<StoneProcessing>(settings, "stone", problems, [&](const Settings& item, StoneProcessing& row) {
        tq::read(item, stone_sizes, row, problems);
      });
  table.soils = read_rows(settings, "soil", problems, soil_numbers);
  table.materials =
      read_rows<PileMaterial>(settings, "material", problems, [&](const Settings& item, PileMaterial& row) {
        tq::read(item, material_numbers, row);
        row.composition = item.text("composition");
      });
  table.silts = read_rows(settings, "silt", problems, silt_numbers);
  table.grounds = read_rows<GroundClass>(settings, "ground", problems, [&](const Settings& item, GroundClass& row) {
    tq::read(item, water_numbers, row.water);
    tq::read(item, ground_numbers, row);
  });
  table.compositions = read_rows(settings, "composition", problems, composition_numbers);
  check_rows(settings, table, problems);
  problems.throw_if_any();
  return table;
}

const SiltClass& DustTable::silt(double traffic) const {
  const auto found =
      std::find_if(silts.begin(), silts.end(), [traffic](const SiltClass& row) { return traffic <= row.traffic; });
  return found == silts.end() ? silts.back() : *found;
}

} // namespace tq
