#include "emission/dust_responses.hpp"
#include "meteorology/weather_generator.hpp"
#include "physics/dust_erosion.hpp"
#include "physics/dust_handling.hpp"
#include "physics/humidity.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

using namespace tq;

namespace {

const TimeZone utc;

const DustTable& table() {
  return DustTable::installed();
}
const GroundClass& ground(const std::string& id) {
  return *find_row(table().grounds, id);
}

/// Hours of the same dry, sunless weather.
EmissionWeather hours_of(std::size_t count, double wind_speed = 3) {
  EmissionWeather weather(count);
  for (std::size_t h = 0; h < count; ++h) {
    weather[h].time = Instant(h) * seconds_per_hour;
    weather[h].wind_speed = wind_speed;
    weather[h].temperature = 293.15;
    weather[h].relative_humidity = 0.5;
    weather[h].cloud_cover = 1;
  }
  return weather;
}

/// A year of Jingdezhen's generated weather.
const EmissionWeather& year() {
  static const EmissionWeather weather = [] {
    const auto generator = make_generator(1);
    EmissionWeather made(365 * 24);
    for (std::size_t h = 0; h < made.size(); ++h) {
      const SurfaceWeather w = generator->at(from_utc({.year = 2017}) + (Instant(h) - 8) * seconds_per_hour);
      EmissionHour& hour = made[h];
      hour.time = w.time;
      hour.temperature = w.temperature;
      hour.relative_humidity = physics::saturation_pressure(w.dew_point) / physics::saturation_pressure(w.temperature);
      hour.pressure = w.pressure;
      hour.wind_speed = w.wind_speed;
      hour.rain = w.rain;
      hour.radiation = w.global_radiation;
      hour.cloud_cover = w.cloud_cover;
    }
    return made;
  }();
  return weather;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

/// Share of the year's days without more than 0.25 mm of rain.
double dry_days() {
  int dry = 0;
  for (std::size_t day = 0; day < 365; ++day) {
    double rain = 0;
    for (std::size_t h = 24 * day; h < 24 * (day + 1); ++h) {
      rain += year()[h].rain;
    }
    dry += rain <= 0.25;
  }
  return dry / 365.0;
}

} // namespace

TEST(DustResponses, WetHoursEmitNothing) {
  for (const std::string id : {"pavement", "soil"}) {
    const PileMaterial& sand = *find_row(table().materials, "sand");
    const std::vector<Response> responses = {
        dry_ground(ground(id)), dry_ground(ground(id)) * handling_wind(),
        pile_wind(sand.threshold, 1, table().wind_erosion, ground(id), utc),
        soil_wind(*find_row(table().soils, "sand"), table().soil_hours, ground(id))};
    EmissionWeather weather = hours_of(60, 15);
    weather[10].rain = 5;
    for (const Response& response : responses) {
      const std::vector<double> factors = response.factors(weather);
      EXPECT_GT(factors[9], 0) << response.key;
      EXPECT_EQ(factors[10], 0) << response.key;
      EXPECT_LT(factors[11], factors[9]) << response.key;
      EXPECT_EQ(factors[59] > 0, response.key.starts_with("dry") || factors[58] > 0) << response.key;
    }
  }
}

/// Annual forms know days of rain alone: pavement should lie between the two factors in use, which differ fourfold in
/// what rain takes, and unpaved ground near AP-42's.
TEST(DustResponses, AYearOfDryGroundAgreesWithTheAnnualFactorsOfRain) {
  const double wet = 1 - dry_days();
  EXPECT_NEAR(wet, 0.42, 0.06); // 155 days a year
  const double pavement = mean(dry_ground(ground("pavement")).factors(year()));
  EXPECT_GT(pavement, 1 - wet);
  EXPECT_LT(pavement, 1 - wet / 4);
  EXPECT_NEAR(mean(dry_ground(ground("soil")).factors(year())), 1 - wet, 0.1);
}

TEST(DustResponses, HoursOfAPileAddUpToTheAnnualForm) {
  const double threshold = 0.55; // coal dust, so that winds of the year exceed it
  for (const int interval : {1, 24, 240}) {
    EmissionWeather weather = year();
    for (EmissionHour& hour : weather) {
      hour.rain = 0;
      hour.wind_speed *= 2;
    }
    const std::vector<double> factors =
        pile_wind(threshold, interval, table().wind_erosion, ground("pavement"), utc).factors(weather);
    double annual = 0; // g m-2: P of the strongest wind between disturbances
    for (std::size_t h = 0; h < weather.size();) {
      double strongest = 0;
      do {
        strongest = std::max(strongest, weather[h++].wind_speed);
      } while (h < weather.size() && weather[h].time / seconds_per_hour % interval != 0);
      const double speed = 0.4 * 1.24 * strongest / std::log(10 / 0.2);
      annual += 58 * std::pow(std::max(0.0, speed - threshold), 2) + 25 * std::max(0.0, speed - threshold);
    }
    EXPECT_GT(annual, 1);
    EXPECT_NEAR(std::accumulate(factors.begin(), factors.end(), 0.0), annual, 1e-9 * annual) << interval;
  }
}

TEST(DustResponses, HandlingFollowsTheWind) {
  EmissionWeather weather = hours_of(3, 2.2);
  weather[1].wind_speed = 4.4;
  weather[2].wind_speed = 0;
  const std::vector<double> factors = handling_wind().factors(weather);
  EXPECT_NEAR(factors[0], 1, 1e-14);
  EXPECT_NEAR(factors[1], std::pow(2, 1.3), 1e-14);
  EXPECT_EQ(factors[2], 0);
}

TEST(DustResponses, SoilErodesAboveItsThreshold) {
  const SoilClass& soil = *find_row(table().soils, "sandy_loam");
  EmissionWeather weather = hours_of(2, 12);
  weather[1].wind_speed = 5; // friction velocity 0.26 m s-1, below 0.35
  const std::vector<double> factors = soil_wind(soil, table().soil_hours, ground("soil")).factors(weather);
  const double speed = 0.4 * 12 / std::log(10 / 0.005), ratio = 0.35 / speed;
  const double density = 101325 / (287.05 * 293.15);
  const double horizontal = 2.61 * density / 9.81 * std::pow(speed, 3) * (1 + ratio) * (1 - ratio * ratio);
  EXPECT_NEAR(factors[0], 1e6 * 0.01 * 100 * std::pow(10, 0.134 * 10 - 6) * horizontal, 1e-9 * factors[0]);
  EXPECT_EQ(factors[1], 0);
}

/// A year's flux from dry sand, with the mean wind of Beijing, for which the annual form's climate factor was found, is
/// that of the annual form within a factor of three: one form has the cube of the mean wind, the other its
/// distribution.
TEST(DustResponses, AYearOfSoilIsOfTheOrderOfTheAnnualForm) {
  EmissionWeather weather = year();
  for (EmissionHour& hour : weather) {
    hour.rain = 0;
    hour.wind_speed *= 2.3 / 1.74;
  }
  const SoilClass& sand = *find_row(table().soils, "sand");
  const double hourly = mean(soil_wind(sand, table().soil_hours, ground("soil")).factors(weather)) * 1e-6 * 365 * 86400;
  const DustTable::SoilErosion& factors = table().soil_erosion;
  constexpr double acre_form = 2.2417; // t hm-2 per short ton and acre
  const double annual = physics::annual_soil_erosion(
      1, {factors.suspended, sand.erodibility * acre_form, factors.roughness, 1, 1}, 0.029); // kg m-2
  EXPECT_GT(hourly, annual / 3);
  EXPECT_LT(hourly, annual * 3);
}

TEST(DustResponses, WateringBetweenPassesHoldsCowherdsMean) {
  const EmissionWeather weather = hours_of(12);
  const double evaporation = physics::potential_evaporation({293.15, 0.5, 101325, 3, 0, 1}, 0.2) * 3600; // mm h-1
  const std::vector<double> factors = watered({2.0, 6, 40}, ground("soil"), utc).factors(weather);
  EXPECT_NEAR(1 - mean(factors), 1 - 0.008 * evaporation * 40 * 6 / 2.0, 1e-12);
  EXPECT_LT(factors[0], factors[5]);
  EXPECT_EQ(factors[6], factors[0]);                               // the next pass
  const EmissionWeather later(weather.begin() + 3, weather.end()); // a run that begins between passes
  EXPECT_EQ(watered({2.0, 6, 40}, ground("soil"), utc).factors(later)[0], 1);
}

/// Hours of local clocks in which a road is watered: those that do not emit more than the hour before.
std::vector<int> passes(const TimeZone& zone, const CivilTime& first, std::size_t hours, int interval) {
  EmissionWeather weather = hours_of(hours);
  for (std::size_t h = 0; h < hours; ++h) {
    weather[h].time = zone.to_instant(first) + Instant(h) * seconds_per_hour;
  }
  const std::vector<double> factors = watered({2.0, interval, 40}, ground("soil"), zone).factors(weather);
  std::vector<int> local;
  for (std::size_t h = 1; h < hours; ++h) {
    if (factors[h] <= factors[h - 1] && factors[h] < 1) {
      local.push_back(zone.to_civil(weather[h].time).hour);
    }
  }
  return local;
}

TEST(DustResponses, TurnsCountFromLocalMidnight) {
  using Hours = std::vector<int>;
  for (const char* name : {"UTC", "Asia/Shanghai", "UTC+07:00", "Asia/Kolkata", "America/New_York"}) {
    const TimeZone zone(name);
    EXPECT_EQ(passes(zone, {2017, 12, 4, 5, 0, 0}, 26, 6), (Hours{6, 12, 18, 0, 6})) << name;
    EXPECT_EQ(passes(zone, {2017, 12, 4, 5, 0, 0}, 68, 24), (Hours{0, 0, 0})) << name;
  }
  // 4 December 2017 is day 17504 since 1970, so the next even one is the 6th.
  EXPECT_EQ(passes(TimeZone("Asia/Shanghai"), {2017, 12, 4, 5, 0, 0}, 72, 48), Hours{0});
  // Clocks that skip 02:00 on 26 March 2017 and repeat it on 29 October.
  const TimeZone berlin("Europe/Berlin");
  EXPECT_EQ(passes(berlin, {2017, 3, 25, 21, 0, 0}, 10, 2), (Hours{22, 0, 3, 4, 6}));
  EXPECT_EQ(passes(berlin, {2017, 10, 28, 21, 0, 0}, 10, 2), (Hours{22, 0, 2, 4}));
  // All that has turns has these.
  EmissionWeather weather = hours_of(24);
  const TimeZone shanghai("Asia/Shanghai"); // the first hour is 08:00 there
  const std::vector<double> silt = silt_on_road(table().road_silt, shanghai, {0.5, 24}).factors(weather);
  EXPECT_EQ(std::min_element(silt.begin(), silt.end()) - silt.begin(), 16);
  weather[4].wind_speed = weather[15].wind_speed = weather[16].wind_speed = 20; // the second finds no dust
  const std::vector<double> blown =
      pile_wind(0.55, 24, table().wind_erosion, ground("soil"), shanghai).factors(weather);
  EXPECT_GT(blown[4], 0);
  EXPECT_EQ(blown[15], 0);
  EXPECT_EQ(blown[16], blown[4]);
}

TEST(DustResponses, SiltIsWashedOffAndComesBack) {
  EmissionWeather weather = hours_of(400);
  const auto factors = [&](RoadCleaning cleaning) {
    return silt_on_road(table().road_silt, utc, cleaning).factors(weather);
  };
  EXPECT_NEAR(factors({})[399], 1, 1e-12);
  weather[10].rain = 10;
  const std::vector<double> washed = factors({});
  EXPECT_NEAR(washed[9], 1, 1e-12);
  EXPECT_NEAR(washed[11], std::pow(0.18, 0.91), 0.03); // exp(-1.81) and little that has come back
  EXPECT_LT(washed[11], washed[20]);
  EXPECT_NEAR(washed[399], 1, 1e-6);
  weather[10].rain = 0;
  const std::vector<double> cleaned = factors({0.5, 24});
  EXPECT_LT(mean(cleaned), 0.9);
  EXPECT_LT(cleaned[240], cleaned[239]);
}

TEST(DustResponses, AProductIsTheProductUnderAKeyOfItsOwn) {
  const EmissionWeather weather(year().begin(), year().begin() + 500);
  const Response a = dry_ground(ground("soil")), b = handling_wind();
  const std::vector<double> left = a.factors(weather), right = b.factors(weather), both = (a * b).factors(weather);
  for (std::size_t h = 0; h < weather.size(); ++h) {
    ASSERT_EQ(both[h], left[h] * right[h]);
  }
  const std::vector<std::string> keys = {a.key,
                                         b.key,
                                         (a * b).key,
                                         dry_ground(ground("pavement")).key,
                                         silt_on_road(table().road_silt, utc).key,
                                         silt_on_road(table().road_silt, utc, {0.5, 24}).key,
                                         watered({1, 6, 40}, ground("soil"), utc).key,
                                         watered({1, 6, 41}, ground("soil"), utc).key,
                                         watered({1, 6, 41}, ground("soil"), TimeZone("Asia/Shanghai")).key,
                                         silt_on_road(table().road_silt, TimeZone("Asia/Shanghai")).key,
                                         pile_wind(1, 24, table().wind_erosion, ground("soil"), TimeZone("UTC+8")).key,
                                         pile_wind(1, 24, table().wind_erosion, ground("soil"), utc).key,
                                         pile_wind(1, 25, table().wind_erosion, ground("soil"), utc).key};
  for (std::size_t m = 0; m < keys.size(); ++m) {
    for (std::size_t n = 0; n < m; ++n) {
      EXPECT_NE(keys[m], keys[n]);
    }
  }
}
