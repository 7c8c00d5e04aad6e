#include "grid/grid.hpp"

#include "base/constants.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

namespace tq {

namespace {

/// The specification with its terrain spelled out; throws if it makes no grid.
GridSpecification checked(GridSpecification s) {
  const auto require = [](bool condition, const char* text) {
    if (!condition) {
      throw std::invalid_argument(std::string("grid: ") + text);
    }
  };
  require(s.nx >= 1 && s.ny >= 1, "nx and ny must be at least 1");
  require(s.dx > 0 && s.dy > 0, "dx and dy must be positive");
  require(s.zeta_faces.size() >= 2 && s.zeta_faces.front() == 0,
          "zeta_faces must have at least two values, the first 0");
  require(std::adjacent_find(s.zeta_faces.begin(), s.zeta_faces.end(), std::greater_equal<>()) ==
              s.zeta_faces.end(),
          "zeta_faces must rise");
  const double top = s.zeta_faces.back();
  require(s.surface_pressure > 0 && s.surface_temperature - s.lapse_rate * top > 0,
          "reference pressure and temperature must be positive up to the top");
  const std::size_t cells = std::size_t(s.nx) * std::size_t(s.ny);
  require(s.terrain.empty() || s.terrain.size() == cells, "terrain must have nx * ny values");
  s.terrain.resize(cells, 0.0);
  require(std::all_of(s.terrain.begin(), s.terrain.end(),
                      [top](double h) { return std::isfinite(h) && h < highest_terrain_share * top; }),
          "terrain must be finite and below 0.8 of the top");
  return s;
}

} // namespace

Grid::Grid(GridSpecification specification)
    : specification_(checked(std::move(specification))), projection_(specification_.epsg) {}

double Grid::terrain(int i, int j) const {
  const int column = std::clamp(i, 0, nx() - 1);
  const int row = std::clamp(j, 0, ny() - 1);
  return specification_.terrain[std::size_t(row) * std::size_t(nx()) + std::size_t(column)];
}

double Grid::jacobian_xface(int i, int j) const {
  return 1.0 - 0.5 * (terrain(i - 1, j) + terrain(i, j)) / top();
}

double Grid::jacobian_yface(int i, int j) const {
  return 1.0 - 0.5 * (terrain(i, j - 1) + terrain(i, j)) / top();
}

double Grid::air_density(int i, int j, int k) const {
  return reference_density(terrain(i, j) + height_above_ground(i, j, k));
}

double Grid::reference_pressure(double z) const {
  const GridSpecification& s = specification_;
  const double scale = constants::gravity / constants::dry_air_gas;
  return s.lapse_rate == 0 ? s.surface_pressure * std::exp(-scale * z / s.surface_temperature)
                           : s.surface_pressure * std::pow(1.0 - s.lapse_rate * z / s.surface_temperature,
                                                           scale / s.lapse_rate);
}

double Grid::reference_density(double z) const {
  const double temperature = specification_.surface_temperature - specification_.lapse_rate * z;
  return reference_pressure(z) / (constants::dry_air_gas * temperature);
}

} // namespace tq
