#include "emission/vehicles.hpp"

#include "physics/vehicle_wear.hpp"

#include <algorithm>

namespace tq {

namespace {

constexpr double coarse_exhaust = 1 / 0.9; // PM10 per PM2.5 of exhaust: the guideline's

double dot(const ByStandard& vehicles, const ByStandard& factors) {
  double sum = 0;
  for (std::size_t s = 0; s < standard_count; ++s) {
    sum += vehicles[s] * factors[s];
  }
  return sum;
}

} // namespace

const std::array<std::string, fuel_count>& fuel_names() {
  static const std::array<std::string, fuel_count> names = {"gasoline", "diesel"};
  return names;
}

const std::array<std::string, standard_count>& standard_names() {
  static const std::array<std::string, standard_count> names = {"Pre-I", "I", "II", "III", "IV", "V", "VI"};
  return names;
}

std::vector<std::string> VehicleTable::class_ids() const {
  std::vector<std::string> ids;
  for (const VehicleClass& vehicle : classes_) {
    ids.push_back(vehicle.id);
  }
  return ids;
}

int VehicleTable::find(std::string_view id) const {
  const auto found =
      std::find_if(classes_.begin(), classes_.end(), [id](const VehicleClass& vehicle) { return vehicle.id == id; });
  return found == classes_.end() ? -1 : int(found - classes_.begin());
}

const ExhaustFactors* VehicleTable::exhaust(std::size_t vehicle, Fuel fuel) const {
  const auto& factors = exhaust_[vehicle][std::size_t(fuel)];
  return factors ? &*factors : nullptr;
}

Exhaust VehicleTable::exhaust(std::size_t vehicle, Fuel fuel, const ByStandard& vehicles, double speed,
                              double altitude) const {
  const ExhaustFactors* factors = exhaust(vehicle, fuel);
  if (factors == nullptr) {
    return {};
  }
  const FuelProperties& properties = fuels_[std::size_t(fuel)];
  const CorrectionGroup& group = corrections_[factors->correction];
  const auto correction = [&](ExhaustGroup which) {
    const auto p = std::size_t(which);
    return physics::speed_correction(properties.speed[p], speed) *
           physics::load_correction(group.load[p], classes_[vehicle].load) *
           physics::altitude_correction(group.altitude[p], altitude);
  };
  double driven = 0;
  ByStandard no2 = factors->nox;
  for (std::size_t s = 0; s < standard_count; ++s) {
    driven += vehicles[s];
    no2[s] *= properties.no2[s];
  }
  const double nox = correction(ExhaustGroup::nox);
  Exhaust result;
  result.co = dot(vehicles, factors->co) * correction(ExhaustGroup::co);
  result.voc = dot(vehicles, factors->hc) * correction(ExhaustGroup::hc) * properties.voc;
  result.nox = dot(vehicles, factors->nox) * nox;
  result.no2 = dot(vehicles, no2) * nox;
  result.pm2_5 = dot(vehicles, factors->pm2_5) * correction(ExhaustGroup::pm);
  result.pm10 = result.pm2_5 * coarse_exhaust;
  result.black_carbon = result.pm2_5 * properties.black_carbon;
  result.organic_carbon = result.pm2_5 * properties.organic_carbon;
  result.so2 = physics::sulfur_dioxide_of_fuel(driven * factors->fuel, properties.sulfur);
  result.nh3 = dot(vehicles, factors->nh3);
  return result;
}

double VehicleTable::weather_correction(std::size_t correction, ExhaustGroup group, double temperature,
                                        double relative_humidity) const {
  if (group == ExhaustGroup::other) {
    return 1.0;
  }
  const CorrectionGroup& figures = corrections_[correction];
  const FuelProperties& fuel = fuels_[std::size_t(figures.fuel)];
  const auto p = std::size_t(group);
  const double humid =
      group == ExhaustGroup::nox ? physics::humidity_correction(fuel.humidity_nox, relative_humidity) : 1.0;
  return physics::temperature_correction(figures.temperature[p], temperature) * humid *
         physics::hot_humidity_correction(fuel.hot[p], temperature, relative_humidity);
}

physics::ParticleSizes VehicleTable::tyre_wear(const VehicleClass& vehicle, double speed) const {
  return tyre_sizes_ * (vehicle.tyre * physics::tyre_speed_factor(speed));
}

physics::ParticleSizes VehicleTable::brake_wear(const VehicleClass& vehicle, double speed) const {
  return brake_sizes_ * (vehicle.brake * physics::brake_speed_factor(speed));
}

physics::ParticleSizes VehicleTable::road_wear(const VehicleClass& vehicle) const {
  return road_sizes_ * vehicle.road;
}

} // namespace tq
