#include "emission/dust_responses.hpp"

#include "base/constants.hpp"
#include "physics/dust_erosion.hpp"
#include "physics/dust_handling.hpp"
#include "physics/dust_roads.hpp"
#include "physics/road_silt.hpp"

#include <cmath>
#include <fmt/format.h>

namespace tq {

namespace {

constexpr double wind_height = 10; // m, of EmissionHour::wind_speed
constexpr double hour_seconds = double(seconds_per_hour);

bool is_turn(const EmissionHour& hour, int interval, const TimeZone& zone) {
  const auto turns = [&](Instant time) { // on local clocks, since the midnight that began 1970
    return std::floor(double(from_utc(zone.to_civil(time))) / (hour_seconds * interval));
  };
  return interval > 0 && turns(hour.time) > turns(hour.time - seconds_per_hour);
}

/// kg m-2 in the hour.
double evaporation(const EmissionHour& hour, const GroundClass& ground) {
  return hour_seconds * physics::potential_evaporation({hour.temperature, hour.relative_humidity, hour.pressure,
                                                        hour.wind_speed, hour.radiation, hour.cloud_cover},
                                                       ground.albedo);
}

/// The ground's water at the begin of each hour [kg m-2], and its dryness over it.
std::vector<physics::GroundHour> ground_hours(const EmissionWeather& weather, const GroundClass& ground) {
  std::vector<physics::GroundHour> hours;
  double water = 0;
  for (const EmissionHour& hour : weather) {
    const physics::GroundHour next =
        physics::ground_after_hour(water, ground.water, hour.rain, evaporation(hour, ground));
    hours.push_back({water, next.dryness});
    water = next.water;
  }
  return hours;
}

} // namespace

Response operator*(const Response& a, const Response& b) {
  return {a.key + " * " + b.key, [a, b](const EmissionWeather& weather) {
            std::vector<double> factors = a.factors(weather);
            const std::vector<double> others = b.factors(weather);
            for (std::size_t n = 0; n < factors.size(); ++n) {
              factors[n] *= others[n];
            }
            return factors;
          }};
}

Response dry_ground(const GroundClass& ground) {
  return {"dry " + ground.id, [ground](const EmissionWeather& weather) {
            std::vector<double> factors;
            for (const physics::GroundHour& hour : ground_hours(weather, ground)) {
              factors.push_back(hour.dryness);
            }
            return factors;
          }};
}

Response handling_wind() {
  return {"handling wind", [](const EmissionWeather& weather) {
            std::vector<double> factors;
            for (const EmissionHour& hour : weather) {
              factors.push_back(std::pow(hour.wind_speed / 2.2, 1.3));
            }
            return factors;
          }};
}

Response pile_wind(double threshold, int interval, const DustTable::WindErosion& erosion, const GroundClass& ground,
                   const TimeZone& zone) {
  return {fmt::format("pile wind {} {} {} {}", threshold, interval, ground.id, zone.name()),
          [=](const EmissionWeather& weather) {
            const std::vector<physics::GroundHour> wetness = ground_hours(weather, ground);
            std::vector<double> factors;
            double spent = 0; // kg m-2 of the potential, since the pile was disturbed
            for (std::size_t h = 0; h < weather.size(); ++h) {
              const double speed = physics::neutral_friction_velocity(erosion.gust_factor * weather[h].wind_speed,
                                                                      wind_height, erosion.roughness);
              const double potential = wetness[h].dryness * physics::erosion_potential(speed, threshold);
              spent = is_turn(weather[h], interval, zone) ? 0.0 : spent;
              factors.push_back(1000.0 * std::fmax(potential - spent, 0.0));
              spent = std::fmax(spent, potential);
            }
            return factors;
          }};
}

Response soil_wind(const SoilClass& soil, const DustTable::SoilHours& hours, const GroundClass& ground) {
  return {fmt::format("soil wind {} {}", soil.id, ground.id), [=](const EmissionWeather& weather) {
            const std::vector<physics::GroundHour> wetness = ground_hours(weather, ground);
            const double vertical = hours.loose * physics::sandblasting(soil.clay); // m-1
            std::vector<double> factors;
            for (std::size_t h = 0; h < weather.size(); ++h) {
              const EmissionHour& hour = weather[h];
              const double water = wetness[h].water / (hours.depth * hours.density);
              const double threshold = soil.threshold * physics::moist_threshold_factor(water, soil.clay);
              const double speed = physics::neutral_friction_velocity(hour.wind_speed, wind_height, hours.roughness);
              const double density = hour.pressure / (constants::dry_air_gas * hour.temperature);
              const double flux = vertical * physics::saltation_flux(speed, threshold, density);
              factors.push_back(hour.rain > ground.water.dry ? 0.0 : 1e6 * flux);
            }
            return factors;
          }};
}

Response watered(const Watering& watering, const GroundClass& ground, const TimeZone& zone) {
  return {fmt::format("watered {} {} {} {} {}", watering.application, watering.interval, watering.traffic, ground.id,
                      zone.name()),
          [=](const EmissionWeather& weather) {
            std::vector<double> factors;
            double evaporated = 1e6; // kg m-2 since the last pass: none yet
            for (const EmissionHour& hour : weather) {
              evaporated = is_turn(hour, watering.interval, zone) ? 0.0 : evaporated;
              const double after = evaporated + evaporation(hour, ground);
              factors.push_back(
                  1.0 - physics::watering_efficiency(evaporated, after, watering.traffic, watering.application));
              evaporated = after;
            }
            return factors;
          }};
}

Response silt_on_road(const DustTable::RoadSiltFactors& silt, const TimeZone& zone, const RoadCleaning& cleaning) {
  return {fmt::format("silt {} {} {}", cleaning.efficiency, cleaning.interval, zone.name()),
          [=](const EmissionWeather& weather) {
            const physics::RoadSilt road{1.0, silt.recovery, silt.wash_off}; // the equation is linear in the silt
            std::vector<double> factors;
            double loading = 1;
            for (const EmissionHour& hour : weather) {
              loading *= is_turn(hour, cleaning.interval, zone) ? 1.0 - cleaning.efficiency : 1.0;
              const physics::SiltStep step =
                  physics::silt_after(loading, road, hour.rain / hour_seconds, 0, hour_seconds);
              factors.push_back(physics::silt_power(step.mean));
              loading = step.end;
            }
            return factors;
          }};
}

} // namespace tq
