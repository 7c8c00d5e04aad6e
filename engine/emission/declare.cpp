#include "emission/emission_model.hpp"

namespace tq {

namespace {

using config::Parameter;
using config::Type;

void declare_inventory(config::Schema& schema) {
  std::vector<std::string> kinds;
  for (const ActivityKind& kind : activity_kinds()) {
    kinds.push_back(kind.name);
  }
  schema.add({.key = "inventory[].kind",
              .type = Type::text,
              .description = "What its table holds: amounts of pollutants, or activities that the program turns into "
                             "emission (`tianqing describe inventory`)",
              .default_value = std::string("amounts"),
              .choices = kinds});
  schema.add({.key = "inventory[].proposed",
              .type = Type::boolean,
              .description = "Its sources emit only where a measure of kind add selects them",
              .default_value = false});
  schema.add({.key = "inventory[].sources",
              .type = Type::path,
              .description = "Table of sources (CSV, units in the header)",
              .required = true});
  schema.add({.key = "inventory[].geometry",
              .type = Type::path,
              .description =
                  "Areas, roads and stacks that the table refers to by id (GeoJSON, WGS84); may be missing if "
                  "every source has lon and lat"});
  schema.add({.key = "inventory[].profiles",
              .type = Type::path,
              .description =
                  "Monthly, weekly and hourly profiles that the table refers to by name (TOML); beside them it may "
                  "name those of the program: mobile, industry, power, residential, dust, constant"});
}

void declare_select(config::Schema& schema) {
  const auto add = [&](const std::string& name, const std::string& text) {
    schema.add({.key = "measure[].select." + name, .type = Type::texts, .description = text});
  };
  add("sector", "Sectors of sources, any of; * stands for any characters");
  add("cell", "Ids of management cells, any of, with all cells below them; with *");
  add("district", "Districts of management cells, any of; with *");
  add("unit", "Units that answer for management cells, any of; with *");
  add("department", "Departments of sources, any of; with *");
  add("enterprise", "Enterprises of sources, any of; with *");
  add("source", "Ids of sources, any of; with *");
  add("species", "Bins, pollutants or species to which the measure is limited; all if absent");
}

void declare_cost(config::Schema& schema) {
  const auto add = [&](const std::string& name, const std::string& text) {
    schema.add({.key = "measure[].cost." + name,
                .type = Type::number,
                .description = text,
                .default_value = 0.0,
                .minimum = 0});
  };
  add("capital", "Paid once, in the currency given");
  add("per_day", "Paid for each local day on which the measure is active");
  add("per_m2_month", "Paid per m2 of treated area (areas of the selected sources x coverage) and 365/12 active days");
  schema.add(
      {.key = "measure[].cost.payer", .type = Type::text, .description = "Who pays", .default_value = std::string()});
  schema.add({.key = "measure[].cost.currency",
              .type = Type::text,
              .description = "Currency of the amounts",
              .default_value = std::string("CNY")});
}

void declare_measure(config::Schema& schema) {
  const auto share = [&](const std::string& name, const std::string& text, Parameter::Value otherwise) {
    schema.add({.key = "measure[]." + name,
                .type = Type::number,
                .description = text,
                .default_value = std::move(otherwise),
                .minimum = 0,
                .maximum = 1});
  };
  schema.add(
      {.key = "measure[].kind",
       .type = Type::text,
       .description = "scale: emission x (1 - efficiency x coverage x compliance); ban: the same with efficiency 1",
       .required = true,
       .choices = {"scale", "ban"}});
  schema.add({.key = "measure[].title", .type = Type::text, .description = "For people; the id if absent"});
  declare_select(schema);
  share("efficiency", "Share of the treated emission that goes away, of all species; or a table by species", {});
  share("efficiency.*",
        "The same by bin or pollutant: pm2_5 (or fine), coarse (holds for super too), super, pm10 (fine and "
        "coarse), tsp, "
        "so2, nox (no and no2), no, no2, co; others stay",
        {});
  share("coverage", "Share of the selected emission that is treated", 1.0);
  share("compliance", "Share of the time in which the treatment is really done", 1.0);
  schema.add({.key = "measure[].from", .type = Type::time, .description = "First local day; open if absent"});
  schema.add({.key = "measure[].to", .type = Type::time, .description = "Last local day, included; open if absent"});
  schema.add({.key = "measure[].weekdays",
              .type = Type::texts,
              .description = "Local days of the week; all if absent",
              .choices = day_names()});
  schema.add({.key = "measure[].hours", .type = Type::hours, .description = "Local hours of the day; all if absent"});
  schema.add({.key = "measure[].when",
              .type = Type::text,
              .description = "Trigger by weather or air quality; not available yet, refused"});
  declare_cost(schema);
}

} // namespace

void declare_emission(config::Schema& schema) {
  declare_inventory(schema);
  declare_measure(schema);
}

} // namespace tq
