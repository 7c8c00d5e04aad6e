#include "files.hpp"
#include "grid/grid_file.hpp"
#include "grid/land_cover.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <stdexcept>

using namespace tq;

namespace {

const LandCoverClass& row(const std::vector<LandCoverClass>& classes, const std::string& id) {
  for (const LandCoverClass& candidate : classes) {
    if (candidate.id == id) {
      return candidate;
    }
  }
  throw std::out_of_range(id);
}

/// What a gas is to a surface: diffusivity of water vapour over its own, Henry coefficient [M atm-1], reactivity.
struct Gas {
  double diffusivity_ratio, henry, reactivity;
};

/// Wesely 1989, equations 3 to 9, over flat dry ground at 700 W m-2 and 25 degrees Celsius, s m-1.
double canopy_resistance(const physics::CanopyResistances& r, Gas gas) {
  constexpr double radiation = 700, celsius = 25;
  const double stomata = r.stomata * (1 + std::pow(200 / (radiation + 0.1), 2)) *
                         (400 / (celsius * (40 - celsius))) * gas.diffusivity_ratio;
  const double mesophyll = 1 / (gas.henry / 3000 + 100 * gas.reactivity);
  const double solubility = 1e-5 * gas.henry;
  const double cuticle = r.cuticle / (solubility + gas.reactivity);
  const double buoyant = 100 * (1 + 1000 / (radiation + 10));
  const double lower = 1 / (solubility / r.lower_so2 + gas.reactivity / r.lower_o3);
  const double ground = 1 / (solubility / r.ground_so2 + gas.reactivity / r.ground_o3);
  return 1 / (1 / (stomata + mesophyll) + 1 / cuticle + 1 / (buoyant + lower) + 1 / (r.canopy_air + ground));
}

constexpr Gas so2{1.9, 1e5, 0}, o3{1.6, 0.01, 1}, no2{1.6, 0.01, 0.1}, nh3{0.97, 2e4, 0}, hno3{1.9, 1e14, 0};

} // namespace

TEST(LandCover, TableHoldsTheClasses) {
  const std::vector<LandCoverClass> classes = LandCover::load_classes();
  std::vector<std::string> ids;
  for (const LandCoverClass& c : classes) {
    ids.push_back(c.id);
    EXPECT_GT(c.roughness_length, 0) << c.id;
    // The profile of wind begins at the displacement: an obstacle's height is at most 10 roughness lengths more.
    EXPECT_LE(c.displacement, 10 * c.roughness_length) << c.id;
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"dense_town", "low_town", "industrial", "forest", "shrub", "crops", "grass",
                                           "bare", "water"}));
  EXPECT_EQ(row(classes, "forest").roughness_length, 1.0);
  EXPECT_EQ(row(classes, "water").roughness_length, 2e-4);
  EXPECT_EQ(row(classes, "grass").albedo, 0.20);
  EXPECT_EQ(row(classes, "dense_town").ground_heat, 10.0);
  EXPECT_EQ(row(classes, "bare").bare_soil, 1.0);
}

/// Check values made from the same table by others: midsummer, 700 W m-2, 25 degrees Celsius, flat ground.
TEST(LandCover, ResistancesGiveKnownSums) {
  const std::vector<LandCoverClass> classes = LandCover::load_classes();
  const physics::CanopyResistances& urban = row(classes, "dense_town").resistances[std::size_t(Season::midsummer)];
  EXPECT_NEAR(canopy_resistance(urban, so2), 500, 1e-6);
  EXPECT_NEAR(canopy_resistance(urban, o3), 400, 1e-4);
  EXPECT_NEAR(canopy_resistance(urban, no2), 3099.998, 1e-3);
  EXPECT_NEAR(canopy_resistance(urban, nh3), 2100, 1e-6);
  EXPECT_NEAR(canopy_resistance(urban, hno3), 100, 1e-3);
  const physics::CanopyResistances& crops = row(classes, "crops").resistances[std::size_t(Season::midsummer)];
  EXPECT_NEAR(canopy_resistance(crops, so2), 87.6819, 1e-4);
  EXPECT_NEAR(canopy_resistance(crops, o3), 75.8091, 1e-4);
  EXPECT_NEAR(canopy_resistance(crops, no2), 102.4954, 1e-4);
  EXPECT_NEAR(canopy_resistance(crops, nh3), 62.0735, 1e-4);
}

TEST(LandCover, OneClassEverywhere) {
  const LandCover cover(LandCover::load_classes(), 3, 2, 3);
  for (int j = 0; j < 2; ++j) {
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(cover.dominant(i, j), 3);
      EXPECT_EQ(cover.share(i, j, 3), 1);
      EXPECT_EQ(cover.share(i, j, 2), 0);
      EXPECT_EQ(cover.mean(i, j, &LandCoverClass::albedo), cover.classes()[3].albedo);
    }
  }
  EXPECT_EQ(cover.domain_share(3), 1);
  EXPECT_EQ(cover.domain_share(0), 0);
  EXPECT_EQ(cover.find("forest"), 3);
  EXPECT_EQ(cover.find("moon"), -1);
}

TEST(LandCover, SharesSumToOneAndWeighMeans) {
  std::vector<LandCoverClass> two(2);
  two[0].albedo = 0.1;
  two[1].albedo = 0.4;
  const LandCover cover(two, 2, 1, {1, 3, 5, 5});
  EXPECT_DOUBLE_EQ(cover.share(0, 0, 0), 0.25);
  EXPECT_DOUBLE_EQ(cover.share(0, 0, 1), 0.75);
  EXPECT_DOUBLE_EQ(cover.mean(0, 0, &LandCoverClass::albedo), 0.325);
  EXPECT_EQ(cover.dominant(0, 0), 1);
  EXPECT_EQ(cover.dominant(1, 0), 0); // the first of equals
  EXPECT_DOUBLE_EQ(cover.domain_share(0), 0.375);
  EXPECT_THROW(LandCover(two, 2, 1, std::vector<double>{1, 3, 0, 0}), std::invalid_argument);
  EXPECT_THROW(LandCover(two, 2, 1, std::vector<double>{1, 3, 2, -1}), std::invalid_argument);
  EXPECT_THROW(LandCover(two, 2, 1, std::vector<double>{1, 3}), std::invalid_argument);
}

TEST(LandCover, BrokenTablesAreRefused) {
  const test::Folder folder;
  const auto problems = [&folder](const std::string& text) {
    const auto file = folder.write("land_cover.toml", "schema = 'land_cover/1'\n" + text);
    return folder.message([&] { LandCover::read_classes(file); });
  };
  const std::string surface = "[[surface]]\nid = 'urban'\nimpaction = 1.5\ncollector_width = 0.01\nstomata = [1, 1, 1, 1, 1]\ncuticle = [1, 1, 1, 1, 1]\n"
                              "canopy_air = [1, 1, 1, 1, 1]\nground_so2 = [1, 1, 1, 1, 1]\nground_o3 = [1, 1, 1, 1, 1]\n"
                              "lower_so2 = [1, 1, 1, 1, 1]\nlower_o3 = [1, 1, 1, 1, 1]\n";
  const std::string good = "[[class]]\nid = 'town'\nname = 'town'\nroughness_length = 1\ndisplacement = 7\nalbedo = 0.2\n"
                           "moisture = 0\nground_heat = 9\nanthropogenic_heat = 9\nbare_soil = 0\nsurface = 'urban'\n";
  EXPECT_EQ(problems(good + surface), "");
  EXPECT_EQ(problems(surface), "land_cover.toml: must have a [[class]]");
  std::string text = good + surface;
  text.replace(text.find("'urban'"), 7, "'urbane'");
  EXPECT_EQ(problems(text), "land_cover.toml:12:1: class[town].surface = \"urbane\": must be the id of a surface; did you "
                            "mean \"urban\"?");
  text = good + surface;
  text.replace(text.find("albedo = 0.2"), 12, "albedo = 20 ");
  text.replace(text.find("[1, 1, 1, 1, 1]"), 15, "[1, 1, 1, 1]   ");
  EXPECT_EQ(problems(text), "land_cover.toml:7:1: class[town].albedo = 20: must be in [0, 1]\n"
                            "land_cover.toml:17:1: surface[urban].stomata = [1, 1, 1, 1]: must hold 5 numbers, not 4");
}

TEST(LandCover, GridFileHasOneClassUnlessItSaysMore) {
  const test::Folder folder;
  const std::string grid = "schema = 'grid/1'\nname = 'small'\n[grid]\nepsg = 32650\nx_west = 519000\ny_south = 3240000\n"
                           "nx = 4\nny = 3\ndx = 500\ndy = 400\nlevels = [0, 1000]\n";
  const LandCover standard = read_grid_file(folder.write("grid.toml", grid)).land_cover;
  EXPECT_EQ(standard.domain_share(standard.find("low_town")), 1);
  const std::string forest = grid + "[land_cover]\nclass = 'forest'\n";
  const LandCover chosen = read_grid_file(folder.write("grid.toml", forest)).land_cover;
  EXPECT_EQ(chosen.domain_share(chosen.find("forest")), 1);
  EXPECT_EQ(folder.message([&] { read_grid_file(folder.write("grid.toml", grid + "[land_cover]\nclass = 'forst'\n")); }),
            "grid.toml:13:1: land_cover.class = \"forst\": must be a class of land cover; did you mean \"forest\"?");
}
