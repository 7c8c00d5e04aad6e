#include "meteorology/air_flow.hpp"

#include "base/constants.hpp"
#include "physics/similarity.hpp"
#include "physics/slope_wind.hpp"
#include "state/tracers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tq {
namespace {

/// One row of horizontal fluxes: the sum of `parts` of rows of the whole grid. `first` is the global index of the row's first
/// face, `count` how many there are; the grid has faces [0, last].
template <class T, class Row>
void sum_row(const std::vector<wind::Part>& parts, const Row& row, int first, int count, int last, double* sum,
             T* TQ_RESTRICT flux) {
  const int begin = std::clamp(-first, 0, count), end = std::clamp(last + 1 - first, begin, count);
  std::fill(sum, sum + count, 0.0);
  for (const wind::Part& part : parts) {
    const auto* TQ_RESTRICT unit = row(part.unit) + first;
    double* TQ_RESTRICT total = sum;
    for (int i = begin; i < end; ++i) {
      total[i] += part.speed * double(unit[i]);
    }
  }
  for (int i = 0; i < count; ++i) {
    flux[i] = T(sum[std::clamp(i, begin, end - 1)]);
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
constexpr double station_height = 10; // m above ground

} // namespace

wind::StationWind station_wind(const BoundaryLayer& layer, const WeatherOptions& options) {
  wind::StationWind wind;
  wind.profile.roughness_length = options.roughness_length;
  wind.profile.inverse_obukhov_length = layer.inverse_obukhov_length;
  wind.profile.top = std::min(layer.mixing_height, options.profile_top);
  wind.friction_velocity = layer.friction_velocity;
  wind.direction = layer.wind_direction;
  wind.veering = options.wind.veering;
  return wind;
}

template <class T>
AirFlow<T>::AirFlow(const Grid& grid, const Subdomain& subdomain, const WeatherOptions& options,
                    const WindLibrary& library, double horizontal_diffusivity)
    : library_(library), subdomain_(subdomain), options_(options), nz_(grid.nz()), dx_(grid.dx()), dy_(grid.dy()) {
  const int nx = subdomain.nx, ny = subdomain.ny;
  const std::vector<double>& station = options.wind.station;
  const files::Position place = station.empty() ? files::Position{grid.x_center(0) + 0.5 * (grid.nx() - 1) * dx_,
                                                                  grid.y_center(0) + 0.5 * (grid.ny() - 1) * dy_}
                                                : grid.projection().project({station[0], station[1]});
  station_x_ = place.x;
  station_y_ = place.y;
  for (Field<T>* field : {&flux_x_, &flux_y_}) {
    *field = Field<T>(nx, ny, nz_, 1, halo);
  }
  air_mass_ = Field<T>(nx, ny, nz_, 1, halo + 1); // the outermost halo faces need a cell beyond the halo
  flux_z_ = Field<T>(nx, ny, nz_ + 1, 1, halo);
  make_static(grid, horizontal_diffusivity);
}

template <class T> void AirFlow<T>::make_static(const Grid& grid, double horizontal_diffusivity) {
  const int nx = subdomain_.nx, ny = subdomain_.ny, i0 = subdomain_.i0, j0 = subdomain_.j0;
  exchange_rate_ = Field<T>(nz_, 2, 1, 1, 0);
  for (int k = 0; k < nz_; ++k) {
    exchange_rate_.view2()(k, 0) = T(horizontal_diffusivity / (dx_ * dx_));
    exchange_rate_.view2()(k, 1) = T(horizontal_diffusivity / (dy_ * dy_));
  }
  const auto mass = air_mass_.view3();
#pragma omp parallel for schedule(static)
  for (int k = 0; k < nz_; ++k) {
    for (int j = -halo - 1; j < ny + halo + 1; ++j) {
      for (int i = -halo - 1; i < nx + halo + 1; ++i) {
        mass(i, j, k) = T(grid.air_mass(i0 + i, j0 + j, k));
      }
    }
  }
}

template <class T> void AirFlow<T>::update(const BoundaryLayer& layer) {
  const std::vector<WindLibrary::Unit>& units = library_.units();
  make_horizontal(
      parts_of(layer), [&](int n, int j, int k) { return units[std::size_t(n)].x.view3().line(j, k); },
      [&](int n, int j, int k) { return units[std::size_t(n)].y.view3().line(j, k); });
  make_vertical();
}

template <class T> void AirFlow<T>::update(const FaceFlow& flow) {
  make_horizontal({{0, 1.0}}, [&](int, int j, int k) { return flow.x.view3().line(j, k); },
                  [&](int, int j, int k) { return flow.y.view3().line(j, k); });
  make_vertical();
}

template <class T> WindLibrary::Wind AirFlow<T>::at_station(const std::vector<wind::Part>& parts) const {
  WindLibrary::Wind sum{};
  for (const wind::Part& part : parts) {
    const WindLibrary::Wind unit = library_.at(part.unit, station_x_, station_y_, station_height);
    sum.u += part.speed * unit.u;
    sum.v += part.speed * unit.v;
  }
  return sum;
}

template <class T> std::vector<wind::Part> AirFlow<T>::slope_parts_of(const BoundaryLayer& layer) const {
  const bool stable = layer.mean.inverse_obukhov_length > 0;
  const double heat = stable ? -layer.mean.sensible_heat : layer.mean.sensible_heat;
  if (!options_.wind.slope_winds || !(heat > 0)) {
    return {};
  }
  const physics::SurfaceAir air{layer.temperature, layer.pressure};
  return wind::slope_parts_of(physics::slope_wind_strength(heat, air.heat_capacity(), air.temperature),
                              layer.mean.inverse_obukhov_length);
}

template <class T> std::vector<wind::Part> AirFlow<T>::parts_of(const BoundaryLayer& layer) const {
  wind::StationWind wind = station_wind(layer, options_);
  std::vector<wind::Part> slopes = slope_parts_of(layer), parts;
  if (options_.wind.station_sees_valley) {
    const double measured = physics::similarity_wind(wind.friction_velocity, station_height, wind.profile);
    const double direction = wind.direction * (constants::pi / 180.0);
    WindLibrary::Wind drained = at_station(slopes);
    const double drainage = std::hypot(drained.u, drained.v);
    if (drainage > measured) {
      for (wind::Part& part : slopes) {
        part.speed *= measured / drainage;
      }
      drained = at_station(slopes);
    }
    wind.friction_velocity /= measured; // 1 m s-1 at the station
    parts = parts_seen(wind, -std::sin(direction) * measured - drained.u, -std::cos(direction) * measured - drained.v);
  } else {
    parts = wind::parts_of(wind);
  }
  parts.insert(parts.end(), slopes.begin(), slopes.end());
  return parts;
}

template <class T> std::vector<wind::Part> AirFlow<T>::parts_seen(wind::StationWind wind, double u, double v) const {
  constexpr double most = 3;
  std::array<std::vector<wind::Part>, 2> first; // to the east and to the north
  std::array<WindLibrary::Wind, 2> seen{};
  for (const int n : {0, 1}) {
    wind.direction = n == 0 ? 270 : 180;
    first[std::size_t(n)] = wind::parts_of(wind);
    seen[std::size_t(n)] = at_station(first[std::size_t(n)]);
  }
  const double determinant = seen[0].u * seen[1].v - seen[1].u * seen[0].v;
  double east = (u * seen[1].v - v * seen[1].u) / determinant, north = (v * seen[0].u - u * seen[0].v) / determinant;
  const double size = std::hypot(east, north), wanted = std::hypot(u, v);
  if (!(size <= most * wanted)) { // a place that hardly sees the wind, or none of one direction
    const double less = std::isfinite(size) ? most * wanted / size : 0.0;
    east = std::isfinite(size) ? less * east : u;
    north = std::isfinite(size) ? less * north : v;
  }
  std::vector<wind::Part> parts = first[0];
  for (std::size_t n = 0; n < parts.size(); ++n) { // both lists name the same units
    parts[n].speed = east * first[0][n].speed + north * first[1][n].speed;
  }
  return parts;
}

template <class T>
template <class RowX, class RowY>
void AirFlow<T>::make_horizontal(const std::vector<wind::Part>& parts, const RowX& row_x, const RowY& row_y) {
  const int nx = subdomain_.nx, ny = subdomain_.ny, count = nx + 2 * halo, first = subdomain_.i0 - halo;
  const auto flux_x = flux_x_.view3(), flux_y = flux_y_.view3();
#pragma omp parallel
  {
    std::vector<double> sum(std::size_t(count), 0.0);
#pragma omp for schedule(static) collapse(2)
    for (int k = 0; k < nz_; ++k) {
      for (int j = -halo; j < ny + halo; ++j) {
        const int cell = std::clamp(subdomain_.j0 + j, 0, subdomain_.ny_global - 1);
        const int face = std::clamp(subdomain_.j0 + j, 0, subdomain_.ny_global);
        sum_row(parts, [&](int n) { return row_x(n, cell, k); }, first, count, subdomain_.nx_global, sum.data(),
                flux_x.line(j, k) - halo);
        sum_row(parts, [&](int n) { return row_y(n, face, k); }, first, count, subdomain_.nx_global - 1, sum.data(),
                flux_y.line(j, k) - halo);
      }
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
  forcing.exchange_rate = exchange_rate_.view2();
}

template class AirFlow<float>;
template class AirFlow<double>;

} // namespace tq
