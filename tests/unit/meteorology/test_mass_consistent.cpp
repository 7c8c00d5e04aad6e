#include "meteorology/wind/mass_consistent.hpp"

#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "meteorology/wind/first_guess.hpp"

#include <Eigen/Sparse>
#include <Eigen/SparseCholesky>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <omp.h>

using namespace tq;

namespace {

GridSpecification specification(int nx, int ny, double highest) {
  GridSpecification s;
  s.name = "test";
  s.epsg = 32650;
  s.nx = nx;
  s.ny = ny;
  s.dx = 500;
  s.dy = 400;
  s.zeta_faces = {0, 20, 60, 150, 330, 700, 1300};
  for (int n = 0; n < nx * ny; ++n) {
    s.terrain.push_back(highest * RandomStream(1, 2, n).uniform());
  }
  return s;
}

/// A wind that turns and grows with height, with eddies.
FaceFlow rough_wind(const Grid& grid, const WindMetric& metric) {
  Field<double> u(grid.nx(), grid.ny(), grid.nz(), 1, 0), v(grid.nx(), grid.ny(), grid.nz(), 1, 0);
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < grid.ny(); ++j) {
      for (int i = 0; i < grid.nx(); ++i) {
        u.view3()(i, j, k) = 3 + k + 0.5 * std::sin(i + 2 * j);
        v.view3()(i, j, k) = 1 - 0.5 * k + 0.5 * std::cos(2 * i - j);
      }
    }
  }
  return horizontal_flow(metric, u.view3(), v.view3());
}

/// The potential of the least adjustment, from the energy of all corners of all cells with the potential at the
/// ground's faces as further unknowns, by sparse factorisation.
std::vector<double> oracle(const Grid& grid, const FaceFlow& flow, const AdjustmentWeights& weights) {
  const int nx = grid.nx(), ny = grid.ny(), nz = grid.nz(), cells = nx * ny * nz;
  const auto at = [&](int i, int j, int k) { return (k * ny + j) * nx + i; };
  const auto height = [&](int k) { return grid.zeta_face(k + 1) - grid.zeta_face(k); };
  std::vector<Eigen::Triplet<double>> entries;
  Eigen::VectorXd right(cells + nx * ny);
  for (int k = 0; k < nz; ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        const double jacobian = grid.jacobian(i, j), mass = grid.air_mass(i, j, k) * weights.yielding[std::size_t(k)];
        const double slope_x = (grid.terrain(i + 1, j) - grid.terrain(i - 1, j)) / (2 * grid.dx());
        const double slope_y = (grid.terrain(i, j + 1) - grid.terrain(i, j - 1)) / (2 * grid.dy());
        const int own = at(i, j, k);
        for (int corner = 0; corner < 8; ++corner) {
          const int east = corner & 1, north = corner / 2 & 1, up = corner / 4;
          std::map<int, double> gx, gy, gz; // coefficients of unknowns in the corner's gradient
          const auto difference = [&](std::map<int, double>& g, int other, bool forward, double distance) {
            const double per = (forward ? 1 : -1) / distance;
            g[own] -= per;
            if (other >= 0) { // else 0 there
              g[other] += per;
            }
          };
          const int ie = east ? i + 1 : i - 1, jn = north ? j + 1 : j - 1;
          const bool inside_x = ie >= 0 && ie < nx, inside_y = jn >= 0 && jn < ny;
          difference(gx, inside_x ? at(ie, j, k) : -1, east, inside_x ? grid.dx() : grid.dx() / 2);
          difference(gy, inside_y ? at(i, jn, k) : -1, north, inside_y ? grid.dy() : grid.dy() / 2);
          const int ku = up ? k + 1 : k - 1;
          const double apart = ku >= 0 && ku < nz ? 0.5 * (height(k) + height(ku)) : height(k) / 2;
          difference(gz, ku < 0 ? cells + j * nx + i : ku < nz ? at(i, j, ku) : -1, up, apart);
          const double share = 1 - grid.zeta_face(up ? k + 1 : k) / grid.top();
          std::map<int, double> x = gx, y = gy, z;
          for (const auto& [n, c] : gz) {
            x[n] -= slope_x * share / jacobian * c;
            y[n] -= slope_y * share / jacobian * c;
            z[n] += weights.ratio / jacobian * c;
          }
          for (const auto* g : {&x, &y, &z}) {
            for (const auto& [m, a] : *g) {
              for (const auto& [n, b] : *g) {
                entries.emplace_back(m, n, mass / 8 * a * b);
              }
            }
          }
        }
        const double inflow = flow.x.view3()(i, j, k) - flow.x.view3()(i + 1, j, k) + flow.y.view3()(i, j, k) -
                              flow.y.view3()(i, j + 1, k) + flow.z.view3()(i, j, k) - flow.z.view3()(i, j, k + 1);
        right[own] = -inflow;
        if (k == 0) {
          right[cells + j * nx + i] = flow.z.view3()(i, j, 0);
        }
      }
    }
  }
  Eigen::SparseMatrix<double> matrix(cells + nx * ny, cells + nx * ny);
  matrix.setFromTriplets(entries.begin(), entries.end());
  const Eigen::VectorXd solution = Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>>(matrix).solve(right);
  return {solution.data(), solution.data() + cells};
}

double largest(const Field<double>& field) {
  double value = 0;
  for (int k = 0; k < field.nz(); ++k) {
    for (int j = 0; j < field.ny(); ++j) {
      for (int i = 0; i < field.nx(); ++i) {
        value = std::max(value, std::fabs(field.view3()(i, j, k)));
      }
    }
  }
  return value;
}

} // namespace

TEST(MassConsistent, AgreesWithTheSparseFactorisationOfTheEnergy) {
  for (const AdjustmentWeights& weights :
       {AdjustmentWeights(0.3, {1, 1, 1, 1, 1, 1}), AdjustmentWeights(1.0, {3.1, 2.2, 1.7, 1.3, 1.1, 1.0}),
        AdjustmentWeights(4.0, {2, 2, 2, 1, 0.5, 0.3})}) {
    const Grid grid(specification(9, 7, 500));
    MassConsistentSolver solver(grid);
    FaceFlow flow = rough_wind(grid, solver.metric());
    const std::vector<double> exact = oracle(grid, flow, weights);
    Field<double> potential = solver.no_potential();
    solver.adjust(flow, weights, potential, {.tolerance = 1e-12});
    const double size = largest(potential);
    for (int k = 0; k < grid.nz(); ++k) {
      for (int j = 0; j < grid.ny(); ++j) {
        for (int i = 0; i < grid.nx(); ++i) {
          ASSERT_NEAR(potential.view3()(i, j, k) / size, exact[std::size_t((k * 7 + j) * 9 + i)] / size, 1e-10);
        }
      }
    }
  }
}

TEST(MassConsistent, LeavesNoCellWithANetOutflow) {
  const Grid grid(specification(23, 17, 500));
  MassConsistentSolver solver(grid);
  FaceFlow flow = rough_wind(grid, solver.metric());
  const auto largest_rate = [&] { // s-1
    const auto x = flow.x.view3(), y = flow.y.view3(), z = flow.z.view3();
    double rate = 0;
    for (int k = 0; k < grid.nz(); ++k) {
      for (int j = 0; j < grid.ny(); ++j) {
        for (int i = 0; i < grid.nx(); ++i) {
          const double out = x(i + 1, j, k) - x(i, j, k) + y(i, j + 1, k) - y(i, j, k) + z(i, j, k + 1) - z(i, j, k);
          rate = std::max(rate, std::fabs(out) / grid.air_mass(i, j, k));
        }
      }
    }
    return rate;
  };
  const double before = largest_rate();
  Field<double> potential = solver.no_potential();
  const AdjustmentReport report = solver.adjust(flow, 1.0, potential, {.tolerance = 1e-8});
  EXPECT_GT(report.iterations, 5);
  EXPECT_LE(report.residual, 1.01e-8);
  EXPECT_LT(report.divergence, 1e-6 * before); // one of 2346 cells, against the norm of all
  EXPECT_NEAR(largest_rate() / report.divergence, 1, 1e-6);
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      ASSERT_EQ(flow.z.view3()(i, j, 0), 0.0);
    }
  }
}

TEST(MassConsistent, NewWeightsAreNotThoseOfTheSolveBefore) {
  const Grid grid(specification(9, 7, 300));
  MassConsistentSolver used(grid), fresh(grid);
  const AdjustmentWeights sheared(1.0, {3, 2, 1.5, 1.2, 1.1, 1});
  std::vector<FaceFlow> flows;
  for (MassConsistentSolver* solver : {&used, &fresh}) {
    if (solver == &used) {
      FaceFlow other = rough_wind(grid, solver->metric());
      Field<double> potential = solver->no_potential();
      solver->adjust(other, 1.0, potential, {});
    }
    flows.push_back(rough_wind(grid, solver->metric()));
    Field<double> potential = solver->no_potential();
    solver->adjust(flows.back(), sheared, potential, {});
  }
  EXPECT_EQ(flows[0].x.view3()(4, 3, 0), flows[1].x.view3()(4, 3, 0));
  EXPECT_EQ(flows[0].z.view3()(4, 3, 1), flows[1].z.view3()(4, 3, 1));
}

TEST(MassConsistent, UniformWindOverFlatGroundIsUnchanged) {
  const Grid grid(specification(12, 11, 0));
  MassConsistentSolver solver(grid);
  Field<double> u(12, 11, grid.nz(), 1, 0), v(12, 11, grid.nz(), 1, 0);
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < 11; ++j) {
      std::fill(u.view3().line(j, k), u.view3().line(j, k) + 12, 3.7 * std::log(2.0 + k));
      std::fill(v.view3().line(j, k), v.view3().line(j, k) + 12, -1.3 * std::log(2.0 + k));
    }
  }
  const FaceFlow before = horizontal_flow(solver.metric(), u.view3(), v.view3());
  FaceFlow flow = horizontal_flow(solver.metric(), u.view3(), v.view3());
  Field<double> potential = solver.no_potential();
  const AdjustmentReport report = solver.adjust(flow, 1.0, potential, {});
  EXPECT_EQ(report.iterations, 0);
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < 11; ++j) {
      for (int i = 0; i < 12; ++i) {
        ASSERT_EQ(flow.x.view3()(i, j, k), before.x.view3()(i, j, k));
        ASSERT_EQ(flow.y.view3()(i, j, k), before.y.view3()(i, j, k));
        ASSERT_EQ(flow.z.view3()(i, j, k), 0.0);
      }
    }
  }
}

// Science: u0 = A cos(kx) cos(mz), w0 = 0 becomes u = u0 a^2 m^2/(k^2 + a^2 m^2). Here L = 0 at the sides and the lid.
TEST(MassConsistent, OneModeKeepsItsShare) {
  for (const auto& [ratio, share] : {std::pair{1.0, 0.5}, {5.0, 0.961538}, {0.2, 0.0384615}}) {
    constexpr int n = 64;
    GridSpecification s = specification(n, 1, 0);
    s.surface_temperature = 400;
    s.lapse_rate = constants::gravity / constants::dry_air_gas; // of constant density
    s.dx = 100;
    s.dy = 1e9; // nothing across
    s.zeta_faces.clear();
    for (int k = 0; k <= n; ++k) {
      s.zeta_faces.push_back(50.0 * k); // k = m: half a wave along x, a quarter along z
    }
    const Grid grid(s);
    MassConsistentSolver solver(grid);
    FaceFlow flow(grid);
    const auto wave = [&](int i, int k) {
      return std::cos(constants::pi * i / n) * std::cos(constants::pi / 2 * (k + 0.5) / n);
    };
    for (int k = 0; k < n; ++k) {
      for (int i = 0; i <= n; ++i) {
        flow.x.view3()(i, 0, k) = wave(i, k);
      }
    }
    Field<double> potential = solver.no_potential();
    solver.adjust(flow, ratio, potential, {});
    for (const auto& [i, k] : {std::pair{3, 5}, {20, 0}, {10, 40}}) {
      EXPECT_NEAR(flow.x.view3()(i, 0, k) / wave(i, k) / share, 1, 1e-3) << ratio;
    }
  }
}

TEST(MassConsistent, AnyNumberOfThreadsGivesTheSameBits) {
  const Grid grid(specification(23, 17, 500));
  const int before = omp_get_max_threads();
  std::vector<FaceFlow> flows;
  for (const int threads : {1, 2, 3, 7}) {
    omp_set_num_threads(threads);
    MassConsistentSolver solver(grid);
    flows.push_back(rough_wind(grid, solver.metric()));
    Field<double> potential = solver.no_potential();
    solver.adjust(flows.back(), 0.7, potential, {});
    for (Field<double> FaceFlow::*part : {&FaceFlow::x, &FaceFlow::y, &FaceFlow::z}) {
      Field<double>&a = flows.front().*part, &b = flows.back().*part;
      EXPECT_EQ(std::memcmp(a.raw(), b.raw(), a.raw_size() * sizeof(double)), 0) << threads;
    }
  }
  omp_set_num_threads(before);
}

TEST(MassConsistent, AWarmStartNeedsFewerIterations) {
  const Grid grid(specification(23, 17, 500));
  MassConsistentSolver solver(grid);
  FaceFlow first = rough_wind(grid, solver.metric()), again = rough_wind(grid, solver.metric());
  Field<double> potential = solver.no_potential();
  const int cold = solver.adjust(first, 1.0, potential, {}).iterations;
  EXPECT_LE(solver.adjust(again, 1.0, potential, {}).iterations, 1);
  EXPECT_GT(cold, 10);
}

TEST(MassConsistent, SaysSoIfItDoesNotConverge) {
  const Grid grid(specification(23, 17, 500));
  MassConsistentSolver solver(grid);
  FaceFlow flow = rough_wind(grid, solver.metric());
  Field<double> potential = solver.no_potential();
  try {
    solver.adjust(flow, 0.5, potential, {.tolerance = 1e-8, .iterations = 3});
    FAIL() << "must not return";
  } catch (const NumericalError& error) {
    EXPECT_NE(std::string(error.what()).find("after 3 iterations at alpha ratio 0.5; the tolerance is 1e-08"),
              std::string::npos)
        << error.what();
  }
}
