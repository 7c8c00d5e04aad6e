#pragma once
/// The one file that a run leaves behind: HDF5 that is also netCDF-4 with CF-1.8 metadata (extension .nc). Groups:
///
///   /           hourly mean surface fields (chosen ones in all layers too), deposition, weather series, coordinates
///   /cells      management cells: attributes, hourly means, emissions, deposition
///   /receptors  hourly means at places
///   /budget     running totals per species and hour
///   /attribution  if asked for: hourly means by tag in management cells and at receptors; each tag's budget
///   /quality    civil days and periods judged by the air standard: at places, and as maps of the grid
///   /run        resolved scenario, program; /run/timing alone differs between two runs of one scenario
///   /run/measures  what each measure costs and avoids (of a run that ended)
///   /run/factors   what measures, alone and together, make of which sources
///
/// It is written under its own name and flushed after each hour: readable while the run goes on and after it is killed.

#include "base/archive.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "diagnostics/budget.hpp"
#include "diagnostics/receptors.hpp"
#include "grid/grid.hpp"
#include "grid/management_cells.hpp"
#include "output/result_quality.hpp"
#include "state/species.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tq {

/// Version of the layout, attribute `tianqing_schema` of the root.
inline constexpr const char* result_schema = "result/2";

struct ResultPollutant {
  std::string id;      // "pm2_5"
  std::string name;    // "PM2.5"
  std::string cf_name; // CF standard name of its mass concentration, or ""
  bool particle = false;
};

std::vector<ResultPollutant> result_pollutants(const SpeciesTable& species);

/// A field of the weather that the scenario asks for; hourly means.
struct ResultField {
  std::string name;
  std::string standard_name; // of CF, or ""
  std::string long_name;
  std::string units;
  bool all_layers = false;
};

/// What the run follows by tags; nothing if there are none.
struct ResultAttribution {
  std::vector<int> pollutants;            // indices of those that are told by tag
  std::vector<std::string> tags, kinds;   // by tag: "construction" of kind "sector"
  std::vector<std::string> species;       // that have tags, for their budgets
};

/// What is known before hour 0.
struct ResultHeader {
  std::string scenario;      // its name
  std::string title;
  std::string scenario_text; // resolved, TOML
  std::string time_zone = "UTC"; // of civil days
  std::string precision;     // of the tracers: "float" or "double"
  std::vector<ResultPollutant> pollutants;
  std::vector<int> volume; // indices of those pollutants whose means are stored in all layers
  std::vector<ResultField> weather_fields;
  std::vector<Receptor> receptors;
  ResultAttribution attribution;
  ResultQualityHeader quality;
  std::vector<std::string> emitted; // what emissions are counted in: "pm2_5", ... "nox" (kg as NO2)
  std::vector<std::string> tracers; // names of the budget's rows
};

struct ResultOptions {
  bool overwrite = false;
  int compression = 1;   // deflate level 0 to 9 of the hourly fields
  int mantissa_bits = 0; // of the hourly fields, 1 to 23; 0: all. 12 halve the file at a relative error of 1.2e-4
};

/// The hour's weather at the station, SI.
struct ResultWeather {
  double mixing_height = 0;     // m
  double friction_velocity = 0; // m s-1
  double inverse_obukhov_length = 0; // m-1
  double x_wind = 0;            // m s-1, at 10 m, along the grid's x
  double y_wind = 0;            // m s-1
  double temperature = 0;       // K, at 2 m
  double rain = 0;              // kg m-2 s-1
};

/// One hour [start, end). Fields lie as [(p * ny + j) * nx + i], p in the order of the header's pollutants.
struct ResultHour {
  Instant start = 0;
  Instant end = 0;
  std::vector<double> concentration;  // kg m-3, mean over the hour, lowest layer, ambient
  /// kg m-2 s-1, mean over the hour, positive onto the ground; as in CF, dry deposition includes the fall of particles.
  std::vector<double> dry_deposition;
  std::vector<double> wet_deposition; // kg m-2 s-1
  std::vector<double> volume;         // kg m-3, mean over the hour, [((v * nz + k) * ny + j) * nx + i], v as in the header
  ResultWeather weather;
  std::vector<std::vector<double>> weather_fields; // as in the header, [(k * ny + j) * nx + i]
  /// kg m-3, mean over the hour, lowest layer, ambient: [(n * tags + tag) * places + place], n as in the header's
  /// attribution; places are management cells and receptors.
  std::vector<double> tags_in_cells, tags_at_receptors;
  std::vector<BudgetTerms> budget; // by tracer, totals since the start, at the end of the hour
  ResultQuality quality; // what ends with this hour
};

/// What a measure did in the run's period.
struct ResultMeasure {
  std::string id;
  std::string title;
  std::string kind;
  std::string payer;
  std::string currency;
  double capital = 0;          // spent once
  double capital_per_year = 0; // the capital as equal payments in each year of its life
  double running = 0;          // spent in the period
  double running_low = 0, running_high = 0; // the same at the ends of its efficiency
  int active_hours = 0;        // of the period
  int active_days = 0;         // local days with an active hour
  std::vector<double> avoided; // kg if it were the only one, in the order of `emitted`
  std::vector<double> avoided_low, avoided_high; // the same at the ends of its efficiency
};

/// What measures make of a group of sources (emission/resolved_factors.hpp).
struct ResultFactor {
  std::string measures; // ids joined by " + "
  std::string sector;
  std::string part;
  std::string fleet;
  std::string variant;
  int sources = 0;
  std::vector<double> factor; // in the order of ResultSummary::species
};

/// What is known at the end. Amounts lie as [p * cells + c], in the order of `emitted` and of the management cells.
struct ResultSummary {
  bool complete = true;         // false: stopped before the scenario's end; then amounts are NaN
  std::vector<double> emission; // kg emitted in each management cell
  std::vector<double> avoided;  // kg that measures kept from being emitted there
  std::vector<double> total_emission; // kg in the whole domain, in the order of `emitted`
  std::vector<double> total_avoided;  // kg
  std::vector<double> total_avoided_low, total_avoided_high; // kg, with all efficiencies at their low and high ends
  std::vector<ResultMeasure> measures;
  std::vector<std::string> species;  // that factors are of
  std::vector<ResultFactor> factors;
  std::vector<BudgetTerms> tag_budget; // [species * tags + tag], over the run so far, as in the header's attribution
  double tag_departure = 0;            // largest |sum of tags - total| / total of a cell and species at the end
  int scenarios = 1;                   // that advanced together, all of them in the times and the rate
  ResultQuality quality; // what had not ended
  int threads = 1;
  double wall_seconds = 0;
  double rate = 0;              // cell-tracer-steps per second
  std::vector<std::pair<std::string, double>> timers; // s by part
};

/// For before hour 0: throws InputError if the result (or the GeoJSON beside it) exists and `overwrite` is off,
/// FileError if nothing can be written there.
void check_result_target(const std::filesystem::path& file, bool overwrite);

/// The GeoJSON file of management cells that goes with a result: "base.nc" -> "base_cells.geojson".
std::filesystem::path result_cells_path(const std::filesystem::path& file);

/// A result that a checkpoint cannot go on with, because its hours before that are not as they were written.
class DamagedResult : public FileError {
public:
  using FileError::FileError;
};

/// One thread of its own does all HDF5 calls after the construction; at most a few hours wait in its queue. What fails
/// there is thrown by the next call here.
class ResultFile {
public:
  /// Creates the file and its folder, with everything that is known already.
  ResultFile(const std::filesystem::path& file, const Grid& grid, const ManagementCells& cells,
             const ResultHeader& header, const ResultOptions& options = {});
  /// Goes on with the result of a run that was cut off, of which `checkpoint` holds what serialise() wrote then. The hours up to
  /// then are copied into a new file, which takes the old one's place; later ones are dropped. Throws DamagedResult.
  ResultFile(const std::filesystem::path& file, const Grid& grid, const ManagementCells& cells,
             const ResultHeader& header, const ResultOptions& options, Archive& checkpoint);
  /// Without finish(): writes the hours that wait and closes.
  ~ResultFile();
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  void write(ResultHour hour);
  /// Puts all hours so far on disk and writes what it takes to go on with them.
  void serialise(Archive& archive);
  /// Writes the summary and the GeoJSON file, waits for everything, and closes.
  void finish(const ResultSummary& summary);

private:
  struct State;
  void start();
  std::unique_ptr<State> state_;
};

} // namespace tq
