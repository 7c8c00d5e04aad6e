#include "base/log.hpp"
#include "city.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

const Instant monday = from_utc({2017, 12, 3, 16, 0, 0}); // 4 December 2017, local midnight
constexpr int run_hours = 168;

/// The city's scenario without its inventory, and a release at 117.21 E, 29.29 N that goes on so.
EmissionModel with_release(const test::City& city, const std::string& rest, const std::string& more = "") {
  return city.overlay(
      "inventory = []\n[[release]]\nid = 'spill'\ntracer = 'so2'\nlongitude = 117.21\nlatitude = 29.29\n" + rest +
      more);
}

/// kg s-1 of SO2 in the hour that begins so many hours after Monday's midnight.
double rate(const EmissionModel& model, int hour) {
  return model.hourly_total(monday + hour * seconds_per_hour)[std::size_t(model.species().so2())];
}

double total(const EmissionModel& model) {
  double sum = 0;
  for (int hour = 0; hour < run_hours; ++hour) {
    sum += rate(model, hour) * double(seconds_per_hour);
  }
  return sum;
}

} // namespace

TEST(Release, HoursEmitTheirPartOfTheAmount) {
  const test::City city;
  // 10:20 to 12:50: 2400, 3600 and 3000 s of 9000.
  const EmissionModel model = with_release(city, "start = 2017-12-04T10:20:00+08:00\nduration = 9000\namount = 5000\n");
  EXPECT_EQ(rate(model, 9), 0);
  EXPECT_NEAR(rate(model, 10) / (5000.0 * 2400 / 9000 / 3600), 1, 1e-12);
  EXPECT_NEAR(rate(model, 11) / (5000.0 * 3600 / 9000 / 3600), 1, 1e-12);
  EXPECT_NEAR(rate(model, 12) / (5000.0 * 3000 / 9000 / 3600), 1, 1e-12);
  EXPECT_EQ(rate(model, 13), 0);
  EXPECT_NEAR(total(model) / 5000, 1, 1e-12);
  EXPECT_NEAR(model.totals().all.with[std::size_t(InventoryPollutant::so2)] / 5000, 1, 1e-12);
  EXPECT_EQ(model.totals().sectors.at(0).name, "release");
}

TEST(Release, AnyTimesReleaseTheAmount) {
  const test::City city;
  const auto released = [&](const std::string& start, const std::string& end) {
    return total(
        with_release(city, "start = 2017-12-" + start + "+08:00\nend = 2017-12-" + end + "+08:00\namount = 0.3\n"));
  };
  EXPECT_NEAR(released("04T10:20:00", "04T10:21:07") / 0.3, 1, 1e-12); // within an hour
  EXPECT_NEAR(released("04T10:00:00", "04T11:00:00") / 0.3, 1, 1e-12); // one whole
  EXPECT_NEAR(released("04T10:59:59", "04T11:00:01") / 0.3, 1, 1e-12); // over its end
  EXPECT_NEAR(released("04T10:00:00", "07T02:30:01") / 0.3, 1, 1e-12); // days
}

TEST(Release, ARateIsWhatItSays) {
  const test::City city;
  const EmissionModel model =
      with_release(city, "start = 2017-12-04T10:30:00+08:00\nend = 2017-12-04T12:00:00+08:00\nrate = 2\n");
  EXPECT_DOUBLE_EQ(rate(model, 10), 1);
  EXPECT_DOUBLE_EQ(rate(model, 11), 2);
  EXPECT_NEAR(total(model) / (2 * 5400), 1, 1e-12);
  const EmissionModel twice =
      with_release(city, "start = 2017-12-04T10:30:00+08:00\nend = 2017-12-04T12:00:00+08:00\nrate = 4\n");
  EXPECT_NEAR(total(twice) / total(model), 2, 1e-12);
}

TEST(Release, GoesToItsCellAndLevels) {
  const test::City city;
  const std::string when = "start = 2017-12-04T10:00:00+08:00\nduration = 3600\nrate = 1\n";
  const auto column = [&](const EmissionModel& model) {
    const Field<double> field = test::hour_of(city, model, monday + 10 * seconds_per_hour);
    const files::Position place = city.grid.projection().project({117.21, 29.29});
    const int i = int((place.x - 515000) / 500), j = int((place.y - 3235500) / 500);
    std::vector<double> levels;
    for (int k = 0; k < field.nz(); ++k) {
      levels.push_back(field.view()[city.species.find("so2")](i, j, k));
    }
    return levels;
  };
  EXPECT_EQ(column(with_release(city, when + "height = 60\n")), (std::vector<double>{0, 0, 0, 1}));
  const std::vector<double> spread = column(with_release(city, when + "top = 20\n")); // faces at 11.76 and 27.44 m
  ASSERT_EQ(spread.size(), 2U);
  EXPECT_NEAR(spread[0], 11.76 / 20, 1e-12);
  EXPECT_NEAR(spread[1], 8.24 / 20, 1e-12);
}

TEST(Release, MeasuresSelectIt) {
  const test::City city;
  const std::string when = "start = 2017-12-04T10:00:00+08:00\nduration = 7200\nrate = 1\n";
  const EmissionModel model = with_release(city, when,
                                           "[[measure]]\nid = 'seal'\nkind = 'scale'\nselect = { sector = 'release' }\n"
                                           "efficiency = { so2 = 0.75 }\nhours = '11-12'\n");
  EXPECT_DOUBLE_EQ(rate(model, 10), 1);
  EXPECT_DOUBLE_EQ(rate(model, 11), 0.25);
}

TEST(Release, OutsideTheRunItEmitsNothingOrAPart) {
  const test::City city;
  int before = log::warning_count();
  EXPECT_EQ(total(with_release(city, "start = 2017-11-04\nduration = 7200\namount = 1\n")), 0);
  EXPECT_EQ(log::warning_count(), before + 1);
  before = log::warning_count();
  const EmissionModel part = with_release(city, "start = 2017-12-03T23:00:00+08:00\nduration = 14400\namount = 8\n");
  EXPECT_NEAR(total(part) / 6, 1, 1e-12);
  EXPECT_EQ(log::warning_count(), before + 1);
}

TEST(Release, TakesTracersOfTheScenario) {
  test::City city;
  const auto folder = test::scratch_directory("release-tracer");
  std::ofstream(folder / "s.toml") << "[[tracer]]\nid = 'nh3'\nkind = 'gas'\nmolar_mass = 17\n"
                                      "[[tracer]]\nid = 'chlorine'\nkind = 'gas'\nmolar_mass = 70.9\n";
  config::Schema schema;
  declare_tracers(schema);
  ProblemList problems;
  city.species.add_tracers(config::Settings::check(config::read_toml(folder / "s.toml"), schema, problems), problems);
  ASSERT_TRUE(problems.empty());
  const EmissionModel model = city.overlay(
      "inventory = []\n[[release]]\nid = 'spill'\ntracer = 'chlorine'\nlongitude = 117.21\nlatitude = 29.29\n"
      "start = 2017-12-04T10:00:00+08:00\nduration = 3600\namount = 7200\n"
      "[[measure]]\nid = 'curtain'\nkind = 'scale'\nselect = { source = 'spill' }\nefficiency = { chlorine = 0.5 }\n");
  const Field<double> field = test::hour_of(city, model, monday + 10 * seconds_per_hour);
  EXPECT_NEAR(test::sum_of(field, city.species.find("chlorine")), 1, 1e-12);
  EXPECT_EQ(test::sum_of(field, city.species.find("nh3")), 0);
  ASSERT_EQ(model.totals().tracers.size(), 2U);
  EXPECT_NEAR(model.totals().tracers[1].without, 7200, 1e-8);
  EXPECT_NEAR(model.totals().tracers[1].with, 3600, 1e-8);
  EXPECT_NE(model.report().find("tracer chlorine: 7200 kg, 3600 kg with measures\n"), std::string::npos)
      << model.report();

  // What inventories count as nh3 is carried by the tracer of that id.
  InventoryAmounts amounts{};
  amounts[std::size_t(InventoryPollutant::nh3)] = 3;
  const std::vector<double> split = model.species().split(amounts, 0.1);
  EXPECT_EQ(split[std::size_t(city.species.find("nh3"))], 3);
  EXPECT_EQ(model.species().gather(split), amounts);
  std::filesystem::remove_all(folder);
}
