#include "emission/emission_model.hpp"
#include "emission/measure_fleets.hpp"
#include "emission/release.hpp"

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
                             "emission; `tianqing describe construction` prints the columns of that kind's table",
              .default_value = std::string("amounts"),
              .choices = kinds});
  schema.add({.key = "inventory[].proposed",
              .type = Type::boolean,
              .description = "Its sources emit only where a measure of kind add selects them",
              .default_value = false});
  schema.add({.key = "inventory[].sources",
              .type = Type::path,
              .description = "Table of sources (CSV, units in the header); of kinds ff10 and gridded their file",
              .required = true});
  schema.add({.key = "inventory[].geometry",
              .type = Type::path,
              .description =
                  "Areas, roads and stacks that the table refers to by id: GeoJSON in WGS84, or with the component "
                  "GEO any vector file of GDAL; may be missing if every source has lon and lat"});
  schema.add({.key = "inventory[].geometry_id",
              .type = Type::text,
              .description = "Field of the geometry file that holds the ids",
              .default_value = std::string("id")});
  schema.add({.key = "inventory[].geometry_layer",
              .type = Type::text,
              .description = "Layer of the geometry file; its only one if absent",
              .default_value = std::string()});
  schema.add({.key = "inventory[].profiles",
              .type = Type::path,
              .description =
                  "Monthly, weekly and hourly profiles that the table refers to by name (TOML); beside them it may "
                  "name those of the program: mobile, industry, power, residential, dust, constant"});
}

void declare_roads(config::Schema& schema) {
  schema.add({.key = "inventory[].fleets",
              .type = Type::path,
              .description = "Of kind roads: fleets that its rows name (TOML); data/emission/fleets.toml if absent"});
  schema.add({.key = "inventory[].counts",
              .type = Type::path,
              .description = "Of kind roads: vehicles per hour and class, of single roads or of classes of roads (CSV: "
                             "road, hour, and a column per class)"});
}

/// Keys of inventories from outside, whose files cannot say these things.
void declare_outside(config::Schema& schema) {
  const auto text = [&](const std::string& name, const std::string& description) {
    schema.add({.key = "inventory[]." + name, .type = Type::text, .description = description});
  };
  text("sector", "Kinds ff10 and gridded: sector of its sources");
  text("scc.*", "Kind ff10: sector of sources whose SCC begins with that name; the longest counts");
  text("profile", "Kinds ff10 and gridded: profile of its sources, or a table by sector; constant if absent");
  text("profile.*", "The same by sector");
  text("variable.*", "Kind gridded: the variable that holds the pollutant of that name");
  text("area", "Kind gridded: the variable that holds the cells' areas; worked out on WGS84, or in the plane of the "
               "file's CRS, if absent");
  schema.add({.key = "inventory[].epsg",
              .type = Type::integer,
              .description = "Kind gridded: CRS of coordinates in metres",
              .minimum = 1024,
              .maximum = 99999});
  const auto number = [&](const std::string& name, const std::string& description, double otherwise, double maximum,
                          const std::string& unit) {
    schema.add({.key = "inventory[]." + name,
                .type = Type::number,
                .description = description,
                .default_value = otherwise,
                .unit = unit,
                .minimum = 0,
                .maximum = maximum});
  };
  number("base", "Kinds ff10 and gridded: height above ground from which sources without a stack emit", 0, 10000, "m");
  number("top", "Kinds ff10 and gridded: height up to which they emit", 10, 10000, "m");
  number("no2_share", "Kinds ff10 and gridded: mass share of nox that is NO2", 0.1, 1, "");
}

/// `item`: "measure[]".
void declare_select(config::Schema& schema, const std::string& item) {
  const auto add = [&](const std::string& name, const std::string& text) {
    schema.add({.key = item + ".select." + name, .type = Type::texts, .description = text});
  };
  add("sector", "Sectors of sources, any of; * stands for any characters");
  add("cell", "Ids of management cells, any of, with all cells below them; with *");
  add("district", "Districts of management cells, any of; with *");
  add("unit", "Units that answer for management cells, any of; with *");
  add("department", "Departments of sources, any of; with *");
  add("enterprise", "Enterprises of sources, any of; with *");
  add("source", "Ids of sources, any of; with *");
  schema.add({.key = item + ".select.where",
              .type = Type::text,
              .description =
                  "Formula over numbers of sources: area_m2, length_m, and the columns of their tables in SI, "
                  "such as \"area_m2 > 10000\""});
}

void declare_groups(config::Schema& schema) {
  schema.add({.key = "attribution.by",
              .type = Type::text,
              .description = "The run follows the emission of each sector, management cell and so on apart, also into the "
                             "cells of others; what comes from outside and what was there at the start too",
              .choices = {"sector", "cell", "district", "department", "enterprise", "inventory"}});
  schema.add({.key = "attribution.group[].measure",
              .type = Type::text,
              .description = "In place of `by`: follow the sources that this measure selects"});
  declare_select(schema, "attribution.group[]");
}

void declare_cost(config::Schema& schema) {
  const auto add = [&](const std::string& name, const std::string& text, double otherwise = 0.0) {
    schema.add({.key = "measure[].cost." + name,
                .type = Type::number,
                .description = text,
                .default_value = otherwise,
                .minimum = 0});
  };
  add("capital", "Paid once, in the currency given");
  add("project_share", "Paid once, as a share of what the selected sources' projects cost (their column project_cost)");
  schema.add({.key = "measure[].cost.lifetime",
              .type = Type::number,
              .description = "Years that the capital lasts",
              .default_value = 10.0,
              .minimum = 0,
              .minimum_open = true});
  add("discount_rate", "Per year, of the capital");
  add("per_day", "Paid for each local day on which the measure is active");
  add("per_unit_day", "Paid for each unit on each such day: a place with selected sources of an inventory that are in their dates then (a "
                      "building site whatever its phases, a road), or a source given by its coordinates");
  add("per_m2_month", "Paid per m2 of treated area (of the units of those days x coverage) and 365/12 such days");
  add("per_tonne", "Paid per tonne avoided of the pollutant that tonne_of names");
  schema.add({.key = "measure[].cost.tonne_of",
              .type = Type::text,
              .description = "The pollutant of per_tonne",
              .default_value = std::string("pm10"),
              .choices = {inventory_pollutants().begin(), inventory_pollutants().end()}});
  schema.add(
      {.key = "measure[].cost.payer", .type = Type::text, .description = "Who pays", .default_value = std::string()});
  schema.add({.key = "measure[].cost.currency",
              .type = Type::text,
              .description = "Currency of the amounts",
              .default_value = std::string("CNY")});
}

void declare_activity(config::Schema& schema) {
  schema.add({.key = "measure[].factor",
              .type = Type::number,
              .description = "Kind activity: what is done so many times as often",
              .minimum = 0});
  schema.add({.key = "measure[].growth",
              .type = Type::number,
              .description = "Kind activity: growth per year since base_year; 0.1 is ten per cent",
              .minimum = -1,
              .minimum_open = true});
  schema.add({.key = "measure[].base_year",
              .type = Type::integer,
              .description = "Kind activity: the year whose activity the inventory tells",
              .minimum = 1900,
              .maximum = 2200});
  schema.add({.key = "measure[].year",
              .type = Type::integer,
              .description = "Kind activity: the year to grow to; that of the run's start if absent",
              .minimum = 1900,
              .maximum = 2200});
  declare_measure_fleets(schema);
  schema.add({.key = "measure[].with",
              .type = Type::text,
              .description = "Kind replace: what the sources turn to, such as natural_gas"});
}

void declare_emergency(config::Schema& schema) {
  schema.add({.key = "emergency[].title", .type = Type::text, .description = "For people; the id if absent"});
  schema.add({.key = "emergency[].above",
              .type = Type::number,
              .description = "Daily air quality index (AQI) above which measures of this level act",
              .required = true,
              .minimum = 0,
              .maximum = 500});
  schema.add(
      {.key = "emergency[].forecast",
       .type = Type::path,
       .description =
           "Forecast index by local day (CSV: date, aqi); without it and `observed`, the modelled index of the day "
           "before counts: that of the mean over receptors, or over the domain where there are none"});
  schema.add({.key = "emergency[].observed",
              .type = Type::path,
              .description = "Observed index by local day (CSV: date, aqi), which acts on the day after; not beside "
                             "`forecast`"});
  schema.add({.key = "emergency[].lead_hours",
              .type = Type::integer,
              .description = "The level begins so long before the day that is forecast",
              .default_value = std::int64_t(0),
              .minimum = 0,
              .maximum = 240});
  schema.add({.key = "emergency[].hold_hours",
              .type = Type::integer,
              .description = "The level ends so long after the end of the last day",
              .default_value = std::int64_t(0),
              .minimum = 0,
              .maximum = 240});
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
       .description =
           "scale: emission x (1 - efficiency x coverage x compliance); ban: the same with efficiency 1; activity: "
           "more or "
           "less is done (factor, growth per year, or vehicles of another fleet); replace: sources turn to what `with` "
           "names; add: proposed "
           "sources come; surface: ground is planted or sealed, as ban unless an efficiency is given",
       .required = true,
       .choices = {"scale", "ban", "activity", "replace", "add", "surface"}});
  schema.add({.key = "measure[].ground.becomes",
              .type = Type::text,
              .description = "Kind surface: class of data/land_cover.toml that the ground turns to, by coverage x compliance, "
                             "besides what the selected sources emit; heat, roughness and deposition go by it",
              .required = true});
  schema.add({.key = "measure[].ground.was",
              .type = Type::texts,
              .description = "Kind surface: classes of the ground that turns; all if absent"});
  schema.add({.key = "measure[].ground.cell",
              .type = Type::texts,
              .description = "Kind surface: ids of the management cells whose ground turns, with *; the whole domain if absent"});
  schema.add(
      {.key = "measure[].library",
       .type = Type::text,
       .description = "Id of a ready measure (data/measures/library.toml), whose efficiency and title it takes"});
  schema.add(
      {.key = "measure[].control",
       .type = Type::text,
       .description = "Name of the technique in the table of data/emission/combustion.toml, whose combinations hold"});
  schema.add({.key = "measure[].efficiency_range",
              .type = Type::numbers,
              .description = "Kinds scale and surface: uncertainty; the efficiency lies between these two multiples of itself, "
                             "as [0.8, 1.1]; what is avoided is given for both ends too",
              .minimum = 0,
              .length = 2});
  schema.add({.key = "measure[].title", .type = Type::text, .description = "For people; the id if absent"});
  declare_select(schema, "measure[]");
  for (const auto& [name, text] :
       {std::pair{"part", "Parts of sources, any of, such as exhaust.car.*; with *"},
        std::pair{"species", "Bins, pollutants or species to which the measure is limited; all if absent"}}) {
    schema.add({.key = std::string("measure[].select.") + name, .type = Type::texts, .description = text});
  }
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
              .description = "Active only in hours in which this formula holds, over wind_speed [m s-1], temperature "
                             "[degC], relative_humidity [%], rain [mm h-1], radiation [W m-2], cloud_cover [1], "
                             "mixing_height [m], hour, weekday (1 Monday), month, and of the modelled air of the day "
                             "before aqi_yesterday, pm2_5_yesterday, pm10_yesterday, so2_yesterday, no2_yesterday, "
                             "co_yesterday [ug m-3, daily mean], o3_yesterday [ug m-3, largest 8-hour mean]: "
                             "\"wind_speed > 6 || aqi_yesterday > 100\""});
  schema.add({.key = "measure[].level",
              .type = Type::text,
              .description = "Id of an [[emergency]]: active only while that level is"});
  declare_activity(schema);
  declare_cost(schema);
}

} // namespace

void declare_emission(config::Schema& schema) {
  declare_inventory(schema);
  declare_roads(schema);
  declare_outside(schema);
  declare_releases(schema);
  declare_measure(schema);
  declare_groups(schema);
  declare_emergency(schema);
}

} // namespace tq
