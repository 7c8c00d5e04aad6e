#include "chemistry/photostationary.hpp"

#include "base/constants.hpp"
#include "physics/photostationary.hpp"

namespace tq {

void declare_chemistry(config::Schema& schema) {
  schema.add({.key = "chemistry.photostationary",
              .type = config::Type::boolean,
              .description = "let NO, NO2 and O3 relax towards their photostationary state",
              .default_value = true});
  schema.add({.key = "chemistry.rain_out",
              .type = config::Type::boolean,
              .description = "let rain remove what data/species.toml says it removes",
              .default_value = true});
}

template <class T>
Photostationary<T>::Photostationary(const Grid& grid, const Subdomain& subdomain, const SpeciesTable& species,
                                    const TracerSet& tracers)
    : tracers_(tracers), members_{species.find("no"), species.find("no2"), species.find("o3")},
      molecules_(subdomain.nx, subdomain.ny, grid.nz(), 1, 0) {
  for (int m = 0; m < 3; ++m) {
    molar_mass_[m] = species.species()[std::size_t(members_[m])].molar_mass;
  }
  const View3<double> molecules = molecules_.view3();
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < subdomain.ny; ++j) {
      for (int i = 0; i < subdomain.nx; ++i) {
        molecules(i, j, k) =
            1e-6 * constants::avogadro * grid.air_density(subdomain.i0 + i, subdomain.j0 + j, k);
      }
    }
  }
}

template <class T> void Photostationary<T>::update(double temperature, double photolysis_rate) {
  rate_constant_ = physics::rate_o3_no(temperature);
  photolysis_rate_ = photolysis_rate;
}

template <class T>
void Photostationary<T>::relax(double dt, View3<const T> air_mass, View4<T> mixing_ratio,
                               AccountViews accounts) const {
  for (int scenario = 0; scenario < tracers_.scenarios(); ++scenario) {
    int index[3];
    for (int m = 0; m < 3; ++m) {
      index[m] = tracers_.index({scenario, members_[m], 0});
    }
#pragma omp parallel for schedule(static)
    for (int j = 0; j < mixing_ratio.ny; ++j) {
      for (int k = 0; k < mixing_ratio.nz; ++k) {
        relax_row(dt, j, k, index, air_mass, mixing_ratio, accounts);
      }
    }
  }
}

template <class T>
void Photostationary<T>::relax_row(double dt, int j, int k, const int (&index)[3], View3<const T> air_mass,
                                   View4<T> mixing_ratio, AccountViews accounts) const {
  T* const row[3] = {mixing_ratio[index[0]].line(j, k), mixing_ratio[index[1]].line(j, k),
                     mixing_ratio[index[2]].line(j, k)};
  const double moles[3] = {1 / molar_mass_[0], 1 / molar_mass_[1], 1 / molar_mass_[2]}; // per kg
  const double* const molecules = molecules_.view3().line(j, k); // molecules of one mol per kg of air, cm-3
  for (int i = 0; i < mixing_ratio.nx; ++i) {
    // mol per kg of air; the rate constant is scaled to match
    const physics::NitrogenOzone now = {row[0][i] * moles[0], row[1][i] * moles[1], row[2][i] * moles[2]};
    const physics::NitrogenOzone next =
        physics::relax_photostationary(now, rate_constant_ * molecules[i], photolysis_rate_, dt);
    const double amount[3] = {next.no * molar_mass_[0], next.no2 * molar_mass_[1], next.o3 * molar_mass_[2]};
    for (int m = 0; m < 3; ++m) {
      const T value = T(amount[m]);
      const double gained = (double(value) - double(row[m][i])) * double(air_mass(i, j, k));
      (gained > 0 ? accounts.produced : accounts.consumed)(i, j, index[m]) += gained > 0 ? gained : -gained;
      row[m][i] = value;
    }
  }
}

template class Photostationary<float>;
template class Photostationary<double>;

} // namespace tq
