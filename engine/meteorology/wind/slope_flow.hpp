#pragma once
#include "meteorology/wind/face_flow.hpp"
#include "meteorology/wind/metric.hpp"
#include "physics/slope_wind.hpp"

#include <vector>

namespace tq::wind {

/// The terrain whose slopes drive winds, and where they begin: heights of the grid smoothed as by a Gaussian of
/// `slope_scale`, so that hills and basins count and single cells do not. Level ground stays level to the bit.
class SlopeTerrain {
 public:
  /// The grid must outlive this.
  explicit SlopeTerrain(const Grid& grid);

  /// Smoothed height [m] at column coordinates (0 is the centre of the first), linear between centres; beyond the
  /// outermost centres as there.
  double height(double column, double row) const;

  struct Place {
    physics::Slope slope;
    double east = 0, north = 0; // the horizontal direction uphill, of length 1; 0 on level ground
  };
  /// The slope above cell (i, j), or the one below it: along the straight line of the steepest ascent or descent here,
  /// in steps of half a cell, as long as the ground rises (falls), at most `longest_slope`.
  Place at(int i, int j, bool below) const;

 private:
  double& cell(int i, int j) { return heights_[std::size_t(j) * std::size_t(grid_.nx()) + std::size_t(i)]; }
  double cell(int i, int j) const { return heights_[std::size_t(j) * std::size_t(grid_.nx()) + std::size_t(i)]; }

  const Grid& grid_;
  std::vector<double> heights_; // m
};

inline constexpr double slope_scale = 500;     // m, standard deviation of the smoothing
inline constexpr double longest_slope = 10000; // m

/// The slope wind of strength 1 (physics/slope_wind.hpp) as a first guess for the adjustment, kg s-1 per m^(2/3) s-1:
/// downslope or upslope in a slab over the ground, each cell with the part of it that the slab fills. It follows the
/// levels: nothing flows through them.
FaceFlow slope_flow(const Grid& grid, const WindMetric& metric, const SlopeTerrain& terrain, bool upslope);

} // namespace tq::wind
