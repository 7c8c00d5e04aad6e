// NO, NO2 and O3 towards their photostationary state, one step of all cells; the tracers of a run are all there.
// Counter ns_per_cell; counted are three tracers in and out, the air mass, and the number of molecules in double.
#include "chemistry/photostationary.hpp"
#include "measure.hpp"

#include <cmath>

using namespace tq;

namespace {

Grid flat_grid(const BenchmarkSize& size) {
  GridSpecification specification{.name = "flat",
                                  .epsg = 32650,
                                  .nx = size.nx,
                                  .ny = size.ny,
                                  .dx = 500,
                                  .dy = 500,
                                  .x_west = 5e5,
                                  .y_south = 3.2e6,
                                  .zeta_faces = {}};
  for (int k = 0; k <= size.nz; ++k) {
    specification.zeta_faces.push_back(80.0 * k);
  }
  return Grid(specification);
}

/// A sunny hour between a clean and a busy part of a city.
template <class T> struct Box {
  explicit Box(const BenchmarkSize& size)
      : grid(flat_grid(size)), species(SpeciesTable::load()), set(1, species.count(), 0),
        tracers(set, size.nx, size.ny, size.nz), air_mass(size.nx, size.ny, size.nz, 1, halo_width),
        accounts(size.nx, size.ny, set.count()),
        chemistry(grid, Decomposition(size.nx, size.ny, 1, 1).of(0), species, set) {
    chemistry.update(298.0, 8e-3);
    const View3<T> no = of("no"), no2 = of("no2"), o3 = of("o3");
    for (int k = 0; k < size.nz; ++k) {
      for (int j = 0; j < size.ny; ++j) {
        for (int i = 0; i < size.nx; ++i) {
          const double busy = std::pow(std::sin(0.05 * i) * std::sin(0.04 * j), 2);
          air_mass.view3()(i, j, k) = T(grid.air_mass(i, j, k));
          no(i, j, k) = T(1e-9 + 4e-8 * busy);
          no2(i, j, k) = T(4e-9 + 4e-8 * busy);
          o3(i, j, k) = T(9e-8 - 5e-8 * busy);
        }
      }
    }
  }
  View3<T> of(const char* id) { return tracers.view()[set.index({0, species.find(id), 0})]; }

  Grid grid;
  SpeciesTable species;
  TracerSet set;
  Tracers<T> tracers;
  Field<T> air_mass;
  Accounts accounts;
  Photostationary<T> chemistry;
};

void add_all() {
  bench::add_sizes(
      "photostationary", bench::kernel_sizes({SpeciesTable::load().count()}),
      []<class T>(benchmark::State& state, const BenchmarkSize& size, const std::string& name, int threads, T) {
        Box<T>& box = bench::kept<Box<T>>(name, size);
        bench::measure(state, "ns_per_cell", threads, size.cells(), 7 * sizeof(T) + sizeof(double), [&] {
          box.chemistry.relax(60.0, 0, 0, box.air_mass.view3().nz, box.air_mass.view3(), box.tracers.view(),
                              box.accounts.views());
        });
      });
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
