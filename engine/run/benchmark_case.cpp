#include "run/benchmark_case.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace tq {

namespace {

constexpr double cell = 500, seconds = 60; // m, s
constexpr double air_density = 1.2;        // kg m-3
constexpr double diffusivity = 10;         // m2 s-1, horizontal
constexpr double background = 1e-8;        // kg kg-1, of the first tracer; the others have multiples of it
constexpr int tracers_per_pass = 8;        // of planes, that share what drives them while it is in cache

/// What is the same in a whole level k of nz.
struct Level {
  Level(int k, int nz) {
    const double height = double(k) / nz;
    thickness = 10 + 140 * height;
    flat_mass = air_density * thickness * cell * cell;
    const double speed = 1 + 4 * std::sqrt(height), direction = -0.4 + 2 * height;
    along_x = speed * std::cos(direction) / cell;
    along_y = speed * std::sin(direction) / cell;
    eddies = 0.3 * speed / cell;
    mixing = k == 0 ? 0 : air_density * (0.1 + 120 * height * (1 - height)) * cell * cell / thickness;
  }
  double thickness;        // m
  double flat_mass;        // kg of a cell over flat ground
  double along_x, along_y; // s-1, mean wind over the cell's width
  double eddies;           // s-1, largest wind of the eddies over the cell's width
  double mixing;           // kg s-1 between this level and the one below; at most 30 m2 s-1
};

Subdomain whole_domain(const BenchmarkSize& size) {
  return Decomposition(size.nx, size.ny, 1, 1).of(0);
}

TransportOptions one_step() {
  TransportOptions options;
  options.max_step = seconds;
  return options;
}

/// Share of tag t of its total at a place: each tag owns the sources of some blocks of 16 x 16 cells.
double source_share(int tag, int tags, int i, int j) {
  return tag == 0 || (i / 16 + j / 16) % tags == tag - 1;
}

} // namespace

std::string benchmark_name(const char* precision, const BenchmarkSize& size, int threads) {
  return fmt::format("{}/{}x{}x{}/tracers:{}{}/threads:{}", precision, size.nx, size.ny, size.nz, size.tracers,
                     size.tags > 0 ? fmt::format("/tags:{}", size.tags) : "", threads);
}

BenchmarkTraffic benchmark_traffic(const BenchmarkSize& size, std::size_t element) {
  const double passes = (size.count() + tracers_per_pass - 1) / tracers_per_pass;
  return {double(element) * (2 + 3 * passes / size.count()), double(element) * (2 + 3.0 / size.count())};
}

double benchmark_memory(const BenchmarkSize& size, std::size_t element) {
  constexpr double halos = 1.1, fields_of_air = 6, accounts = 7, fields_of_surface = 4;
  const double columns = double(size.nx) * size.ny, tracers = size.count();
  return halos * double(element) * size.cells() * (tracers + fields_of_air) +
         columns * tracers * (8 * accounts + double(element) * fields_of_surface);
}

template <class T>
BenchmarkForcing<T>::BenchmarkForcing(const BenchmarkSize& s, const TracerSet& set)
    : relief_(s.nx, s.ny, 1, 1, halo_width + 1), air_mass_(s.nx, s.ny, s.nz, 1, halo_width),
      flux_x_(s.nx, s.ny, s.nz, 1, halo_width), flux_y_(s.nx, s.ny, s.nz, 1, halo_width),
      flux_z_(s.nx, s.ny, s.nz + 1, 1, halo_width), mixing_z_(s.nx, s.ny, s.nz + 1, 1, halo_width),
      exchange_rate_(s.nz, 2, 1, 1, 0),
      emission_(s.nx, s.ny, 1, set.count(), 0), conductance_(s.nx, s.ny, set.count(), 1, 0),
      wet_rate_(s.nx, s.ny, set.count(), 1, 0), inflow_(s.nz, set.count(), 1, 1, 0) {
  fill_air(s);
  fill_tracers(s, set);
}

template <class T> void BenchmarkForcing<T>::fill_air(const BenchmarkSize& s) {
  constexpr int halo = halo_width + 1;
  constexpr double wave = 0.1;                  // rad per cell, of the eddies
  Field<double> stream(s.nx, s.ny, 1, 1, halo); // of the eddies, at the south-west corners [cells]
  const View2<double> relief = relief_.view2(), psi = stream.view2();
  for (int j = -halo; j < s.ny + halo; ++j) {
    for (int i = -halo; i < s.nx + halo; ++i) {
      const int inside_i = std::clamp(i, 0, s.nx - 1), inside_j = std::clamp(j, 0, s.ny - 1);
      relief(i, j) = 1 - 0.1 * std::pow(std::sin(0.05 * inside_i) * std::sin(0.04 * inside_j), 2);
      psi(i, j) = std::sin(wave * i) * std::sin(wave * j) / wave;
    }
  }

  const View3<T> air = air_mass_.view3(), x = flux_x_.view3(), y = flux_y_.view3(), z = flux_z_.view3();
  const View3<T> mixing_z = mixing_z_.view3();
#pragma omp parallel for schedule(static)
  for (int k = 0; k < s.nz; ++k) {
    const Level level(k, s.nz);
    exchange_rate_.view2()(k, 0) = exchange_rate_.view2()(k, 1) = T(diffusivity / (cell * cell));
    for (int j = -halo_width; j < s.ny + halo_width; ++j) {
      for (int i = -halo_width; i < s.nx + halo_width; ++i) {
        const double relief_x = 0.5 * (relief(i - 1, j) + relief(i, j));
        const double relief_y = 0.5 * (relief(i, j - 1) + relief(i, j));
        air(i, j, k) = T(level.flat_mass * relief(i, j));
        x(i, j, k) = T(level.flat_mass * (level.along_x * relief_x + level.eddies * (psi(i, j + 1) - psi(i, j))));
        y(i, j, k) = T(level.flat_mass * (level.along_y * relief_y - level.eddies * (psi(i + 1, j) - psi(i, j))));
        mixing_z(i, j, k) = T(level.mixing * relief(i, j));
      }
    }
  }
#pragma omp parallel for schedule(static)
  for (int j = 0; j < s.ny; ++j) {
    for (int k = 0; k < s.nz; ++k) {
      for (int i = 0; i < s.nx; ++i) { // continuity, from the ground up
        z(i, j, k + 1) = z(i, j, k) - ((x(i + 1, j, k) - x(i, j, k)) + (y(i, j + 1, k) - y(i, j, k)));
      }
    }
  }
}

template <class T> void BenchmarkForcing<T>::fill_tracers(const BenchmarkSize& s, const TracerSet& set) {
  const View4<T> emission = emission_.view();
  const View3<T> conductance = conductance_.view3();
  const View2<T> inflow = inflow_.view2();
  for (int n = 0; n < set.count(); ++n) {
    const auto [scenario, species, tag] = set.id(n);
    const double velocity = 1e-3 * (7 - species % 8); // m s-1
    for (int j = 0; j < s.ny; ++j) {
      for (int i = 0; i < s.nx; ++i) {
        emission[n](i, j, 0) = T((i + j + species) % 7 == 0 ? 1e-3 * source_share(tag, s.tags, i, j) : 0);
        conductance(i, j, n) = T(velocity * air_density * cell * cell * relief_.view2()(i, j));
      }
    }
    for (int k = 0; k < s.nz; ++k) {
      inflow(k, n) = T(background * (1 + species) / (tag == 0 ? 1 : s.tags));
    }
  }
}

template <class T> Forcing<T> BenchmarkForcing<T>::views() const {
  Forcing<T> f;
  f.air_mass = air_mass_.view3();
  f.flux_x = flux_x_.view3();
  f.flux_y = flux_y_.view3();
  f.flux_z = flux_z_.view3();
  f.exchange_rate = exchange_rate_.view2();
  f.mixing_z = mixing_z_.view3();
  f.emission = emission_.view();
  f.deposition_conductance = conductance_.view3();
  f.wet_rate = wet_rate_.view3();
  f.inflow = inflow_.view2();
  return f;
}

template <class T>
BenchmarkCase<T>::BenchmarkCase(const BenchmarkSize& s)
    : size(s), set(1, s.tracers, s.tags), drive(s, set), forcing(drive.views()), tracers(set, s.nx, s.ny, s.nz),
      accounts(s.nx, s.ny, set.count()), transport(whole_domain(s), alone, set, s.nz, one_step()),
      plan(transport.plan(forcing, seconds)) {
  std::vector<double> sine(std::size_t(s.nx + 5 * s.nz), 0.0), cosine(std::size_t(s.ny), 0.0);
  for (std::size_t i = 0; i < sine.size(); ++i) {
    sine[i] = std::sin(0.1 * double(i));
  }
  for (std::size_t j = 0; j < cosine.size(); ++j) {
    cosine[j] = std::cos(0.08 * double(j));
  }
  for (int n = 0; n < set.count(); ++n) {
    const auto [scenario, species, tag] = set.id(n);
    const double mean = background * (1 + species) / (tag == 0 ? 1 : s.tags);
    const View3<T> q = tracers.view()[n];
#pragma omp parallel for schedule(static)
    for (int k = 0; k < s.nz; ++k) {
      for (int j = 0; j < s.ny; ++j) {
        for (int i = 0; i < s.nx; ++i) {
          q(i, j, k) = T(mean * (1 + 0.5 * sine[std::size_t(i + 5 * k)] * cosine[std::size_t(j)]));
        }
      }
    }
  }
}

template class BenchmarkForcing<float>;
template class BenchmarkForcing<double>;
template struct BenchmarkCase<float>;
template struct BenchmarkCase<double>;

} // namespace tq
