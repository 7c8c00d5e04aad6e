// A fair day of summer and one of winter in the default city: the boundary layer's course, and what it does to a
// source that never changes.
#include "base/constants.hpp"
#include "meteorology/air_flow.hpp"
#include "meteorology/turbulence.hpp"
#include "physics/diffusivity.hpp"
#include "physics/radiation.hpp"
#include "physics/similarity.hpp"
#include "physics/solar.hpp"
#include "state/accounts.hpp"
#include "transport/transport.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr StationSite city{29.29, 117.20, 10.0};
constexpr int winter = 1, summer = 7;

/// The city's mean temperature and its daily range in that month, wind of 1.2 m/s at night and 2.4 at 14 h (as seen at
/// 02, 14 and 20 h), three tenths of cloud.
class FairDay final : public WeatherSource {
public:
  explicit FairDay(int month) : mean_(month == summer ? 29.1 : 5.0), range_(month == summer ? 9.0 : 7.9) {}
  SurfaceWeather at(Instant hour) const override {
    const CivilTime utc = to_utc(hour);
    const auto course = [&](double warmest) { return std::cos((utc.hour + 8 - warmest) * constants::pi / 12); };
    SurfaceWeather weather;
    weather.time = hour;
    weather.temperature = constants::zero_celsius + mean_ + 0.5 * range_ * course(14.5);
    weather.dew_point = weather.temperature - 5;
    weather.pressure = 101000;
    weather.cloud_cover = 0.3;
    weather.wind_speed = 1.8 + 0.6 * course(14);
    weather.wind_direction = 45;
    weather.global_radiation = physics::solar_radiation(
        physics::solar_elevation_sine(day_of_year(utc), utc.hour + 0.5, city.latitude, city.longitude), 0.3);
    return weather;
  }
  std::string description() const override { return "made"; }

private:
  double mean_, range_;
};

Instant at_clock(int month, int clock) { return from_utc({2017, month, 15, 0, 0, 0}) + (clock - 8) * seconds_per_hour; }

std::vector<SurfaceTile> low_town() {
  const std::vector<LandCoverClass> classes = LandCover::load_classes();
  const LandCover cover(classes, 1, 1, LandCover(classes, 1, 1, 0).find("low_town"));
  return surface_tiles(cover);
}

struct Range {
  double least, most;
};

void expect_in(double value, Range range, const char* what, int clock) {
  EXPECT_GE(value, range.least) << what << " at " << clock;
  EXPECT_LE(value, range.most) << what << " at " << clock;
}

double k_at_50(const BoundaryLayer& layer) {
  return physics::parabolic_diffusivity(50, layer.mean.friction_velocity, layer.mixing_height,
                                        layer.mean.inverse_obukhov_length);
}

double wind_at_10(const BoundaryLayer& layer) {
  return physics::similarity_wind(layer.friction_velocity, 10, {0.6, 0, layer.inverse_obukhov_length, layer.mixing_height});
}

/// Mean concentration of the lowest layer in the middle of 40 km x 40 km, hour by hour over a day after a day of
/// spin-up, of a source that is the same in every cell and hour.
std::array<double, 24> concentrations(int month) {
  constexpr int n = 8;
  GridSpecification s;
  s.name = "box";
  s.epsg = 32650;
  s.nx = s.ny = n;
  s.dx = s.dy = 5000;
  s.zeta_faces = {0, 12, 28, 50, 80, 120, 175, 245, 335, 450, 600, 790, 1030, 1330, 1680, 2080, 2500};
  s.terrain.assign(n * n, 0.0);
  const Grid grid(s);
  const FairDay weather(month);
  const BoundaryLayerModel model(weather, city, {}, low_town());
  const Subdomain whole = Decomposition(n, n, 1, 1).of(0);
  const WindLibrary winds(grid, {.roughness_length = WeatherOptions{}.roughness_length});
  AirFlow<double> air_flow(grid, whole, {}, winds, 10.0);
  Turbulence<double> turbulence(grid, whole, {}, nullptr);
  SerialCommunicator alone;
  const TracerSet set(1, 1, 0);
  Transport<double> transport(whole, alone, set, grid.nz(), {});
  Tracers<double> tracers(set, n, n, grid.nz());
  Accounts accounts(n, n, 1);
  Field<double> emission(n, n, 1, 1, 0), conductance(n, n, 1, 1, 0), wet(n, n, 1, 1, 0), inflow(grid.nz(), 1, 1, 1, 0);
  for (int j = 0; j < n; ++j) {
    for (int i = 0; i < n; ++i) {
      emission.view3()(i, j, 0) = 1e-9 * grid.cell_area(); // 1 ug m-2 s-1
    }
  }
  Forcing<double> forcing;
  air_flow.fill(forcing);
  forcing.emission = emission.view();
  forcing.deposition_conductance = conductance.view3();
  forcing.wet_rate = wet.view3();
  forcing.inflow = inflow.view2();
  std::array<double, 24> means{};
  std::int64_t steps = 0;
  for (int hour = -24; hour < 24; ++hour) {
    const BoundaryLayer layer = model.at(at_clock(month, hour));
    air_flow.update(layer);
    air_flow.fill(forcing);
    turbulence.update(layer, forcing);
    turbulence.fill(forcing);
    const StepPlan plan = transport.plan(forcing, double(seconds_per_hour));
    for (int step = 0; step < plan.steps; ++step) {
      transport.planes(forcing, plan, steps++, tracers.view());
      transport.columns(forcing, plan, tracers.view(), accounts.views());
      if (hour >= 0) {
        means[std::size_t(hour)] += tracers.view()[0](n / 2, n / 2, 0) * 1.2e9 / plan.steps; // about ug m-3
      }
    }
  }
  return means;
}

} // namespace

TEST(Diurnal, SummerDay) {
  const FairDay weather(summer);
  const BoundaryLayerModel model(weather, city, {}, low_town());
  for (int clock : {12, 13, 14}) {
    const BoundaryLayer layer = model.at(at_clock(summer, clock));
    expect_in(layer.mean.sensible_heat, {150, 350}, "heat", clock);
    expect_in(1 / layer.mean.inverse_obukhov_length, {-40, -3}, "L", clock);
    expect_in(layer.mixing_height, {900, 2000}, "mixing height", clock);
    expect_in(k_at_50(layer), {15, 80}, "K at 50 m", clock);
    expect_in(wind_at_10(layer), {2.2, 2.5}, "wind", clock);
    expect_in(layer.convective_velocity, {1.2, 2.5}, "w*", clock);
    EXPECT_LE(layer.stability_class, physics::StabilityClass::b) << clock;
  }
  for (int clock : {22, 24, 26, 28}) {
    const BoundaryLayer layer = model.at(at_clock(summer, clock));
    expect_in(layer.mean.sensible_heat, {-60, -5}, "heat", clock);
    expect_in(1 / layer.mean.inverse_obukhov_length, {15, 60}, "L", clock);
    expect_in(layer.mixing_height, {150, 350}, "mixing height", clock);
    expect_in(k_at_50(layer), {0.05, 1}, "K at 50 m", clock);
    expect_in(wind_at_10(layer), {1.1, 1.8}, "wind", clock);
    EXPECT_GE(layer.stability_class, physics::StabilityClass::e) << clock;
  }
}

TEST(Diurnal, WinterDay) {
  const FairDay weather(winter);
  const BoundaryLayerModel model(weather, city, {}, low_town());
  for (int clock : {12, 13, 14}) {
    const BoundaryLayer layer = model.at(at_clock(winter, clock));
    expect_in(layer.mean.sensible_heat, {60, 200}, "heat", clock);
    expect_in(1 / layer.mean.inverse_obukhov_length, {-80, -8}, "L", clock);
    expect_in(layer.mixing_height, {500, 1100}, "mixing height", clock);
    expect_in(k_at_50(layer), {10, 50}, "K at 50 m", clock);
    expect_in(wind_at_10(layer), {2.2, 2.5}, "wind", clock);
  }
  for (int clock : {20, 22, 24, 28}) {
    const BoundaryLayer layer = model.at(at_clock(winter, clock));
    expect_in(1 / layer.mean.inverse_obukhov_length, {15, 60}, "L", clock);
    expect_in(layer.mixing_height, {150, 350}, "mixing height", clock);
    expect_in(k_at_50(layer), {0.05, 1}, "K at 50 m", clock);
  }
}

TEST(Diurnal, NightCollapseIsVisibleAtTheGround) {
  // The same source and half the wind: what differs is how deep the air mixes. Measured in the city in 2017: PM2.5 and
  // NO2 peak at 20 to 22 h and are least in the afternoon, though traffic is not. At most as much as the air is deeper
  // (up to 13 times) and, mixed down from aloft, faster (about twice).
  for (int month : {winter, summer}) {
    const std::array<double, 24> c = concentrations(month);
    const double afternoon = (c[13] + c[14] + c[15]) / 3, evening = (c[20] + c[21] + c[22]) / 3;
    EXPECT_GT(evening, 2.5 * afternoon) << month;
    EXPECT_LT(evening, 26 * afternoon) << month;
    const auto least = std::min_element(c.begin(), c.end()) - c.begin();
    EXPECT_GE(least, 12) << month;
    EXPECT_LE(least, 17) << month;
    EXPECT_GT(c[6], c[11]) << month; // the morning's growth thins the night's air
  }
}
