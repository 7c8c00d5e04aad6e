#include "base/constants.hpp"
#include "paths.hpp"
#include "run/case.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

/// The small city with this [background] alone.
Case with_background(const std::string& name, const std::string& text) {
  const std::filesystem::path file = test::scratch_directory("background") / (name + ".toml");
  std::ofstream(file) << fmt::format("base = \"{}\"\nname = \"{}\"\n{}",
                                     (test::source_directory() / "tests/scenarios/small/base.toml").string(), name, text);
  return load_case(file);
}

std::string message(const std::string& name, const std::string& text) {
  try {
    with_background(name, text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

/// ug m-3 at 298.15 K and 1013.25 hPa, as gases are stated.
double gas(const Case& c, const char* id, const std::string& civil, double height = 0) {
  const double density = constants::standard_pressure / (constants::dry_air_gas * 298.15);
  return 1e9 * density * c.background.at(*parse_instant(civil, c.zone), height)[std::size_t(c.species.find(id))];
}

constexpr const char* ozone = "[background]\no3 = { months = [60, 60, 70, 80, 100, 90, 60, 60, 60, 60, 60, 40], hours = ["
                              "0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, "
                              "1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], "
                              "heights = [100, 300], factors = [1.0, 2.0] }\n";

} // namespace

TEST(Background, OneValueHoldsAlwaysAndEverywhere) {
  const Case c = with_background("constant", "[background]\no3 = 70.0\n");
  for (const char* when : {"2017-01-01 00:00", "2017-07-16 15:00"}) {
    EXPECT_NEAR(gas(c, "o3", when), 70, 1e-12);
    EXPECT_NEAR(gas(c, "o3", when, 2000), 70, 1e-12);
  }
}

TEST(Background, FollowsMonthHourAndHeight) {
  const Case c = with_background("course", ozone);
  // The middle of May (31 days) lies at 16 May 12:00; the hour from 11:30 to 12:30 would be centred there.
  EXPECT_NEAR(gas(c, "o3", "2017-05-16 12:00"), 1.5 * (100 - 10 * 0.5 / 24 / 30.5), 0.01);
  EXPECT_NEAR(gas(c, "o3", "2017-05-16 11:00"), 0.5 * (100 - 20 * 0.5 / 24 / 30.5), 0.01);
  // The end of December lies midway between 40 and 60, also over the turn of the year.
  EXPECT_NEAR(gas(c, "o3", "2017-12-31 23:00"), 1.5 * 50, 0.1);
  EXPECT_NEAR(gas(c, "o3", "2018-01-01 00:00"), 0.5 * 50, 0.1);
  const double ground = gas(c, "o3", "2017-08-16 12:00");
  EXPECT_NEAR(ground, 1.5 * 60, 1e-9);
  EXPECT_NEAR(gas(c, "o3", "2017-08-16 12:00", 100), ground, 1e-9);
  EXPECT_NEAR(gas(c, "o3", "2017-08-16 12:00", 200), 1.5 * ground, 1e-9);
  EXPECT_NEAR(gas(c, "o3", "2017-08-16 12:00", 5000), 2 * ground, 1e-9);
}

TEST(Background, ParticlesAreDifferencedInEveryHour) {
  const Case c = with_background("nest", "[background]\npm2_5 = { mean = 10, hours = [2,2,2,2,2,2,2,2,2,2,2,2,0,0,0,0,0,0,0,0,0,0,0,0] }\n"
                                         "pm10 = { months = [20, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30] }\ntsp = 45\n");
  const auto ratio = [&](const char* civil, const char* bin) {
    const std::vector<double> outside = c.background.at(*parse_instant(civil, c.zone), 0);
    return outside[std::size_t(c.species.find(bin))] / outside[std::size_t(c.species.find("pm_super"))];
  };
  EXPECT_NEAR(ratio("2017-06-01 03:00", "pm_fine"), 20.0 / 15, 1e-12);
  EXPECT_NEAR(ratio("2017-06-01 03:00", "pm_coarse"), 10.0 / 15, 1e-12);
  EXPECT_EQ(ratio("2017-06-01 15:00", "pm_fine"), 0);
  EXPECT_NEAR(ratio("2017-06-01 15:00", "pm_coarse"), 30.0 / 15, 1e-12);
}

TEST(Background, ProblemsNameWhatIsWrong) {
  const auto expect = [](const std::string& name, const std::string& text, const std::string& problem) {
    EXPECT_NE(message(name, "[background]\n" + text).find(problem), std::string::npos) << message(name, "[background]\n" + text);
  };
  expect("both", "o3 = { mean = 50, months = [1,1,1,1,1,1,1,1,1,1,1,1] }\n", "background.o3.mean = 50: must not stand beside `months`");
  expect("none", "o3 = { heights = [0], factors = [1] }\n", "background.o3: must have `mean` or `months`");
  expect("eleven", "o3 = { months = [1,1,1,1,1,1,1,1,1,1,1] }\n", "background.o3.months");
  expect("mean", "o3 = { mean = 50, hours = [2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] }\n",
         "must have the mean 1 within 0.01; it is 1.042");
  expect("falling", "o3 = { mean = 50, heights = [100, 50], factors = [1, 2] }\n",
         "background.o3: must have as many `heights`, rising, as `factors`");
  expect("count", "o3 = { mean = 50, heights = [100, 500], factors = [1] }\n",
         "background.o3: must have as many `heights`, rising, as `factors`");
  expect("less", "pm2_5 = { months = [20, 20, 50, 20, 20, 20, 20, 20, 20, 20, 20, 20] }\npm10 = 38\ntsp = 60\n",
         "background.pm10 = 38: must be at least the 50 ug m-3 of the particles that it includes");
  expect("varies", "pm2_5 = 30\npm10 = { months = [40, 40, 40, 40, 40, 25, 40, 40, 40, 40, 40, 40] }\ntsp = 60\n",
         "background.pm10 = 25 in month 6 at 0 h, 0 m: must be at least the 30 ug m-3 of the particles that it includes");
}
