#include "city.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace tq;

namespace {

SourceGroup sector(const Inventory& inventory, const std::string& name) {
  return group_sources(name, inventory, [&](const Source& source) { return source.sector == name; });
}

} // namespace

TEST(SourceGroups, EverySourceHasOneTag) {
  const test::City city;
  const EmissionModel model = city.base();
  const Inventory& inventory = model.inventory();
  const SourceGroups groups(inventory, {sector(inventory, "construction"), sector(inventory, "industry")});
  EXPECT_EQ(groups.tags(), 5);
  EXPECT_EQ(groups.ids(), (std::vector<std::string>{"construction", "industry", "other", "outside", "initial"}));
  EXPECT_EQ(groups.kinds(), (std::vector<std::string>{"group", "group", "other", "outside", "initial"}));
  EXPECT_EQ(groups.other(), 3);
  EXPECT_EQ(groups.outside(), 4);
  EXPECT_EQ(groups.initial(), 5);
  for (std::size_t s = 0; s < inventory.sources.size(); ++s) {
    const std::string& name = inventory.sources[s].sector;
    EXPECT_EQ(groups.tag(s), name == "construction" ? 1 : name == "industry" ? 2 : 3) << inventory.sources[s].id;
  }
  EXPECT_EQ(SourceGroups().tags(), 0);
}

TEST(SourceGroups, ASourceInTwoGroupsIsRefused) {
  const test::City city;
  const EmissionModel model = city.base();
  const SourceGroup group = sector(model.inventory(), "construction");
  EXPECT_THROW(SourceGroups(model.inventory(), {group, group}), std::invalid_argument);
  EXPECT_THROW(SourceGroups(model.inventory(), {}), std::invalid_argument);
  EXPECT_THROW(SourceGroups(model.inventory(), {{"none", {model.inventory().sources.size()}}}), std::invalid_argument);
}

TEST(SourceGroups, EmissionOfTagsIsThatOfTheirSourcesAndSumsToTheTotal) {
  const test::City city;
  const EmissionModel model = city.base();
  const Inventory& inventory = model.inventory();
  const SourceGroups groups(inventory, {sector(inventory, "construction")});
  const int species = model.species().count();
  const Subdomain whole = Decomposition(city.grid.nx(), city.grid.ny(), 1, 1).of(0);
  const TracerSet plain(1, species, 0), tagged(1, species, groups.tags());
  Field<double> totals(whole.nx, whole.ny, model.levels(), plain.count(), 0);
  Field<double> tags(whole.nx, whole.ny, model.levels(), tagged.count(), 0);
  const Instant noon = from_utc({2017, 12, 4, 4, 0, 0});
  model.hour(noon, whole, 0, plain, totals.view());
  model.hour(noon, whole, 0, tagged, tags.view(), groups);
  const ProfileClock clock(inventory.profiles, city.zone, noon, noon + 1);
  for (int n = 0; n < species; ++n) {
    double construction = 0, expected = 0;
    for (int k = 0; k < model.levels(); ++k) {
      for (int j = 0; j < whole.ny; ++j) {
        for (int i = 0; i < whole.nx; ++i) {
          const auto tag = [&](int v) { return tags.view()[tagged.index({0, n, v})](i, j, k); };
          ASSERT_EQ(tag(0), totals.view()[n](i, j, k));
          ASSERT_NEAR(tag(1) + tag(2) + tag(3), tag(0), 1e-14 * tag(0));
          ASSERT_EQ(tag(groups.outside()), 0);
          ASSERT_EQ(tag(groups.initial()), 0);
          construction += tag(1);
        }
      }
    }
    for (const Source& source : inventory.sources) {
      if (source.sector == "construction") {
        const std::size_t daytime = 1; // the sites' profile, second of the file
        expected += source.streams.at(0).rate[std::size_t(n)] * clock.factor(daytime, city.zone.to_civil(noon)) *
                    source.placement.inside;
      }
    }
    EXPECT_NEAR(construction, expected, 1e-12 * expected) << n;
  }
}
