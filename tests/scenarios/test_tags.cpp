// Tags in the default city: each follows its sources as a run with these sources alone would.
#include "paths.hpp"
#include "run/simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace tq;

namespace {

constexpr int hours = 24;

using Belongs = bool (*)(const Source&);
bool road_dust(const Source& source) { return source.sector == "road_dust"; }
bool power(const Source& source) { return source.sector == "power"; }

/// Hourly means of the lowest layer's mixing ratios by tracer, row by row.
struct Surface {
  std::vector<std::vector<double>> tracer; // [tracer][hour * cells + cell]
  double mismatch = 0;                     // largest |sum of tags - total| / total of any cell at an hour's end
};

Surface run_day(const Case& c) {
  const Grid& grid = c.grid->grid;
  const Decomposition whole(grid.nx(), grid.ny(), 1, 1);
  SerialCommunicator alone;
  Timers timers;
  Simulation<float> simulation(c, whole, alone, timers);
  const View4<const float> q = simulation.mixing_ratio();
  const std::size_t cells = std::size_t(grid.nx()) * std::size_t(grid.ny());
  const int tags = simulation.tracer_set().most_tags();
  Surface surface;
  surface.tracer.assign(std::size_t(q.nt), std::vector<double>(cells * hours, 0.0));
  for (int h = 0; h < hours; ++h) {
    simulation.begin_hour(c.start + h * seconds_per_hour);
    for (int step = 0; step < simulation.steps(); ++step) {
      simulation.step();
      for (int n = 0; n < q.nt; ++n) {
        double* out = surface.tracer[std::size_t(n)].data() + std::size_t(h) * cells;
        for (int j = 0; j < grid.ny(); ++j) {
          for (int i = 0; i < grid.nx(); ++i) {
            *out++ += double(q[n](i, j, 0)) / simulation.steps();
          }
        }
      }
    }
    simulation.end_hour();
    for (int n = 0; n < q.nt && tags > 0; n += 1 + tags) {
      for (int k = 0; k < q.nz; ++k) {
        for (int j = 0; j < grid.ny(); ++j) {
          for (int i = 0; i < grid.nx(); ++i) {
            double sum = 0;
            for (int v = 1; v <= tags; ++v) {
              sum += double(q[n + v](i, j, k));
            }
            const double total = q[n](i, j, k);
            surface.mismatch = std::max(surface.mismatch, total > 0 ? std::abs(sum - total) / total : sum);
          }
        }
      }
    }
  }
  return surface;
}

/// The default city without chemistry, and with more text in its scenario.
Case city(const std::string& more = "") {
  const std::filesystem::path scenario = test::scratch_directory("tags") / "scenario.toml";
  std::ofstream(scenario) << "base = \"" << (test::source_directory() / "scenarios/jingdezhen/base.toml").string()
                          << "\"\n[chemistry]\nphotostationary = false\n"
                          << more;
  return load_case(scenario);
}

/// The same with clean air but for what these sources emit.
Case city_of(Belongs belongs) {
  const Case all = city();
  std::string text = "[background]\n";
  for (const std::string& pollutant : all.species.pollutant_ids()) {
    text += pollutant + " = 0.0\n";
  }
  text += "[[measure]]\nid = \"the-rest\"\nkind = \"ban\"\nselect = { source = [";
  for (const Source& source : all.emission->inventory().sources) {
    text += belongs(source) ? "" : "\"" + source.id + "\", ";
  }
  return city(text + "] }\n");
}

/// Compares a tag with its lone run where the latter exceeds 1 % of its maximum, in means of `length` hours: the
/// root-mean-square difference over the root-mean-square concentration.
double difference(const std::vector<double>& tag, const std::vector<double>& alone, std::size_t cells,
                  std::size_t length) {
  std::vector<double> a, b;
  for (std::size_t h = 0; h < hours; h += length) {
    for (std::size_t m = 0; m < cells; ++m) {
      double mean_tag = 0, mean_alone = 0;
      for (std::size_t n = h; n < h + length; ++n) {
        mean_tag += tag[n * cells + m] / double(length);
        mean_alone += alone[n * cells + m] / double(length);
      }
      a.push_back(mean_tag);
      b.push_back(mean_alone);
    }
  }
  const double least = 0.01 * *std::max_element(b.begin(), b.end());
  double square = 0, norm = 0;
  for (std::size_t m = 0; m < a.size(); ++m) {
    if (b[m] > least) {
      square += std::pow(a[m] - b[m], 2);
      norm += std::pow(b[m], 2);
    }
  }
  return std::sqrt(square / norm);
}

} // namespace

TEST(Tags, FollowTheirSourcesAsRunsWithTheseAloneDo) {
  Case tagged = city();
  const Inventory& inventory = tagged.emission->inventory();
  const std::vector<std::pair<const char*, Belongs>> groups = {{"road_dust", road_dust}, {"power", power}};
  std::vector<SourceGroup> sources;
  for (const auto& [id, belongs] : groups) {
    sources.push_back(group_sources(id, inventory, belongs));
    ASSERT_FALSE(sources.back().sources.empty());
  }
  tagged.groups = SourceGroups(inventory, sources);
  tagged.attribution.species.assign(tagged.attribution.species.size(), true);
  const Surface together = run_day(tagged);
  EXPECT_LT(together.mismatch, 1e-6);

  const std::size_t cells = std::size_t(tagged.grid->grid.nx()) * std::size_t(tagged.grid->grid.ny());
  const TracerSet tracers(1, tagged.species.count(), tagged.groups.tags());
  for (int g = 0; g < int(groups.size()); ++g) {
    const auto& [group, belongs] = groups[std::size_t(g)];
    const Surface alone = run_day(city_of(belongs));
    int compared = 0;
    for (const char* id : {"pm_fine", "pm_coarse", "so2"}) {
      const int species = tagged.species.find(id);
      const std::vector<double>& lone = alone.tracer[std::size_t(species)];
      if (*std::max_element(lone.begin(), lone.end()) == 0) {
        continue; // not emitted
      }
      ++compared;
      const std::vector<double>& tag = together.tracer[std::size_t(tracers.index({0, species, g + 1}))];
      const double day = difference(tag, lone, cells, hours), hour = difference(tag, lone, cells, 1);
      RecordProperty(std::string(group) + "_" + id, std::to_string(day) + " " + std::to_string(hour));
      EXPECT_LT(day, 0.03) << group << " " << id;
      EXPECT_LT(hour, 0.10) << group << " " << id;
    }
    EXPECT_GT(compared, 0) << group;
  }
}
