// tianqing bench [--threads N] [--size NXxNYxNZ] [--tracers N] [--precision float|double] [--triad MB] [--json]
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/log.hpp"
#include "base/machine.hpp"
#include "base/triad.hpp"
#include "run/benchmark.hpp"

#include <fmt/format.h>

namespace tq::app {

namespace {

constexpr int fewest = 4, most_cells = 4096, most_layers = 128, most_tracers = 256, most_megabytes = 100000;

void read_size(const std::string& text, BenchmarkRequest& request) {
  int n[3];
  const auto fits = [](int count, int most) { return count >= fewest && count <= most; };
  if (!read_extents(text, n) || !fits(n[0], most_cells) || !fits(n[1], most_cells) || !fits(n[2], most_layers)) {
    throw UsageError(
        fmt::format("--size {}: must be NXxNYxNZ such as 256x256x32, NX and NY in [{}, {}], NZ in [{}, {}]", text,
                    fewest, most_cells, fewest, most_layers));
  }
  request.cells = BenchmarkSize{.nx = n[0], .ny = n[1], .nz = n[2]};
}

/// Refuses what would drive the machine out of memory.
void check_memory(const std::vector<BenchmarkRow>& rows, double memory) {
  for (const BenchmarkRow& row : rows) {
    const double needed = benchmark_memory(row.size, row.element());
    if (needed > 0.9 * memory) {
      throw UsageError(fmt::format(
          "bench: {}x{}x{} cells with {} tracers in {} take {:.1f} GB; this machine has {:.1f} GB", row.size.nx,
          row.size.ny, row.size.nz, row.size.tracers, row.precision(), 1e-9 * needed, 1e-9 * memory));
    }
  }
}

} // namespace

int bench(const Arguments& arguments) {
  namespace po = boost::program_options;
  BenchmarkRequest request;
  int threads = 0, tracers = 0, triad = Triad::usual_megabytes;
  std::string size, precision;
  bool json = false;
  po::options_description visible("options");
  auto add = visible.add_options();
  add("threads", po::value(&threads)->value_name("N"), "threads (1, 2, 4 ... all cores)");
  add("size", po::value(&size)->value_name("NXxNYxNZ"), "cells (64x64x16 to 512x512x32)");
  add("tracers", po::value(&tracers)->value_name("N"), "tracers (8 and 1)");
  add("precision", po::value(&precision)->value_name("TYPE"), "float or double (both)");
  add("triad", po::value(&triad)->value_name("MB"), "memory that the triad runs over (800)");
  add("json", po::bool_switch(&json), "print JSON instead of a table");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing bench [options]\nMeasures the transport step beside this machine's memory; takes less "
             "than a minute.\nOptions take the place of what is measured by default.",
             visible, "", values)) {
    return success;
  }
  if (values.count("threads") > 0) {
    check_threads(threads);
    request.threads = threads;
  }
  if (values.count("size") > 0) {
    read_size(size, request);
  }
  if (values.count("tracers") > 0) {
    if (tracers < 1 || tracers > most_tracers) {
      throw UsageError(fmt::format("--tracers {}: must be in [1, {}]", tracers, most_tracers));
    }
    request.tracers = tracers;
  }
  if (values.count("precision") > 0) {
    if (precision != "float" && precision != "double") {
      throw UsageError(fmt::format("--precision {}: must be float or double", precision));
    }
    request.double_precision = precision == "double";
  }
  if (triad < 1 || triad > most_megabytes) {
    throw UsageError(fmt::format("--triad {}: must be in [1, {}]", triad, most_megabytes));
  }
  const Machine machine = this_machine();
  const std::vector<BenchmarkRow> rows = benchmark_rows(request, machine.cores);
  check_memory(rows, machine.memory);
  const BenchmarkReport report = run_benchmark(rows, triad, [](const BenchmarkRow& row) {
    log::info("measuring full_step/{}", benchmark_name(row.precision(), row.size, row.threads));
  });
  fmt::print("{}", json ? benchmark_json(report) : benchmark_table(report));
  return success;
}

} // namespace tq::app
