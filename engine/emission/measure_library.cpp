#include "emission/measure_library.hpp"

#include "base/text_file.hpp"
#include "config/schema.hpp"
#include "emission/combustion_table.hpp"

#include <fmt/format.h>

namespace tq {

namespace {

using config::Settings;
using config::Type;

} // namespace

std::vector<LibraryMeasure> load_measure_library() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "Version of the file's form",
              .required = true,
              .choices = {"measures/1"}});
  const auto text = [&](const std::string& key, const std::string& description, bool required) {
    schema.add({.key = "measure[]." + key, .type = Type::text, .description = description, .required = required});
  };
  text("title", "For people", true);
  text("sector", "That it is meant for", true);
  text("control", "A control of data/emission/combustion.toml, which gives its efficiency", false);
  text("source", "Where the figures come from", true);
  schema.add({.key = "measure[].efficiency.*",
              .type = Type::number,
              .description = "Share that goes away, by bin or pollutant",
              .minimum = 0,
              .maximum = 1});
  ProblemList problems;
  const Settings settings =
      Settings::check(config::read_toml(data_directory() / "measures" / "library.toml"), schema, problems);
  std::vector<LibraryMeasure> library;
  for (const Settings& item : settings.each("measure")) {
    LibraryMeasure& measure = library.emplace_back();
    measure.id = item.text("id");
    measure.title = item.text("title");
    measure.sector = item.text("sector");
    measure.source = item.text("source");
    measure.control = item.has("control") ? item.text("control") : "";
    if (item.has("control")) {
      measure.efficiency = CombustionTable::standard().removed(measure.control);
    }
    for (const std::string& name : item.names("efficiency")) {
      measure.efficiency[name] = item.number("efficiency." + name);
    }
    if (measure.efficiency.empty()) {
      item.problem(problems, "efficiency", "be given, or a control of data/emission/combustion.toml");
    }
  }
  problems.throw_if_any();
  return library;
}

std::string describe(const std::vector<LibraryMeasure>& library) {
  std::map<std::string, std::string> sectors;
  for (const LibraryMeasure& measure : library) {
    std::string& text = sectors[measure.sector];
    text += fmt::format("{}: {}\n   ", measure.id, measure.title);
    for (const auto& [name, share] : measure.efficiency) {
      text += fmt::format(" {} {:g}", name, share);
    }
    text += fmt::format("; {}\n", measure.source);
  }
  std::string text =
      "Ready measures (measure.library), meant for sources of a sector, with the share of the treated emission that\n"
      "goes away by bin or pollutant, and the source of the figures.\n";
  for (const auto& [sector, measures] : sectors) {
    text += fmt::format("\nsector {}:\n\n{}", sector, measures);
  }
  return text;
}

std::vector<CombinedEfficiency> combined_efficiencies(const EmittedSpecies& species) {
  std::vector<CombinedEfficiency> combinations;
  for (const CombustionTable::Combination& together : CombustionTable::standard().combinations()) {
    CombinedEfficiency& combination = combinations.emplace_back();
    combination.first = together.first;
    combination.second = together.second;
    combination.efficiency.assign(std::size_t(species.count()), -1.0);
    for (const auto& [name, share] : together.removed) {
      for (const int s : species.named(name)) {
        combination.efficiency[std::size_t(s)] = share;
      }
    }
  }
  return combinations;
}

} // namespace tq
