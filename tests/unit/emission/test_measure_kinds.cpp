#include "city.hpp"

#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace tq;

namespace {

const Instant monday = from_utc({2017, 12, 3, 16, 0, 0}); // 4 December 2017, local midnight

EmissionModel with_measure(const test::City& city, const std::string& rest) {
  return city.overlay("[[measure]]\nid = \"m\"\n" + rest);
}

/// kg s-1 of CO in the domain in the hour that begins so many hours after Monday's midnight.
double carbon_monoxide(const EmissionModel& model, int hour) {
  return model.hourly_total(monday + hour * seconds_per_hour)[std::size_t(model.species().co())];
}

/// A source of 1 kg s-1 of everything, as it is and, if asked for, with a variant.
Source source_of(const EmittedSpecies& species, bool variant) {
  Source source;
  source.streams.emplace_back().rate.assign(std::size_t(species.count()), 1.0);
  if (variant) {
    Stream& other = source.streams.emplace_back();
    other.variant = "natural_gas";
    other.rate.assign(std::size_t(species.count()), 0.25);
  }
  return source;
}

Measure measure_of(const EmittedSpecies& species, const std::string& kind, double efficiency, double coverage) {
  Measure measure;
  measure.kind = kind;
  measure.coverage = coverage;
  measure.efficiency.assign(std::size_t(species.count()), efficiency);
  measure.facets.push_back({{}, std::vector<double>(std::size_t(species.count()), 1.0 - efficiency * coverage)});
  measure.sources = {0};
  return measure;
}

/// Factors of the streams of one source under all of the measures, of one species.
std::vector<double> factors_of(Source source, const std::vector<Measure>& measures, const EmittedSpecies& species,
                               int n, std::vector<bool> active = {}) {
  std::vector<Source> sources = {std::move(source)};
  MeasureSets sets;
  sets.build(sources, measures, species);
  active.resize(measures.size(), true);
  std::vector<double> factors, result;
  sets.factors(measures, active, factors);
  for (const Stream& stream : sources[0].streams) {
    result.push_back(factors[stream.measures * std::size_t(species.count()) + std::size_t(n)]);
  }
  return result;
}

} // namespace

TEST(MeasureKinds, ReplaceTurnsAShareOfASourceToItsVariant) {
  const EmittedSpecies species(SpeciesTable::load());
  Measure gas = measure_of(species, "replace", 1, 0.6);
  gas.variant = "natural_gas";
  const std::vector<double> one = factors_of(source_of(species, true), {gas}, species, species.so2());
  EXPECT_NEAR(one.at(0), 0.4, 1e-15);
  EXPECT_NEAR(one.at(1), 0.6, 1e-15);
  // Another measure acts on both; a second replacement takes half of what is left.
  Measure again = gas;
  again.coverage = 0.5;
  again.facets[0].factor.assign(std::size_t(species.count()), 0.5);
  const Measure filter = measure_of(species, "scale", 0.9, 1);
  const std::vector<double> all = factors_of(source_of(species, true), {gas, filter, again}, species, species.so2());
  EXPECT_NEAR(all.at(0), 0.4 * 0.5 * 0.1, 1e-15);
  EXPECT_NEAR(all.at(1), (1 - 0.4 * 0.5) * 0.1, 1e-15);
  // What turned to gas cannot turn to electricity too: base and variants share the whole.
  Measure power = again;
  power.variant = "electricity";
  Source three = source_of(species, true);
  three.streams.push_back(three.streams[1]);
  three.streams[2].variant = "electricity";
  const std::vector<double> shares = factors_of(three, {gas, power}, species, species.so2());
  EXPECT_NEAR(shares.at(0), 0.4 * 0.5, 1e-15);
  EXPECT_NEAR(shares.at(1), 0.6, 1e-15);
  EXPECT_NEAR(shares.at(2), 0.4 * 0.5, 1e-15);
  // Without it, the variant emits nothing.
  const std::vector<double> none = factors_of(source_of(species, true), {gas}, species, species.so2(), {false});
  EXPECT_EQ(none, (std::vector<double>{1, 0}));
}

TEST(MeasureKinds, AddBringsAProposedSource) {
  const EmittedSpecies species(SpeciesTable::load());
  Source plant = source_of(species, false);
  plant.proposed = true;
  const Measure add = measure_of(species, "add", 0, 1);
  EXPECT_EQ(factors_of(plant, {add}, species, species.co()), (std::vector<double>{1}));
  EXPECT_EQ(factors_of(plant, {add}, species, species.co(), {false}), (std::vector<double>{0}));
}

TEST(MeasureKinds, AddWithoutSelectionTakesTheProposedAlone) {
  const test::City city;
  const std::string data = (test::emission_directory() / "data").string();
  const std::string plan = "[[inventory]]\nid = \"plan\"\nproposed = true\nsources = \"" + data +
                           "/edge.csv\"\ngeometry = \"" + data + "/edge.geojson\"\nprofiles = \"" + data +
                           "/profiles.toml\"\n";
  const double base = carbon_monoxide(city.base(), 10);
  EXPECT_NEAR(carbon_monoxide(city.overlay(plan), 10), base, 1e-14 * base); // on paper it emits nothing
  const EmissionModel model = city.overlay(plan + "[[measure]]\nid = \"m\"\nkind = \"add\"\n");
  ASSERT_EQ(model.measures()[0].sources.size(), 1U);
  EXPECT_EQ(model.inventory().sources[model.measures()[0].sources[0]].id, "edge-1");
  // A measure without selection does not touch it.
  const EmissionModel ban = city.overlay(plan + "[[measure]]\nid = \"m\"\nkind = \"ban\"\n");
  EXPECT_EQ(ban.measures()[0].sources.size(), ban.inventory().sources.size() - 1);
}

TEST(MeasureKinds, CombinedEfficienciesStandInTheTable) {
  const EmittedSpecies species(SpeciesTable::load());
  Measure burner = measure_of(species, "scale", 0.22, 1), reduction = measure_of(species, "scale", 0.42, 1);
  EXPECT_NEAR(factors_of(source_of(species, false), {burner, reduction}, species, species.no())[0], 0.78 * 0.58, 1e-15);
  burner.control = "low_nox_burner";
  reduction.control = "scr";
  // T/CSES 144-2024: 64 % together, where the product would be 54.8 %.
  EXPECT_NEAR(factors_of(source_of(species, false), {burner, reduction}, species, species.no())[0], 0.36, 1e-15);
  EXPECT_NEAR(factors_of(source_of(species, false), {reduction, burner}, species, species.no2())[0], 0.36, 1e-15);
  EXPECT_NEAR(factors_of(source_of(species, false), {burner, reduction}, species, species.so2())[0], 0.78 * 0.58,
              1e-15);
  // A third one follows the better pair, as in a boiler's own list of controls.
  Measure third = measure_of(species, "scale", 0.30, 1);
  third.control = "sncr";
  EXPECT_NEAR(factors_of(source_of(species, false), {burner, third, reduction}, species, species.no())[0], 0.36 * 0.70,
              1e-15);
  // The ends of their efficiencies act on what has one of them; the table's figure has no range.
  const Measure weak = with_efficiency(burner, 0.5), strong = with_efficiency(reduction, 1.5);
  EXPECT_NEAR(factors_of(source_of(species, false), {weak, strong}, species, species.no())[0], 0.36, 1e-15);
  EXPECT_NEAR(factors_of(source_of(species, false), {weak, strong}, species, species.so2())[0], 0.89 * 0.37, 1e-15);
  // What one of them leaves alone, both do not change together.
  Measure other_species = reduction;
  other_species.efficiency[std::size_t(species.no())] = 0;
  other_species.facets[0].factor[std::size_t(species.no())] = 1;
  EXPECT_NEAR(factors_of(source_of(species, false), {burner, other_species}, species, species.no())[0], 0.78, 1e-15);
  // Half of the boilers have each: a quarter has both, half of them one, a quarter none.
  Measure half = burner, other = reduction;
  for (Measure* measure : {&half, &other}) {
    measure->coverage = 0.5;
    for (double& factor : measure->facets[0].factor) {
      factor = 1 - 0.5 * measure->efficiency[0];
    }
  }
  EXPECT_NEAR(factors_of(source_of(species, false), {half, other}, species, species.no())[0],
              0.25 * 0.36 + 0.25 * 0.78 + 0.25 * 0.58 + 0.25, 1e-15);
}

TEST(MeasureKinds, ActivityGrows) {
  const test::City city;
  const double base = carbon_monoxide(city.base(), 10);
  EXPECT_NEAR(carbon_monoxide(with_measure(city, "kind = \"activity\"\nfactor = 1.5\n"), 10), 1.5 * base, 1e-14 * base);
  EXPECT_NEAR(carbon_monoxide(with_measure(city, "kind = \"activity\"\ngrowth = 0.1\nbase_year = 2015\n"), 10),
              1.21 * base, 1e-14 * base);
  EXPECT_NEAR(carbon_monoxide(with_measure(city, "kind = \"activity\"\ngrowth = 0.1\nbase_year = 2015\nyear = 2018\n"
                                                 "coverage = 0.5\n"),
                              10),
              (1 + 0.5 * 0.331) * base, 1e-14 * base);
}

TEST(MeasureKinds, SelectByANumberOfTheSource) {
  const test::City city;
  const EmissionModel model =
      with_measure(city, "kind = \"ban\"\nselect = { where = \"so2 > 1e-3 && area_m2 == 0\" }\n");
  ASSERT_EQ(model.measures()[0].sources.size(), 1U);
  EXPECT_EQ(model.inventory().sources[model.measures()[0].sources[0]].id, "stack-1"); // 60 t yr-1, a point
}

TEST(MeasureKinds, TheLibraryTellsTheEfficiency) {
  const test::City city;
  const EmissionModel model =
      with_measure(city, "kind = \"scale\"\nlibrary = \"site-pave-and-wash\"\ncoverage = 0.5\n");
  const Measure& measure = model.measures()[0];
  EXPECT_EQ(measure.title, "Paved ways, washed ground and wheels on building sites");
  const EmittedSpecies& species = model.species();
  EXPECT_NEAR(measure.facets[0].factor[std::size_t(species.fine())], 1 - 0.5 * 0.67, 1e-15);
  EXPECT_NEAR(measure.facets[0].factor[std::size_t(species.coarse())], 1 - 0.5 * 0.83, 1e-15);
  EXPECT_NEAR(measure.facets[0].factor[std::size_t(species.super())], 1 - 0.5 * 0.83, 1e-15);
  EXPECT_EQ(measure.facets[0].factor[std::size_t(species.so2())], 1);
}

TEST(MeasureTriggers, WeatherSwitchesHours) {
  test::City city;
  city.hours = [](const config::Settings& settings, const TimeZone& zone) {
    EmissionWeather hours(std::size_t((settings.time("run.end", zone) - settings.time("run.start", zone)) / 3600));
    for (std::size_t h = 0; h < hours.size(); ++h) {
      hours[h].wind_speed = double(h % 10);
      hours[h].rain = h == 15 ? 2.5 : 0;
    }
    return hours;
  };
  const EmissionModel model =
      with_measure(city, "kind = \"ban\"\nwhen = \"wind_speed > 6 && rain < 0.1 && hour >= 8\"\n");
  for (int hour = 0; hour < 48; ++hour) {
    const bool windy = hour % 10 > 6 && hour != 15 && hour % 24 >= 8;
    EXPECT_EQ(carbon_monoxide(model, hour) == 0, windy) << hour;
  }
  EXPECT_EQ(model.needs_air(), false);
}

TEST(MeasureTriggers, ModelledAirActsTheDayAfter) {
  const test::City city;
  const EmissionModel model = with_measure(city, "kind = \"ban\"\nwhen = \"aqi_yesterday > 100\"\n");
  EXPECT_TRUE(model.needs_air());
  const double base = carbon_monoxide(city.base(), 30);
  EXPECT_EQ(carbon_monoxide(model, 30), base); // nothing is known of the air
  const TracerSet tracers(1, city.species.count(), 0);
  Field<double> field(city.grid.nx(), city.grid.ny(), model.levels(), tracers.count(), 0);
  const Subdomain whole = Decomposition(city.grid.nx(), city.grid.ny(), 1, 1).of(0);
  const std::int64_t first = day_number({2017, 12, 4, 0, 0, 0});
  const auto emitted = [&](const EmissionModel& of, int hour, std::vector<AirDay> days) {
    const AirTriggers air{first, std::move(days)};
    of.hour(monday + hour * seconds_per_hour, whole, 0, tracers, field.view(), {}, &air);
    return test::sum_of(field, of.species().co());
  };
  const auto index = [](double value) { return AirDay{.index = value}; };
  EXPECT_NEAR(emitted(model, 30, {index(100)}), base, 1e-13 * base);
  EXPECT_EQ(emitted(model, 30, {index(101)}), 0);
  EXPECT_GT(emitted(model, 54, {index(101), AirDay{}}), 0); // an unknown day is no reason to act
  const EmissionModel unlike = with_measure(city, "kind = \"ban\"\nwhen = \"aqi_yesterday != 50 || 1 / 0\"\n");
  EXPECT_GT(emitted(unlike, 54, {index(50), AirDay{}}), 0);

  // Totals without the air leave out what reacts to it; with the air of the run they do not.
  EXPECT_EQ(model.totals().measures[0].hours, 0);
  const AirTriggers air{first, {index(101), index(100), index(300)}};
  const EmissionTotals known = model.totals(monday, monday + 4 * seconds_per_day, &air);
  EXPECT_EQ(known.measures[0].hours, 48);
  EXPECT_EQ(known.measures[0].days, 2);
  const std::size_t co = std::size_t(InventoryPollutant::co);
  double with = 0;
  for (int hour = 0; hour < 96; ++hour) {
    with += hour / 24 == 1 || hour / 24 == 3 ? 0 : carbon_monoxide(model, hour) * 3600;
  }
  EXPECT_NEAR(known.all.with[co] / with, 1, 1e-12);
  EXPECT_NEAR(known.measures[0].avoided[co] / (known.all.without[co] - with), 1, 1e-12);

  // Each pollutant by its own name.
  for (std::size_t p = 0; p < trigger_pollutants.size(); ++p) {
    const EmissionModel one =
        with_measure(city, fmt::format("kind = \"ban\"\nwhen = \"{}_yesterday > 75\"\n", trigger_pollutants[p]));
    EXPECT_TRUE(one.needs_air());
    AirDay day{.index = 500, .concentration = {75, 75, 75, 75, 75, 75}};
    EXPECT_NEAR(emitted(one, 30, {day}), base, 1e-13 * base) << trigger_pollutants[p];
    day.concentration[p] = 76;
    EXPECT_EQ(emitted(one, 30, {day}), 0) << trigger_pollutants[p];
    day.concentration = AirDay::not_known();
    EXPECT_NEAR(emitted(one, 30, {day}), base, 1e-13 * base) << trigger_pollutants[p];
  }
}

TEST(MeasureTriggers, EmergencyHasLeadAndHoldTimes) {
  const test::City city;
  const std::filesystem::path folder = test::scratch_directory("emergency");
  std::ofstream(folder / "aqi.csv") << "date,aqi\n2017-12-05,151\n2017-12-06,90\n2017-12-09,400\n";
  const EmissionModel model =
      city.overlay("[[emergency]]\nid = \"orange\"\nabove = 150\nforecast = \"" + (folder / "aqi.csv").string() +
                   "\"\nlead_hours = 6\nhold_hours = 3\n"
                   "[[measure]]\nid = \"stop\"\nkind = \"ban\"\nlevel = \"orange\"\n");
  for (int hour = 0; hour < 7 * 24; ++hour) {
    const bool first = hour >= 24 - 6 && hour < 48 + 3;          // Tuesday the 5th
    const bool second = hour >= 5 * 24 - 6 && hour < 6 * 24 + 3; // Saturday the 9th
    EXPECT_EQ(carbon_monoxide(model, hour) == 0, first || second) << hour;
  }
  EXPECT_EQ(model.totals().measures[0].hours, 33 + 33);

  // What was observed on a day acts on the next.
  std::ofstream(folder / "observed.csv") << "date,aqi\n2017-12-04,151\n2017-12-05,90\n";
  const EmissionModel after =
      city.overlay("[[emergency]]\nid = \"orange\"\nabove = 150\nobserved = \"" + (folder / "observed.csv").string() +
                   "\"\nhold_hours = 3\n[[measure]]\nid = \"stop\"\nkind = \"ban\"\nlevel = \"orange\"\n");
  EXPECT_FALSE(after.needs_air());
  for (int hour = 0; hour < 7 * 24; ++hour) {
    EXPECT_EQ(carbon_monoxide(after, hour) == 0, hour >= 24 && hour < 48 + 3) << hour;
  }
  std::filesystem::remove_all(folder);

  // Without a forecast the modelled index of a day acts on the next.
  std::vector<Measure> measures(1);
  measures[0].level = 0;
  EmergencyLevel level;
  level.above = 200;
  level.hold_hours = 2;
  level.modelled = true;
  const MeasureSchedule schedule(measures, {level}, city.zone, monday, {});
  const AirTriggers air{day_number({2017, 12, 4, 0, 0, 0}), {AirDay{.index = 250}}};
  EXPECT_FALSE(schedule.active(measures, monday + 23 * 3600, &air)[0]);
  EXPECT_TRUE(schedule.active(measures, monday + 24 * 3600, &air)[0]);
  EXPECT_TRUE(schedule.active(measures, monday + 49 * 3600, &air)[0]);
  EXPECT_FALSE(schedule.active(measures, monday + 50 * 3600, &air)[0]);
}

TEST(MeasureCosts, AreWorkedOutOnPaper) {
  MeasureCost cost;
  cost.discount_rate = 0.05;
  EXPECT_NEAR(cost.annuity(), 0.1295046, 1e-7); // r / (1 - (1 + r)^-n)
  cost.discount_rate = 0;
  EXPECT_NEAR(cost.annuity(), 0.1, 1e-15);
  const test::City city;
  const EmissionModel model = with_measure(
      city,
      "kind = \"scale\"\nefficiency = 0.5\nselect = { sector = \"construction\" }\n"
      "cost = { capital = 1000, lifetime = 4, per_day = 10, per_unit_day = 5, per_tonne = 200, tonne_of = \"tsp\" }\n");
  const MeasureRow& row = model.totals().measures[0];
  EXPECT_NEAR(row.capital_per_year, 250, 1e-12);
  const double tonnes = row.avoided[std::size_t(InventoryPollutant::tsp)] / 1000;
  EXPECT_GT(tonnes, 0.1);
  EXPECT_NEAR(row.running, 7 * 10 + 7 * 2 * 5 + 200 * tonnes, 1e-9);
  // At the ends of an efficiency the tonnes cost what they are.
  const MeasureRow ranged = with_measure(city, "kind = \"scale\"\nefficiency = 0.5\nefficiency_range = [0.5, 1.5]\n"
                                               "cost = { per_day = 10, per_tonne = 200, tonne_of = \"tsp\" }\n")
                                .totals()
                                .measures[0];
  EXPECT_NEAR((ranged.running_low - 70) / (ranged.running - 70), 0.5, 1e-12);
  EXPECT_NEAR((ranged.running_high - 70) / (ranged.running - 70), 1.5, 1e-12);
  // What adds emission does not earn by the tonne.
  const EmissionModel more =
      with_measure(city, "kind = \"activity\"\nfactor = 2\ncost = { per_tonne = 200, tonne_of = \"tsp\" }\n");
  EXPECT_LT(more.totals().measures[0].avoided[std::size_t(InventoryPollutant::tsp)], 0);
  EXPECT_EQ(more.totals().measures[0].running, 0);
}
