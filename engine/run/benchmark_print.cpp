#include "base/json.hpp"
#include "base/machine.hpp"
#include "base/version.hpp"
#include "run/benchmark.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>

namespace tq {

namespace {

std::string threads_text(int threads) {
  return fmt::format("{} thread{}", threads, threads == 1 ? "" : "s");
}

} // namespace

std::string benchmark_table(const BenchmarkReport& report) {
  const Machine machine = this_machine();
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "tianqing {}: the transport step beside the machine's memory\n", version::program);
  fmt::format_to(out, "  processor  {}, {} core{}, {:.0f} GB of memory; {}\n", machine.processor, machine.cores,
                 machine.cores == 1 ? "" : "s", 1e-9 * machine.memory, fmt::join(machine.vectors, ", "));
  fmt::format_to(out, "  compiler   {}, {} ({})\n", version::compiler, version::flags, version::build_type);
  for (const BenchmarkTriad& triad : report.triads) {
    fmt::format_to(
        out, "  triad      {}, {} MB: {:.1f} GB/s before and {:.1f} after, with streaming stores {:.1f} and {:.1f}\n",
        threads_text(triad.threads), report.triad_megabytes, triad.plain[0], triad.plain[1], triad.streaming[0],
        triad.streaming[1]);
  }
  fmt::format_to(out, "\n{:>52} {:>10} {:>23}\n", "ns per cell,", "million", "GB/s");
  fmt::format_to(out, "{:<9} {:<13} {:>7} {:>7} {:>12} {:>10} {:>7} {:>7} {:>9} {:>8}\n", "precision", "cells",
                 "tracers", "threads", "tracer, step", "per second", "counted", "triad", "streaming", "of bound");
  for (const BenchmarkRow& row : report.rows) {
    fmt::format_to(out, "{:<9} {:<13} {:>7} {:>7} {:>12.3f} {:>10.1f} {:>7.1f} {:>7.1f} {:>9.1f} {:>8.2f}\n",
                   row.precision(), fmt::format("{}x{}x{}", row.size.nx, row.size.ny, row.size.nz), row.size.tracers,
                   row.threads, row.nanoseconds, 1e-6 * row.rate(), row.gb_per_s(), report.plain(row),
                   report.streaming(row), report.share_of_bound(row));
  }
  fmt::format_to(
      out, "\nA step: x, y and z advection, mixing, emission, dry deposition, of sheared wind over hills. Counted:"
           "\nbytes that two passes must move; of bound: time these take at the streaming triad, over the "
           "time measured.\n");
  return text;
}

std::string benchmark_json(const BenchmarkReport& report) {
  const Machine machine = this_machine();
  std::vector<std::string> vectors, triads, rows;
  for (const std::string& name : machine.vectors) {
    vectors.push_back(json_text(name));
  }
  for (const BenchmarkTriad& triad : report.triads) {
    triads.push_back(fmt::format("    {{\"threads\": {}, \"plain_gb_per_s\": [{}], \"streaming_gb_per_s\": [{}]}}",
                                 triad.threads, fmt::join(triad.plain, ", "), fmt::join(triad.streaming, ", ")));
  }
  for (const BenchmarkRow& row : report.rows) {
    const std::string name = "full_step/" + benchmark_name(row.precision(), row.size, row.threads);
    rows.push_back(fmt::format(
        "    {{\"name\": {}, \"precision\": {}, \"nx\": {}, \"ny\": {}, \"nz\": {}, \"tracers\": {}, \"threads\": {},\n"
        "     \"ns_per_cell_tracer_step\": {}, \"cell_tracer_steps_per_s\": {}, \"gb_per_s\": {},\n"
        "     \"plain_gb_per_s\": {}, \"stream_gb_per_s\": {}, \"share_of_bound\": {}}}",
        json_text(name), json_text(row.precision()), row.size.nx, row.size.ny, row.size.nz, row.size.tracers,
        row.threads, row.nanoseconds, row.rate(), row.gb_per_s(), report.plain(row), report.streaming(row),
        report.share_of_bound(row)));
  }
  return fmt::format("{{\n  \"program\": {},\n"
                     "  \"machine\": {{\"processor\": {}, \"vectors\": [{}], \"cores\": {}, \"memory_bytes\": {}}},\n"
                     "  \"compiler\": {},\n  \"flags\": {},\n  \"build_type\": {},\n"
                     "  \"triad_megabytes\": {},\n  \"triad\": [\n{}\n  ],\n  \"full_step\": [\n{}\n  ]\n}}\n",
                     json_text(version::program), json_text(machine.processor), fmt::join(vectors, ", "), machine.cores,
                     machine.memory, json_text(version::compiler), json_text(version::flags),
                     json_text(version::build_type), report.triad_megabytes, fmt::join(triads, ",\n"),
                     fmt::join(rows, ",\n"));
}

} // namespace tq
