#include "sample_result.hpp"

#include "paths.hpp"

#include <limits>

namespace tq::test {

Grid sample_grid() {
  GridSpecification specification;
  specification.name = "sample";
  specification.epsg = 32650;
  specification.nx = 12;
  specification.ny = 10;
  specification.dx = specification.dy = 500;
  specification.x_west = 517500;
  specification.y_south = 3242500;
  specification.zeta_faces = {0, 12, 28, 50, 120, 450, 1000, 2500};
  for (int j = 0; j < specification.ny; ++j) {
    for (int i = 0; i < specification.nx; ++i) {
      specification.terrain.push_back(30.0 + 20 * j + 5 * i);
    }
  }
  return Grid(specification);
}

namespace {

/// A rectangle of the grid's CRS as a feature in degrees.
ManagementCell rectangle(const Grid& grid, const std::string& id, double west, double south, double east,
                         double north) {
  ManagementCell cell;
  cell.id = id;
  cell.feature.id = id;
  files::Line ring;
  for (const files::Position corner : {files::Position{west, south}, {west, north}, {east, north}, {east, south}}) {
    ring.push_back(grid.projection().unproject(corner)); // clockwise: the file must turn it
  }
  ring.push_back(ring.front());
  cell.feature.polygons = {{{ring}}};
  cell.overlay = lay_over(grid, cell.feature);
  return cell;
}

} // namespace

ManagementCells sample_cells(const Grid& grid) {
  ManagementCells cells;
  cells.cells.push_back(rectangle(grid, "ZS-1", 518000, 3243000, 519000, 3244000)); // cells (1..2, 1..2)
  cells.cells.push_back(rectangle(grid, "CJ-1", 520750, 3245000, 521500, 3245500)); // half of (6, 5), (7, 5)
  cells.cells[0].name = "珠山 \"一\"";
  cells.cells[0].district = "Zhushan";
  cells.cells[0].key_area = true;
  cells.cells[1].name = "Changjiang 1";
  cells.cells[1].function_class = 1;
  return cells;
}

namespace {

Instant sample_start() { return *parse_instant("2017-12-04T00:00:00+08:00", TimeZone()); }

/// Made-up days of three hours and periods that end with hours 4 and 6 and with the run.
ResultQualityHeader sample_quality_header() {
  const Instant end = sample_start() + seconds_per_day;
  return {.places = {{QualityPlace::Kind::cell, "ZS-1", "珠山 \"一\"", 2}, {QualityPlace::Kind::receptor, "edge", "Edge", 1}},
          .periods = {{Period::Kind::month, sample_start(), end, "2017-12"},
                      {Period::Kind::year, sample_start(), end, "2017"},
                      {Period::Kind::whole, sample_start(), end, "all"}},
          .percentile = {98, 98, 95, 90, 95, 95},
          .editions = "GB3095_2012",
          .reference_state = "a state"};
}

ResultPeriod sample_period(const Grid& grid, int h) {
  PeriodQuality quality{.valid_days = h, .good_days = h - 1, .quality_days = {h - 2, 1, 1, 0, 0, 0}, .composite = 4.5};
  quality.mean.fill(1e-8 * h);
  quality.exceeded_days.fill(1);
  ResultPeriod period{.places = {2, quality}, .grid = {}};
  for (int n = 0; n < grid.nx() * grid.ny(); ++n) {
    quality.mean.fill(1e-9 * n);
    period.grid.push_back(quality);
  }
  return period;
}

ResultQuality sample_quality(const Grid& grid, int h) {
  ResultQuality quality;
  if (h % 3 == 2) {
    DayQuality day;
    day.mean.fill(1e-8 * h);
    day.individual.fill(h);
    day.index = 100 + h;
    day.primary = 1U << 4 | 1U << 5;
    DayQuality broken;
    broken.mean.fill(std::numeric_limits<double>::quiet_NaN());
    broken.individual.fill(-1);
    quality.days.push_back({.start = sample_start() + (h - 2) * seconds_per_hour,
                            .end = sample_start() + (h + 1) * seconds_per_hour,
                            .date = 20171204,
                            .places = {day, broken}});
  }
  if (h == 4 || h == 6) {
    quality.periods.push_back(sample_period(grid, h));
  }
  return quality;
}

} // namespace

ResultHeader sample_header() {
  return {.scenario = "base",
          .title = "A sample",
          .scenario_text = "schema = \"scenario/1\"\nname = \"base\"\n",
          .time_zone = "Asia/Shanghai",
          .precision = "double",
          .pollutants = {{"so2", "SO2", "mass_concentration_of_sulfur_dioxide_in_air", false},
                         {"pm10", "PM10", "mass_concentration_of_pm10_ambient_aerosol_particles_in_air", true}},
          .volume = {1},
          .weather_fields = {},
          .receptors =
              {{.id = "2343A", .name = "Middle", .longitude = 117.21, .latitude = 29.33, .x = 520375, .y = 3245250},
               {.id = "edge", .name = "Edge", .longitude = 117.18, .latitude = 29.31, .x = 517500, .y = 3242750}},
          .quality = sample_quality_header(),
          .emitted = {"so2", "pm10"},
          .tracers = {"so2", "pm_fine"}};
}

double sample_value(int p, int h, int j, int i) {
  return 1e-9 * (10 + 40 * p + 3 * h + 0.5 * j + 0.01 * i);
}

ResultHour sample_hour(const Grid& grid, const ResultHeader& header, int h) {
  ResultHour hour;
  hour.start = sample_start() + h * seconds_per_hour;
  hour.end = hour.start + seconds_per_hour;
  for (int p = 0; p < int(header.pollutants.size()); ++p) {
    for (int j = 0; j < grid.ny(); ++j) {
      for (int i = 0; i < grid.nx(); ++i) {
        hour.concentration.push_back(sample_value(p, h, j, i));
        hour.dry_deposition.push_back(1e-3 * sample_value(p, h, j, i));
        hour.wet_deposition.push_back(0);
      }
    }
  }
  for (const int p : header.volume) {
    for (int k = 0; k < grid.nz(); ++k) {
      for (int j = 0; j < grid.ny(); ++j) {
        for (int i = 0; i < grid.nx(); ++i) {
          hour.volume.push_back(sample_value(p, h, j, i) / (1 + k));
        }
      }
    }
  }
  hour.weather = {.mixing_height = 400.0 + h,
                  .friction_velocity = 0.3,
                  .x_wind = 2,
                  .y_wind = -1,
                  .temperature = 281,
                  .rain = 1e-4};
  for (std::size_t n = 0; n < header.tracers.size(); ++n) {
    hour.budget.push_back(
        {.initial = 100, .emitted = 10.0 * (h + 1), .airborne = 90, .outflow = 10.0 * (h + 2), .settled = 0.5});
  }
  hour.quality = sample_quality(grid, h);
  return hour;
}

ResultSummary sample_summary(const ResultHeader& header, int cells) {
  const std::size_t fields = header.emitted.size(), count = std::size_t(cells);
  ResultSummary summary;
  for (std::size_t n = 0; n < fields * count; ++n) {
    summary.emission.push_back(100.0 + double(n));
    summary.avoided.push_back(double(n));
  }
  summary.total_emission.assign(fields, 1000);
  summary.total_avoided.assign(fields, 50);
  summary.total_avoided_low.assign(fields, 30);
  summary.total_avoided_high.assign(fields, 60);
  summary.measures.push_back({.id = "water",
                              .title = "Water the sites",
                              .kind = "scale",
                              .payer = "developer",
                              .currency = "CNY",
                              .capital = 146100,
                              .capital_per_year = 36525,
                              .running = 84000,
                              .running_low = 80000,
                              .running_high = 90000,
                              .active_hours = 36,
                              .active_days = 3,
                              .avoided = std::vector<double>(fields, 50),
                              .avoided_low = std::vector<double>(fields, 40),
                              .avoided_high = std::vector<double>(fields, 60)});
  summary.species = {"so2", "pm_fine"};
  summary.factors = {{.measures = "water", .sector = "construction", .sources = 2, .factor = {1, 0.5}},
                     {.measures = "water + zone",
                      .sector = "road_dust",
                      .part = "dust.car",
                      .fleet = "taxis",
                      .variant = "electricity",
                      .sources = 7,
                      .factor = {0.25, 0.125}}};
  summary.quality.periods.push_back(sample_period(sample_grid(), 9));
  summary.wall_seconds = 1.5;
  summary.timers = {{"transport", 1.0}};
  return summary;
}

void write_sample_result(const std::filesystem::path& file, int hours, const ResultOptions& options) {
  const Grid grid = sample_grid();
  const ManagementCells cells = sample_cells(grid);
  const ResultHeader header = sample_header();
  ResultFile result(file, grid, cells, header, options);
  for (int h = 0; h < hours; ++h) {
    result.write(sample_hour(grid, header, h));
  }
  result.finish(sample_summary(header, int(cells.cells.size())));
}

} // namespace tq::test
