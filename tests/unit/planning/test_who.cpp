#include "base/error.hpp"
#include "paths.hpp"
#include "planning/who.hpp"
#include "sample_result.hpp"

#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

/// A toy city that can be worked out on paper. Wind blows from west to east at u = 2 m s-1 through a street of air that is
/// W = 500 m wide and mixed up to H = 100 m, so that V = u W H = 1e5 m3 s-1 pass. It comes in with 20 ug m-3 of PM10 and
/// holds 10 ug m-3 less in every hour of what was there at the start, beginning with 20. Three cells, each one grid cell:
///
///   W emits 1 g s-1:   1 g s-1 / V = 10 ug m-3 there and in all cells downwind
///   M emits 3 g s-1:   30 ug m-3 there and downwind
///   E emits nothing
///
///   hour 0   W 20 + 20 + 10 = 50    M, E 20 + 20 + 10 + 30 = 80 ug m-3
///   hour 1   W 20 + 10 + 10 = 40    M, E 70
///   hour 2   W 20 +  0 + 10 = 30    M, E 60
constexpr int hours = 3;
const std::vector<std::string> tags = {"W", "M", "E", "other", "outside", "initial"};

double on_paper(int tag, int cell, int hour) {
  const double values[] = {10.0, cell > 0 ? 30.0 : 0.0, 0.0, 0.0, 20.0, 20.0 - 10.0 * hour};
  return values[tag];
}

ManagementCells street() {
  ManagementCells cells;
  for (int n = 0; n < 3; ++n) {
    ManagementCell& cell = cells.cells.emplace_back();
    cell.id = tags[std::size_t(n)];
    cell.name = n == 1 ? "Middle" : "";
    cell.overlay.shares = {{2 + n, 4, 250000.0}};
  }
  return cells;
}

std::filesystem::path write_toy(const std::string& name, bool tagged = true) {
  const Grid grid = sample_grid();
  const ManagementCells cells = street();
  ResultHeader header = sample_header();
  header.scenario = "toy";
  header.pollutants = {{"so2", "SO2", "", false}, {"pm10", "PM10", "", true}};
  if (tagged) {
    header.attribution = {.pollutants = {1},
                          .tags = tags,
                          .kinds = {"cell", "cell", "cell", "other", "outside", "initial"},
                          .species = {"pm_fine"}};
  }
  const std::filesystem::path file = scratch_directory("who-" + name) / "toy.nc";
  ResultFile result(file, grid, cells, header, {.overwrite = true});
  for (int h = 0; h < hours; ++h) {
    ResultHour hour = sample_hour(grid, header, h);
    hour.start += 2 * 365 * seconds_per_day; // of 2019, when particles are reported at ambient conditions
    hour.end += 2 * 365 * seconds_per_day;
    const std::size_t size = std::size_t(grid.nx() * grid.ny());
    for (int n = 0; n < 3; ++n) {
      double& total = hour.concentration[size + std::size_t(4 * grid.nx() + 2 + n)];
      total = 0;
      for (int tag = 0; tag < int(tags.size()); ++tag) {
        total += 1e-9 * on_paper(tag, n, h);
      }
    }
    for (int tag = 0; tag < int(tags.size()) && tagged; ++tag) {
      for (int n = 0; n < 3; ++n) {
        hour.tags_in_cells.push_back(1e-9 * on_paper(tag, n, h));
      }
      hour.tags_at_receptors.insert(hour.tags_at_receptors.end(), header.receptors.size(), 5e-9);
    }
    result.write(std::move(hour));
  }
  ResultSummary summary = sample_summary(header, 3);
  summary.tag_budget.resize(tagged ? tags.size() : 0, {.emitted = 1, .outflow = 1});
  result.finish(summary);
  return file;
}

double of(const WhoAnswer& answer, const std::string& id) {
  for (const WhoAnswer::Row& row : answer.rows) {
    if (row.id == id) {
      return 1e9 * row.concentration;
    }
  }
  return -1;
}

std::string refusal(const std::filesystem::path& file, const WhoQuestion& question) {
  try {
    who(file, question);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

} // namespace

TEST(Who, AnswersWhatIsOnPaperForEachCellAndHour) {
  const std::filesystem::path file = write_toy("hours");
  for (int n = 0; n < 3; ++n) {
    for (int h = 0; h < hours; ++h) {
      const WhoAnswer answer = who(file, {.place = tags[std::size_t(n)], .at = "2019-12-04T0" + std::to_string(h) + ":59"});
      const double total = (n == 0 ? 50 : 80) - 10 * h;
      EXPECT_NEAR(1e9 * answer.total, total, 1e-5 * total);
      double sum = 0;
      for (int tag = 0; tag < int(tags.size()); ++tag) {
        EXPECT_NEAR(of(answer, tags[std::size_t(tag)]), on_paper(tag, n, h), 1e-5) << n << " " << h << " " << tag;
        sum += of(answer, tags[std::size_t(tag)]);
      }
      EXPECT_NEAR(sum, total, 1e-5 * total);
    }
  }
}

TEST(Who, TellsTheLargestFirstAndHomeFromElsewhere) {
  const WhoAnswer answer = who(write_toy("table"), {.place = "M"}); // mean of three hours: 10 + 30 + 20 + 10
  EXPECT_EQ(who_table(answer, 3), "M Middle, pm10, 2019-12-04 00:00 to 2019-12-04 03:00 (Asia/Shanghai): toy\n"
                                  "ug m-3 near the ground, gases at 298.15 K and 1013.25 hPa, particles at ambient conditions\n"
                                  "      30.000   42.9 %  home: M\n"
                                  "      20.000   28.6 %  from outside\n"
                                  "      10.000   14.3 %  cell W\n"
                                  "      10.000   14.3 %  3 more\n"
                                  "      70.000  100.0 %  all\n"
                                  "of this\n"
                                  "      30.000   42.9 %  from sources of the cell itself\n"
                                  "      10.000   14.3 %  from sources of other cells\n");
  const WhoAnswer later = who(write_toy("later"), {.place = "E", .from = "2019-12-04T01:00", .to = "2019-12-04T03:00"});
  EXPECT_NEAR(1e9 * later.total, 65, 1e-3);
  EXPECT_NEAR(of(later, "initial"), 5, 1e-5);
}

TEST(Who, AnswersForReceptorsToo) {
  const WhoAnswer answer = who(write_toy("receptor"), {.place = "2343A"});
  EXPECT_EQ(answer.name, "Middle");
  EXPECT_NEAR(of(answer, "outside"), 5, 1e-5);
}

TEST(Who, SaysWhatIsNotThere) {
  const std::filesystem::path file = write_toy("refused"), plain = write_toy("plain", false);
  EXPECT_EQ(refusal(plain, {.place = "M"}), plain.string() + ": has no tags: run its scenario with a table [attribution], "
                                            "such as by = \"sector\" (`tianqing describe attribution`)");
  EXPECT_EQ(refusal(file, {.place = "2343B"}),
            file.string() + ": has no management cell or receptor \"2343B\"; did you mean \"2343A\"?");
  EXPECT_EQ(refusal(file, {.place = "M", .pollutant = "so2"}), file.string() + ": has no tags of \"so2\"; of pm10");
  EXPECT_EQ(refusal(file, {.place = "M", .at = "2019-12-04T03:00"}),
            "--at 2019-12-04T03:00: must lie within the result, 2019-12-04 00:00 to 2019-12-04 03:00 (Asia/Shanghai)");
  EXPECT_EQ(refusal(file, {.place = "M", .to = "2019-12-05"}),
            "--to 2019-12-05: must lie within the result, 2019-12-04 00:00 to 2019-12-04 03:00 (Asia/Shanghai)");
  EXPECT_EQ(refusal(file, {.place = "M", .from = "noon"}), "--from noon: must be a time such as \"2019-12-04 00:00\"");
  EXPECT_EQ(refusal(file, {.place = "M", .from = "2019-12-04T02:00", .to = "2019-12-04T01:00"}),
            "--from 2019-12-04 02:00 --to 2019-12-04 01:00: must hold the beginning of an hour between them");
}
