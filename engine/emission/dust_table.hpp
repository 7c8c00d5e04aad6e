#pragma once
#include "base/error.hpp"
#include "config/schema.hpp"
#include "emission/rows.hpp"
#include "physics/dust_roads.hpp"
#include "physics/ground_wetness.hpp"
#include "physics/particle_sizes.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tq {

/// A phase of a construction site.
struct ConstructionPhase {
  std::string id;
  double factor = 1; // of the mean of a site
};

/// How stone is processed: kg per kg of stone.
struct StoneProcessing {
  std::string id;
  physics::ParticleSizes crushing;
  physics::ParticleSizes screening;
  physics::ParticleSizes transfer; // from one conveyor to the next
};

struct SoilClass {
  std::string id;
  double erodibility = 0; // I, short tons per acre and year, as in the wind erosion equation
  double clay = 0;        // 1
  double threshold = 0;   // m s-1, friction velocity, loose and dry
};

/// What lies on a pile.
struct PileMaterial {
  std::string id;
  std::string composition;
  double threshold = 0; // m s-1, friction velocity
  double moisture = 0;  // 1
};

/// Silt on paved roads in balance, by traffic; kg m-2.
struct SiltClass {
  std::string id;
  double traffic = 0;  // vehicles per day, at most
  double ap42 = 0;     // towns of the United States
  double measured = 0; // Chinese towns
};

struct GroundClass {
  std::string id;
  physics::GroundWater water;
  double albedo = 0.2;
};

/// Shares of a kind of dust that dissolve in rain.
struct DustComposition {
  std::string id;
  double calcium = 0;   // 1
  double magnesium = 0; // 1
};

/// Factors of the formulas of dust; the rows of data/emission/dust.toml with their sources, in SI unless said.
struct DustTable {
  struct WindErosion {
    physics::ParticleSizes k;
    double gust_factor = 1; // fastest mile of an hour over its mean wind
    double roughness = 0.2; // m, of the country around a pile
  };
  struct Construction {
    double per_month = 0; // kg m-2 of all sizes
    physics::ParticleSizes shares;
  };
  struct SoilErosion { // annual form
    physics::ParticleSizes k;
    double suspended = 0, roughness = 0, sheltering = 0; // 1
  };
  struct SoilHours {      // threshold form
    double loose = 0;     // 1
    double roughness = 0; // m
    double depth = 0;     // m, of soil that shares its water with the surface
    double density = 0;   // kg m-3
  };
  struct RoadSiltFactors {
    double recovery = 0; // s
    double wash_off = 0; // m2 kg-1 of rain
  };

  struct MuckTrucks {
    double silt = 0; // kg m-2, on their way
    double tare = 0; // kg
  };

  physics::ParticleSizes paved; // k, kg m-1
  physics::BySize<physics::PublicRoadFactors> unpaved_public;
  physics::BySize<physics::IndustrialRoadFactors> unpaved_industrial;
  physics::ParticleSizes handling; // k
  WindErosion wind_erosion;
  Construction construction;
  SoilErosion soil_erosion;
  SoilHours soil_hours;
  RoadSiltFactors road_silt;
  MuckTrucks muck_trucks;
  std::vector<ConstructionPhase> phases;
  std::vector<StoneProcessing> stones;
  std::vector<SoilClass> soils;
  std::vector<PileMaterial> materials;
  std::vector<SiltClass> silts; // by rising traffic
  std::vector<GroundClass> grounds;
  std::vector<DustComposition> compositions;

  /// The installed program's data/emission/dust.toml. Throws InputError.
  static DustTable load();
  /// The same, read once.
  static const DustTable& installed();
  /// Reads a file of that form. Throws InputError with all problems.
  static DustTable read(const std::filesystem::path& file);

  /// The class of silt of a road with `traffic` vehicles per day; the last for what is beyond all.
  const SiltClass& silt(double traffic) const;
};

/// The keys of data/emission/dust.toml.
config::Schema dust_schema();

} // namespace tq
