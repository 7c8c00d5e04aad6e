#include "meteorology/boundary_layer.hpp"

#include "base/constants.hpp"
#include "meteorology/weather_generator.hpp"
#include "physics/mixing_height.hpp"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr StationSite jingdezhen{29.29, 117.20, 10.0};

/// Weather by a function, for rules that need exact hours.
class MadeWeather final : public WeatherSource {
public:
  explicit MadeWeather(std::function<void(SurfaceWeather&)> change) : change_(std::move(change)) {}
  SurfaceWeather at(Instant hour) const override {
    SurfaceWeather weather{hour, 3.0, 45.0, 288.15, 280.0, 101325.0, 0.3, 0.0, 0.0};
    change_(weather);
    return weather;
  }
  std::string description() const override { return "made"; }

private:
  std::function<void(SurfaceWeather&)> change_;
};

/// 2017-07-15 at that hour of Chinese standard time.
Instant july(int clock) { return from_utc({2017, 7, 15, 0, 0, 0}) + (clock - 8) * seconds_per_hour; }

} // namespace

TEST(BoundaryLayer, TheProfileGivesBackTheWind) {
  const MadeWeather source([](SurfaceWeather& w) { w.global_radiation = w.time == july(12) ? 700 : 0; });
  for (int clock : {3, 12}) {
    const BoundaryLayer layer = BoundaryLayerModel(source, jingdezhen, {}).at(july(clock));
    EXPECT_EQ(layer.inverse_obukhov_length < 0, clock == 12);
    EXPECT_NEAR(physics::similarity_wind(layer.friction_velocity, 10, {0.6, 0, layer.inverse_obukhov_length}), 3.0, 1e-8);
    EXPECT_EQ(layer.wind_speed, 3.0);
    EXPECT_FALSE(layer.calm);
    EXPECT_EQ(layer.stability_class, clock == 12 ? physics::StabilityClass::b : physics::StabilityClass::e);
  }
}

TEST(BoundaryLayer, RulesForTheWindAtTenMetresHoldForOtherMasts) {
  const double share = std::log(10 / 0.6) / std::log(30 / 0.6); // of the wind at 30 m
  for (const auto& [speed, calm] : {std::pair{0.49, true}, {0.51, false}}) {
    const MadeWeather source([speed = speed, share](SurfaceWeather& w) { w.wind_speed = speed / share; });
    const BoundaryLayer layer = BoundaryLayerModel(source, {29.29, 117.20, 30.0}, {}).at(july(3));
    EXPECT_EQ(layer.calm, calm);
    EXPECT_NEAR(layer.wind_speed * share, std::max(speed, 0.5), 1e-12);
  }
  for (const double height : {10.0, 30.0}) { // 6 m/s at 30 m are 4.3 at 10 m
    const MadeWeather source([](SurfaceWeather& w) {
      w.wind_speed = 6;
      w.global_radiation = 700;
    });
    const BoundaryLayer layer = BoundaryLayerModel(source, {29.29, 117.20, height}, {}).at(july(12));
    EXPECT_EQ(layer.stability_class, physics::stability_class(700, height > 10 ? 6 * share : 6, 0.3));
  }
  EXPECT_NE(physics::stability_class(700, 6 * share, 0.3), physics::stability_class(700, 6, 0.3));
}

TEST(BoundaryLayer, WeatherThatKnowsItsStressAndHeatIsTakenAtItsWord) {
  const MadeWeather source([](SurfaceWeather& w) {
    w.friction_velocity = w.time < july(6) ? 1e-3 : 0.4;
    w.sensible_heat = w.time < july(6) ? -20 : 150;
  });
  const BoundaryLayerModel model(source, jingdezhen, {});
  const BoundaryLayer day = model.at(july(12)), night = model.at(july(3));
  EXPECT_EQ(day.mean.friction_velocity, 0.4);
  EXPECT_EQ(day.friction_velocity, 0.4);
  EXPECT_EQ(day.mean.sensible_heat, 150);
  EXPECT_TRUE(day.tiles.empty());
  EXPECT_NEAR(1 / day.inverse_obukhov_length, -101325 / 287.05 * 1005 * 0.064 / (0.4 * 9.81 * 150), 1e-9);
  EXPECT_GT(day.mixing_height, night.mixing_height); // grown by that heat
  const double least = std::max(20.0, physics::stable_obukhov_length(3, 10, 0.6, 288.15, 0.3));
  EXPECT_NEAR(1 / night.inverse_obukhov_length, least, 1e-9);
  EXPECT_NEAR(night.friction_velocity, physics::similarity_friction_velocity(0.5, 10, {0.6, 0, 1 / least}), 1e-12);
}

TEST(BoundaryLayer, CalmKeepsTheLastDirection) {
  const MadeWeather source([](SurfaceWeather& w) {
    const bool calm = w.time > july(10);
    w.wind_speed = calm ? 0.0 : 2.0;
    w.wind_direction = calm ? 0.0 : w.time == july(10) ? 225.0 : 90.0;
  });
  const BoundaryLayerModel model(source, jingdezhen, {});
  const BoundaryLayer layer = model.at(july(15));
  EXPECT_TRUE(layer.calm);
  EXPECT_EQ(layer.wind_speed, 0.5);
  EXPECT_EQ(layer.wind_direction, 225.0);
  EXPECT_NEAR(physics::similarity_wind(layer.friction_velocity, 10, {0.6, 0, layer.inverse_obukhov_length}), 0.5, 1e-8);
  EXPECT_EQ(model.at(july(10) + 72 * seconds_per_hour).wind_direction, 225.0);
  EXPECT_EQ(model.at(july(10) + 73 * seconds_per_hour).wind_direction, 0.0); // too long ago
}

TEST(BoundaryLayer, DoesNotAskBeforeTheFirstHour) {
  const Instant first = july(12);
  const MadeWeather source([&](SurfaceWeather& w) {
    ASSERT_GE(w.time, first);
    w.wind_speed = 0;
    w.wind_direction = 10;
  });
  StationSite site = jingdezhen;
  site.first_hour = first;
  const BoundaryLayerModel model(source, site, {});
  EXPECT_EQ(model.at(first).wind_direction, 10.0);
  EXPECT_GT(model.at(first + 9 * seconds_per_hour).mixing_height, 0);
}

TEST(BoundaryLayer, GrowsByTheSunsHeatAndCollapses) {
  const MadeWeather source([](SurfaceWeather& w) {
    w.wind_speed = 2;
    w.global_radiation = w.time >= july(7) && w.time < july(17) ? 500 : 0;
  });
  const BoundaryLayerModel model(source, jingdezhen, {});
  ASSERT_LT(model.at(july(6)).mean.sensible_heat, 0); // the sun is up, but has not yet warmed the ground
  const BoundaryLayer first = model.at(july(7));
  const double heat = first.mean.sensible_heat / (101325 / (287.05 * 288.15) * 1005);
  const physics::ConvectiveDrive drive{heat, first.mean.friction_velocity, 288.15, 0.005};
  EXPECT_NEAR(first.mixing_height, physics::grown_height(150, drive, 1800, 1800), 0.5);
  EXPECT_NEAR(model.at(july(9)).mixing_height, physics::grown_height(150, drive, 2.5 * 3600, 9000), 0.5);

  const double grown = physics::grown_height(150, drive, 10 * 3600.0, 36000);
  const double night = model.at(july(28)).mixing_height; // 4 h of the next day
  EXPECT_LT(night, 160);
  for (int hours = 0; hours < 4; ++hours) {
    EXPECT_NEAR(model.at(july(17 + hours)).mixing_height, 150 + (grown - 150) * std::exp(-(hours + 0.5) / 1.5), 1.0) << hours;
  }
}

TEST(BoundaryLayer, ConvectionHasAVelocity) {
  const MadeWeather source([](SurfaceWeather& w) { w.global_radiation = w.time == july(12) ? 500 : 0; });
  const BoundaryLayerModel model(source, jingdezhen, {});
  const BoundaryLayer noon = model.at(july(12));
  EXPECT_EQ(model.at(july(23)).convective_velocity, 0.0);
  const double flux = noon.mean.sensible_heat / (101325.0 / (287.05 * 288.15) * 1005);
  EXPECT_NEAR(std::pow(noon.convective_velocity, 3), 9.81 / 288.15 * flux * noon.mixing_height, 1e-12);
}

TEST(BoundaryLayer, TownsKeepTheNightDeep) {
  const MadeWeather source([](SurfaceWeather& w) { w.wind_speed = 1; });
  WeatherOptions options;
  options.town_population = 5e5;
  EXPECT_EQ(BoundaryLayerModel(source, jingdezhen, {}).at(july(3)).mixing_height, 150);
  EXPECT_NEAR(BoundaryLayerModel(source, jingdezhen, options).at(july(3)).mixing_height, 282.84, 0.01);
}

TEST(BoundaryLayer, OneClassIsTheStationItself) {
  const MadeWeather source([](SurfaceWeather& w) { w.global_radiation = w.time == july(12) ? 500 : 0; });
  for (int clock : {3, 12}) {
    const BoundaryLayer layer = BoundaryLayerModel(source, jingdezhen, {}).at(july(clock));
    ASSERT_EQ(layer.tiles.size(), 1u);
    EXPECT_NEAR(layer.tiles[0].friction_velocity, layer.friction_velocity, 1e-6 * layer.friction_velocity) << clock;
    EXPECT_NEAR(layer.tiles[0].inverse_obukhov_length / layer.inverse_obukhov_length, 1, 1e-6) << clock;
    EXPECT_NEAR(layer.mean.friction_velocity, layer.tiles[0].friction_velocity, 1e-15);
  }
}

TEST(SurfaceLayerModel, GroundsDiffer) {
  const SurfaceTile town{{1.0, 7.0, 0.15, 0.1, 5, 30}, 0.2, true}, forest{{1.0, 6.7, 0.15, 0.8, 5, 0}, 0.5, false},
      grass{{0.03, 0.2, 0.2, 0.9, 5, 0}, 0.3, false};
  const SurfaceLayerModel model(WeatherOptions{}, 10, {town, forest, grass, {{}, 0.0, false}});
  SurfaceWeather weather{0, 2.5, 0, 298.15, 290, 101325, 0.2, 0, 700};
  const SurfaceHour noon = model.at(weather);
  EXPECT_GT(noon.tiles[0].sensible_heat, noon.tiles[1].sensible_heat + 100); // dry town, moist forest
  EXPECT_GT(noon.tiles[1].friction_velocity, 1.3 * noon.tiles[2].friction_velocity); // rough, smooth
  EXPECT_EQ(noon.tiles[3].friction_velocity, 0.0); // covers nothing
  EXPECT_NEAR(noon.mean.sensible_heat,
              0.2 * noon.tiles[0].sensible_heat + 0.5 * noon.tiles[1].sensible_heat + 0.3 * noon.tiles[2].sensible_heat, 1e-9);
  // L of the mean is that of its own heat and stress
  const double rho_cp = 101325 / (287.05 * 298.15) * 1005;
  EXPECT_NEAR(noon.mean.inverse_obukhov_length,
              -0.4 * 9.81 * noon.mean.sensible_heat / (rho_cp * 298.15 * std::pow(noon.mean.friction_velocity, 3)), 1e-9);

  weather.global_radiation = 0;
  weather.wind_speed = 1;
  const SurfaceHour night = model.at(weather);
  EXPECT_LT(night.tiles[1].sensible_heat, 0);
  EXPECT_NEAR(night.tiles[0].inverse_obukhov_length, 1.0 / 20, 1e-12); // the least length of towns
  EXPECT_LT(night.tiles[0].inverse_obukhov_length, night.tiles[1].inverse_obukhov_length);
}

TEST(BoundaryLayer, MoreWindAndCloudGiveDeeperNights) {
  const auto height = [](double wind, double cloud) {
    const MadeWeather source([=](SurfaceWeather& w) {
      w.wind_speed = wind;
      w.cloud_cover = cloud;
    });
    return BoundaryLayerModel(source, jingdezhen, {}).at(july(3)).mixing_height;
  };
  EXPECT_EQ(height(1, 0), 150);
  EXPECT_GT(height(6, 0), 300);
  EXPECT_GT(height(6, 1), height(6, 0));
  EXPECT_LE(height(30, 1), 3000);
}

TEST(BoundaryLayer, DayAndNightDifferInTheGeneratedYear) {
  const auto source = make_generator(1);
  const BoundaryLayerModel model(*source, jingdezhen, {});
  const auto mean = [&](int month, int clock) {
    double sum = 0;
    for (int day = 1; day <= 28; ++day) {
      sum += model.at(from_utc({2017, month, day, 0, 0, 0}) + (clock - 8) * seconds_per_hour).mixing_height / 28;
    }
    return sum;
  };
  EXPECT_GT(mean(1, 15), 2.0 * mean(1, 4));
  EXPECT_GT(mean(7, 15), 3.0 * mean(7, 4));
  EXPECT_GT(mean(7, 15), 1.3 * mean(1, 15));
  EXPECT_LT(mean(7, 15), 2500);
}

TEST(BoundaryLayer, TakesTheMixingHeightThatTheSourceKnowsWithinItsBounds) {
  for (const auto& [known, taken] : {std::pair{777.0, 777.0}, std::pair{20.0, 150.0}, std::pair{5000.0, 3000.0}}) {
    const MadeWeather source([height = known](SurfaceWeather& w) { w.mixing_height = height; });
    EXPECT_EQ(BoundaryLayerModel(source, jingdezhen, {}).at(july(14)).mixing_height, taken);
  }
}

TEST(WeatherOptions, DefaultsAreTheDeclaredOnes) {
  config::Schema schema;
  declare_weather(schema);
  ProblemList problems;
  const WeatherOptions options = read_weather(config::Settings::check({}, schema, problems), problems);
  problems.throw_if_any();
  EXPECT_EQ(options.source, "generator");
  EXPECT_EQ(options.seed, 1u);
  EXPECT_EQ(options.roughness_length, 0.6);
  EXPECT_EQ(options.k_minimum, WeatherOptions().k_minimum);
}
