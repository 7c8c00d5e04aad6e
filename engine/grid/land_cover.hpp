#pragma once
#include "config/schema.hpp"
#include "physics/gas_deposition.hpp"
#include "physics/particle_deposition.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tq {

/// Wesely's seasons, in his order.
enum class Season { midsummer, autumn, late_autumn, winter, spring };

/// A class of land cover. Rows stand in data/land_cover.toml with their sources.
struct LandCoverClass {
  std::string id; // "forest"
  std::string name;
  double roughness_length = 0;                           // m
  double displacement = 0;                               // m
  double albedo = 0;                                     // 1
  double moisture = 0;                                   // alpha of the surface energy budget, 1
  double ground_heat = 0;                                // A_G, W m-2 K-1
  double anthropogenic_heat = 0;                         // W m-2
  double bare_soil = 0;                                  // share of the ground that wind can erode, 1
  std::array<physics::CanopyResistances, 5> resistances; // to gases, by Season
  physics::Collector collector;                          // of particles
};

/// The keys of data/land_cover.toml.
config::Schema land_cover_schema();

/// What covers each column of a grid: shares of classes, which sum to 1.
class LandCover {
 public:
  /// The classes of the installed program's data/land_cover.toml. Throws InputError.
  static std::vector<LandCoverClass> load_classes();
  /// Reads a file of that form. Throws InputError with all problems.
  static std::vector<LandCoverClass> read_classes(const std::filesystem::path& file);

  /// One class everywhere.
  LandCover(std::vector<LandCoverClass> classes, int nx, int ny, int everywhere);
  /// `shares` [(j * nx + i) * classes + c], not negative, with a positive sum in each cell; scaled to sum 1. Throws
  /// std::invalid_argument for others.
  LandCover(std::vector<LandCoverClass> classes, int nx, int ny, std::vector<double> shares);

  const std::vector<LandCoverClass>& classes() const { return classes_; }
  /// Index of a class, or -1.
  int find(std::string_view id) const;
  double share(int i, int j, int c) const { return shares_[first(i, j) + std::size_t(c)]; }
  /// Share of the whole domain; 0 for a class that covers nothing.
  double domain_share(int c) const { return domain_shares_[std::size_t(c)]; }
  /// The class with the largest share of a cell; of equal ones the first.
  int dominant(int i, int j) const;
  /// Mean of a property over a cell by area: mean(i, j, &LandCoverClass::albedo).
  double mean(int i, int j, double LandCoverClass::*property) const;

 private:
  std::size_t first(int i, int j) const {
    return (std::size_t(j) * std::size_t(nx_) + std::size_t(i)) * classes_.size();
  }
  void sum_domain();

  std::vector<LandCoverClass> classes_;
  int nx_ = 0;
  std::vector<double> shares_;
  std::vector<double> domain_shares_;
};

} // namespace tq
