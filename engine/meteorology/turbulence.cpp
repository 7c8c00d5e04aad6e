#include "meteorology/turbulence.hpp"

#include "base/constants.hpp"
#include "meteorology/gridded_surface.hpp"
#include "physics/diffusivity.hpp"
#include "physics/overturning.hpp"

#include <algorithm>
#include <cmath>

namespace tq {
namespace {

/// A level of z-faces, `zeta` m above flat ground: rho K A / distance, with rho A = mass / (dzeta J).
struct ZFace {
  double zeta;            // m
  double inverse_below;   // 1/dzeta of the cell below, m-1
  double inverse_above;   // m-1
  double inverse_between; // 1/distance of the centres over flat ground, m-1

  explicit ZFace(const double* faces)
      : zeta(faces[0]), inverse_below(1.0 / (faces[0] - faces[-1])), inverse_above(1.0 / (faces[1] - faces[0])),
        inverse_between(2.0 / (faces[1] - faces[-1])) {}

  /// Exchange [kg s-1] for a diffusivity of 1 m2 s-1 between cells of those masses [kg].
  TQ_HD double unit_exchange(double below, double above, double jacobian) const {
    return 0.5 * (below * inverse_below + above * inverse_above) * inverse_between / (jacobian * jacobian);
  }
};

/// What a row of columns has in the hour.
struct RowOfColumns {
  const double* TQ_RESTRICT jacobian;
  const double* TQ_RESTRICT friction_velocity;
  const double* TQ_RESTRICT inverse_length;
  const double* TQ_RESTRICT convective; // f
  const double* TQ_RESTRICT k_minimum;
  const double* TQ_RESTRICT mixing_height;
  int nx;

  TQ_HD double parabola(int i, double height) const {
    return physics::parabolic_diffusivity(height, friction_velocity[i], mixing_height[i], inverse_length[i]);
  }
};

template <class T>
void mixing_row(const ZFace& face, const RowOfColumns& row, const T* TQ_RESTRICT below, const T* TQ_RESTRICT above,
                T* TQ_RESTRICT mixing) {
  for (int i = 0; i < row.nx; ++i) {
    const double height = face.zeta * row.jacobian[i];
    const double k = std::max((1.0 - row.convective[i]) * row.parabola(i, height),
                              physics::least_diffusivity(height, row.k_minimum[i]));
    mixing[i] = T(k * face.unit_exchange(double(below[i]), double(above[i]), row.jacobian[i]));
  }
}

/// Wind at the centres of a row of cells times their mass over the width of the cell [kg s-1]; `end` is the next row's
/// y-faces.
template <class T> struct RowOfWind {
  const T *mass, *flux_x, *flux_y, *end;

  double u(int i, double dx) const { return 0.5 * (double(flux_x[i]) + double(flux_x[i + 1])) * dx / double(mass[i]); }
  double v(int i, double dy) const { return 0.5 * (double(flux_y[i]) + double(end[i])) * dy / double(mass[i]); }
};

template <class T>
RowOfWind<T> wind_row(const Forcing<T>& air, int j, int k) {
  return {air.air_mass.line(j, k), air.flux_x.line(j, k), air.flux_y.line(j, k), air.flux_y.line(j + 1, k)};
}

/// Adds what is above the mixing height; `buoyancy`(i, 1/distance of the centres) is (g/theta) dtheta/dz [s-2].
template <class T, class Buoyancy>
void add_free_row(const ZFace& face, const RowOfColumns& row, const RowOfWind<T>& below, const RowOfWind<T>& above,
                  double dx, double dy, const Buoyancy& buoyancy, T* TQ_RESTRICT mixing) {
  for (int i = 0; i < row.nx; ++i) {
    const double height = face.zeta * row.jacobian[i];
    if (height >= row.mixing_height[i]) {
      const double inverse_distance = face.inverse_between / row.jacobian[i];
      const double shear =
          std::hypot(above.u(i, dx) - below.u(i, dx), above.v(i, dy) - below.v(i, dy)) * inverse_distance;
      mixing[i] += T(physics::free_diffusivity(height, shear, buoyancy(i, inverse_distance)) *
                     face.unit_exchange(double(below.mass[i]), double(above.mass[i]), row.jacobian[i]));
    }
  }
}

/// g d(ln theta) from the centre of cell k - 1 to that of cell k [m s-2].
double layering(const GriddedWeather& weather, int i, int j, int k) {
  const auto temperature = weather.temperature.view3(), pressure = weather.pressure.view3();
  return constants::gravity *
         (std::log(temperature(i, j, k) / temperature(i, j, k - 1)) -
          constants::dry_air_gas / constants::dry_air_heat_capacity * std::log(pressure(i, j, k) / pressure(i, j, k - 1)));
}

/// Whether heat rises in any column of the whole domain, so that all ranks say the same.
bool overturns_anywhere(const BoundaryLayer& layer, const GriddedWeather* gridded) {
  const auto unstable = [](const physics::SurfaceLayer& tile) { return tile.inverse_obukhov_length < 0; };
  if (gridded == nullptr || gridded->friction_velocity.nx() == 0 || gridded->heat_flux.nx() == 0) {
    return unstable(layer.mean) || std::any_of(layer.tiles.begin(), layer.tiles.end(), unstable);
  }
  for (int j = 0; j < gridded->heat_flux.ny(); ++j) {
    const double* heat = gridded->heat_flux.view2().line(j);
    if (std::any_of(heat, heat + gridded->heat_flux.nx(), [](double h) { return h > 0; })) {
      return true;
    }
  }
  return false;
}

} // namespace

template <class T>
Turbulence<T>::Turbulence(const Grid& grid, const Subdomain& subdomain, const WeatherOptions& options,
                          const LandCover* cover)
    : subdomain_(subdomain), options_(options), dx_(grid.dx()), dy_(grid.dy()), nz_(grid.nz()) {
  const int nx = subdomain.nx, ny = subdomain.ny;
  const int classes = cover ? int(cover->classes().size()) : 1;
  for (Field<double>* field : {&jacobian_, &k_minimum_, &town_, &friction_velocity_, &inverse_length_, &convective_,
                               &mixing_height_, &first_, &mass_above_}) {
    *field = Field<double>(nx, ny, 1, 1, 0);
  }
  shares_ = Field<double>(nx, ny, classes, 1, 0);
  mixing_z_ = Field<T>(nx, ny, nz_ + 1, 1, 0);
  overturning_z_ = Field<T>(nx, ny, nz_ + 1, 1, 0);
  for (int k = 0; k <= nz_; ++k) {
    zeta_faces_.push_back(grid.zeta_face(k));
  }
  const double country = std::min(physics::urban_least_diffusivity(0), options.k_minimum);
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      const int gi = subdomain.i0 + i, gj = subdomain.j0 + j;
      double town = cover ? 0 : 1;
      for (int c = 0; c < classes; ++c) {
        const double share = cover ? cover->share(gi, gj, c) : 1.0;
        shares_.view3()(i, j, c) = share;
        if (cover && cover->classes()[std::size_t(c)].anthropogenic_heat > 0) {
          town += share;
        }
      }
      town_.view2()(i, j) = town;
      k_minimum_.view2()(i, j) = country + (options.k_minimum - country) * town;
      jacobian_.view2()(i, j) = grid.jacobian(gi, gj);
      largest_jacobian_ = std::max(largest_jacobian_, grid.jacobian(gi, gj));
    }
  }
}

template <class T>
void Turbulence<T>::update(const BoundaryLayer& layer, const Forcing<T>& air, const GriddedWeather* gridded) {
  make_surface(layer, gridded);
  make_mixing(air);
  add_free_mixing(layer, air, gridded);
  overturns_ = overturns_anywhere(layer, gridded);
  if (overturns_) {
    make_overturning(air);
  }
}

template <class T> void Turbulence<T>::make_surface(const BoundaryLayer& layer, const GriddedWeather* gridded) {
  const physics::SurfaceAir air{layer.temperature, layer.pressure};
  const auto shares = std::as_const(shares_).view3();
  const bool tiled = int(layer.tiles.size()) == shares.nz; // else of another land cover, or none
#pragma omp parallel for schedule(static)
  for (int j = 0; j < subdomain_.ny; ++j) {
    for (int i = 0; i < subdomain_.nx; ++i) {
      physics::SurfaceLayer cell =
          tiled ? mean_surface_layer(layer.tiles, [&](std::size_t c) { return shares(i, j, int(c)); }, air)
                : layer.mean;
      double height = layer.mixing_height;
      if (gridded != nullptr) {
        const SurfaceWeather own = column_surface(*gridded, subdomain_.i0 + i, subdomain_.j0 + j);
        if (own.knows_surface_layer()) {
          cell = known_surface_layer(own, GriddedSurface::height, town_.view2()(i, j), options_);
        }
        if (!std::isnan(own.mixing_height)) {
          height = std::clamp(own.mixing_height, options_.minimum_mixing_height, options_.maximum_mixing_height);
        }
      }
      friction_velocity_.view2()(i, j) = cell.friction_velocity;
      inverse_length_.view2()(i, j) = cell.inverse_obukhov_length;
      mixing_height_.view2()(i, j) = height;
      convective_.view2()(i, j) = physics::convective_share(height, cell.inverse_obukhov_length);
    }
  }
}

template <class T> void Turbulence<T>::make_mixing(const Forcing<T>& air) {
  const auto mixing = mixing_z_.view3();
#pragma omp parallel for schedule(static)
  for (int k = 1; k < nz_; ++k) { // 0 at the ground and the lid
    const ZFace face(zeta_faces_.data() + k);
    for (int j = 0; j < subdomain_.ny; ++j) {
      const RowOfColumns row{jacobian_.view2().line(j),       friction_velocity_.view2().line(j),
                             inverse_length_.view2().line(j), convective_.view2().line(j),
                             k_minimum_.view2().line(j),      mixing_height_.view2().line(j),
                             subdomain_.nx};
      mixing_row<T>(face, row, air.air_mass.line(j, k - 1), air.air_mass.line(j, k), mixing.line(j, k));
    }
  }
}

template <class T>
void Turbulence<T>::add_free_mixing(const BoundaryLayer& layer, const Forcing<T>& air, const GriddedWeather* gridded) {
  const auto mixing = mixing_z_.view3();
  const double aloft = constants::gravity / layer.temperature * options_.lapse_aloft;
  double lowest = layer.mixing_height; // of this rank's cells: what is skipped below it would add nothing
  for (int j = 0; j < subdomain_.ny; ++j) {
    const double* height = mixing_height_.view2().line(j);
    lowest = std::min(lowest, *std::min_element(height, height + subdomain_.nx));
  }
#pragma omp parallel for schedule(static)
  for (int k = 1; k < nz_; ++k) {
    const ZFace face(zeta_faces_.data() + k);
    if (face.zeta * largest_jacobian_ < lowest) {
      continue;
    }
    for (int j = 0; j < subdomain_.ny; ++j) {
      const RowOfColumns row{jacobian_.view2().line(j),      nullptr, nullptr, nullptr, nullptr,
                             mixing_height_.view2().line(j), subdomain_.nx};
      const auto buoyancy = [&](int i, double inverse_distance) {
        return gridded != nullptr
                   ? std::max(layering(*gridded, subdomain_.i0 + i, subdomain_.j0 + j, k) * inverse_distance, 0.0)
                   : aloft;
      };
      add_free_row<T>(face, row, wind_row(air, j, k - 1), wind_row(air, j, k), dx_, dy_, buoyancy, mixing.line(j, k));
    }
  }
}

template <class T> void Turbulence<T>::make_overturning(const Forcing<T>& air) {
  const auto overturning = overturning_z_.view3();
  const ZFace floor(zeta_faces_.data() + 1);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < subdomain_.ny; ++j) {
    const double* jacobian = jacobian_.view2().line(j);
    const double* h = mixing_height_.view2().line(j);
    double *first = first_.view2().line(j), *above = mass_above_.view2().line(j);
    std::fill(above, above + subdomain_.nx, 0.0);
    const auto add_mass = [&](int i, int k) { // of cell k, as far as it lies below h
      const double bottom = zeta_faces_[std::size_t(k)] * jacobian[i], top = zeta_faces_[std::size_t(k) + 1] * jacobian[i];
      above[i] += double(air.air_mass(i, j, k)) * std::clamp((h[i] - bottom) / (top - bottom), 0.0, 1.0);
    };
    for (int i = 0; i < subdomain_.nx; ++i) {
      const double height = floor.zeta * jacobian[i];
      const double k = physics::parabolic_diffusivity(height, friction_velocity_.view2()(i, j), h[i],
                                                      inverse_length_.view2()(i, j));
      for (int level = nz_ - 1; level >= 1; --level) {
        add_mass(i, level);
      }
      first[i] = above[i] > 0 ? convective_.view2()(i, j) * k *
                                    floor.unit_exchange(double(air.air_mass(i, j, 0)), double(air.air_mass(i, j, 1)),
                                                        jacobian[i]) /
                                    above[i]
                              : 0.0;
      above[i] = 0;
    }
    for (int k = nz_ - 1; k >= 1; --k) { // 0 at the ground and the lid
      for (int i = 0; i < subdomain_.nx; ++i) {
        add_mass(i, k);
        overturning(i, j, k) = T(first[i] * above[i]);
      }
    }
  }
}

template <class T> void Turbulence<T>::fill(Forcing<T>& forcing) const {
  forcing.mixing_z = mixing_z_.view3();
  forcing.overturning_z = overturns_ ? overturning_z_.view3() : View3<const T>{};
}

template class Turbulence<float>;
template class Turbulence<double>;

} // namespace tq
