// A whole year from a file with its gaps and traps, through the fill policies, to the boundary layer of every hour.
#include "base/random.hpp"
#include "meteorology/boundary_layer.hpp"
#include "physics/radiation.hpp"
#include "physics/solar.hpp"
#include "weather_case.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

using namespace tq;
using tq::test::WeatherCase;

namespace {

constexpr int hours_of_year = 8760;
const Instant begin = test::utc("2022-01-01 00:00");
constexpr double latitude = 51.48, longitude = -0.46;

/// Rules that hold for the boundary layer of any hour, and what tells summer days from nights and calm from wind.
void drive(const Observations& weather, const StationSite& site, Instant first) {
  const WeatherOptions options;
  std::vector<SurfaceTile> tiles(2); // a town and its fields
  tiles[0] = {{0.8, 4.0, 0.18, 0.5, 5.0, 20.0}, 0.4, true};
  tiles[1] = {{0.1, 0.0, 0.20, 0.8, 5.0, 0.0}, 0.6, false};
  const BoundaryLayerModel model(weather, site, options, tiles);
  std::vector<BoundaryLayer> year(hours_of_year);
#pragma omp parallel for schedule(dynamic, 24)
  for (int n = 0; n < hours_of_year; ++n) {
    year[std::size_t(n)] = model.at(first + n * seconds_per_hour);
  }
  double noon = 0, midnight = 0;
  int noons = 0, midnights = 0, unstable = 0, calms = 0;
  for (int n = 0; n < hours_of_year; ++n) {
    const BoundaryLayer& layer = year[std::size_t(n)];
    const SurfaceWeather hour = weather.at(layer.time);
    ASSERT_TRUE(std::isfinite(hour.wind_speed + hour.wind_direction + hour.temperature + hour.dew_point +
                              hour.pressure + hour.cloud_cover + hour.rain + hour.global_radiation))
        << format_utc(layer.time);
    ASSERT_TRUE(hour.cloud_cover >= 0 && hour.cloud_cover <= 1 && hour.rain >= 0 && hour.global_radiation >= 0);
    ASSERT_TRUE(layer.wind_speed >= 0.5 && layer.wind_direction >= 0 && layer.wind_direction <= 360)
        << format_utc(layer.time);
    // Wind of 0.5 m/s under the least L has u* of 0.03 m/s; gusts of 40 m/s over a town 6 m/s.
    ASSERT_TRUE(layer.mean.friction_velocity > 0.02 && layer.mean.friction_velocity < 6) << format_utc(layer.time);
    ASSERT_LE(layer.inverse_obukhov_length, 1 / options.minimum_obukhov_length + 1e-12) << format_utc(layer.time);
    ASSERT_GE(layer.inverse_obukhov_length, -1 / options.roughness_length - 1e-12) << format_utc(layer.time);
    ASSERT_TRUE(layer.mixing_height >= options.minimum_mixing_height &&
                layer.mixing_height <= options.maximum_mixing_height)
        << format_utc(layer.time);
    ASSERT_TRUE(std::abs(layer.mean.sensible_heat) < 700) << format_utc(layer.time);
    calms += layer.calm;
    const int day = n / 24;
    if (day > 150 && day < 240 && layer.sun_sine > 0.7) {
      noon += layer.mixing_height;
      unstable += layer.inverse_obukhov_length < 0;
      ++noons;
    } else if (day > 150 && day < 240 && layer.sun_sine < -0.2) {
      midnight += layer.mixing_height;
      ++midnights;
    }
  }
  ASSERT_GT(noons, 100);
  ASSERT_GT(midnights, 100);
  EXPECT_GT(noon / noons, 1.7 * midnight / midnights);
  EXPECT_GT(double(unstable) / noons, 0.8);
  EXPECT_LT(calms, hours_of_year / 2);
}

/// Weather that anybody can tell is made up, but with a sun, cloud that lasts, and fronts; radiation is that at `middle`
/// of the hour.
SurfaceWeather made(int n, double middle = 0.5) {
  SurfaceWeather hour;
  const double day = n / 24.0;
  const double sine = physics::solar_elevation_sine(int(day) + 1, n % 24 + middle, latitude, longitude);
  hour.cloud_cover = std::round(8 * std::clamp(0.5 + 0.6 * std::sin(day * 1.3) * std::cos(day * 0.17), 0.0, 1.0)) / 8;
  hour.global_radiation = physics::solar_radiation(sine, hour.cloud_cover);
  hour.temperature = 10 - 8 * std::cos(day * 0.0172) + 4 * sine;                  // degrees C
  hour.dew_point = hour.temperature - 3 - 4 * std::max(sine, 0.0);                // degrees C
  hour.pressure = 1013 + 12 * std::sin(day * 0.9);                                // hPa
  hour.wind_speed = std::abs(4 + 3.5 * std::sin(day * 0.7) + std::cos(day * 6)); // calm now and then
  hour.wind_speed = hour.wind_speed < 0.3 ? 0 : hour.wind_speed;
  hour.wind_direction = std::fmod(3600 + 200 + 90 * std::sin(day * 0.4), 360.0);
  hour.rain = std::sin(day * 0.9 + 1) < -0.7 ? 0.4 + 0.2 * std::sin(day * 20) : 0.0;
  return hour;
}

/// Gaps by variable, in hours on end; each somewhere in a stretch of the year of its own, so that none meet.
class Gaps {
 public:
  void add(const std::string& variable, const std::vector<int>& lengths) {
    const int stretch = hours_of_year / int(lengths.size() + 1);
    for (std::size_t n = 0; n < lengths.size(); ++n) {
      const double place = RandomStream(7, lengths.size(), std::int64_t(n)).uniform();
      const int room = stretch - lengths[n] - 12;
      const int first = 48 + int(n) * stretch + int(place * std::max(room, 0));
      std::fill_n(missing_.try_emplace(variable, hours_of_year + 1, false).first->second.begin() + first, lengths[n], true);
    }
  }
  std::string cell(const std::string& variable, int n, double value) const {
    const auto found = missing_.find(variable);
    return found != missing_.end() && found->second[std::size_t(n)] ? "" : fmt::format("{:.3f}", value);
  }
  int count(const std::string& variable) const {
    return int(std::ranges::count(missing_.at(variable), true));
  }

 private:
  std::map<std::string, std::vector<bool>> missing_;
};

const FillReport* fills_of(const Observations& weather, const std::string& variable) {
  const auto found = std::ranges::find(weather.fills(), variable, &FillReport::variable);
  return found == weather.fills().end() ? nullptr : &*found;
}

const std::string london_columns = R"(
latitude  = 51.4775
longitude = -0.4614
[weather.station.variable]
temperature      = { column = "air_temp", unit = "degC", max_hours = 6 }
dew_point        = { column = "dew_point", unit = "degC", max_hours = 6 }
pressure         = { column = "atmos_pres", unit = "hPa" }
wind_speed       = { column = "ws", unit = "m s-1", max_hours = 6 }
wind_direction   = { column = "wd", unit = "degree", max_hours = 6 }
cloud_cover      = { column = "cl", unit = "okta" }
rain             = { column = "precip", unit = "mm", fill = "repeat", max_hours = 2952 }
)";

std::string shared_file(const std::string& name) {
  return (test::shared_directory() / "data" / name).string();
}

std::string epw_scenario(const std::string& file) {
  return "[weather]\nsource = \"epw\"\n[weather.epw]\nfile = \"" + file +
         "\"\nshift = -1\ninterval_values = \"centred\"\nvariable.rain = { fill = \"constant\", value = 0 }\n";
}

} // namespace

// The gaps of Heathrow in 2022: hours of wind, pressure and cloud, days of rain, and no gauge in its last third.
TEST(LongWeatherYears, AStationWithGapsOfAllKindsDrivesAYear) {
  Gaps gaps;
  gaps.add("ws", {5, 2, 1, 3, 1, 2, 4, 1, 1, 3, 2, 1, 2});
  gaps.add("wd", {5, 2, 1, 3, 1, 2, 4, 1, 1, 3, 2, 1, 2, 1, 1, 1, 1, 1, 2, 2});
  gaps.add("air_temp", {5, 3, 1, 6});
  gaps.add("atmos_pres", {8, 1, 1, 2, 12, 1, 3});
  gaps.add("cl", {6, 1, 2, 3, 5});
  gaps.add("precip", {6, 24, 24, 2946});
  std::string file = "date,ws,wd,air_temp,dew_point,atmos_pres,cl,precip\n";
  for (int n = 0; n <= hours_of_year; ++n) { // rain and sun are stamped at the end of their hour
    const SurfaceWeather hour = made(n);
    file += fmt::format("{},{},{},{},{:.3f},{},{},{}\n", format_utc(begin + n * seconds_per_hour).substr(0, 16),
                        gaps.cell("ws", n, hour.wind_speed), gaps.cell("wd", n, hour.wind_direction),
                        gaps.cell("air_temp", n, hour.temperature), hour.dew_point,
                        gaps.cell("atmos_pres", n, hour.pressure), gaps.cell("cl", n, 8 * hour.cloud_cover),
                        gaps.cell("precip", n, hour.rain));
  }
  const std::string head = "[weather]\nsource = \"station\"\n[weather.station]\nfile = \"weather.csv\"\n";
  WeatherCase weather(head + london_columns, file);
  const auto read = weather.read("2022-01-01 00:00", "2023-01-01 00:00");
  ASSERT_TRUE(read) << weather.message();
  for (const auto& [variable, column] :
       {std::pair{"wind_speed", "ws"}, {"temperature", "air_temp"}, {"pressure", "atmos_pres"}, {"cloud_cover", "cl"},
        {"rain", "precip"}}) {
    const FillReport* fills = fills_of(*read, variable);
    ASSERT_TRUE(fills) << variable;
    EXPECT_EQ(fills->filled, gaps.count(column)) << variable;
  }
  EXPECT_EQ(fills_of(*read, "rain")->longest(), 2946);
  EXPECT_NE(read->description().find("at most 2946 h on end"), std::string::npos) << read->description();
  double rain = 0; // goes on in the gap
  for (int n = hours_of_year - 2946; n < hours_of_year; ++n) {
    rain += read->at(begin + n * seconds_per_hour).rain;
  }
  EXPECT_GT(rain, 30);
  drive(*read, {latitude, longitude, 10, begin}, begin);

  // The same gaps without the policy for rain: told, hour by hour, and nothing runs.
  const std::string policy = ", fill = \"repeat\", max_hours = 2952";
  std::string without = london_columns;
  without.erase(without.find(policy), policy.size());
  WeatherCase refused(head + without, file);
  EXPECT_FALSE(refused.read("2022-01-01 00:00", "2023-01-01 00:00"));
  EXPECT_NE(refused.message().find("weather.csv: rain: 3000 of 8760 hours have no value"), std::string::npos)
      << refused.message();
}

// A typical year as China's are: wind observed four times a day, held between with directions drawn at random, noise for
// cloud; radiation is real.
TEST(LongWeatherYears, AnEpwFileWithItsTrapsDrivesAYear) {
  std::string file = "LOCATION,Made Up,Jiangxi,CHN,TEST,000000,51.48,-0.46,0.0,25.0\nDESIGN CONDITIONS,0\n"
                     "TYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\nHOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\n"
                     "COMMENTS 1,made up\nCOMMENTS 2,\nDATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n";
  double speed = 2, direction = 0;
  for (int n = 0; n < hours_of_year; ++n) {
    const CivilTime date = to_utc(begin + n * seconds_per_hour);
    const SurfaceWeather hour = made(n, 0); // radiation is centred on the stamp
    RandomStream random(1, 2, n);
    if ((n % 24) % 6 == 2) { // stamped 3, 9, 15, 21
      speed = std::round(10 * hour.wind_speed) / 10;
      direction = hour.wind_direction;
    } else {
      direction = 360 * random.uniform();
    }
    file += fmt::format("2022,{},{},{},0,f,{:.2f},{:.2f},60,{:.0f},0,0,284,{:.0f},0,0,0,0,0,0,{:.0f},{:.1f},{},5,10,999,9,"
                        "9,0,0,0,88,0.2,999,99\n",
                        date.month, date.day, date.hour + 1, hour.temperature, hour.dew_point, 100 * hour.pressure,
                        hour.global_radiation, direction, speed, int(11 * random.uniform()));
  }
  WeatherCase weather(epw_scenario("weather.csv"), file);
  const auto read = weather.read("2022-01-01 00:00", "2023-01-01 00:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_NE(read->description().find("wind of hours 3, 9, 15, 21 alone, interpolated between them"), std::string::npos)
      << read->description();
  EXPECT_NE(read->description().find("cloud cover from clearness"), std::string::npos) << read->description();
  double error = 0, turn = 0;
  int sunny = 0;
  for (int n = 1; n < hours_of_year; ++n) {
    const SurfaceWeather hour = read->at(begin + n * seconds_per_hour);
    if (made(n).global_radiation > 200) { // the cloud that the radiation was made with comes back, by what it lets through
      error += 0.75 * std::abs(std::pow(hour.cloud_cover, 3.4) - std::pow(made(n).cloud_cover, 3.4));
      ++sunny;
    }
    turn += std::cos((hour.wind_direction - read->at(begin + (n - 1) * seconds_per_hour).wind_direction) / 57.29578);
  }
  EXPECT_LT(error / sunny, 0.03); // two half hours of radiation to one hour of cloud
  EXPECT_GT(turn / hours_of_year, 0.9);
  drive(*read, {latitude, longitude, 10, begin}, begin);
}

TEST(SharedWeatherYears, JingdezhensEpwDrivesAYear) {
  if (!std::filesystem::exists(shared_file("jingdezhen_585270_cswd.epw.gz"))) {
    GTEST_SKIP() << "no shared data at " << test::shared_directory();
  }
  WeatherCase weather(epw_scenario(std::filesystem::canonical(shared_file("jingdezhen_585270_cswd.epw.gz")).string()), "");
  const auto read = weather.read("2016-12-31 16:00", "2017-12-31 16:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_NE(read->description().find("interpolated between them"), std::string::npos);
  const Instant first = test::utc("2016-12-31 16:00");
  drive(*read, {29.3, 117.2, read->height(), first}, first);
}

TEST(SharedWeatherYears, HeathrowDrivesAYear) {
  if (!std::filesystem::exists(shared_file("my1_2022.csv.gz"))) {
    GTEST_SKIP() << "no shared data at " << test::shared_directory();
  }
  WeatherCase weather("[weather]\nsource = \"station\"\n[weather.station]\nfile = \"" +
                          std::filesystem::canonical(shared_file("my1_2022.csv.gz")).string() + "\"\n" + london_columns,
                      "");
  const auto read = weather.read("2022-01-01 00:00", "2023-01-01 00:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_EQ(fills_of(*read, "rain")->filled, 3000);
  drive(*read, {51.4775, -0.4614, read->height(), begin}, begin);
}
