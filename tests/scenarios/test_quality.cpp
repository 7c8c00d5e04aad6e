// The small valley over three days: what /quality and /cells say is what others work out from the result's hours.
#include "diagnostics/day_gathering.hpp"
#include "files/hdf5.hpp"
#include "paths.hpp"
#include "planning/compare.hpp"
#include "run/run_case.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

class Quality : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = test::scratch_directory("quality");
    std::ofstream(folder / "days.toml") << fmt::format(
        "base = \"{}\"\nname = \"days\"\n[run]\nend = 2017-12-06T12:00:00+08:00\n[background]\npm10 = 140.0\ntsp = 160.0\n"
        "[[receptor]]\nid = \"middle\"\nlongitude = 117.06\nlatitude = 29.33\n",
        (test::source_directory() / "tests/scenarios/small/base.toml").string());
    const Case days = load_case(folder / "days.toml");
    run_together({&days}, {.directory = folder, .progress = false});
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder); }

  const files::Hdf5File result = files::Hdf5File::open(folder / "days.nc");
  static inline std::filesystem::path folder;
};

} // namespace

TEST_F(Quality, TheCitysGoodDaysAreThoseOfCompare) {
  const Comparison comparison = compare_results({folder / "days.nc"});
  const auto kinds = result.read_texts("/quality/place_kind");
  ASSERT_EQ(kinds, (std::vector<std::string>{"cell", "cell", "district", "district", "city", "receptor"}));
  const auto good = result.read("/quality/good_days", 2, 1), valid = result.read("/quality/valid_days", 2, 1);
  EXPECT_EQ(result.read_texts("/quality/period_label"), (std::vector<std::string>{"2017-12", "2017", "all"}));
  const std::vector<PlaceResult>& places = comparison.runs[0].places;
  EXPECT_EQ(good[4], places[0].good_days);
  EXPECT_EQ(valid[4], places[0].days);
  EXPECT_EQ(valid[4], 2);
  EXPECT_EQ(good[0], places[1].good_days);
  EXPECT_EQ(good[1], places[2].good_days);
}

TEST_F(Quality, DaysOfTheCellsComeOutAgainOfTheResultsHours) {
  const ResultFacts facts = read_result(folder / "days.nc");
  const std::size_t cells = facts.cells.size();
  ASSERT_EQ(cells, 2U);
  const Standards standards = Standards::load();
  std::vector<DayQuality> days;
  DayGathering gathering(
      standards, TimeZone(facts.time_zone), {2, 2},
      [&](Instant, std::span<const DayQuality> places) { days.insert(days.end(), places.begin(), places.end()); });
  for (std::size_t h = 0; h < facts.start.size(); ++h) {
    std::vector<double> hour;
    for (const char* id : standard_pollutants) {
      const auto& pollutant = facts.pollutants.at(id);
      for (std::size_t n = 0; n < cells; ++n) {
        hour.push_back(standards.reference_state(facts.start[h])
                           .reported(pollutant.hours[h * cells + n], pollutant.particle, facts.cells[n].air_density));
      }
    }
    gathering.add(facts.start[h], hour);
  }
  gathering.finish();
  ASSERT_EQ(days.size(), 3 * cells);
  const auto aqi = result.read("/quality/aqi"), mean = result.read("/quality/daily_mean"),
             judged = result.read("/quality/daily_judged"), iaqi = result.read("/quality/iaqi"),
             primary = result.read("/quality/primary"), exceeded = result.read("/quality/exceeded");
  EXPECT_EQ(result.read("/quality/date"), (std::vector<double>{20171204, 20171205, 20171206}));
  constexpr std::size_t places = 6, pollutants = standard_pollutants.size();
  for (std::size_t day = 0; day < 3; ++day) {
    for (std::size_t n = 0; n < cells; ++n) {
      const DayQuality& own = days[day * cells + n];
      const std::size_t at = day * places + n;
      EXPECT_TRUE(own.valid() ? aqi[at] == own.index : std::isnan(aqi[at])) << aqi[at];
      EXPECT_EQ(own.valid(), day < 2);
      EXPECT_EQ(primary[at], own.primary);
      EXPECT_EQ(exceeded[at], own.exceeded);
      for (std::size_t p = 0; p < pollutants; ++p) {
        const auto same = [](double stored, double value) {
          return std::isnan(value) ? std::isnan(stored) : stored == double(float(value));
        };
        EXPECT_TRUE(same(mean[at * pollutants + p], own.mean[p]));
        EXPECT_TRUE(same(judged[at * pollutants + p], own.judged[p]));
        EXPECT_EQ(std::isnan(iaqi[at * pollutants + p]) ? -1 : iaqi[at * pollutants + p], own.individual[p]);
      }
    }
  }
}

TEST_F(Quality, ACellsDepositionIsTheSumOfItsHours) {
  const Case c = load_case(folder / "days.toml");
  const std::size_t nx = std::size_t(c.grid->grid.nx()), plane = nx * std::size_t(c.grid->grid.ny());
  for (const std::string kind : {"dry", "wet"}) {
    for (const std::string id : {"pm10", "so2", "o3"}) {
      const auto rate = result.read("/" + id + "_tendency_due_to_" + kind + "_deposition");
      const auto total = result.read("/cells/" + kind + "_deposition_" + id);
      for (std::size_t n = 0; n < total.size(); ++n) {
        double sum = 0;
        for (std::size_t h = 0; h < rate.size() / plane; ++h) {
          for (const CellShare& share : c.grid->management.cells[n].overlay.shares) {
            sum -= rate[h * plane + std::size_t(share.j) * nx + std::size_t(share.i)] * share.amount * 3600;
          }
        }
        EXPECT_NEAR(total[n], sum, 1e-6 * sum) << kind << " " << id;
        EXPECT_TRUE(kind == "wet" || total[n] > 0);
      }
    }
  }
}
