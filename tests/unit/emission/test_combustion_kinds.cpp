#include "activity_case.hpp"

#include <gtest/gtest.h>

using namespace tq;
using enum InventoryPollutant;
using test::ActivityCase;

namespace {

constexpr double digits = 1e-12; // relative

void expect(const InventoryAmounts& amounts, InventoryPollutant pollutant, double kilograms) {
  EXPECT_NEAR(amounts[std::size_t(pollutant)], kilograms, digits * std::max(kilograms, 1e-3))
      << inventory_pollutants()[std::size_t(pollutant)];
}

void expect_doubled(const InventoryAmounts& twice, const InventoryAmounts& once) {
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    EXPECT_NEAR(twice[p], 2 * once[p], 1e-14 * twice[p]) << inventory_pollutants()[p];
  }
}

const std::string boiler_head = "id,lon,lat,fuel,fuel_use [t yr-1],sulfur [%],ash [%],controls\n";

} // namespace

/// 1000 t of coal, 0.7 % sulfur, 20 % ash, on an automatic grate behind a bag filter, by hand.
TEST(BoilersKind, CoalWithABagFilter) {
  const ActivityCase boilers("boilers");
  const auto emitted = [&](const std::string& use) {
    return ActivityCase::annual(boilers.model(boiler_head + "b,117.2,29.28,coal," + use + ",0.7,20,bag_filter\n"));
  };
  const InventoryAmounts once = emitted("1000");
  expect(once, so2, 11900);
  expect(once, nox, 4000);
  expect(once, co, 15000);
  expect(once, voc, 2160);
  expect(once, pm2_5, 115.5);
  expect(once, pm10, 115.5 + 195);
  expect(once, tsp, 115.5 + 195 + 6000 * 0.05); // 40 % of 30 g per kg below 30 um
  expect(once, bc, 420 * 0.055);
  expect_doubled(emitted("2000"), once);
}

TEST(BoilersKind, TabulatedControlsAndAmmoniaSlip) {
  const ActivityCase boilers("boilers");
  const InventoryAmounts amounts = ActivityCase::annual(
      boilers.model(boiler_head + "b,117.2,29.28,coal,1000,1,20,low_nox_burner+sncr+wet_limestone\n"));
  expect(amounts, nox, 4000 * 0.48);
  expect(amounts, so2, 17000 * 0.2);
  expect(amounts, nh3, 170);
  // The slip is told per kg of coal: other fuels have none.
  const InventoryAmounts oil = ActivityCase::annual(boilers.model(boiler_head + "b,117.2,29.28,diesel,1000,,,sncr\n"));
  expect(oil, nh3, 0);
}

TEST(BoilersKind, MeasuredRemovalGoesBeforeTheTable) {
  const ActivityCase boilers("boilers");
  const InventoryAmounts amounts = ActivityCase::annual(boilers.model(
      "id,lon,lat,fuel_use [t yr-1],sulfur [%],controls,so2_removal [%]\nb,117.2,29.28,1000,1,wet_limestone,95\n"));
  expect(amounts, so2, 17000 * 0.05);
}

TEST(BoilersKind, GasAndElectricityStandByToReplaceCoal) {
  const ActivityCase boilers("boilers");
  const EmissionModel model = boilers.model(boiler_head + "b,117.2,29.28,coal,1000,0.7,20,bag_filter\n");
  const InventoryAmounts gas = ActivityCase::annual(model, "natural_gas");
  const double cubic_metres = 1e6 * 20.9 * 0.75 / (35.6 * 0.90);
  expect(gas, nox, cubic_metres * 2.09e-3); // 1022.5 kg instead of 4000
  EXPECT_NEAR(gas[std::size_t(nox)], 1022.5, 0.1);
  expect(gas, so2, 0);
  expect(gas, pm2_5, cubic_metres * 0.03e-3);
  const InventoryAmounts electricity = ActivityCase::annual(model, "electricity");
  for (const double amount : electricity) {
    EXPECT_EQ(amount, 0.0);
  }
  EXPECT_EQ(model.inventory().sources.front().streams.size(), 3U);
  // They emit nothing by themselves.
  const InventoryAmounts week = ActivityCase::emitted(model, boilers.at("2017-12-04"), boilers.at("2017-12-11"));
  EXPECT_NEAR(week[std::size_t(so2)] / week[std::size_t(nox)], 11900.0 / 4000.0, 1e-12);
}

TEST(BoilersKind, AMeasureTurnsCoalIntoGasOrElectricity) {
  const auto week = [&](const std::string& measures) {
    ActivityCase boilers("boilers");
    boilers.measures = measures;
    return ActivityCase::emitted(boilers.model(boiler_head + "b,117.2,29.28,coal,1000,0.7,20,bag_filter\n"),
                                 boilers.at("2017-12-04"), boilers.at("2017-12-11"));
  };
  const auto replaced = [&](const std::string& variant, const std::string& coverage) {
    return week("[[measure]]\nid = \"turn\"\nkind = \"replace\"\nselect = { sector = \"boilers\" }\nwith = \"" +
                variant + "\"\ncoverage = " + coverage + "\n");
  };
  const InventoryAmounts coal = week(""), gas = replaced("natural_gas", "1.0"), half = replaced("natural_gas", "0.5");
  const double cubic_metres = 1e6 * 20.9 * 0.75 / (35.6 * 0.90);
  expect(gas, so2, 0);
  EXPECT_NEAR(gas[std::size_t(nox)] / coal[std::size_t(nox)], cubic_metres * 2.09e-3 / 4000, 1e-12);
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    EXPECT_NEAR(half[p], 0.5 * (coal[p] + gas[p]), 1e-9) << inventory_pollutants()[p];
  }
  for (const double amount : replaced("electricity", "1.0")) {
    EXPECT_EQ(amount, 0.0);
  }
}

TEST(BoilersKind, CapacityTellsTheFuel) {
  const ActivityCase boilers("boilers");
  const InventoryAmounts amounts =
      ActivityCase::annual(boilers.model("id,lon,lat,fuel,capacity [MW],load [h]\nb,117.2,29.28,natural_gas,7,2000\n"));
  const double cubic_metres = 7e6 * 2000 * 3600 / (35.6e6 * 0.9);
  expect(amounts, nox, cubic_metres * 2.09e-3);
  expect(amounts, co, cubic_metres * 1.3e-3);
}

/// 10 000 t of standard coal = 293.07 TJ = 14 022.5 t of coal of 20.9 MJ/kg.
TEST(EnergyKind, StandardCoalBecomesFuel) {
  const ActivityCase energy("energy");
  const auto emitted = [&](const std::string& tonnes) {
    return ActivityCase::annual(
        energy.model("id,lon,lat,standard_coal [t yr-1],technology,sulfur [%],ash [%],burned_share [%]\n"
                     "e,117.2,29.28," +
                     tonnes + ",pulverised,1,22,80\n"));
  };
  const InventoryAmounts once = emitted("10000");
  const double coal = 0.8 * 10000e3 * 29.307 / 20.9; // kg
  expect(once, so2, coal * 0.017);
  expect(once, nox, coal * 8.19e-3);
  expect(once, pm10, coal * 0.22 * 0.75 * 0.23);
  expect(once, pm2_5, coal * 0.22 * 0.75 * 0.06);
  expect_doubled(emitted("20000"), once);
}

TEST(KilnsKind, CeramicsAndTheirFluoride) {
  const ActivityCase kilns("kilns");
  const auto emitted = [&](const std::string& row) {
    return ActivityCase::annual(
        kilns.model("id,lon,lat,kiln,product [t yr-1],gas_use [m3 yr-1],controls\nk,117.2,29.28," + row + "\n"));
  };
  const InventoryAmounts once = emitted("ceramic,1000,,");
  expect(once, nox, 5000);
  expect(once, so2, 2250);
  expect(once, pm2_5, 670);
  expect(once, pm10, 2430);
  expect(once, hf, 230);
  expect(once, voc, 0);
  expect_doubled(emitted("ceramic,2000,,"), once);
  expect(emitted("ceramic,1000,,dry_lime"), hf, 23);
  expect(emitted("ceramic,1000,,dry_lime+bag_filter"), so2, 1125);
  // A shuttle kiln: 1.1 m3 of gas a kg, 4.1 g of NOx a m3; or what was measured.
  expect(emitted("gas_shuttle,1000,,"), nox, 1e6 * 1.1 * 4.1e-3);
  expect(emitted("gas_shuttle,1000,500000,"), nox, 500000 * 4.1e-3);
  expect(emitted("gas_shuttle,1000,,"), pm10, 243 + 1.1e6 * 0.03e-3);
  EXPECT_THROW(emitted("ceramic,1000,500000,"), InputError); // the product's factor holds its fuel
}

TEST(MachinesKind, Diesel) {
  const ActivityCase machines("machines");
  const auto emitted = [&](const std::string& row) {
    return ActivityCase::annual(machines.model("id,geometry,machine,fuel_use [t yr-1]\nm,site-a," + row + "\n"));
  };
  const InventoryAmounts once = emitted("construction,100");
  expect(once, nox, 3262.9);
  expect(once, pm2_5, 210.4);
  expect(once, tsp, 210.4);
  expect(once, bc, 130.6);
  expect(once, so2, 2);
  expect_doubled(emitted("construction,200"), once);
}

TEST(CookingKind, StovesAndPersons) {
  const ActivityCase cooking("cooking");
  const auto emitted = [&](const std::string& row) {
    return ActivityCase::annual(
        cooking.model("id,geometry,kitchen,stoves,stove_time [h],persons,removal [%]\nc,old-town," + row + "\n"));
  };
  const InventoryAmounts once = emitted("restaurant,100,5,,75");
  expect(once, pm2_5, 100 * 5 * 365 * 13.2e-3 * 0.25);
  expect(once, voc, 100 * 5 * 365 * 21.8e-3 * 0.25);
  expect_doubled(emitted("restaurant,200,5,,75"), once);
  expect(emitted("household,,,10000,"), pm2_5, 400);
}

TEST(SolventsKind, VapoursLessWhatIsCaptured) {
  const ActivityCase solvents("solvents");
  const auto emitted = [&](const std::string& row) {
    return ActivityCase::annual(
        solvents.model("id,geometry,product,use [t yr-1],persons,capture [%],removal [%]\ns,kiln-hall," + row + "\n"));
  };
  const InventoryAmounts once = emitted("solvent_ink,10,,40,85");
  expect(once, voc, 6000 * (1 - 0.4 * 0.85));
  expect_doubled(emitted("solvent_ink,20,,40,85"), once);
  expect(emitted("consumer_products,,1000,,"), voc, 100);
}

// ---- what follows the weather

TEST(HouseholdsKind, HeatingFollowsColdDays) {
  ActivityCase households("households");
  households.city.hours = test::weather_of([](EmissionHour& hour, const CivilTime& civil) {
    hour.temperature =
        civil.day == 5 ? 293.15 : 281.15 + (civil.hour < 12 ? -4 : 4); // 10 K below the base, but the 5th
  });
  const EmissionModel model =
      households.model("id,geometry,fuel,fuel_use [t yr-1],heating_share [%],degree_hours [K h]\n"
                       "h,old-town,coal,1000,60,40000\n");
  expect(ActivityCase::annual(model), so2, 17000);
  expect(ActivityCase::annual(model, "", "heating"), so2, 0.6 * 17000);
  const auto day = [&](const char* date) {
    const Instant first = households.at(date);
    return ActivityCase::emitted(model, first, first + seconds_per_day)[std::size_t(so2)];
  };
  // A day's stoves: 6800/365 kg, and its heating: 10 K x 24 h of 40 000 K h. The profile's days are even in 2017 to
  // 1e-9.
  EXPECT_NEAR(day("2017-12-05"), 6800.0 / 365, 1e-9);
  EXPECT_NEAR(day("2017-12-06"), 6800.0 / 365 + 10200 * 240.0 / 40000, 1e-6);
}

TEST(AgricultureKind, AmmoniaFollowsTemperature) {
  ActivityCase farms("agriculture");
  farms.city.hours = test::weather_of([](EmissionHour& hour, const CivilTime& civil) {
    hour.temperature = civil.day == 5 ? 301.85 : 291.85;
    hour.wind_speed = 1.7;
  });
  const std::string head = "id,geometry,activity,heads,nitrogen [t yr-1]\n";
  const EmissionModel pigs = farms.model(head + "a,site-a,fattening_pig,1000,\n");
  expect(ActivityCase::annual(pigs), nh3, 6700);
  expect_doubled(ActivityCase::annual(farms.model(head + "a,site-a,fattening_pig,2000,\n")),
                 ActivityCase::annual(pigs));
  expect(ActivityCase::annual(farms.model(head + "a,site-a,urea,,10\n")), nh3, 1980);
  const double normal = pigs.hourly_total(farms.at("2017-12-04"))[std::size_t(pigs.species().named("nh3").front())];
  const double warm = pigs.hourly_total(farms.at("2017-12-05"))[std::size_t(pigs.species().named("nh3").front())];
  EXPECT_NEAR(normal * common_year, 6700, 1e-8);
  EXPECT_NEAR(warm / normal, std::exp(0.223), 1e-12);
}

TEST(ForestKind, LeavesFollowLightAndWarmth) {
  ActivityCase forest("forest");
  forest.start = "2017-07-04";
  forest.end = "2017-07-05";
  forest.city.hours = test::weather_of([](EmissionHour& hour, const CivilTime& civil) {
    hour.temperature = 303;
    hour.radiation = civil.hour == 12 ? 1000 / (0.45 * 4.6) : 0;
  });
  const EmissionModel model = forest.model("id,geometry,vegetation,cover [%]\nf,site-a,broadleaf_evergreen,50\n");
  const double area = model.inventory().sources.front().area;
  const auto total = [&](const char* name, const char* time) {
    const double rate = model.hourly_total(forest.at(time))[std::size_t(model.species().named(name).front())];
    return rate * 3600e9 / (0.5 * area); // ug m-2 h-1
  };
  EXPECT_NEAR(total("isoprene", "2017-07-04T12:00"), 10000 * 0.99964018 * 1.00265008, 1e-3);
  EXPECT_EQ(total("isoprene", "2017-07-04T02:00"), 0.0);
  EXPECT_NEAR(total("monoterpenes", "2017-07-04T02:00"), 990, 1e-9);
}
