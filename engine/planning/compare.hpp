#pragma once
/// What a strategy changes for whom: results of runs that differ in nothing but their measures, side by side.

#include "planning/read_result.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tq {

/// Pollutants that comparisons show, in order.
inline constexpr std::array compared_pollutants = {"pm10", "pm2_5", "so2", "no2"};

/// The emissions that go with them; nox in kg as NO2.
inline constexpr std::array compared_emissions = {"pm10", "pm2_5", "so2", "nox"};

/// What one run says of one place.
struct PlaceResult {
  /// Means over the run [kg m-3], in the reference state of each hour's date; order of compared_pollutants.
  std::array<double, compared_pollutants.size()> mean{};
  std::array<double, compared_pollutants.size()>
      avoided{};     // kg, order of compared_emissions; NaN if the run did not end
  int good_days = 0; // AQI <= 100, of the days that count
  int days = 0;      // that count: enough hours for the index of that day
};

/// What measures cost, in one currency.
struct Cost {
  MeasureFacts::Range period; // running cost of the run's period and its share of the capital's yearly payments
  double capital = 0;         // spent once
};

struct RunResult {
  std::string scenario;
  std::string title;
  std::filesystem::path file;
  bool complete = false;
  std::vector<PlaceResult> places; // as Comparison::places
  std::vector<MeasureFacts> measures;
  std::array<MeasureFacts::Range, compared_pollutants.size()> avoided{}; // in the domain, order of compared_emissions
  std::map<std::string, Cost> cost;                                      // by currency
};

struct Comparison {
  struct Place {
    std::string id;
    std::string name;
    double area = 0; // m2
  };
  std::string grid;
  Instant start = 0;
  Instant end = 0;
  std::string time_zone;
  std::string reference_state; // in words, at the start
  std::string edition;         // of the standard, at the start
  /// The city first (id ""): the area-weighted mean of all cells that are nobody's parent; then every management cell.
  std::vector<Place> places;
  std::vector<RunResult> runs; // the base first
};

/// Days are civil days of the run's time zone; index of the standard's edition of the day, from the place's own hourly
/// means (the city's from its mean). Preliminary: without the standards' rules for stations. Throws InputError with all
/// reasons why files cannot be compared: other grid or management cells, other period, other weather.
Comparison compare_results(const std::vector<std::filesystem::path>& files);

/// For the terminal, one block per run against the base: the city, then the cells whose concentrations change most (all
/// if `all_cells`), then measures: what they avoid, the cost of the period, its cost per kg avoided, and the capital
/// apart.
std::string comparison_table(const Comparison& comparison, bool all_cells = false);

/// One line per run and place, header with units: ug m-3 in the reference state, t avoided.
std::string comparison_csv(const Comparison& comparison);

} // namespace tq
