#include "chemistry/photostationary.hpp"

#include "base/constants.hpp"
#include "physics/photostationary.hpp"

namespace tq {

namespace {

inline double positive_part(double x) { return x > 0 ? x : 0.0; }

} // namespace

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
  for (int scenario = 0; scenario < tracers.scenarios(); ++scenario) {
    for (const int member : members_) {
      reacting_.push_back(tracers.index({scenario, member, 0}));
    }
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
void Photostationary<T>::relax(double dt, int scenario, int first, int last, View3<const T> air_mass,
                               View4<T> mixing_ratio, AccountViews accounts) const {
  int index[3];
  for (int m = 0; m < 3; ++m) {
    index[m] = tracers_.index({scenario, members_[m], 0});
  }
  const int tags = tracers_.tags(scenario, members_[0]);
#pragma omp parallel
  {
    std::vector<T> before;
#pragma omp for schedule(static)
    for (int j = 0; j < mixing_ratio.ny; ++j) {
      for (int k = first; k < last; ++k) {
        before.clear();
        for (int m = 0; m < 3 && tags > 0; ++m) {
          const T* row = mixing_ratio[index[m]].line(j, k);
          before.insert(before.end(), row, row + mixing_ratio.nx);
        }
        relax_row(dt, j, k, index, air_mass, mixing_ratio, accounts);
        if (tags > 0) {
          exchange_row(dt, j, k, index, tags, before, air_mass, mixing_ratio, accounts);
        }
      }
    }
  }
}

template <class T>
void Photostationary<T>::exchange_row(double dt, int j, int k, const int (&index)[3], int tags,
                                      const std::vector<T>& before, View3<const T> air_mass, View4<T> mixing_ratio,
                                      AccountViews accounts) const {
  const double* molecules = molecules_.view3().line(j, k);
  const T* mass = air_mass.line(j, k);
  const int nx = mixing_ratio.nx;
  std::vector<physics::NitrogenExchange> turned(static_cast<std::size_t>(nx));
  for (int i = 0; i < nx; ++i) {
    const auto then = [&](int m) { return double(before[std::size_t(m * nx + i)]) / molar_mass_[m]; };
    const auto now = [&](int m) { return double(mixing_ratio[index[m]](i, j, k)) / molar_mass_[m]; };
    turned[std::size_t(i)] =
        physics::nitrogen_exchange({then(0), then(1), then(2)}, {now(0), now(1), now(2)}, rate_constant_ * molecules[i],
                                   photolysis_rate_, dt);
  }
  for (int tag = 1; tag <= tags; ++tag) {
    const int members[] = {index[0] + tag, index[1] + tag};
    T* no = mixing_ratio[members[0]].line(j, k);
    T* no2 = mixing_ratio[members[1]].line(j, k);
    for (int i = 0; i < nx; ++i) {
      const physics::NitrogenExchange& share = turned[std::size_t(i)];
      // mol per kg of air that become NO
      const double more =
          share.photolysed * double(no2[i]) / molar_mass_[1] - share.oxidised * double(no[i]) / molar_mass_[0];
      const T next[] = {T(positive_part(double(no[i]) + more * molar_mass_[0])),
                        T(positive_part(double(no2[i]) - more * molar_mass_[1]))};
      const double made[] = {(double(next[0]) - double(no[i])) * double(mass[i]),
                             (double(next[1]) - double(no2[i])) * double(mass[i])};
      for (int m = 0; m < 2; ++m) {
        accounts.produced(i, j, members[m]) += positive_part(made[m]);
        accounts.consumed(i, j, members[m]) += positive_part(-made[m]);
      }
      no[i] = next[0];
      no2[i] = next[1];
    }
  }
}

template <class T>
void Photostationary<T>::relax_row(double dt, int j, int k, const int (&index)[3], View3<const T> air_mass,
                                   View4<T> mixing_ratio, AccountViews accounts) const {
  const double per_no = 1 / molar_mass_[0], per_no2 = 1 / molar_mass_[1], per_o3 = 1 / molar_mass_[2]; // mol kg-1
  const double m_no = molar_mass_[0], m_no2 = molar_mass_[1], m_o3 = molar_mass_[2];
  const double rate_constant = rate_constant_, photolysis_rate = photolysis_rate_;
  const double* TQ_RESTRICT molecules = molecules_.view3().line(j, k);
  const T* TQ_RESTRICT mass = air_mass.line(j, k);
  T* TQ_RESTRICT no = mixing_ratio[index[0]].line(j, k);
  T* TQ_RESTRICT no2 = mixing_ratio[index[1]].line(j, k);
  T* TQ_RESTRICT o3 = mixing_ratio[index[2]].line(j, k);
  double* TQ_RESTRICT made_no = accounts.produced.line(j, index[0]);
  double* TQ_RESTRICT made_no2 = accounts.produced.line(j, index[1]);
  double* TQ_RESTRICT made_o3 = accounts.produced.line(j, index[2]);
  double* TQ_RESTRICT lost_no = accounts.consumed.line(j, index[0]);
  double* TQ_RESTRICT lost_no2 = accounts.consumed.line(j, index[1]);
  double* TQ_RESTRICT lost_o3 = accounts.consumed.line(j, index[2]);
#pragma GCC ivdep // rows of different tracers and accounts never overlap
  for (int i = 0; i < mixing_ratio.nx; ++i) {
    // mol per kg of air; the rate constant is scaled to match
    const physics::NitrogenOzone now = {no[i] * per_no, no2[i] * per_no2, o3[i] * per_o3};
    const physics::NitrogenOzone next =
        physics::relax_photostationary(now, rate_constant * molecules[i], photolysis_rate, dt);
    const T next_no = T(next.no * m_no), next_no2 = T(next.no2 * m_no2), next_o3 = T(next.o3 * m_o3);
    const double air = double(mass[i]);
    const double more_no = (double(next_no) - double(no[i])) * air;
    const double more_no2 = (double(next_no2) - double(no2[i])) * air;
    const double more_o3 = (double(next_o3) - double(o3[i])) * air;
    made_no[i] += positive_part(more_no);
    made_no2[i] += positive_part(more_no2);
    made_o3[i] += positive_part(more_o3);
    lost_no[i] += positive_part(-more_no);
    lost_no2[i] += positive_part(-more_no2);
    lost_o3[i] += positive_part(-more_o3);
    no[i] = next_no;
    no2[i] = next_no2;
    o3[i] = next_o3;
  }
}

template class Photostationary<float>;
template class Photostationary<double>;

} // namespace tq
