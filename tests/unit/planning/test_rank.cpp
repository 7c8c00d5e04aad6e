#include "base/error.hpp"
#include "paths.hpp"
#include "planning/rank.hpp"
#include "sample_result.hpp"
#include "tagged_result.hpp"

#include <cmath>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::vector<int> ranks_of(const std::vector<Range>& values) {
  return ranks(values);
}

std::string refusal(const std::filesystem::path& file, const RankQuestion& question) {
  try {
    make_ranking(file, question);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

/// "A1 C2": ids in order with their places.
std::string order(const Ranking& ranking) {
  std::string text;
  for (const Ranking::Row& row : ranking.rows) {
    text += (text.empty() ? "" : " ") + row.id + std::to_string(row.rank);
  }
  return text;
}

} // namespace

TEST(Ranks, PointsShareAPlaceOnlyIfEqual) {
  EXPECT_EQ(ranks_of({{3, 3, 3}, {1, 1, 1}, {2, 2, 2}}), (std::vector{3, 1, 2}));
  EXPECT_EQ(ranks_of({{2, 2, 2}, {1, 1, 1}, {2, 2, 2}, {4, 4, 4}}), (std::vector{2, 1, 2, 4}));
  EXPECT_EQ(ranks_of({}), std::vector<int>{});
}

TEST(Ranks, OverlappingRangesAreEqual) {
  EXPECT_EQ(ranks_of({{1, 2, 3}, {2.5, 3, 4}, {5, 6, 7}}), (std::vector{1, 1, 3}));
  EXPECT_EQ(ranks_of({{1, 2, 3}, {3, 4, 5}}), (std::vector{1, 1}));                // touching is overlapping
  EXPECT_EQ(ranks_of({{0, 5, 10}, {1, 1, 1}, {9, 9, 9}}), (std::vector{1, 1, 2})); // the wide one may be the best
}

TEST(Ranks, OverlapDoesNotCarryOver) {
  EXPECT_EQ(ranks_of({{1, 2, 3}, {2, 3.5, 5}, {4, 5, 6}}), (std::vector{1, 1, 2}));
}

TEST(Ranks, WhatHasNoValueHasNoPlace) {
  EXPECT_EQ(ranks_of({{2, 2, 2}, {none, none, none}, {1, 1, 1}}), (std::vector{2, 0, 1}));
}

TEST(Rank, ByLevelIndexAndOwnContribution) {
  const auto folder = scratch_directory("rank-level");
  const auto file = write_tagged_city(folder);
  const Ranking level = make_ranking(file, {});
  EXPECT_EQ(order(level), "A1 C2 B3") << 1e9 * level.rows[0].value.central;
  EXPECT_NEAR(1e9 * level.rows[2].value.central, 150.3, 1e-4);
  // A: 140.4 and 70.2 ug m-3 are indices 96 and 61; so are C's 140.8 and 70.4; B: 200.4 and 100.2, 126 and 76.
  const Ranking index = make_ranking(file, {.pollutant = "aqi"});
  EXPECT_EQ(order(index), "A1 C1 B3");
  EXPECT_EQ(index.rows[0].value.central, (96 + 61) / 2.0);
  EXPECT_EQ(index.rows[2].value.central, (126 + 76) / 2.0);
  EXPECT_EQ(order(make_ranking(file, {.pollutant = "composite"})), "A1 C2 B3");
  EXPECT_EQ(order(make_ranking(file, {.of = "unit"})), "U21 U12");
  EXPECT_EQ(order(make_ranking(file, {.pollutant = "so2"})).substr(1, 1), "1");

  const Ranking own = make_ranking(file, {.by = "own"});
  EXPECT_EQ(order(own), "C1 A2 B3");
  EXPECT_NEAR(1e9 * own.rows[0].value.central, 0.75 * 0.5 * 10, 1e-5);
  EXPECT_NEAR(1e9 * own.rows[1].value.central, 0.75 * 0.25 * (60 + 30), 1e-5);
  EXPECT_NEAR(1e9 * own.rows[2].value.central, 0.75 * (0.25 * 90 + 0.5 * 30), 1e-5);
  std::filesystem::remove_all(folder);
}

TEST(Rank, ByChangeWithTheWeatherTakenOut) {
  const auto folder = scratch_directory("rank-change");
  const auto base = write_tagged_city(folder, {.name = "base"}),
             cleaner = write_tagged_city(folder, {.name = "cleaner", .factor = 0.5}),
             windy = write_tagged_city(folder, {.name = "windy", .factor = 0.6, .wind = 5}),
             both = write_tagged_city(folder, {.name = "both", .factor = 0.4, .wind = 5});
  const Ranking change = make_ranking(cleaner, {.by = "change", .base = base});
  EXPECT_EQ(order(change), "B1 C2 A3");
  EXPECT_NEAR(1e9 * change.rows[0].value.central, -75.15, 1e-4);
  EXPECT_NEAR(1e9 * change.rows[0].before, 150.3, 1e-4);
  EXPECT_EQ(change.rows[0].weather, 0);
  EXPECT_TRUE(change.notes.empty());

  const Ranking mixed = make_ranking(both, {.by = "change", .base = base});
  EXPECT_NEAR(1e9 * mixed.rows[0].value.central, -90.18, 1e-4);
  EXPECT_TRUE(std::isnan(mixed.rows[0].weather));
  ASSERT_EQ(mixed.notes.size(), 1U);
  EXPECT_EQ(mixed.notes[0],
            "base has another period or other weather, so the change holds that of the weather too; a run "
            "of its emission in the weather of both as --normalise tells them apart");

  const Ranking normalised = make_ranking(both, {.by = "change", .base = base, .normalise = windy});
  EXPECT_NEAR(1e9 * normalised.rows[0].value.central, -30.06, 1e-4);
  EXPECT_NEAR(1e9 * normalised.rows[0].weather, -60.12, 1e-4);
  EXPECT_EQ(ranking_table(normalised, 1),
            "both, 2019-12-04 00:00 to 2019-12-06 00:00 (Asia/Shanghai)\n"
            "change of pm10, ug m-3 since base\n"
            "near the ground, gases at 298.15 K and 1013.25 hPa, particles at ambient conditions; less is better, = "
            "shares its "
            "place\n"
            "\nred list: the best\n"
            " rank cell                          change  of before    before   weather\n"
            "   1  B Old town                   -30.060    -20.0 %   150.300   -60.120\n"
            "\nblack list: the worst\n"
            " rank cell                          change  of before    before   weather\n"
            "   3  A                            -21.060    -20.0 %   105.300   -42.120\n"
            "NOTE: the change is that of emission, against windy (base's emission in the same weather)\n");
  const std::string csv = ranking_csv(normalised);
  EXPECT_TRUE(
      csv.starts_with("rank [1],cell,name,change [ug m-3],low [ug m-3],high [ug m-3],before [ug m-3],weather [ug m-3]\n"
                      "1,B,Old town,-30.06,-30.06,-30.06,150.3,-60.12\n"))
      << csv;
  std::filesystem::remove_all(folder);
}

TEST(Rank, RangesOfWhatTagsBringMakePlacesEqual) {
  const auto folder = scratch_directory("rank-ranges");
  const auto base = write_tagged_city(folder, {.name = "base"}),
             cleaner = write_tagged_city(folder, {.name = "cleaner", .factor = 0.5});
  std::ofstream(folder / "known.toml") << "schema = \"uncertainty/1\"\n[[uncertainty]]\nid = \"half-or-twice\"\ntag = "
                                          "[\"A\"]\nlow = 0.5\nhigh = 2.0\n";
  const std::filesystem::path known = folder / "known.toml";
  // A's sources bring 45 ug m-3 to A, 22.5 to B, none to C. 10 % of the draws lie below 0.5^0.8 = 0.574 times that, 10
  // % above 2^0.8 = 1.741 times: A 86.1 to 138.7, C 105.6, B 140.7 to 167.0.
  const Ranking level = make_ranking(base, {.uncertainty = known});
  EXPECT_EQ(order(level), "A1 C1 B3");
  EXPECT_NEAR(1e9 * level.rows[0].value.low, 105.3 - 45 * (1 - 0.574), 1);
  EXPECT_NEAR(1e9 * level.rows[0].value.high, 105.3 + 45 * 0.741, 1);
  EXPECT_NEAR(1e9 * level.rows[1].value.high, 105.6, 1e-4);
  // Of a change only that of the tags is open: half of everything.
  const Ranking change = make_ranking(cleaner, {.by = "change", .base = base, .uncertainty = known});
  EXPECT_EQ(order(change), "B1 C2 A2"); // B -83.5 to -70.4, C -52.8, A -69.3 to -43.1
  EXPECT_NEAR(1e9 * change.rows[2].value.low, -52.65 - 22.5 * 0.741, 0.5);
  const Ranking own = make_ranking(base, {.by = "own", .uncertainty = known});
  EXPECT_EQ(order(own), "C1 A2 B2"); // C 3.75, A 16.875 (9.7 to 29.4), B 28.125
  EXPECT_NE(ranking_table(own, 3).find("2= A"), std::string::npos) << ranking_table(own, 3);

  EXPECT_EQ(refusal(base, {.pollutant = "aqi", .uncertainty = known}),
            "--uncertainty: ranges are those of a pollutant, not of aqi");
  EXPECT_EQ(refusal(base, {.pollutant = "so2", .uncertainty = known}),
            base.string() + ": has no tags of \"so2\"; of pm10");
  std::ofstream(folder / "unknown.toml")
      << "schema = \"uncertainty/1\"\n[[uncertainty]]\nid = \"x\"\ntag = [\"Z\"]\nlow = "
         "0.5\nhigh = 2.0\n";
  EXPECT_EQ(refusal(base, {.uncertainty = folder / "unknown.toml"}),
            (folder / "unknown.toml").string() +
                ": uncertainty \"x\": must name a tag of the result, one of A, B, C, P, other, outside, initial");
  std::filesystem::remove_all(folder);
}

TEST(Rank, RefusesWhatCannotBeRanked) {
  const auto folder = scratch_directory("rank-refused");
  const auto base = write_tagged_city(folder, {.name = "base"}),
             windy = write_tagged_city(folder, {.name = "windy", .wind = 5}),
             measured = write_tagged_city(folder, {.name = "measured", .wind = 5, .measures = true}),
             plain = write_tagged_city(folder, {.name = "plain", .kind = "", .units = false}),
             other = folder / "other.nc";
  write_sample_result(other, 2);
  EXPECT_EQ(refusal(folder / "none.nc", {}), (folder / "none.nc").string() + ": no such file");
  EXPECT_EQ(refusal(base, {.by = "levle"}), "--by levle: must be one of level, change, own; did you mean \"level\"?");
  EXPECT_EQ(refusal(base, {.of = "city"}), "--of city: must be one of cell, unit, district");
  EXPECT_EQ(
      refusal(base, {.pollutant = "pm"}),
      base.string() +
          ": has no pollutant \"pm\"; it has aqi, composite, co, no2, o3, pm10, pm2_5, so2; did you mean \"co\"?");
  EXPECT_EQ(refusal(other, {.pollutant = "aqi"}), other.string() + ": has no no2, which the index needs");
  EXPECT_EQ(refusal(plain, {.of = "unit"}), plain.string() + ": has no management cell with a unit");
  EXPECT_EQ(refusal(plain, {.by = "own"}), plain.string() +
                                               ": does not tell what a cell's own sources add: who made the air: "
                                               "the result has no tags; [attribution] by = \"cell\" tells it");
  EXPECT_EQ(refusal(base, {.by = "own", .pollutant = "aqi"}),
            "--pollutant aqi: an index cannot be shared out among sources");
  EXPECT_EQ(refusal(other, {.by = "change", .base = base}),
            other.string() + ": cannot be compared with " + base.string() + ": other management cells or terrain");
  EXPECT_EQ(refusal(base, {.by = "change", .base = base, .normalise = base}),
            "--normalise " + base.string() + ": " + base.string() + " and " + base.string() +
                " have the same weather: there is nothing to tell apart");
  EXPECT_EQ(refusal(windy, {.by = "change", .base = base, .normalise = base}),
            base.string() + ": cannot be compared with " + windy.string() +
                ": other weather (x_wind is 2, not 5, in the hour from 2019-12-03T16:00:00Z)");
  EXPECT_EQ(refusal(windy, {.by = "change", .base = base, .normalise = measured}),
            measured.string() + ": has the measures sweep, not those of " + base.string() +
                " (none): it must be that emission in other weather");
  std::filesystem::remove_all(folder);
}
