#include "planning/read_result.hpp"

#include "base/error.hpp"
#include "files/hdf5.hpp"
#include "output/result_file.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace tq {

using files::Hdf5File;

namespace {

void read_cells(const Hdf5File& file, ResultFacts& facts) {
  const auto id = file.read_texts("/cells/id"), name = file.read_texts("/cells/name"),
             unit = file.read_texts("/cells/unit"), parent = file.read_texts("/cells/parent"),
             district = file.read_texts("/cells/district");
  const auto area = file.read("/cells/area"), density = file.read("/cells/air_density");
  const auto function_class = file.read_integers("/cells/function_class");
  for (std::size_t c = 0; c < id.size(); ++c) {
    facts.cells.push_back(
        {id[c], name[c], unit[c], parent[c], district[c], area[c], density[c], int(function_class[c])});
  }
}

void read_pollutants(const Hdf5File& file, ResultFacts& facts) {
  const std::string prefix = "emission_";
  for (const std::string& dataset : file.names("/cells")) {
    const std::string path = "/cells/" + dataset;
    if (file.has_attribute(path, "phase")) {
      ResultFacts::Pollutant& pollutant = facts.pollutants[dataset];
      pollutant.particle = file.text_attribute(path, "phase") == "particle";
      pollutant.hours = file.read(path, 0, facts.start.size());
    }
    if (!dataset.starts_with(prefix)) {
      continue;
    }
    const std::string id = dataset.substr(prefix.size());
    ResultFacts::Emitted& emitted = facts.emitted[id];
    emitted.emission = file.read(path);
    emitted.avoided = file.read("/cells/avoided_emission_" + id);
    const auto total = [&](const std::string& dataset_of_run) {
      return file.has(dataset_of_run) ? file.read(dataset_of_run)[0] : std::numeric_limits<double>::quiet_NaN();
    };
    emitted.total_emission = total("/run/emission_" + id);
    emitted.total_avoided = {total("/run/avoided_emission_" + id), total("/run/avoided_emission_low_" + id),
                             total("/run/avoided_emission_high_" + id)};
  }
}

void read_measures(const Hdf5File& file, ResultFacts& facts) {
  if (!file.has("/run/measures")) {
    return;
  }
  const std::string group = "/run/measures/";
  const auto id = file.read_texts(group + "id"), title = file.read_texts(group + "title"),
             payer = file.read_texts(group + "payer"), currency = file.read_texts(group + "currency");
  const auto capital = file.read(group + "capital"), running = file.read(group + "running"),
             running_low = file.read(group + "running_low"), running_high = file.read(group + "running_high"),
             capital_per_year = file.read(group + "capital_per_year");
  const double years = double(facts.end - facts.start.front()) / (365.25 * double(seconds_per_day));
  for (std::size_t m = 0; m < id.size(); ++m) {
    const double of_capital = capital_per_year[m] * years;
    facts.measures.push_back(
        {.id = id[m],
         .title = title[m],
         .payer = payer[m],
         .currency = currency[m],
         .capital = capital[m],
         .capital_per_year = capital_per_year[m],
         .running = running[m],
         .cost = {running[m] + of_capital, running_low[m] + of_capital, running_high[m] + of_capital},
         .avoided = {}});
  }
  for (const auto& [pollutant, ignored] : facts.emitted) {
    const auto central = file.read(group + "avoided_emission_" + pollutant),
               low = file.read(group + "avoided_emission_low_" + pollutant),
               high = file.read(group + "avoided_emission_high_" + pollutant);
    for (std::size_t m = 0; m < id.size(); ++m) {
      facts.measures[m].avoided[pollutant] = {central[m], low[m], high[m]};
    }
  }
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& text) {
  throw InputError({path.string()}, text);
}

/// A result of this layout that holds hours.
Hdf5File open_result(const std::filesystem::path& path) {
  Hdf5File file = Hdf5File::open(path);
  if (!file.has_attribute("/", "tianqing_schema")) {
    refuse(path, "is not a result of this program (no attribute tianqing_schema)");
  }
  const std::string schema = file.text_attribute("/", "tianqing_schema");
  if (schema != result_schema) {
    refuse(path, fmt::format("has the layout \"{}\": this program reads \"{}\"", schema, result_schema));
  }
  return file;
}

/// Beginnings of the hours.
std::vector<Instant> read_hours(const Hdf5File& file, const std::filesystem::path& path) {
  std::vector<Instant> start;
  for (const double seconds : file.read("/time")) {
    start.push_back(Instant(seconds));
  }
  if (start.empty()) {
    refuse(path, "holds no hours yet");
  }
  return start;
}

} // namespace

ResultFacts read_result(const std::filesystem::path& path) {
  const Hdf5File file = open_result(path);
  ResultFacts facts;
  facts.file = path;
  facts.scenario = file.text_attribute("/", "scenario");
  facts.title = file.text_attribute("/", "title");
  facts.grid = file.text_attribute("/", "grid");
  facts.crs = file.text_attribute("/crs", "crs_wkt");
  facts.time_zone = file.text_attribute("/", "time_zone");
  facts.complete = file.number_attribute("/run", "complete").at(0) != 0;
  facts.x = file.read("/x");
  facts.y = file.read("/y");
  facts.start = read_hours(file, path);
  if (!file.has("/cells")) {
    refuse(path, "has no management cells: the grid of its scenario names none");
  }
  facts.end = Instant(file.read("/time_bnds", facts.start.size() - 1, 1).at(1));
  for (const char* name :
       {"mixing_height", "friction_velocity", "x_wind", "y_wind", "air_temperature", "rainfall_flux"}) {
    facts.weather[name] = file.read(std::string("/") + name);
  }
  read_cells(file, facts);
  read_pollutants(file, facts);
  read_measures(file, facts);
  return facts;
}

ReceptorFacts read_receptors(const std::filesystem::path& path) {
  const Hdf5File file = open_result(path);
  ReceptorFacts facts;
  facts.file = path;
  facts.scenario = file.text_attribute("/", "scenario");
  facts.time_zone = file.text_attribute("/", "time_zone");
  facts.complete = file.number_attribute("/run", "complete").at(0) != 0;
  facts.start = read_hours(file, path);
  if (!file.has("/receptors")) {
    refuse(path, "has no receptors: [[receptor]] of the scenario places them, with the stations' ids");
  }
  facts.ids = file.read_texts("/receptors/id");
  facts.air_density = file.read("/receptors/air_density");
  for (const std::string& dataset : file.names("/receptors")) {
    const std::string receptors = "/receptors/" + dataset;
    if (file.has_attribute(receptors, "phase")) {
      facts.pollutants[dataset] = {.particle = file.text_attribute(receptors, "phase") == "particle",
                                   .hours = file.read(receptors, 0, facts.start.size())};
    }
  }
  return facts;
}

} // namespace tq
