// Halving the outer step changes hourly surface means in source cells of the default city by less than 2 %: the sum of
// the changes over the sum of the means, for each pollutant over a day.
#include "paths.hpp"
#include "run/simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace tq;

namespace {

constexpr int hours = 24;

/// One value per cell of the lowest layer, hour by hour and pollutant by pollutant.
struct Day {
  std::vector<double> mean;   // kg m-3
  std::vector<bool> emitting; // in that hour, into the lowest layer
};

/// Pollutants whose source cells are looked at: its own, but ozone's are those of the NO that eats it.
std::string emitted_as(const std::string& pollutant) { return pollutant == "o3" ? "no" : pollutant; }

Day run_day(double max_step) {
  Case c = load_case(test::source_directory() / "scenarios/jingdezhen/base.toml");
  c.transport.max_step = max_step;
  const Grid& grid = c.grid->grid;
  const Decomposition whole(grid.nx(), grid.ny(), 1, 1);
  SerialCommunicator alone;
  Timers timers;
  Simulation<float> simulation(c, whole, alone, timers);
  const TracerSet& tracers = simulation.tracer_set();
  Field<float> emission(grid.nx(), grid.ny(), c.emission->levels(), tracers.count(), 0);
  Day day;
  for (Instant hour = c.start; hour < c.start + hours * seconds_per_hour; hour += seconds_per_hour) {
    simulation.begin_hour(hour);
    for (int step = 0; step < simulation.steps(); ++step) {
      simulation.step();
    }
    simulation.end_hour();
    c.emission->hour(hour, whole.of(0), 0, tracers, emission.view());
    for (const Pollutant& pollutant : c.species.pollutants()) {
      const View2<const double> mean = simulation.part(0).averages().mean(c.species.find_pollutant(pollutant.id));
      const auto& members =
          c.species.pollutants()[std::size_t(c.species.find_pollutant(emitted_as(pollutant.id)))].members;
      for (int j = 0; j < grid.ny(); ++j) {
        for (int i = 0; i < grid.nx(); ++i) {
          day.mean.push_back(mean(i, j));
          day.emitting.push_back(std::any_of(members.begin(), members.end(), [&](int species) {
            return emission.view()[tracers.index({0, species, 0})](i, j, 0) > 0;
          }));
        }
      }
    }
  }
  return day;
}

} // namespace

TEST(OuterStep, HalvingItChangesHourlyMeansInSourceCellsByLessThanTwoPercent) {
  const Case c = load_case(test::source_directory() / "scenarios/jingdezhen/base.toml");
  const Day whole = run_day(c.transport.max_step), half = run_day(c.transport.max_step / 2);
  const std::size_t cells = std::size_t(c.grid->grid.nx()) * std::size_t(c.grid->grid.ny());
  const std::size_t pollutants = c.species.pollutants().size();
  for (std::size_t p = 0; p < pollutants; ++p) {
    double change = 0, sum = 0;
    std::vector<double> relative;
    for (std::size_t h = 0; h < hours; ++h) {
      for (std::size_t m = (h * pollutants + p) * cells; m < (h * pollutants + p + 1) * cells; ++m) {
        if (half.emitting[m]) {
          const double difference = std::abs(whole.mean[m] - half.mean[m]);
          change += difference;
          sum += half.mean[m];
          relative.push_back(difference / half.mean[m]);
        }
      }
    }
    ASSERT_GT(relative.size(), hours * 100U);
    std::sort(relative.begin(), relative.end());
    const std::string& id = c.species.pollutants()[p].id;
    const auto above = relative.end() - std::upper_bound(relative.begin(), relative.end(), 0.02);
    RecordProperty(id + "_mean_change", std::to_string(change / sum));
    RecordProperty(id + "_95th_percentile", std::to_string(relative[relative.size() * 95 / 100]));
    RecordProperty(id + "_share_above_2_percent", std::to_string(double(above) / double(relative.size())));
    EXPECT_LT(change / sum, 0.02) << id;
  }
}
