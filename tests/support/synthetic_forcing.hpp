#pragma once
/// Forcings made from formulas of global indices, so that every decomposition sees the same.
#include "base/random.hpp"
#include "grid/decomposition.hpp"
#include "state/accounts.hpp"
#include "state/forcing.hpp"
#include "state/tracers.hpp"
#include "transport/transport.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace tq::test {

/// What a forcing is made of; indices are global, units those of Forcing. Unset functions are zero.
struct ForcingRecipe {
  using Cells = std::function<double(int i, int j, int k)>;
  Cells air_mass;
  Cells flux_x, flux_y;     // vertical fluxes follow from these
  Cells mixing_z;           // k: below cell k
  Cells overturning_z = {}; // the same
  double exchange_rate = 0; // s-1, of horizontal diffusion: diffusivity / distance^2
  bool exchanges_along_x = true; // false: only with south and north neighbours
  std::function<double(int n, int i, int j, int k)> emission;
  int emission_levels = 0;
  Cells deposition_conductance, wet_rate; // k: tracer
  std::function<double(int n)> decay_rate = {};
  std::function<double(int k, int n)> inflow;
  std::function<double(int k, int n)> settling_speed; // of the floor of cell k
  Cells thickness = {};                               // needed where anything settles
};

/// Uniform in [0, 1), by name of the quantity and place.
inline double random_at(std::uint64_t seed, std::uint64_t quantity, int i, int j, int k) {
  return RandomStream(seed, quantity, (std::int64_t(k) * 4096 + j + 64) * 4096 + i + 64).uniform();
}

/// Owns the fields of a forcing on one rank.
template <class T> class SyntheticForcing {
public:
  SyntheticForcing(const Subdomain& s, int nz, int tracers, const ForcingRecipe& recipe)
      : air_mass_(s.nx, s.ny, nz, 1, halo_width), flux_x_(air_mass_like(s, nz)),
        flux_y_(air_mass_like(s, nz)), flux_z_(s.nx, s.ny, nz + 1, 1, halo_width),
        mixing_z_(s.nx, s.ny, nz + 1, 1, halo_width),
        overturning_z_(s.nx, s.ny, recipe.overturning_z ? nz + 1 : 0, 1, halo_width), exchange_rate_(nz, 2, 1, 1, 0),
        emission_(s.nx, s.ny, recipe.emission_levels, tracers, 0), conductance_(s.nx, s.ny, tracers, 1, 0),
        wet_rate_(s.nx, s.ny, tracers, 1, 0), inflow_(nz, tracers, 1, 1, 0),
        settling_speed_(recipe.settling_speed ? nz : 0, tracers, 1, 1, 0), thickness_(s.nx, s.ny, nz, 1, 0) {
    const auto fill = [&](View3<T> out, const ForcingRecipe::Cells& value, bool clamp) {
      for (int k = 0; k < out.nz && value; ++k) {
        for (int j = -out.halo; j < s.ny + out.halo; ++j) {
          for (int i = -out.halo; i < s.nx + out.halo; ++i) {
            const int gi = s.i0 + i, gj = s.j0 + j;
            out(i, j, k) =
                T(clamp ? value(std::clamp(gi, 0, s.nx_global - 1), std::clamp(gj, 0, s.ny_global - 1), k)
                        : value(gi, gj, k));
          }
        }
      }
    };
    fill(air_mass_.view3(), recipe.air_mass, true);
    fill(flux_x_.view3(), recipe.flux_x, false);
    fill(flux_y_.view3(), recipe.flux_y, false);
    fill(mixing_z_.view3(), recipe.mixing_z, true);
    fill(overturning_z_.view3(), recipe.overturning_z, true);
    fill(conductance_.view3(), recipe.deposition_conductance, true);
    fill(wet_rate_.view3(), recipe.wet_rate, true);
    fill(thickness_.view3(), recipe.thickness, true);
    for (int n = 0; n < tracers && recipe.emission; ++n) {
      fill(
          emission_.view()[n], [&](int i, int j, int k) { return recipe.emission(n, i, j, k); }, true);
    }
    for (int n = 0; n < tracers; ++n) {
      for (int k = 0; k < nz && recipe.inflow; ++k) {
        inflow_.view2()(k, n) = T(recipe.inflow(k, n));
      }
      if (recipe.decay_rate) {
        decay_rate_.push_back(T(recipe.decay_rate(n)));
      }
      for (int k = 0; k < settling_speed_.nx(); ++k) {
        settling_speed_.view2()(k, n) = T(recipe.settling_speed(k, n));
      }
    }
    close_continuity(s, nz);
    for (int k = 0; k < nz; ++k) {
      exchange_rate_.view2()(k, 0) = T(recipe.exchanges_along_x ? recipe.exchange_rate : 0);
      exchange_rate_.view2()(k, 1) = T(recipe.exchange_rate);
    }
  }

  Forcing<T> views() const {
    Forcing<T> f;
    f.air_mass = air_mass_.view3();
    f.flux_x = flux_x_.view3();
    f.flux_y = flux_y_.view3();
    f.flux_z = flux_z_.view3();
    f.exchange_rate = exchange_rate_.view2();
    f.mixing_z = mixing_z_.view3();
    if (overturning_z_.nz() > 0) {
      f.overturning_z = overturning_z_.view3();
    }
    f.emission = emission_.view();
    f.deposition_conductance = conductance_.view3();
    f.wet_rate = wet_rate_.view3();
    f.decay_rate = decay_rate_;
    f.inflow = inflow_.view2();
    if (settling_speed_.nx() > 0) {
      f.settling_speed = settling_speed_.view2();
      f.layer_thickness = thickness_.view3();
    }
    return f;
  }

private:
  static Field<T> air_mass_like(const Subdomain& s, int nz) {
    return Field<T>(s.nx, s.ny, nz, 1, halo_width);
  }

  void close_continuity(const Subdomain& s, int nz) {
    const View3<T> x = flux_x_.view3(), y = flux_y_.view3(), z = flux_z_.view3();
    for (int k = 0; k < nz; ++k) {
      for (int j = 0; j < s.ny; ++j) {
        for (int i = 0; i < s.nx; ++i) {
          z(i, j, k + 1) = z(i, j, k) - ((x(i + 1, j, k) - x(i, j, k)) + (y(i, j + 1, k) - y(i, j, k)));
        }
      }
    }
  }

  Field<T> air_mass_, flux_x_, flux_y_, flux_z_, mixing_z_, overturning_z_, exchange_rate_, emission_, conductance_,
      wet_rate_, inflow_, settling_speed_, thickness_;
  std::vector<T> decay_rate_; // by tracer
};

/// The only rank of an nx x ny domain.
inline Subdomain whole_domain(int nx, int ny) {
  return Decomposition(nx, ny, 1, 1).of(0);
}

/// Layers of rising thickness over hills: 1e6 kg and more per cell.
inline double hilly_mass(int i, int j, int k) {
  return 1e6 * (1 + 0.4 * k) * (1 + 0.3 * std::sin(0.9 * i) * std::cos(0.7 * j));
}

/// Rough divergent winds in all directions, through the sides and the lid too; everything that tracers can
/// meet is on.
inline ForcingRecipe rough_recipe(std::uint64_t seed, double speed) {
  ForcingRecipe r;
  r.air_mass = hilly_mass;
  // The mean wind turns with height, fast enough at the bottom and the top for several substeps per step.
  r.flux_x = [=](int i, int j, int k) {
    return 1e6 * speed * (2 * random_at(seed, 1, i, j, k) - 1 + 5 * (k - 2));
  };
  r.flux_y = [=](int i, int j, int k) {
    return 1e6 * speed * (2 * random_at(seed, 2, i, j, k) - 1 - 3 * (k - 1));
  };
  r.mixing_z = [=](int i, int j, int k) { return k == 0 ? 0.0 : 2e4 * random_at(seed, 3, i, j, k); };
  r.exchange_rate = 4e-5;
  return r;
}

/// Emission, settling, deposition, rain and inflow for rough_recipe().
inline void add_sources(ForcingRecipe& r, std::uint64_t seed) {
  r.emission = [=](int n, int i, int j, int k) {
    return 2e-6 * (n + 1) * (random_at(seed, 10 + n, i, j, k) > 0.9);
  };
  r.emission_levels = 2;
  r.deposition_conductance = [=](int i, int j, int n) {
    return n == 1 ? 0.0 : 500 * random_at(seed, 4, i, j, n);
  };
  r.wet_rate = [=](int i, int j, int n) { return random_at(seed, 5, i, j, n) > 0.5 ? 1e-4 : 0.0; };
  r.inflow = [](int k, int n) { return 1e-8 * (n + 1) * (1 + 0.1 * k); };
  r.settling_speed = [](int k, int n) { return n == 1 ? 0.0 : 0.05 + 0.004 * k; };
  r.thickness = [](int i, int j, int k) { return 1e-5 * hilly_mass(i, j, k); };
}

/// Tracers, accounts and transport of one rank.
template <class T> struct TransportCase {
  TransportCase(const Subdomain& s, Communicator& communicator, TracerSet tracer_set, int nz,
                TransportOptions options = {})
      : subdomain(s), set(tracer_set), nz(nz), tracers(set, s.nx, s.ny, nz),
        accounts(s.nx, s.ny, set.count()), transport(s, communicator, set, nz, options) {}

  /// One hour under this forcing; continues the count of outer steps. At most `limit` steps of it.
  StepPlan advance(const ForcingRecipe& recipe, double seconds = 3600, int limit = 1 << 30) {
    const SyntheticForcing<T> forcing(subdomain, nz, set.count(), recipe);
    const Forcing<T> views = forcing.views();
    const StepPlan plan = transport.plan(views, seconds);
    for (int s = 0; s < std::min(plan.steps, limit); ++s) {
      transport.planes(views, plan, steps_done++, tracers.view());
      transport.columns(views, plan, tracers.view(), accounts.views());
    }
    transport.collect(accounts.views());
    return plan;
  }

  template <class Visit> void for_each_cell(Visit visit) {
    for (int n = 0; n < set.count(); ++n) {
      const View3<T> q = tracers.view()[n];
      for (int k = 0; k < nz; ++k) {
        for (int j = 0; j < subdomain.ny; ++j) {
          for (int i = 0; i < subdomain.nx; ++i) {
            visit(q(i, j, k), n, i, j, k);
          }
        }
      }
    }
  }

  double airborne(int tracer, const ForcingRecipe& recipe) {
    long double sum = 0;
    for_each_cell([&](T& q, int n, int i, int j, int k) {
      sum += n == tracer ? (long double)(q)*T(recipe.air_mass(subdomain.i0 + i, subdomain.j0 + j, k)) : 0;
    });
    return double(sum);
  }

  static double total(const View3<double>& account, int tracer) {
    long double sum = 0;
    for (int j = 0; j < account.ny; ++j) {
      for (int i = 0; i < account.nx; ++i) {
        sum += account(i, j, tracer);
      }
    }
    return double(sum);
  }

  Subdomain subdomain;
  TracerSet set;
  int nz;
  Tracers<T> tracers;
  Accounts accounts;
  Transport<T> transport;
  std::int64_t steps_done = 0;
};

} // namespace tq::test
