#include "emission/activity_factors.hpp"
#include "emission/combustion_table.hpp"
#include "emission/inventory.hpp"
#include "emission/kinds/counted.hpp"
#include "emission/kinds/kinds.hpp"
#include "physics/combustion.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

/// What `pick` finds in the burners, each once.
template <class Pick> std::vector<std::string> distinct(Pick pick) {
  std::vector<std::string> names;
  for (const Burner& burner : CombustionTable::standard().burners()) {
    const std::string name = pick(burner);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

std::vector<ActivityColumn> fuel_columns(const std::string& use) {
  using Type = ActivityColumn::Type;
  return {{.name = "use",
           .type = Type::text,
           .description = "what for",
           .choices = distinct([](const Burner& burner) { return burner.use; }),
           .text_otherwise = use},
          {.name = "fuel",
           .type = Type::text,
           .description = "what burns",
           .choices = row_ids(CombustionTable::standard().fuels()),
           .text_otherwise = "coal"},
          {.name = "technology",
           .type = Type::text,
           .description = "how; grate for coal and boiler for others where empty",
           .choices = distinct([](const Burner& burner) { return burner.technology; })},
          {.name = "sulfur",
           .dimension = "1",
           .description = "of coal, by mass; that of its kind where empty",
           .maximum = 0.1},
          {.name = "ash",
           .dimension = "1",
           .description = "of coal, by mass; that of its kind where empty",
           .maximum = 0.6},
          {.name = "controls", .type = Type::text, .description = "names of data/emission/combustion.toml joined by +"},
          {.name = "so2_removal",
           .dimension = "1",
           .description = "where measured: of all controls together",
           .maximum = 1},
          {.name = "nox_removal",
           .dimension = "1",
           .description = "where measured: of all controls together",
           .maximum = 1},
          {.name = "dust_removal",
           .dimension = "1",
           .description = "where measured: of all controls together",
           .maximum = 1}};
}

/// The burner of a row; nullptr, and a problem, if there is none such.
const Burner* burner_of(ActivityRow& row, const BurnerFuel& fuel) {
  const CombustionTable& table = CombustionTable::standard();
  const std::string technology =
      row.text("technology").empty() ? fuel.id == "coal" ? "grate" : "boiler" : row.text("technology");
  const Burner* burner = table.burner(row.text("use"), fuel.id, technology);
  if (burner == nullptr) {
    std::vector<std::string> known;
    for (const Burner& other : table.burners()) {
      if (other.use == row.text("use") && other.fuel == fuel.id) {
        known.push_back(other.technology);
      }
    }
    if (known.empty()) {
      row.refuse("fuel", fmt::format("have a burner for use {}", row.text("use")));
    } else {
      row.refuse("technology",
                 fmt::format("be one of {} for use {} and fuel {}", fmt::join(known, ", "), row.text("use"), fuel.id));
    }
  }
  return burner;
}

Abatement abatement_of(ActivityRow& row) {
  const CombustionTable& table = CombustionTable::standard();
  std::vector<std::string> unknown;
  Abatement abatement = table.abatement(row.text("controls"), unknown);
  if (!unknown.empty()) {
    row.refuse("controls", fmt::format("join names of {}{}", fmt::join(table.control_names(), ", "),
                                       suggestion(unknown.front(), table.control_names())));
  }
  const auto measured = [&](const std::string& column, double& left) {
    left = row.has(column) ? 1.0 - row.number(column) : left;
  };
  measured("so2_removal", abatement.so2);
  measured("nox_removal", abatement.nox);
  measured("dust_removal", abatement.fine);
  measured("dust_removal", abatement.coarse);
  return abatement;
}

/// The streams of burning `amount` [kg s-1, or m3 s-1 of a gas]: as it is, and with gas or electricity instead.
std::vector<Source> emit_fuel(ActivityRow& row, Source source, ActivityContext& context, const BurnerFuel& fuel,
                              double amount) {
  const CombustionTable& table = CombustionTable::standard();
  const Burner* burner = burner_of(row, fuel);
  const Abatement abatement = abatement_of(row);
  if (burner == nullptr || !row.good()) {
    return {std::move(source)};
  }
  const double sulfur = row.has("sulfur") ? row.number("sulfur") : fuel.sulfur;
  const double ash = row.has("ash") ? row.number("ash") : fuel.ash;
  const auto add = [&](const std::string& variant, InventoryAmounts amounts, double times) {
    for (double& value : amounts) {
      value *= times;
    }
    Stream& stream = source.streams.emplace_back();
    stream.variant = variant;
    stream.driver = context.drivers.add(context.profile);
    stream.rate = context.species.split(amounts, table.no2_share());
  };
  add("", abate(table.unabated(*burner, sulfur, ash), abatement, fuel.id == "coal" ? 1.0 : 0.0), amount);
  if (!fuel.gas) {
    const BurnerFuel& gas = *find_row(table.fuels(), "natural_gas");
    const double gas_amount = amount * physics::replacing_fuel(fuel.heat, fuel.efficiency, gas.heat, gas.efficiency);
    add(gas.id, table.burner(burner->use, gas.id, "boiler")->factors, gas_amount);
  }
  add("electricity", {}, 0.0);
  return {std::move(source)};
}

std::vector<Source> emit_boiler(ActivityRow& row, Source source, ActivityContext& context) {
  const BurnerFuel& fuel = *find_row(CombustionTable::standard().fuels(), row.text("fuel"));
  const std::string counted = fuel.gas ? "gas_use" : "fuel_use", other = fuel.gas ? "fuel_use" : "gas_use";
  if (row.has("capacity") && (row.has(counted) || row.has(other))) {
    row.refuse("capacity", "be empty where fuel_use or gas_use is given");
  } else if (!row.has("capacity") && !counted_amount(row, context, fuel.id, counted, other)) {
    return {std::move(source)};
  }
  const double load = row.number("load") / common_year; // share of the year at full capacity
  const double amount =
      row.has(counted) ? row.number(counted) : row.number("capacity") * load / (fuel.efficiency * fuel.heat);
  return emit_fuel(row, std::move(source), context, fuel, amount);
}

std::vector<Source> emit_energy(ActivityRow& row, Source source, ActivityContext& context) {
  const BurnerFuel& fuel = *find_row(CombustionTable::standard().fuels(), row.text("fuel"));
  const double power = row.number("standard_coal") * physics::standard_coal_heat * 1e-3; // W
  return emit_fuel(row, std::move(source), context, fuel, power * row.number("burned_share") / fuel.heat);
}

} // namespace

ActivityKind boilers_kind() {
  std::vector<ActivityColumn> columns = fuel_columns("industry");
  columns.push_back({.name = "fuel_use", .dimension = "kg s-1", .description = "fuel, mean over the year"});
  columns.push_back({.name = "gas_use", .dimension = "m3 s-1", .description = "gas, mean over the year"});
  columns.push_back({.name = "capacity", .dimension = "W", .description = "useful heat, where the fuel is not known"});
  columns.push_back({.name = "load",
                     .dimension = "s",
                     .description = "time a year at full capacity",
                     .otherwise = 3000.0 * double(seconds_per_hour),
                     .maximum = common_year});
  return {.name = "boilers",
          .description = "boilers by fuel or capacity, with controls; may be replaced by natural_gas or electricity",
          .sector = "boilers",
          .profile = "industry",
          .stacks = true,
          .columns = std::move(columns),
          .emit = emit_boiler};
}

ActivityKind energy_kind() {
  std::vector<ActivityColumn> columns = fuel_columns("power");
  columns.push_back({.name = "standard_coal",
                     .dimension = "kg s-1",
                     .description = "energy as standard coal of 29.307 MJ kg-1, mean over the year",
                     .required = true});
  columns.push_back(
      {.name = "burned_share",
       .dimension = "1",
       .description = "share of it that is burned here as this fuel; the rest is electricity or feedstock",
       .otherwise = 1.0,
       .maximum = 1});
  return {.name = "energy",
          .description = "power plants and key energy users by standard coal",
          .sector = "energy",
          .profile = "power",
          .stacks = true,
          .columns = std::move(columns),
          .emit = emit_energy};
}

} // namespace tq
