#pragma once
/// The case that benchmarks measure, in bench/ and in `tianqing bench`: one outer step of transport in a wind that
/// veers with height over hills.

#include "state/accounts.hpp"
#include "state/forcing.hpp"
#include "state/tracers.hpp"
#include "transport/transport.hpp"

#include <string>

namespace tq {

struct BenchmarkSize {
  int nx = 0, ny = 0, nz = 0;
  int tracers = 0; // without tags
  int tags = 0;    // of each tracer

  bool operator==(const BenchmarkSize&) const = default;
  double cells() const { return double(nx) * ny * nz; }
  int count() const { return tracers * (1 + tags); } // of tracers and their tags
};

/// "float/256x256x32/tracers:8/threads:2"; with tags "float/256x256x32/tracers:8/tags:3/threads:2".
std::string benchmark_name(const char* precision, const BenchmarkSize& size, int threads);

/// Bytes that must pass between memory and processor per cell, tracer and step; `element` is the size of a number.
/// Counted for two passes, each of which reads and writes a tracer once and whatever drives it once per group of
/// tracers that share it in cache: 8 in planes (air mass, two fluxes), all in columns
/// (air mass, vertical flux, exchange). What has one level (emission, deposition, accounts) is not counted. A code that
/// fuses passes moves less, one that misses the cache more: the count stays, so that figures can be compared.
struct BenchmarkTraffic {
  double planes = 0, columns = 0;
  double step() const { return planes + columns; }
};
BenchmarkTraffic benchmark_traffic(const BenchmarkSize& size, std::size_t element);

/// About what a case takes [bytes].
double benchmark_memory(const BenchmarkSize& size, std::size_t element);

/// Owns what drives the case: 1 m/s at the ground to 5 m/s aloft, veering by 2 rad, with eddies of 63 cells and hills
/// of up to a tenth of the depth, so that all three fluxes have both signs; cells of 500 m, layers of 10 to 150 m.
/// Emission and deposition in the lowest layer; one tracer of eight is not deposited. No rain.
template <class T> class BenchmarkForcing {
 public:
  BenchmarkForcing(const BenchmarkSize& size, const TracerSet& set);
  Forcing<T> views() const;

 private:
  void fill_air(const BenchmarkSize& size);
  void fill_tracers(const BenchmarkSize& size, const TracerSet& set);

  Field<double> relief_; // air in a column over that over flat ground, (i, j) with halo
  Field<T> air_mass_, flux_x_, flux_y_, flux_z_, mixing_z_, exchange_rate_;
  Field<T> emission_, conductance_, wet_rate_, inflow_;
};

/// The case on the whole domain, for the number of threads that OpenMP has when it is made. One outer step takes 60 s,
/// one substep of each kind, and Courant numbers up to about 0.8.
template <class T> struct BenchmarkCase {
  explicit BenchmarkCase(const BenchmarkSize& size);
  BenchmarkCase(const BenchmarkCase&) = delete;
  BenchmarkCase& operator=(const BenchmarkCase&) = delete;

  void planes() { transport.planes(forcing, plan, steps_done++, tracers.view()); }
  void columns() { transport.columns(forcing, plan, tracers.view(), accounts.views()); }
  void step() {
    planes();
    columns();
  }

  BenchmarkSize size;
  SerialCommunicator alone;
  TracerSet set;
  BenchmarkForcing<T> drive;
  Forcing<T> forcing;
  Tracers<T> tracers;
  Accounts accounts;
  Transport<T> transport;
  StepPlan plan;
  std::int64_t steps_done = 0;
};

} // namespace tq
