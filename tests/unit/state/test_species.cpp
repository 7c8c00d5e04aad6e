#include "base/text_file.hpp"
#include "paths.hpp"
#include "state/species.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <set>

using namespace tq;

namespace {

/// What reading a table with this text says, without the file's folder; "" if it succeeds.
std::string message(const std::string& text) {
  const auto folder = test::scratch_directory("species");
  std::ofstream(folder / "species.toml") << "schema = \"species/1\"\n" << text;
  try {
    SpeciesTable::read(folder / "species.toml");
    return "";
  } catch (const InputError& error) {
    std::string what = error.what();
    const std::string prefix = folder.string() + "/";
    for (auto found = what.find(prefix); found != std::string::npos; found = what.find(prefix)) {
      what.erase(found, prefix.size());
    }
    return what;
  }
}

/// Adds the tracers of a scenario with this text; what is wrong with them, without the file's folder.
std::string add_tracers(SpeciesTable& table, const std::string& text) {
  const auto folder = test::scratch_directory("tracers");
  std::ofstream(folder / "s.toml") << text;
  config::Schema schema;
  declare_tracers(schema);
  ProblemList problems;
  table.add_tracers(config::Settings::check(config::read_toml(folder / "s.toml"), schema, problems), problems);
  std::string lines;
  for (const Problem& problem : problems.problems()) {
    lines += fmt::format("{}:{}: {}\n", problem.where.line, problem.where.column, problem.text);
  }
  std::filesystem::remove_all(folder);
  return lines;
}

} // namespace

TEST(Species, TableHoldsWhatTheEngineCarries) {
  const SpeciesTable table = SpeciesTable::load();
  std::vector<std::string> ids;
  for (const Species& species : table.species()) {
    ids.push_back(species.id);
  }
  EXPECT_EQ(ids,
            (std::vector<std::string>{"pm_fine", "pm_coarse", "pm_super", "so2", "no2", "no", "co", "o3"}));
  EXPECT_EQ(table.pollutant_ids(),
            (std::vector<std::string>{"pm2_5", "pm10", "tsp", "so2", "no2", "no", "co", "o3"}));
  EXPECT_EQ(table.count(), 8);
  EXPECT_EQ(table.find("so2"), 3);
  EXPECT_EQ(table.find("so3"), -1);
  EXPECT_EQ(table.find_pollutant("tsp"), 2);
  EXPECT_EQ(table.find_pollutant("pm_fine"), -1);
  EXPECT_EQ(table.pollutants()[1].members, (std::vector<int>{0, 1}));
  EXPECT_EQ(table.pollutants()[2].members, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(table.pollutants()[1].cf_name, "mass_concentration_of_pm10_ambient_aerosol_particles_in_air");
  EXPECT_EQ(table.pollutants()[2].cf_name, "");
}

TEST(Species, BinsFollowEachOther) {
  const SpeciesTable table = SpeciesTable::load();
  double below = 0;
  for (int bin = 0; bin < 3; ++bin) {
    const Species& species = table.species()[std::size_t(bin)];
    EXPECT_TRUE(species.particle);
    EXPECT_EQ(species.diameter_low, below);
    EXPECT_GT(species.diameter, species.diameter_low);
    EXPECT_LT(species.diameter, species.diameter_high);
    below = species.diameter_high;
  }
  EXPECT_DOUBLE_EQ(below, 30e-6);
}

TEST(Species, RatesOfRainOutAreThoseOfTheirSources) {
  const SpeciesTable table = SpeciesTable::load();
  const auto rate = [&](const char* id, double rain) {
    const Species& species = table.species()[std::size_t(table.find(id))];
    return species.scavenging_rate * std::pow(rain, species.scavenging_exponent);
  };
  // s-1; science.md 7.1, given to six digits at best
  EXPECT_NEAR(rate("pm_fine", 1) / 2.94444e-7, 1, 1e-5);
  EXPECT_NEAR(rate("pm_fine", 5) / 7.85914e-7, 1, 1e-5);
  EXPECT_NEAR(rate("pm_fine", 20) / 1.83076e-6, 1, 1e-5);
  EXPECT_NEAR(rate("pm_coarse", 1) / 2.55556e-4, 1, 1e-5);
  EXPECT_NEAR(rate("pm_coarse", 20) / 2.72457e-3, 1, 1e-5);
  EXPECT_EQ(rate("pm_super", 3), rate("pm_coarse", 3));
  EXPECT_NEAR(rate("so2", 1) / 4.16667e-5, 1, 1e-5);
  EXPECT_DOUBLE_EQ(rate("so2", 4), 4 * rate("so2", 1));
  EXPECT_EQ(rate("co", 10), 0);
}

TEST(Species, ConvertsUnits) {
  const SpeciesTable table = SpeciesTable::load();
  const Species& no2 = table.species()[std::size_t(table.find("no2"))];
  const Species& no = table.species()[std::size_t(table.find("no"))];
  EXPECT_DOUBLE_EQ(no2.deposition_velocity, 1.5e-3);
  EXPECT_DOUBLE_EQ(no2.molar_mass, 0.046005);
  EXPECT_NEAR(no2.molar_mass - no.molar_mass, 0.015999, 1e-9); // one O: NOx is conserved by mole
}

TEST(Species, EveryGasHasAMolarMassAndEverySpeciesAPollutant) {
  const SpeciesTable table = SpeciesTable::load();
  std::set<int> used;
  for (const Pollutant& pollutant : table.pollutants()) {
    used.insert(pollutant.members.begin(), pollutant.members.end());
  }
  EXPECT_EQ(int(used.size()), table.count());
  for (const Species& species : table.species()) {
    EXPECT_EQ(species.particle, species.molar_mass == 0) << species.id;
    EXPECT_GE(species.deposition_velocity, 0) << species.id;
  }
}

TEST(Species, NamesEveryProblemOfATable) {
  EXPECT_EQ(message("[[species]]\nid = 'dust'\nname = 'dust'\nkind = 'particle'\n"
                    "[[species]]\nid = 'ch4'\nname = 'methane'\nkind = 'gas'\n"
                    "[[pollutant]]\nid = 'all'\nname = 'all'\nmembers = ['dust', 'ch3']\n"),
            "species.toml:2:1: species[dust].diameter_high: must be larger than diameter_low for a particle\n"
            "species.toml:6:1: species[ch4].molar_mass: must be given for a gas\n"
            "species.toml:13:1: pollutant[all].members = [\"dust\", \"ch3\"]: must name species, but \"ch3\" "
            "is none; "
            "did you mean \"ch4\"?");
  const auto diameter = [](const std::string& kind, const std::string& value) {
    return message("[[species]]\nid = 'dust'\nname = 'dust'\nkind = '" + kind +
                   "'\nmolar_mass = 1\ndiameter_low = 1e-6\ndiameter_high = 1e-5\n" + value);
  };
  EXPECT_EQ(diameter("particle", "diameter = 2e-5\n"),
            "species.toml:9:1: species[dust].diameter = 2e-05: must be above 0 and from diameter_low to diameter_high, "
            "1e-06 to 1e-05 m, for a particle");
  EXPECT_EQ(diameter("particle", ""), "species.toml:2:1: species[dust].diameter: must be above 0 and from diameter_low "
                                      "to diameter_high, 1e-06 to 1e-05 m, for a particle");
  EXPECT_EQ(diameter("particle", "diameter = 1e-6\n"), "");
  EXPECT_EQ(diameter("gas", "diameter = 2e-6\n"),
            "species.toml:9:1: species[dust].diameter = 2e-06: must be left out for a gas");
  EXPECT_NE(message("[[species]]\nid = 'a'\nkind = 'liquid'\nmolar_mas = 3\n"), "");
}

TEST(Species, AScenarioAddsTracersEachWithAPollutant) {
  SpeciesTable table = SpeciesTable::load();
  EXPECT_EQ(add_tracers(table, "[[tracer]]\nid = 'chlorine'\nname = 'Chlorine'\nkind = 'gas'\nmolar_mass = 70.9\n"
                               "deposition_velocity = 1\nscavenging_rate = 0.36\nscavenging_exponent = 0.6\n"
                               "half_life = 1200\n"
                               "[[tracer]]\nid = 'ash_2'\nkind = 'particle'\ndiameter = 5e-5\n"),
            "");
  ASSERT_EQ(table.count(), 10);
  const Species& chlorine = table.species()[8];
  EXPECT_EQ(chlorine.id, "chlorine");
  EXPECT_EQ(chlorine.name, "Chlorine");
  EXPECT_DOUBLE_EQ(chlorine.molar_mass, 0.0709);
  EXPECT_DOUBLE_EQ(chlorine.deposition_velocity, 0.01);
  EXPECT_DOUBLE_EQ(chlorine.scavenging_rate, 1e-4);
  EXPECT_DOUBLE_EQ(chlorine.scavenging_exponent, 0.6);
  EXPECT_DOUBLE_EQ(chlorine.half_life, 1200);
  EXPECT_TRUE(chlorine.tracer);
  EXPECT_FALSE(table.species()[7].tracer);
  const Species& ash = table.species()[9];
  EXPECT_TRUE(ash.particle);
  EXPECT_EQ(ash.name, "ash_2");
  EXPECT_EQ(ash.diameter, 5e-5);
  EXPECT_EQ(ash.half_life, 0);
  EXPECT_EQ(table.find_pollutant("ash_2"), 9);
  EXPECT_EQ(table.pollutants()[9].members, std::vector<int>{9});
}

TEST(Species, NamesWhatIsWrongWithTracers) {
  SpeciesTable table = SpeciesTable::load();
  EXPECT_EQ(add_tracers(table, "[[tracer]]\nid = 'so2'\nkind = 'gas'\nmolar_mass = 64\n"
                               "[[tracer]]\nid = 'Cl2'\nkind = 'gas'\nmolar_mass = 71\n"
                               "[[tracer]]\nid = 'ash'\nkind = 'particle'\n"
                               "[[tracer]]\nid = 'sf6'\nkind = 'gas'\ndiameter = 1e-6\nhalf_life = -3\n"
                               "[[tracer]]\nid = 'time'\nkind = 'gas'\nmolar_mass = 1\n"
                               "[[tracer]]\nid = 'attribution'\nkind = 'gas'\nmolar_mass = 1\n"),
            "16:1: tracer[sf6].half_life = -3: must be at least 0\n"
            "2:1: tracer[so2].id = \"so2\": must differ from the program's own species and pollutants\n"
            "6:1: tracer[Cl2].id = \"Cl2\": must begin with a small letter and hold small letters, digits and "
            "underscores\n"
            "9:1: tracer[ash].diameter: must be above 0 for a particle\n"
            "15:1: tracer[sf6].diameter = 1e-06: must be left out for a gas\n"
            "12:1: tracer[sf6].molar_mass: must be given for a gas\n"
            "18:1: tracer[time].id = \"time\": must not be the name of something else in results or inventories\n"
            "22:1: tracer[attribution].id = \"attribution\": must not be the name of something else in results or inventories\n");
}
