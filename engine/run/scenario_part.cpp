#include "run/scenario_part.hpp"

#include <algorithm>

namespace tq {

namespace {

/// Air density of the lowest layers [kg m-3], (i, j, k).
Field<double> air_density(const Grid& grid, const Subdomain& subdomain, int levels) {
  Field<double> density(subdomain.nx, subdomain.ny, levels, 1, 0);
  for (int k = 0; k < levels; ++k) {
    for (int j = 0; j < subdomain.ny; ++j) {
      for (int i = 0; i < subdomain.nx; ++i) {
        density.view3()(i, j, k) = grid.air_density(subdomain.i0 + i, subdomain.j0 + j, k);
      }
    }
  }
  return density;
}

} // namespace

ScenarioPart::ScenarioPart(const Case& c, int index, const TracerSet& tracers, const Subdomain& subdomain,
                           std::span<const int> reacting)
    : case_(c),
      averages_(c.species.pollutants(), tracers,
                air_density(c.grid->grid, subdomain, c.volume.empty() ? 1 : c.grid->grid.nz()).view3(), c.volume, index),
      tag_averages_(tag_members(c.attribution, c.species, tracers, c.groups.tags(), index),
                    air_density(c.grid->grid, subdomain, 1).view3()),
      cell_means_(c.grid->management, c.grid->grid.nx()), receptor_values_(c.receptors, c.grid->grid) {
  for (int p = 0; p < int(c.species.pollutants().size()); ++p) {
    const std::vector<int>& members = c.species.pollutants()[std::size_t(p)].members;
    const bool reacts = std::any_of(members.begin(), members.end(), [&](int member) {
      return std::find(reacting.begin(), reacting.end(), tracers.index({index, member, 0})) != reacting.end();
    });
    (reacts ? pollutants_.reacting : pollutants_.inert).push_back(p);
    const std::vector<int>& followed = c.attribution.pollutants;
    const int place = int(std::find(followed.begin(), followed.end(), p) - followed.begin());
    for (int tag = 0; place < int(followed.size()) && tag < c.groups.tags(); ++tag) {
      (reacts ? tags_of_pollutants_.reacting : tags_of_pollutants_.inert).push_back(place * c.groups.tags() + tag);
    }
  }
  if (c.emission->needs_air()) {
    modelled_air_.emplace(c);
  }
}

template <class T> void ScenarioPart::sample(View4<const T> mixing_ratio, double seconds, bool reacting) {
  averages_.add(mixing_ratio, seconds, std::span<const int>(reacting ? pollutants_.reacting : pollutants_.inert));
  tag_averages_.add(mixing_ratio, seconds,
                    std::span<const int>(reacting ? tags_of_pollutants_.reacting : tags_of_pollutants_.inert));
}

void ScenarioPart::reset() {
  averages_.reset();
  tag_averages_.reset();
}

template void ScenarioPart::sample<float>(View4<const float>, double, bool);
template void ScenarioPart::sample<double>(View4<const double>, double, bool);

} // namespace tq
