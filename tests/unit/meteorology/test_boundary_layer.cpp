#include "meteorology/boundary_layer.hpp"

#include "base/constants.hpp"
#include "meteorology/weather_generator.hpp"

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

TEST(BoundaryLayer, FrictionVelocityFromTheProfile) {
  const MadeWeather source([](SurfaceWeather&) {});
  const BoundaryLayer layer = BoundaryLayerModel(source, jingdezhen, {}).at(july(3));
  EXPECT_NEAR(layer.friction_velocity, 0.4 * 3.0 / std::log(10 / 0.6), 1e-12);
  EXPECT_EQ(layer.wind_speed, 3.0);
  EXPECT_FALSE(layer.calm);
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
  EXPECT_NEAR(layer.friction_velocity, 0.4 * 0.5 / std::log(10 / 0.6), 1e-12);
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
  // constant 400 W m-2 from sunrise on: h^2 = h0^2 + 2 share K t / (rho cp gamma)
  const MadeWeather source([](SurfaceWeather& w) {
    w.wind_speed = 0.5;
    w.global_radiation = 400;
  });
  WeatherOptions options;
  const BoundaryLayerModel model(source, jingdezhen, options);
  int sunrise = 3;
  while (model.at(july(sunrise)).sun_sine < 0.03) {
    ++sunrise;
  }
  EXPECT_TRUE(sunrise == 5 || sunrise == 6) << sunrise;
  const double rho = 101325.0 / (287.05 * 288.15);
  const double heat = 0.25 * 400 / (rho * 1005) * 3600 * (12 - sunrise + 0.5);
  EXPECT_NEAR(model.at(july(12)).mixing_height, std::sqrt(150. * 150 + 2 * heat / 0.005), 1e-6);
  EXPECT_NEAR(model.at(july(sunrise - 1)).mixing_height, 150, 0.5); // what is left of last evening

  int sunset = 17;
  while (model.at(july(sunset)).sun_sine >= 0.03) {
    ++sunset;
  }
  const double day = model.at(july(sunset - 1)).mixing_height;
  EXPECT_LT(model.at(july(sunset)).mixing_height, 0.8 * day);
  EXPECT_GT(model.at(july(sunset)).mixing_height, model.at(july(sunset + 1)).mixing_height);
  EXPECT_LT(model.at(july(23)).mixing_height, 190);
}

TEST(BoundaryLayer, SunStirsTheAir) {
  const MadeWeather source([](SurfaceWeather& w) { w.global_radiation = w.time == july(12) ? 500 : 0; });
  const BoundaryLayerModel model(source, jingdezhen, {});
  const BoundaryLayer noon = model.at(july(12)), night = model.at(july(23));
  EXPECT_NEAR(night.mixing_velocity, night.friction_velocity, 1e-15);
  const double flux = 0.25 * 500 / (101325.0 / (287.05 * 288.15) * 1005);
  const double cube = std::pow(noon.friction_velocity, 3) + 0.6 * 9.81 / 288.15 * flux * noon.mixing_height;
  EXPECT_NEAR(std::pow(noon.mixing_velocity, 3), cube, 1e-12);
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
