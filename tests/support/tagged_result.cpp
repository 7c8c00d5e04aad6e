#include "tagged_result.hpp"

#include "sample_result.hpp"

#include <algorithm>

namespace tq::test {

namespace {

constexpr int tag_count = 7;

ManagementCells tagged_cells(bool units) {
  ManagementCells cells;
  const auto add = [&](const std::string& id, const std::string& unit, const std::string& district, int i, int n) {
    ManagementCell& cell = cells.cells.emplace_back();
    cell.id = id;
    cell.name = id == "B" ? "Old town" : "";
    cell.unit = units ? unit : "";
    cell.district = district;
    for (int east = 0; east < n; ++east) {
      cell.overlay.shares.push_back({i + east, 4, 250000.0});
    }
  };
  add("A", "U1", "D1", 2, 1);
  add("B", "U1", "D2", 3, 1);
  add("C", "U2", "D2", 4, 2);
  add("P", "U1", "", 2, 2);
  cells.cells[0].parent = cells.cells[1].parent = "P";
  cells.cells[2].function_class = 1;
  return cells;
}

} // namespace

std::filesystem::path write_tagged_city(const std::filesystem::path& folder, const TaggedCity& city) {
  const Grid grid = sample_grid();
  const ManagementCells cells = tagged_cells(city.units);
  ResultHeader header = sample_header();
  header.scenario = city.name;
  header.title = "A city of made-up tags";
  header.pollutants = {{"so2", "SO2", "", false}, {"no2", "NO2", "", false},  {"co", "CO", "", false},
                       {"o3", "O3", "", false},   {"pm10", "PM10", "", true}, {"pm2_5", "PM2.5", "", true}};
  header.emitted = {"so2", "nox", "pm10", "pm2_5"};
  header.tracers = {"pm_fine", "pm_coarse"};
  const bool tagged = !city.kind.empty();
  if (tagged) {
    header.attribution = {.pollutants = {4}, .tags = city.tags, .kinds = {}, .species = {"pm_fine", "pm_coarse"}};
    header.attribution.kinds.assign(city.tags.size(), city.kind);
    for (const char* rest : {"other", "outside", "initial"}) {
      header.attribution.tags.emplace_back(rest);
      header.attribution.kinds.emplace_back(rest);
    }
  }
  const std::filesystem::path file = folder / (city.name + ".nc");
  ResultFile result(file, grid, cells, header, {.overwrite = true});
  const std::size_t size = std::size_t(grid.nx() * grid.ny());
  const int column[] = {0, 1, 2, 2}, of_cell[] = {0, 1, 2, 0}; // of grid cells from i = 2; of A, B, C, P
  for (int h = 0; h < city.hours; ++h) {
    ResultHour hour = sample_hour(grid, header, h);
    hour.start = *parse_instant("2019-12-04T00:00:00+08:00", TimeZone()) + h * seconds_per_hour;
    hour.end = hour.start + seconds_per_hour;
    hour.weather.x_wind = city.wind;
    std::fill(hour.concentration.begin(), hour.concentration.end(), 10e-9);
    const double scale = 1e-9 * city.factor * (h < 24 ? 1 : 0.5);
    for (int n = 0; n < 4; ++n) {
      double& total = hour.concentration[4 * size + std::size_t(4 * grid.nx() + 2 + n)];
      total = 0;
      for (const auto& tag : tagged_pm10) {
        total += scale * tag[column[n]];
      }
    }
    for (int tag = 0; tag < tag_count && tagged; ++tag) {
      for (const int c : of_cell) {
        hour.tags_in_cells.push_back(scale * tagged_pm10[tag][c]);
      }
      hour.tags_at_receptors.insert(hour.tags_at_receptors.end(), header.receptors.size(), 5e-9);
    }
    result.write(std::move(hour));
  }
  ResultSummary summary = sample_summary(header, int(cells.cells.size()));
  summary.complete = city.complete;
  for (int species = 0; species < 2; ++species) {
    for (int tag = 0; tag < tag_count && tagged; ++tag) {
      summary.tag_budget.push_back(
          {.emitted = 100.0 * (tag + 1), .outflow = 60.0, .dry = 10.0, .settled = 2.0 * species, .wet = 1.0});
    }
  }
  summary.measures.clear();
  if (city.measures) {
    summary.measures.push_back({.id = "sweep",
                                .title = "Sweep",
                                .kind = "scale",
                                .payer = "city",
                                .currency = "CNY",
                                .running = 1000,
                                .running_low = 1000,
                                .running_high = 1000,
                                .avoided = std::vector<double>(header.emitted.size(), 20)});
    summary.measures.back().avoided_low = summary.measures.back().avoided_high = summary.measures.back().avoided;
  }
  result.finish(summary);
  return file;
}

} // namespace tq::test
