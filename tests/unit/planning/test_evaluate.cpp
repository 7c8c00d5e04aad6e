#include "base/error.hpp"
#include "paths.hpp"
#include "planning/evaluate.hpp"
#include "planning/read_result.hpp"
#include "sample_result.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

constexpr double ug = 1e-9;
const char* const start = "2019-11-29T00:00:00+08:00"; // three days: autumn's last two and winter's first

/// Three days of a result whose air is everywhere the same: PM10 40 + hour of the day ug m-3, SO2 10.
std::filesystem::path write_result(const std::filesystem::path& folder) {
  const Grid grid = sample_grid();
  const ResultHeader header = sample_header(); // so2, pm10; receptors "2343A" and "edge"
  const auto file = folder / "result.nc";
  ResultFile result(file, grid, sample_cells(grid), header);
  const std::size_t size = std::size_t(grid.nx() * grid.ny());
  for (int h = 0; h < 72; ++h) {
    ResultHour hour = sample_hour(grid, header, h);
    hour.start = *parse_instant(start, TimeZone()) + h * seconds_per_hour;
    hour.end = hour.start + seconds_per_hour;
    std::fill_n(hour.concentration.begin(), size, 10 * ug);
    std::fill_n(hour.concentration.begin() + std::ptrdiff_t(size), size, (40 + h % 24) * ug);
    result.write(std::move(hour));
  }
  result.finish(sample_summary(header, 2));
  return file;
}

/// What station 2343A measured: PM10 as modelled + `bias`, from `first` on; 2344A has no receptor.
std::filesystem::path write_measurements(const std::filesystem::path& folder, double bias, const char* first = start,
                                         const char* id = "2343A") {
  const auto file = folder / "measured.csv";
  std::ofstream out(file);
  out << "time_utc,site,PM10_ugm3,SO2_ugm3\n";
  for (int h = 0; h < 72; ++h) {
    const std::string time = format_utc(*parse_instant(first, TimeZone()) + h * seconds_per_hour).substr(0, 16);
    out << fmt::format("{},{},{},10\n{},2344A,1,1\n", time, id, h < 3 ? "" : fmt::format("{}", 40 + h % 24 + bias), time);
  }
  return file;
}

const EvaluationRow& find(const Evaluation& evaluation, const std::string& pollutant, const std::string& average,
                          const std::string& part) {
  for (const EvaluationRow& row : evaluation.rows) {
    if (row.pollutant == pollutant && row.average == average && row.part == part && row.station == "2343A") {
      return row;
    }
  }
  throw std::runtime_error("no such row");
}

std::string refusal(const std::filesystem::path& result, const std::filesystem::path& measured) {
  try {
    evaluate(result, measured, {}, 1);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

} // namespace

TEST(Evaluate, PairsHoursAndDaysOfCommonStations) {
  const auto folder = scratch_directory("evaluate");
  const auto result = write_result(folder), measured = write_measurements(folder, 5);
  const Evaluation evaluation = evaluate(result, measured, {}, 1);
  EXPECT_EQ(evaluation.stations, std::vector<std::string>{"2343A"});
  EXPECT_EQ(evaluation.only_modelled, std::vector<std::string>{"edge"});
  EXPECT_EQ(evaluation.only_observed, std::vector<std::string>{"2344A"});

  const EvaluationRow& hours = find(evaluation, "pm10", "1h", "all");
  EXPECT_EQ(hours.pairs, 69U);
  EXPECT_NEAR(hours.score[mean_bias], -5 * ug, 1e-5 * ug); // results hold floats
  EXPECT_NEAR(hours.score[rmse], 5 * ug, 1e-5 * ug);
  EXPECT_NEAR(hours.score[correlation], 1, 1e-9);
  EXPECT_NEAR(hours.range.low[mean_bias], -5 * ug, 1e-5 * ug); // it never varies
  EXPECT_NEAR(hours.range.high[mean_bias], -5 * ug, 1e-5 * ug);
  EXPECT_TRUE(std::isnan(hours.score[mqi])); // of PM days are asked for
  const EvaluationRow& noon = find(evaluation, "pm10", "1h", "12");
  EXPECT_EQ(noon.pairs, 3U);
  EXPECT_NEAR(noon.modelled_mean, 52 * ug, 1e-5 * ug);
  EXPECT_EQ(find(evaluation, "pm10", "1h", "02").pairs, 2U); // three gaps in the first night
  EXPECT_EQ(find(evaluation, "pm10", "1h", "SON").pairs, 45U);
  EXPECT_EQ(find(evaluation, "pm10", "1h", "DJF").pairs, 24U);

  // Days: the first's 21 hours from 03:00 on, of the model too: mean of 43 ... 63 is 53.
  const EvaluationRow& days = find(evaluation, "pm10", "24h", "all");
  EXPECT_EQ(days.pairs, 3U);
  EXPECT_NEAR(days.modelled_mean, (53 + 51.5 + 51.5) / 3 * ug, 1e-5 * ug);
  // U^2 = 0.28^2 (0.9831 O^2 + 0.0169 x 50^2) for O = 58, 56.5, 56.5; 5 / (2 RMS U).
  const double u = 0.28 * std::sqrt(0.9831 * (58 * 58 + 2 * 56.5 * 56.5) / 3 + 0.0169 * 2500);
  EXPECT_NEAR(days.score[mqi], 5 / (2 * u), 1e-6);

  // Gases are modelled at ambient density and reported at 298.15 K.
  const ReceptorFacts receptors = read_receptors(result);
  const double density = receptors.air_density[0], reported = 101325 / (287.05 * 298.15);
  EXPECT_NEAR(find(evaluation, "so2", "1h", "all").modelled_mean / (10 * ug * reported / density), 1, 1e-5);

  const std::string table = evaluation_table(evaluation);
  EXPECT_NE(table.find("NOTE: stations without a receptor: 2344A"), std::string::npos) << table;
  EXPECT_NE(table.find("pm10, daily means"), std::string::npos) << table;
  const std::string csv = evaluation_csv(evaluation);
  // Each of two pollutants: hours all, two seasons, 24 hours of the day; days all and two seasons.
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * (3 + 24 + 3));
  std::filesystem::remove_all(folder);
}

TEST(Evaluate, ALaterStartLeavesWhatOverlaps) {
  const auto folder = scratch_directory("evaluate-late");
  const auto result = write_result(folder), measured = write_measurements(folder, 0, "2019-12-01T00:00:00+08:00");
  const Evaluation evaluation = evaluate(result, measured, {}, 1);
  EXPECT_EQ(format_utc(evaluation.start), "2019-11-30T16:00:00Z");
  EXPECT_EQ(format_utc(evaluation.end), "2019-12-01T16:00:00Z");
  EXPECT_EQ(find(evaluation, "pm10", "1h", "all").pairs, 21U);
  std::filesystem::remove_all(folder);
}

TEST(Evaluate, RefusesWhatHasNothingInCommon) {
  const auto folder = scratch_directory("evaluate-refuse");
  const auto result = write_result(folder);
  auto measured = write_measurements(folder, 0, "2020-12-01T00:00:00+08:00");
  EXPECT_EQ(refusal(result, measured),
            result.string() + ": has no hour in common with " + measured.string() +
                ": the result covers 2019-11-28T16:00:00Z to 2019-12-01T16:00:00Z, the measurements 2020-11-30T16:00:00Z to "
                "2020-12-03T16:00:00Z");
  measured = write_measurements(folder, 0, start, "2345A");
  EXPECT_EQ(refusal(result, measured), result.string() + ": has no receptor with the id of a station in " +
                                           measured.string() + ": receptors are 2343A, edge, stations 2344A, 2345A");
  EXPECT_EQ(refusal(folder / "none.nc", measured), (folder / "none.nc").string() + ": no such file");
  std::filesystem::remove_all(folder);
}
