#include "emission/traffic.hpp"

#include <algorithm>

namespace tq {

namespace {

double& amount(InventoryAmounts& amounts, InventoryPollutant pollutant) {
  return amounts[std::size_t(pollutant)];
}

/// What corrections apply to each emitted species.
std::vector<ExhaustGroup> groups_of(const EmittedSpecies& species) {
  std::vector<ExhaustGroup> groups(std::size_t(species.count()), ExhaustGroup::other);
  const auto set = [&](const char* name, ExhaustGroup group) {
    for (const int index : species.named(name)) {
      groups[std::size_t(index)] = group;
    }
  };
  set("tsp", ExhaustGroup::pm);
  set("bc", ExhaustGroup::pm);
  set("oc", ExhaustGroup::pm);
  set("nox", ExhaustGroup::nox);
  set("co", ExhaustGroup::co);
  set("voc", ExhaustGroup::hc);
  return groups;
}

double ratio(double after, double before) {
  return before > 0 ? after / before : 1.0;
}

} // namespace

std::string exhaust_part(const VehicleClass& vehicle, Fuel fuel) {
  return "exhaust." + vehicle.id + "." + fuel_names()[std::size_t(fuel)];
}

std::string wear_part(const VehicleClass& vehicle) {
  return "wear." + vehicle.id;
}

std::string road_dust_part(const VehicleClass& vehicle) {
  return "dust." + vehicle.id;
}

std::vector<double> exhaust_rates(const EmittedSpecies& species, const Exhaust& exhaust) {
  using enum InventoryPollutant;
  InventoryAmounts amounts{};
  amount(amounts, pm2_5) = exhaust.pm2_5;
  amount(amounts, pm10) = exhaust.pm10;
  amount(amounts, tsp) = exhaust.pm10;
  amount(amounts, so2) = exhaust.so2;
  amount(amounts, nox) = exhaust.nox;
  amount(amounts, co) = exhaust.co;
  amount(amounts, voc) = exhaust.voc;
  amount(amounts, nh3) = exhaust.nh3;
  amount(amounts, bc) = exhaust.black_carbon;
  amount(amounts, oc) = exhaust.organic_carbon;
  return species.split(amounts, exhaust.nox > 0 ? exhaust.no2 / exhaust.nox : 0.0);
}

std::vector<double> wear_rates(const EmittedSpecies& species, const physics::ParticleSizes& wear) {
  InventoryAmounts amounts{};
  amount(amounts, InventoryPollutant::pm2_5) = wear.pm2_5;
  amount(amounts, InventoryPollutant::pm10) = wear.pm10;
  amount(amounts, InventoryPollutant::tsp) = wear.tsp;
  return species.split(amounts, 0);
}

Response exhaust_weather(const VehicleTable& vehicles, std::size_t correction, const EmittedSpecies& species) {
  const std::vector<ExhaustGroup> groups = groups_of(species);
  return {"exhaust." + vehicles.corrections()[correction].id,
          [&vehicles, correction, groups](const EmissionWeather& weather) {
            std::vector<double> factors;
            factors.reserve(weather.size() * groups.size());
            for (const EmissionHour& hour : weather) {
              std::array<double, corrected_count + 1> by_group{};
              for (std::size_t p = 0; p <= corrected_count; ++p) {
                by_group[p] =
                    vehicles.weather_correction(correction, ExhaustGroup(p), hour.temperature, hour.relative_humidity);
              }
              std::transform(groups.begin(), groups.end(), std::back_inserter(factors),
                             [&](ExhaustGroup group) { return by_group[std::size_t(group)]; });
            }
            return factors;
          }};
}

std::vector<double> fleet_factors(const std::string& part, const VehicleTable& vehicles, const Fleet& before,
                                  const Fleet& after, const EmittedSpecies& species) {
  constexpr double base_speed = 30 / 3.6; // any would do: all standards of a class share their corrections
  std::vector<double> factors(std::size_t(species.count()), 1.0);
  for (std::size_t v = 0; v < vehicles.classes().size(); ++v) {
    const VehicleClass& vehicle = vehicles.classes()[v];
    const FleetClass &was = before.classes[v], &is = after.classes[v];
    if (part == wear_part(vehicle) || part == road_dust_part(vehicle)) {
      std::fill(factors.begin(), factors.end(), ratio(is.total(), was.total()));
    }
    for (std::size_t f = 0; f < fuel_count; ++f) {
      if (part == exhaust_part(vehicle, Fuel(f))) {
        const auto rates = [&](const FleetClass& fleet) {
          return exhaust_rates(species, vehicles.exhaust(v, Fuel(f), fleet.burning[f], base_speed, 0));
        };
        const std::vector<double> then = rates(was), now = rates(is);
        std::transform(now.begin(), now.end(), then.begin(), factors.begin(), ratio);
      }
    }
  }
  return factors;
}

} // namespace tq
