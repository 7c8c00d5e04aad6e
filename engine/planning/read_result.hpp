#pragma once
#include "base/time.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tq {

/// A management cell of a result.
struct PlaceFacts {
  std::string id;
  std::string name;
  std::string unit; // that answers for it
  std::string parent;
  std::string district;
  double area = 0;        // m2
  double air_density = 0; // kg m-3, of the lowest layer
  int function_class = 2; // of GB 3095: 1 or 2, as its limits go
};

/// A measure as the result tells it.
struct MeasureFacts {
  std::string id;
  std::string title;
  std::string payer;
  std::string currency;
  double capital = 0;          // spent once
  double capital_per_year = 0; // the capital as equal payments in each year of its life
  double running = 0;          // spent in the run's period, capital apart
  struct Range {
    double central = 0; // as simulated
    double low = 0;     // at the low end of its efficiency
    double high = 0;
  };
  Range cost; // of the period: running, and capital_per_year by its length in years of 365.25 days
  std::map<std::string, Range> avoided; // kg, if it were the only one, as ResultFacts::emitted
};

/// What comparisons need of a result file, read at once.
struct ResultFacts {
  std::filesystem::path file;
  std::string scenario;
  std::string title;
  std::string grid;
  std::string crs;
  std::string time_zone;
  bool complete = false;
  std::vector<double> x, y;                           // m
  std::vector<Instant> start;                         // of each hour
  Instant end = 0;                                    // of the last
  std::map<std::string, std::vector<double>> weather; // hourly series by name
  std::vector<PlaceFacts> cells;
  struct Pollutant {
    bool particle = false;
    std::vector<double> hours; // kg m-3, ambient, [hour * cells + c]
  };
  std::map<std::string, Pollutant> pollutants; // by id
  struct Emitted {
    std::vector<double> emission; // kg per cell; NaN if the run did not end
    std::vector<double> avoided;  // kg per cell
    double total_emission = 0;    // kg in the domain; NaN if the run did not end
    /// By all measures together, with their efficiencies as simulated, all at their low ends and all at their high
    /// ends.
    MeasureFacts::Range total_avoided;
  };
  std::map<std::string, Emitted> emitted; // by what inventories count: "pm10", "nox" (as NO2) ...
  std::vector<MeasureFacts> measures;
};

/// Throws InputError: no such file, not a result, another version of the layout, no hours or no management cells.
ResultFacts read_result(const std::filesystem::path& file);

/// The receptors of a result.
struct ReceptorFacts {
  std::filesystem::path file;
  std::string scenario;
  std::string time_zone;
  bool complete = false;
  std::vector<Instant> start; // of each hour
  std::vector<std::string> ids;
  std::vector<double> air_density;                         // kg m-3, by receptor
  std::map<std::string, ResultFacts::Pollutant> pollutants; // hours: [hour * receptors + r]
};

/// Throws InputError as read_result, and where there are no receptors; management cells are not needed.
ReceptorFacts read_receptors(const std::filesystem::path& file);

} // namespace tq
