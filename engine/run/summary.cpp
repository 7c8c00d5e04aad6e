#include "run/summary.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <omp.h>
#include <sys/resource.h>

namespace tq {

namespace {

/// Largest memory of this process so far, MB.
double peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return double(usage.ru_maxrss) * 1024e-6;
}

} // namespace

std::string describe_case(const Case& c) {
  const Grid& grid = c.grid->grid;
  const double cells = double(grid.nx()) * grid.ny() * grid.nz();
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "{}: {}\n", c.name, c.title.empty() ? c.file : c.title);
  fmt::format_to(out, "  period   {} to {} {} ({} h)\n", format_civil(c.zone.to_civil(c.start)),
                 format_civil(c.zone.to_civil(c.end)), c.zone.name(), c.hours());
  fmt::format_to(out, "  grid     {}: {} x {} x {} cells, {:g} m x {:g} m, EPSG:{}, {} management cells\n", c.grid->name,
                 grid.nx(), grid.ny(), grid.nz(), grid.dx(), grid.dy(), grid.projection().epsg(),
                 c.grid->management.cells.size());
  fmt::format_to(out, "  weather  {}\n", c.weather_description());
  for (const std::string& change : c.ground) {
    fmt::format_to(out, "  ground   {}\n", change);
  }
  const TracerSet set({c.tags()});
  fmt::format_to(out, "  tracers  {} species in {} precision{}\n", c.species.count(),
                 c.transport.double_precision ? "double" : "single",
                 c.groups.tags() == 0 ? ""
                                      : fmt::format(", {} of them with {} tags: {} tracers, each as long to move as a species",
                                                    std::count(c.attribution.species.begin(), c.attribution.species.end(), true),
                                                    c.groups.tags(), set.count()));
  const double bytes = c.transport.double_precision ? 8 : 4;
  const double species = set.count(), pollutants = double(c.species.pollutants().size());
  const double by_tag = double(c.attribution.pollutants.size()) * c.groups.tags(); // means
  const auto layered = std::count_if(c.weather_fields.begin(), c.weather_fields.end(),
                                     [](const WeatherField& field) { return field.facts.all_layers; });
  const double volumes = double(c.volume.size()) + double(layered);
  // Of a cell: tracers, eight fields of air and fluxes, one in double, with a tenth for halos, the library of winds, and
  // volumes twice (as sums and on their way to the file). Of a column: eight accounts, some four levels of emission, means, the file's
  // coordinates, three hours of fields on their way to the file, and the day's hours and the periods' counts and highest days. In the
  // file fields count as if not compressed; two checkpoints of all tracers and of days and periods lie beside it.
  const double of_cell = 1.1 * (bytes * (species + 8) + 8) + 8 * wind::unit_count + 16 * volumes;
  const double of_quality = 2900 + 8.5 * c.hours() / 24; // with what goes to the file when periods end
  const double of_column =
      8 * 8 * species + bytes * 4 * species + 8 * (3 * 3 * pollutants + pollutants + by_tag + 12) + of_quality;
  fmt::format_to(out, "  needs    about {:.0f} MB of memory, at most {:.0f} MB of disk\n",
                 60 + 1e-6 * (cells * of_cell + double(grid.nx()) * grid.ny() * of_column),
                 1e-6 * (c.hours() * grid.nx() * double(grid.ny()) * 4 * (3 * pollutants + volumes * grid.nz()) +
                         2 * (bytes * species * cells + of_quality * grid.nx() * double(grid.ny())) +
                         c.hours() * 4 * by_tag * double(c.grid->management.cells.size() + c.receptors.size())));
  text += c.emission->report();
  return text;
}

std::string summarise(const Case& c, const RunReport& report) {
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "{}: {} hours in {:.1f} s, {:.1f} million cell-tracer-steps per second, {} threads, {:.0f} MB\n",
                 c.name, report.hours, report.wall_seconds,
                 report.cell_tracer_steps / std::max(report.wall_seconds, 1e-9) * 1e-6, omp_get_max_threads(),
                 peak_memory());
  fmt::format_to(out, "  time by part (s):");
  for (const auto& [part, seconds] : report.timers.parts()) {
    fmt::format_to(out, "  {} {:.1f}", part, seconds);
  }
  fmt::format_to(out,
                 "\n  outer steps of {:.0f} to {:.0f} s, at most {} substeps of a level, largest Courant number {:.2f}; "
                 "largest budget residual {:.1e}\n{}",
                 report.shortest_step, report.longest_step, report.most_substeps, report.largest_courant,
                 report.residual, report.budget_table);
  if (c.groups.tags() > 0) {
    fmt::format_to(out, "  tags sum to their totals within {:.1e} in every cell\n", report.tag_departure);
  }
  if (!report.air_quality.empty()) {
    fmt::format_to(out, "  air of the city: {}\n", report.air_quality);
  }
  fmt::format_to(out, "  result: {}\n", report.result.string());
  return text;
}

} // namespace tq
