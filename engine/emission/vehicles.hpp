#pragma once
#include "base/error.hpp"
#include "config/schema.hpp"
#include "physics/particle_sizes.hpp"
#include "physics/vehicle_emission.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tq {

/// What burns in a vehicle; electric ones have wear alone.
enum class Fuel { gasoline, diesel };
inline constexpr std::size_t fuel_count = 2;
const std::array<std::string, fuel_count>& fuel_names();

/// Emission standards of China: Pre-I, I, II, III, IV, V, VI.
inline constexpr std::size_t standard_count = 7;
const std::array<std::string, standard_count>& standard_names();
/// Something for each standard.
using ByStandard = std::array<double, standard_count>;

/// What corrections tell apart; `other` has none.
enum class ExhaustGroup { co, hc, nox, pm, other };
inline constexpr std::size_t corrected_count = 4;

/// A class of vehicles, as data/emission/vehicles.toml describes it.
struct VehicleClass {
  std::string id; // "heavy_truck"
  std::string name;
  double mass = 0;                                 // kg
  double tyre = 0;                                 // kg m-1 of TSP, before the speed factor
  double brake = 0;                                // kg m-1 of TSP, before the speed factor
  double road = 0;                                 // kg m-1 of TSP
  double load = 0;                                 // share of the full one
  double life_scale = 0;                           // tau, yr
  double life_shape = 0;                           // k
  double longest = 0;                              // yr; at that age it is scrapped
  std::array<double, standard_count - 1> begins{}; // year from which registrations meet I, II ... VI
};

/// Exhaust of a class on a fuel at the base state, kg m-1 per vehicle.
struct ExhaustFactors {
  ByStandard co{}, hc{}, nox{}, pm2_5{}, nh3{};
  double fuel = 0;            // kg m-1
  std::size_t correction = 0; // index into VehicleTable::corrections
};

struct FuelProperties {
  double sulfur = 0;                           // kg kg-1
  double voc = 0;                              // of HC, without methane
  double black_carbon = 0, organic_carbon = 0; // of PM2.5
  ByStandard no2{};                            // of NOx, by mass as NO2
  std::array<physics::SpeedFactors, corrected_count> speed;
  physics::SideFactors humidity_nox;
  std::array<physics::SideFactors, corrected_count> hot;
};

/// Corrections of a group of vehicles on one fuel.
struct CorrectionGroup {
  std::string id;
  Fuel fuel = Fuel::gasoline;
  std::array<physics::SideFactors, corrected_count> temperature;
  std::array<double, corrected_count> altitude{};
  std::array<physics::LoadFactors, corrected_count> load;
};

/// What a vehicle leaves on its way, kg m-1. PM10 of exhaust is all there is of it.
struct Exhaust {
  double co = 0, voc = 0, nox = 0, no2 = 0, pm2_5 = 0, pm10 = 0, black_carbon = 0, organic_carbon = 0, so2 = 0, nh3 = 0;
};

/// The tables of data/emission/vehicles.toml in SI.
class VehicleTable {
 public:
  /// Reads the installed table. Throws InputError.
  static VehicleTable load();
  /// The same, read once.
  static const VehicleTable& installed();
  /// Reads a file of that form. Throws InputError with all problems.
  static VehicleTable read(const std::filesystem::path& file);

  const std::vector<VehicleClass>& classes() const { return classes_; }
  std::vector<std::string> class_ids() const;
  /// Index of a class, or -1.
  int find(std::string_view id) const;
  /// Factors of a class on a fuel, or nullptr where it has none.
  const ExhaustFactors* exhaust(std::size_t vehicle, Fuel fuel) const;
  const std::vector<CorrectionGroup>& corrections() const { return corrections_; }
  const FuelProperties& fuel(Fuel fuel) const { return fuels_[std::size_t(fuel)]; }

  /// Exhaust per vehicle of a class on a fuel, before the weather's corrections: the sum over standards of `vehicles`
  /// times the factor, so `vehicles` may be shares or numbers. Speed [m s-1], altitude [m].
  Exhaust exhaust(std::size_t vehicle, Fuel fuel, const ByStandard& vehicles, double speed, double altitude) const;
  /// The weather's factor on what a correction group emits of a group of pollutants; temperature [K], relative humidity
  /// [0..1]. 1 at 15 degrees Celsius and 50 %.
  double weather_correction(std::size_t correction, ExhaustGroup group, double temperature,
                            double relative_humidity) const;
  /// Wear of a vehicle, kg m-1; speed [m s-1].
  physics::ParticleSizes tyre_wear(const VehicleClass& vehicle, double speed) const;
  physics::ParticleSizes brake_wear(const VehicleClass& vehicle, double speed) const;
  physics::ParticleSizes road_wear(const VehicleClass& vehicle) const;

 private:
  std::vector<VehicleClass> classes_;
  std::vector<std::array<std::optional<ExhaustFactors>, fuel_count>> exhaust_; // as classes_
  std::array<FuelProperties, fuel_count> fuels_;
  std::vector<CorrectionGroup> corrections_;
  physics::ParticleSizes tyre_sizes_, brake_sizes_, road_sizes_; // shares of TSP

  friend class VehicleTableReader;
};

} // namespace tq
