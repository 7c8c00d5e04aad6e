#include "emission/measure_library.hpp"

#include "base/text_file.hpp"
#include "config/schema.hpp"

namespace tq {

namespace {

using config::Settings;
using config::Type;

void declare_efficiency(config::Schema& schema, const std::string& key) {
  schema.add({.key = key + ".*",
              .type = Type::number,
              .description = "Share that goes away, by bin or pollutant",
              .minimum = 0,
              .maximum = 1});
}

Settings read(const std::string& name, const config::Schema& schema, ProblemList& problems) {
  return Settings::check(config::read_toml(data_directory() / "measures" / name), schema, problems);
}

config::Schema form(const std::string& version) {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "Version of the file's form",
              .required = true,
              .choices = {version}});
  return schema;
}

} // namespace

std::vector<LibraryMeasure> load_measure_library() {
  config::Schema schema = form("measures/1");
  const auto text = [&](const std::string& key, const std::string& description, bool required) {
    schema.add({.key = "measure[]." + key, .type = Type::text, .description = description, .required = required});
  };
  text("title", "For people", true);
  text("sector", "That it is meant for", true);
  text("control", "Its name in the table of combined efficiencies", false);
  text("source", "Where the figures come from", true);
  declare_efficiency(schema, "measure[].efficiency");
  ProblemList problems;
  const Settings settings = read("library.toml", schema, problems);
  std::vector<LibraryMeasure> library;
  for (const Settings& item : settings.each("measure")) {
    LibraryMeasure& measure = library.emplace_back();
    measure.id = item.text("id");
    measure.title = item.text("title");
    measure.sector = item.text("sector");
    measure.control = item.has("control") ? item.text("control") : "";
    for (const std::string& name : item.names("efficiency")) {
      measure.efficiency[name] = item.number("efficiency." + name);
    }
  }
  problems.throw_if_any();
  return library;
}

std::vector<CombinedEfficiency> load_combined_efficiencies(const EmittedSpecies& species) {
  config::Schema schema = form("combined/1");
  schema.add({.key = "combination[].controls",
              .type = Type::texts,
              .description = "Two techniques on one source",
              .required = true,
              .length = 2});
  declare_efficiency(schema, "combination[].efficiency");
  ProblemList problems;
  const Settings settings = read("combined.toml", schema, problems);
  std::vector<CombinedEfficiency> combinations;
  for (const Settings& item : settings.each("combination")) {
    CombinedEfficiency& combination = combinations.emplace_back();
    const std::vector<std::string> controls = item.texts("controls");
    if (controls.size() == 2) {
      combination.first = controls[0];
      combination.second = controls[1];
    }
    combination.efficiency.assign(std::size_t(species.count()), -1.0);
    for (const std::string& name : item.names("efficiency")) {
      for (const int s : species.named(name)) {
        combination.efficiency[std::size_t(s)] = item.number("efficiency." + name);
      }
    }
  }
  problems.throw_if_any();
  return combinations;
}

} // namespace tq
