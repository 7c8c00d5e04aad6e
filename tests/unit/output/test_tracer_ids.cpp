// A tracer's id names datasets of the result, so it cannot be what something else is called there.
#include "paths.hpp"
#include "sample_result.hpp"

#include "files/hdf5.hpp"
#include "run/weather_fields.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

bool is_refused(const std::filesystem::path& folder, const std::string& id) {
  std::ofstream(folder / "s.toml") << "[[tracer]]\nid = '" << id << "'\nkind = 'gas'\nmolar_mass = 1\n";
  config::Schema schema;
  declare_tracers(schema);
  ProblemList problems;
  SpeciesTable table = SpeciesTable::load();
  table.add_tracers(config::Settings::check(config::read_toml(folder / "s.toml"), schema, problems), problems);
  return !problems.empty();
}

} // namespace

TEST(TracerIds, CannotBeNamesOfOtherThingsInAResult) {
  const auto folder = test::scratch_directory("tracer-ids");
  test::write_sample_result(folder / "sample.nc", 1);
  const files::Hdf5File file = files::Hdf5File::open(folder / "sample.nc");
  int names = 0;
  for (const char* group : {"/", "/cells", "/receptors"}) {
    for (const std::string& name : file.names(group)) {
      EXPECT_TRUE(is_refused(folder, name)) << group << " " << name;
      ++names;
    }
  }
  EXPECT_GT(names, 50);
  for (const char* name : {"so2_volume", "nox", "fine", "calcium"}) {
    EXPECT_TRUE(is_refused(folder, name)) << name;
  }
  config::Schema weather;
  declare_weather_fields(weather);
  std::string all = "[output]\nweather = [";
  for (const std::string& choice : weather.find("output.weather")->choices) {
    all += fmt::format("'{}', ", choice);
  }
  std::ofstream(folder / "all.toml") << all << "]\n";
  ProblemList problems;
  const config::Settings settings = config::Settings::check(config::read_toml(folder / "all.toml"), weather, problems);
  EXPECT_TRUE(problems.empty());
  for (const WeatherField& field : read_weather_fields(settings)) {
    EXPECT_TRUE(is_refused(folder, field.facts.name)) << field.facts.name;
    ++names;
  }
  EXPECT_GT(names, 60);
  EXPECT_FALSE(is_refused(folder, "sf6"));
  std::filesystem::remove_all(folder);
}
