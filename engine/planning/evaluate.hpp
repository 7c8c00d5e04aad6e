#pragma once
/// Modelled air against measured air at the stations where a run has receptors of the same id.

#include "diagnostics/scores.hpp"
#include "planning/measurements.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq {

struct EvaluationRow {
  std::string station; // "all": the pairs of all stations together
  std::string pollutant;
  std::string average; // "1h"; "24h" (daily means) or "8h" (daily maximum 8-hour means)
  std::string part;    // "all", "DJF", "MAM", "JJA", "SON", or the hour of the day, "00" ... "23"
  std::size_t pairs = 0;
  double observed_mean = 0, modelled_mean = 0; // kg m-3, of the pairs
  Scores score{};
  ScoreRange range; // 95 %
};

struct Evaluation {
  std::string scenario;
  std::filesystem::path result, observations;
  std::string time_zone; // of days, seasons and hours
  std::string reference_state;
  bool complete = false;
  Instant start = 0, end = 0;                      // of the hours that both hold
  std::vector<std::string> stations;               // that both hold
  std::vector<std::string> only_modelled, only_observed;
  std::vector<EvaluationRow> rows;                 // by pollutant, average, station, part
};

/// Concentrations in the reference state of each hour's date. Daily values need the hours that the standard asks for, of the
/// model those that are measured too. MQI is that of daily values for PM and O3, of hours for NO2, as FAIRMODE has it.
/// Intervals: blocks are civil days. Throws InputError: what read_receptors() and read_measurements() throw; no station in
/// common, no hour in common.
Evaluation evaluate(const std::filesystem::path& result, const std::filesystem::path& observations,
                    const MeasurementOptions& options, std::uint64_t seed);

/// For the terminal, ug m-3 (CO mg m-3): rows of whole periods and seasons.
std::string evaluation_table(const Evaluation& evaluation);
/// All rows, header with units.
std::string evaluation_csv(const Evaluation& evaluation);

} // namespace tq
