// Hours written to a result file, in the folder for temporary files: result_file/<nx>x<ny>/compression:<level>.
// Counters ms_per_hour, mb_per_s (of fields before compression), share_on_disk (of the file in that).
#include "output/result_file.hpp"
#include "measure.hpp"

#include <cmath>
#include <fmt/format.h>
#include <unistd.h>

using namespace tq;

namespace {

constexpr int hours = 12; // of a file

ResultHour hour_of(const Grid& grid, std::size_t pollutants, std::size_t tracers, int h) {
  ResultHour hour;
  hour.start = h * seconds_per_hour;
  hour.end = hour.start + seconds_per_hour;
  hour.weather.mixing_height = 400;
  hour.budget.resize(tracers);
  for (std::size_t p = 0; p < pollutants; ++p) {
    for (int j = 0; j < grid.ny(); ++j) {
      for (int i = 0; i < grid.nx(); ++i) {
        const double value = 1e-8 * double(1 + p) * (1 + 0.5 * std::sin(0.1 * i + h) * std::cos(0.08 * j));
        hour.concentration.push_back(value);
        hour.dry_deposition.push_back(1e-3 * value);
        hour.wet_deposition.push_back(0);
      }
    }
  }
  return hour;
}

void write_hours(benchmark::State& state, int n, int compression) {
  const Grid grid({.name = "flat",
                   .epsg = 32650,
                   .nx = n,
                   .ny = n,
                   .dx = 500,
                   .dy = 500,
                   .x_west = 5e5,
                   .y_south = 3.2e6,
                   .zeta_faces = {0, 10, 30}});
  const SpeciesTable species = SpeciesTable::load();
  ResultHeader header;
  header.scenario = "bench";
  header.precision = "float";
  header.pollutants = result_pollutants(species);
  for (const Species& one : species.species()) {
    header.tracers.push_back(one.id);
  }
  std::vector<ResultHour> written;
  for (int h = 0; h < hours; ++h) {
    written.push_back(hour_of(grid, header.pollutants.size(), header.tracers.size(), h));
  }
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / fmt::format("tianqing_bench_{}.nc", getpid());
  double seconds = 0; // per file
  for (auto _ : state) {
    auto result = std::make_unique<ResultFile>(file, grid, ManagementCells{}, header,
                                               ResultOptions{.overwrite = true, .compression = compression});
    const auto start = Timers::Clock::now();
    for (const ResultHour& hour : written) {
      result->write(hour);
    }
    result.reset();
    seconds += bench::seconds_since(start);
  }
  seconds /= double(state.iterations());
  const double bytes = 3.0 * sizeof(float) * hours * double(header.pollutants.size()) * n * n;
  state.counters["ms_per_hour"] = 1e3 * seconds / hours;
  state.counters["mb_per_s"] = 1e-6 * bytes / seconds;
  state.counters["share_on_disk"] = double(std::filesystem::file_size(file)) / bytes;
  std::filesystem::remove(file);
}

void add_all() {
  for (const int n : {64, 256}) {
    for (const int compression : {0, 1, 6}) {
      bench::add(fmt::format("result_file/{}x{}/compression:{}", n, n, compression), [=](benchmark::State& state) {
        write_hours(state, n, compression);
      })->UseRealTime();
    }
  }
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
