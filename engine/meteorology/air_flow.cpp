#include "meteorology/air_flow.hpp"

#include "base/constants.hpp"
#include "state/tracers.hpp"

#include <algorithm>
#include <cmath>

namespace tq {
namespace {

/// The logarithmic profile without u*/kappa: heights as logarithms, so that a row needs none.
struct Profile {
  double log_roughness;
  double log_top;

  TQ_HD double operator()(double log_height) const {
    constexpr double least = 0.09531017980432487; // ln 1.1
    const double bounded = log_height < log_top ? log_height : log_top;
    const double value = bounded - log_roughness;
    return value > least ? value : least;
  }
};

/// Adds to `sum` the flux of one row of faces of unit wind; `low` and `high` are the cells on both sides [kg].
template <class T>
void add_row(const Profile& profile, double log_zeta, const double* TQ_RESTRICT log_jacobian, const T* TQ_RESTRICT low,
             const T* TQ_RESTRICT high, int first, int last, double* TQ_RESTRICT sum) {
  for (int i = first; i < last; ++i) {
    sum[i] += profile(log_zeta + log_jacobian[i]) * 0.5 * (double(low[i]) + double(high[i]));
  }
}

/// The fluxes of that row: scale * profile * mean mass.
template <class T>
void flux_row(const Profile& profile, double log_zeta, const double* TQ_RESTRICT log_jacobian,
              const double* TQ_RESTRICT scale, const T* TQ_RESTRICT low, const T* TQ_RESTRICT high, int first, int last,
              T* TQ_RESTRICT flux) {
  for (int i = first; i < last; ++i) {
    flux[i] = T(scale[i] * (profile(log_zeta + log_jacobian[i]) * 0.5 * (double(low[i]) + double(high[i]))));
  }
}

template <class T>
void close_row(const T* TQ_RESTRICT below, const T* TQ_RESTRICT west, const T* TQ_RESTRICT south,
               const T* TQ_RESTRICT north, int nx, T* TQ_RESTRICT above) {
  for (int i = 0; i < nx; ++i) {
    above[i] = below[i] - ((west[i + 1] - west[i]) + (north[i] - south[i]));
  }
}

constexpr int halo = halo_width;

} // namespace

template <class T>
AirFlow<T>::AirFlow(const Grid& grid, const Subdomain& subdomain, const WeatherOptions& options,
                    double horizontal_diffusivity)
    : subdomain_(subdomain), options_(options), nz_(grid.nz()), dx_(grid.dx()), dy_(grid.dy()) {
  const int nx = subdomain.nx, ny = subdomain.ny;
  for (Field<double>* field : {&log_jacobian_x_, &log_jacobian_y_, &scale_x_, &scale_y_}) {
    *field = Field<double>(nx, ny, 1, 1, halo);
  }
  for (Field<T>* field : {&flux_x_, &flux_y_, &mixing_x_, &mixing_y_}) {
    *field = Field<T>(nx, ny, nz_, 1, halo);
  }
  air_mass_ = Field<T>(nx, ny, nz_, 1, halo + 1); // the outermost halo faces need a cell beyond the halo
  flux_z_ = Field<T>(nx, ny, nz_ + 1, 1, halo);
  make_static(grid, horizontal_diffusivity);
}

template <class T> void AirFlow<T>::make_static(const Grid& grid, double horizontal_diffusivity) {
  const int nx = subdomain_.nx, ny = subdomain_.ny, i0 = subdomain_.i0, j0 = subdomain_.j0;
  for (int k = 0; k < nz_; ++k) {
    log_zeta_.push_back(std::log(grid.zeta_center(k)));
    flat_mass_.push_back(grid.reference_density(grid.zeta_center(k)) * (grid.zeta_face(k + 1) - grid.zeta_face(k)));
  }
  const auto log_x = log_jacobian_x_.view2(), log_y = log_jacobian_y_.view2();
  for (int j = -halo; j < ny + halo; ++j) {
    for (int i = -halo; i < nx + halo; ++i) {
      log_x(i, j) = std::log(grid.jacobian_xface(i0 + i, j0 + j));
      log_y(i, j) = std::log(grid.jacobian_yface(i0 + i, j0 + j));
    }
  }
  const auto mass = air_mass_.view3(), mixing_x = mixing_x_.view3(), mixing_y = mixing_y_.view3();
#pragma omp parallel for schedule(static)
  for (int k = 0; k < nz_; ++k) {
    for (int j = -halo - 1; j < ny + halo + 1; ++j) {
      for (int i = -halo - 1; i < nx + halo + 1; ++i) {
        mass(i, j, k) = T(grid.air_mass(i0 + i, j0 + j, k));
      }
    }
    for (int j = -halo; j < ny + halo; ++j) {
      for (int i = -halo; i < nx + halo; ++i) {
        const auto exchange = [&](T neighbour, double width) {
          return T(horizontal_diffusivity * 0.5 * (double(neighbour) + double(mass(i, j, k))) / (width * width));
        };
        // the west and south faces inside the domain; outside and on its edge nothing is exchanged
        const bool inside_x = i0 + i > 0 && i0 + i < grid.nx() && j0 + j >= 0 && j0 + j < grid.ny();
        const bool inside_y = j0 + j > 0 && j0 + j < grid.ny() && i0 + i >= 0 && i0 + i < grid.nx();
        mixing_x(i, j, k) = inside_x ? exchange(mass(i - 1, j, k), dx_) : T(0);
        mixing_y(i, j, k) = inside_y ? exchange(mass(i, j - 1, k), dy_) : T(0);
      }
    }
  }
}

template <class T> void AirFlow<T>::update(const BoundaryLayer& layer) {
  make_horizontal(layer);
  make_vertical();
}

template <class T> void AirFlow<T>::make_horizontal(const BoundaryLayer& layer) {
  const Profile profile{std::log(options_.roughness_length),
                        std::log(std::min(layer.mixing_height, options_.profile_top))};
  const double speed = layer.friction_velocity / constants::von_karman; // of one unit of the profile
  const double direction = layer.wind_direction * (constants::pi / 180.0);
  double flat = 0; // kg m-1 s-1 through one metre of face column over flat ground, for one unit of `speed`
  for (int k = 0; k < nz_; ++k) {
    flat += flat_mass_[std::size_t(k)] * profile(log_zeta_[std::size_t(k)]);
  }
  const double total_x = -std::sin(direction) * speed * flat * dy_;
  const double total_y = -std::cos(direction) * speed * flat * dx_;

  const int nx = subdomain_.nx, ny = subdomain_.ny;
  const auto mass = air_mass_.view3(), flux_x = flux_x_.view3(), flux_y = flux_y_.view3();
  const auto scale_x = scale_x_.view2(), scale_y = scale_y_.view2();
  const auto log_x = log_jacobian_x_.view2(), log_y = log_jacobian_y_.view2();
#pragma omp parallel for schedule(static)
  for (int j = -halo; j < ny + halo; ++j) {
    std::fill(scale_x.line(j) - halo, scale_x.line(j) + nx + halo, 0.0);
    std::fill(scale_y.line(j) - halo, scale_y.line(j) + nx + halo, 0.0);
    for (int k = 0; k < nz_; ++k) {
      const double log_zeta = log_zeta_[std::size_t(k)];
      add_row<T>(profile, log_zeta, log_x.line(j), mass.line(j, k) - 1, mass.line(j, k), -halo, nx + halo,
                 scale_x.line(j));
      add_row<T>(profile, log_zeta, log_y.line(j), mass.line(j - 1, k), mass.line(j, k), -halo, nx + halo,
                 scale_y.line(j));
    }
    for (int i = -halo; i < nx + halo; ++i) {
      scale_x(i, j) = total_x / scale_x(i, j);
      scale_y(i, j) = total_y / scale_y(i, j);
    }
  }
#pragma omp parallel for schedule(static)
  for (int k = 0; k < nz_; ++k) {
    const double log_zeta = log_zeta_[std::size_t(k)];
    for (int j = -halo; j < ny + halo; ++j) {
      flux_row<T>(profile, log_zeta, log_x.line(j), scale_x.line(j), mass.line(j, k) - 1, mass.line(j, k), -halo,
                  nx + halo, flux_x.line(j, k));
      flux_row<T>(profile, log_zeta, log_y.line(j), scale_y.line(j), mass.line(j - 1, k), mass.line(j, k), -halo,
                  nx + halo, flux_y.line(j, k));
    }
  }
}

template <class T> void AirFlow<T>::make_vertical() {
  const auto flux_x = flux_x_.view3(), flux_y = flux_y_.view3(), flux_z = flux_z_.view3();
#pragma omp parallel for schedule(static)
  for (int j = 0; j < subdomain_.ny; ++j) {
    for (int k = 0; k < nz_; ++k) { // flux_z at k = 0 stays 0
      close_row<T>(flux_z.line(j, k), flux_x.line(j, k), flux_y.line(j, k), flux_y.line(j + 1, k), subdomain_.nx,
                   flux_z.line(j, k + 1));
    }
  }
}

template <class T> void AirFlow<T>::fill(Forcing<T>& forcing) const {
  forcing.air_mass = air_mass_.view3();
  forcing.air_mass.halo = halo;
  forcing.flux_x = flux_x_.view3();
  forcing.flux_y = flux_y_.view3();
  forcing.flux_z = flux_z_.view3();
  forcing.mixing_x = mixing_x_.view3();
  forcing.mixing_y = mixing_y_.view3();
}

template class AirFlow<float>;
template class AirFlow<double>;

} // namespace tq
