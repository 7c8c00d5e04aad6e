#include "config/schema.hpp"
#include "documents.hpp"

namespace tq::config {
namespace {

using test::Folder;

Schema example() {
  Schema schema;
  schema.add({.key = "name", .type = Type::text, .description = "Name."});
  schema.add({.key = "run.start", .type = Type::time, .description = "First hour.", .required = true});
  schema.add({.key = "run.end", .type = Type::time, .description = "Last hour.", .default_value = "2018-01-01"});
  schema.add({.key = "run.steps", .type = Type::integer, .description = "Steps.", .default_value = 4, .minimum = 1});
  schema.add({.key = "run.verbose", .type = Type::boolean, .description = "Talk.", .default_value = true});
  schema.add({.key = "grid.file", .type = Type::path, .description = "Grid."});
  schema.add({.key = "grid.levels", .type = Type::numbers, .description = "Levels.",
              .default_value = std::vector<double>{0, 10.5}, .unit = "m", .minimum = 0});
  schema.add({.key = "output.directory", .type = Type::path, .description = "Results.", .default_value = "results"});
  schema.add({.key = "background.*", .type = Type::number, .description = "Background.", .unit = "ug m-3", .minimum = 0});
  schema.add({.key = "station.file", .type = Type::path, .description = "Table.", .required = true});
  schema.add({.key = "station.height", .type = Type::number, .description = "Height.", .default_value = 10, .unit = "m"});
  schema.add({.key = "station.variable.*.column", .type = Type::text, .description = "Column.", .required = true});
  schema.add({.key = "station.variable.*.fill", .type = Type::text, .description = "Fill.", .default_value = "error"});
  schema.add({.key = "station.clock.offset", .type = Type::number, .description = "Clock.", .default_value = 0, .unit = "s"});
  schema.add({.key = "measure[].efficiency", .type = Type::number, .description = "Of all.", .default_value = 1});
  schema.add({.key = "measure[].efficiency.*", .type = Type::number, .description = "Of each."});
  schema.add({.key = "measure[].coverage", .type = Type::number, .description = "Coverage.", .default_value = 1, .maximum = 1});
  schema.add({.key = "measure[].select.sector", .type = Type::texts, .description = "Sectors.", .default_value = "*"});
  schema.add({.key = "measure[].hours", .type = Type::hours, .description = "Hours.", .default_value = "00-24"});
  schema.add({.key = "measure[].from", .type = Type::time, .description = "First day."});
  return schema;
}

const char* const document = "name = \"a \\\"b\\\"\"\n"
                             "[run]\nstart = 2017-12-04T08:00:00+08:00\n"
                             "[grid]\nfile = '../grids/g.toml'\nlevels = [0, 20.0, 50]\n"
                             "[background]\nso2 = 5\nno2 = 1e-9\n"
                             "[station]\nfile = 'obs/st.csv'\nvariable.wind_speed = { column = 'u', fill = 'hold' }\n"
                             "[station.variable.rain]\ncolumn = 'r'\n"
                             "[[measure]]\nid = 'a'\nefficiency = 0.25\nfrom = 2017-10-01\n"
                             "[[measure]]\nid = 'b'\nefficiency = { fine = 0.4, coarse = 1 }\nhours = '22-06'\n"
                             "select = { sector = ['dust', 'road'] }\n";

class SettingsTest : public ::testing::Test {
protected:
  Settings read(const std::string& text, ProblemList& problems) const {
    return Settings::check(read_scenario(folder.write("scenarios/s.toml", text)), example(), problems);
  }

  Settings read(const std::string& text) const {
    ProblemList problems;
    Settings settings = read(text, problems);
    problems.throw_if_any();
    return settings;
  }

  Folder folder;
};

TEST_F(SettingsTest, GivesWhatTheDocumentSays) {
  const Settings settings = read(document);
  const TimeZone shanghai("Asia/Shanghai");
  EXPECT_EQ(settings.text("name"), "a \"b\"");
  EXPECT_EQ(format_utc(settings.time("run.start", shanghai)), "2017-12-04T00:00:00Z");
  EXPECT_EQ(settings.path("grid.file"), folder / "grids/g.toml");
  EXPECT_EQ(settings.path("station.file"), folder / "scenarios/obs/st.csv");
  EXPECT_EQ(settings.numbers("grid.levels"), (std::vector<double>{0, 20, 50}));
  EXPECT_EQ(settings.number("background.so2"), 5.0);
  EXPECT_EQ(settings.names("background"), (std::vector<std::string>{"so2", "no2"}));
  EXPECT_EQ(settings.names("station.variable"), (std::vector<std::string>{"wind_speed", "rain"}));
  EXPECT_EQ(settings.text("station.variable.wind_speed.fill"), "hold");
}

TEST_F(SettingsTest, GivesDefaults) {
  const Settings settings = read("[run]\nstart = 2017-12-04\n");
  const TimeZone shanghai("Asia/Shanghai");
  EXPECT_EQ(settings.integer("run.steps"), 4);
  EXPECT_TRUE(settings.boolean("run.verbose"));
  EXPECT_EQ(settings.numbers("grid.levels"), (std::vector<double>{0, 10.5}));
  EXPECT_EQ(settings.path("output.directory"), "results");
  EXPECT_EQ(settings.number("station.height"), 10.0);
  EXPECT_EQ(format_utc(settings.time("run.end", shanghai)), "2017-12-31T16:00:00Z");
  EXPECT_TRUE(settings.names("background").empty());
  EXPECT_TRUE(settings.each("measure").empty());
  EXPECT_EQ(settings.table("station").number("height"), 10.0);
  EXPECT_EQ(settings.table("station").table("clock").number("offset"), 0.0);
}

TEST_F(SettingsTest, TellsGivenFromDefault) {
  const Settings settings = read(document);
  EXPECT_TRUE(settings.given("run.start"));
  EXPECT_TRUE(settings.given("run"));
  EXPECT_TRUE(settings.given("measure"));
  EXPECT_FALSE(settings.given("run.steps"));
  EXPECT_TRUE(settings.has("run.steps"));
  EXPECT_FALSE(settings.given("output"));
  EXPECT_FALSE(settings.has("background.co"));
  EXPECT_TRUE(settings.has("background.so2"));
  EXPECT_EQ(folder.local(to_string(settings.where("run.start"))), "scenarios/s.toml:3:1");
  EXPECT_EQ(folder.local(to_string(settings.where("run.steps"))), "scenarios/s.toml:2:2");
  EXPECT_EQ(folder.local(to_string(settings.where("output.directory"))), "scenarios/s.toml:1:1");
  EXPECT_EQ(folder.local(to_string(settings.table("grid").where())), "scenarios/s.toml:4:2");
}

TEST_F(SettingsTest, ItemsTakeEitherForm) {
  const std::vector<Settings> measures = read(document).each("measure");
  ASSERT_EQ(measures.size(), 2u);
  const Settings& a = measures[0];
  const Settings& b = measures[1];
  EXPECT_EQ(a.text("id"), "a");
  EXPECT_EQ(a.number("efficiency"), 0.25);
  EXPECT_TRUE(a.names("efficiency").empty());
  EXPECT_EQ(a.texts("select.sector"), std::vector<std::string>{"*"});
  EXPECT_EQ(a.hours("hours"), std::pair(0, 24));
  EXPECT_EQ(a.time("from", TimeZone("UTC+8")), from_utc({2017, 9, 30, 16}));
  EXPECT_TRUE(b.given("efficiency"));
  EXPECT_EQ(b.names("efficiency"), (std::vector<std::string>{"fine", "coarse"}));
  EXPECT_EQ(b.number("efficiency.fine"), 0.4);
  EXPECT_EQ(b.number("efficiency.coarse"), 1.0);
  EXPECT_EQ(b.table("select").texts("sector"), (std::vector<std::string>{"dust", "road"}));
  EXPECT_EQ(b.hours("hours"), std::pair(22, 6));
}

TEST_F(SettingsTest, SettingsOutliveTheDocument) {
  std::vector<Settings> measures;
  {
    const Settings settings = read(document);
    measures = settings.each("measure");
  }
  EXPECT_EQ(measures[1].text("id"), "b");
}

TEST_F(SettingsTest, WrongUseIsAProgrammingError) {
  const Settings settings = read(document);
  EXPECT_THROW(settings.number("run.stepz"), std::logic_error);
  EXPECT_THROW(settings.number("run.steps"), std::logic_error);
  EXPECT_THROW(settings.number("run"), std::logic_error);
  EXPECT_THROW(settings.each("run"), std::logic_error);
  EXPECT_THROW(settings.names("run"), std::logic_error);
  EXPECT_THROW(settings.table("name"), std::logic_error);
  EXPECT_THROW(settings.table("measure"), std::logic_error);
}

TEST_F(SettingsTest, AValueThatIsNeitherGivenNorDefaultIsAnInputError) {
  const Settings settings = read("name = 'x'\n\n[grid]\n");
  EXPECT_EQ(folder.message([&] { settings.time("run.start", TimeZone()); }),
            "scenarios/s.toml:1:1: run.start: is required (time)");
  EXPECT_EQ(folder.message([&] { settings.path("grid.file"); }), "scenarios/s.toml:3:2: grid.file: is required (path)");
}

TEST_F(SettingsTest, AFileThatIsNotThereIsAProblemWhereItIsNamed) {
  folder.write("grids/g.toml", "");
  const Settings settings = read("[run]\nstart = 2017-12-04\n[grid]\nfile = '../grids/g.toml'\n[station]\nfile = 'st.csv'\n"
                                 "[output]\ndirectory = '../grids'\n");
  ProblemList problems;
  EXPECT_EQ(settings.existing_file("grid.file", problems), folder / "grids/g.toml");
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(settings.existing_file("station.file", problems), std::nullopt);
  EXPECT_EQ(settings.existing_file("output.directory", problems), std::nullopt);
  EXPECT_EQ(folder.message([&] { problems.throw_if_any(); }),
            "scenarios/s.toml:6:1: station.file = \"st.csv\": must be a file, but there is none at scenarios/st.csv\n"
            "scenarios/s.toml:8:1: output.directory = \"../grids\": must be a file, but grids is a folder");
}

TEST_F(SettingsTest, ValuesWithProblemsTakeTheirDefaults) {
  ProblemList problems;
  const Settings settings = read("name = 3\n[run]\nstart = 'x'\nsteps = 0\nverbose = 1\n[grid]\nlevels = [1, 'x']\n"
                                 "[background]\nso2 = -1\nno2 = 2\n[[measure]]\nid = 'a'\nselect.sector = [1]\n"
                                 "coverage = 2\n", problems);
  EXPECT_EQ(problems.problems().size(), 8u);
  EXPECT_EQ(settings.integer("run.steps"), 4);
  EXPECT_TRUE(settings.boolean("run.verbose"));
  EXPECT_EQ(settings.numbers("grid.levels"), (std::vector<double>{0, 10.5}));
  EXPECT_EQ(settings.names("background"), std::vector<std::string>{"no2"});
  EXPECT_FALSE(settings.has("name"));
  EXPECT_TRUE(settings.given("name"));
  EXPECT_EQ(settings.each("measure")[0].number("coverage"), 1.0);
  EXPECT_EQ(settings.each("measure")[0].texts("select.sector"), std::vector<std::string>{"*"});
  // With no default there is no value; the error then says all that the check found, once.
  try {
    settings.time("run.start", TimeZone());
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.problems().size(), 8u);
  }
}

TEST_F(SettingsTest, AnArrayWithOneWrongItemTakesItsDefault) {
  ProblemList problems;
  const Settings settings = read("run.start = 2017-01-01\ngrid.levels = [1, -1]\n", problems);
  EXPECT_EQ(problems.problems().size(), 1u);
  EXPECT_EQ(settings.numbers("grid.levels"), (std::vector<double>{0, 10.5}));
}

TEST_F(SettingsTest, ProblemsOfMeaningHaveTheSameForm) {
  const Settings settings = read(document);
  ProblemList problems;
  settings.problem(problems, "run.start", "be a whole hour");
  settings.problem(problems, "run.end", "be later than the start");
  settings.each("measure")[1].problem(problems, "efficiency.fine", "not be alone");
  settings.each("measure")[1].problem(problems, "select", "select something");
  EXPECT_EQ(folder.message([&] { problems.throw_if_any(); }),
            "scenarios/s.toml:2:2: run.end: must be later than the start\n"
            "scenarios/s.toml:3:1: run.start = 2017-12-04T08:00:00+08:00: must be a whole hour\n"
            "scenarios/s.toml:21:16: measure[b].efficiency.fine = 0.4: must not be alone\n"
            "scenarios/s.toml:23:1: measure[b].select: must select something");
}

TEST_F(SettingsTest, ResolvedDocumentIsComplete) {
  EXPECT_EQ(read(document).resolved(), "name = \"a \\\"b\\\"\"\n"
                                       "\n[run]\n"
                                       "start = 2017-12-04T08:00:00+08:00\n"
                                       "end = \"2018-01-01\"\n"
                                       "steps = 4\n"
                                       "verbose = true\n"
                                       "\n[grid]\n"
                                       "file = \"../grids/g.toml\"\n"
                                       "levels = [0, 20.0, 50]\n"
                                       "\n[output]\n"
                                       "# directory = \"results\"\n"
                                       "\n[background]\n"
                                       "so2 = 5\n"
                                       "no2 = 1e-09\n"
                                       "\n[station]\n"
                                       "file = \"obs/st.csv\"\n"
                                       "height = 10.0\n"
                                       "\n[station.variable.wind_speed]\n"
                                       "column = \"u\"\n"
                                       "fill = \"hold\"\n"
                                       "\n[station.variable.rain]\n"
                                       "column = \"r\"\n"
                                       "fill = \"error\"\n"
                                       "\n[station.clock]\n"
                                       "offset = 0.0\n"
                                       "\n[[measure]]\n"
                                       "id = \"a\"\n"
                                       "efficiency = 0.25\n"
                                       "coverage = 1.0\n"
                                       "hours = \"00-24\"\n"
                                       "from = 2017-10-01\n"
                                       "\n[measure.select]\n"
                                       "sector = [\"*\"]\n"
                                       "\n[[measure]]\n"
                                       "id = \"b\"\n"
                                       "coverage = 1.0\n"
                                       "hours = \"22-06\"\n"
                                       "\n[measure.efficiency]\n"
                                       "fine = 0.4\n"
                                       "coarse = 1\n"
                                       "\n[measure.select]\n"
                                       "sector = [\"dust\", \"road\"]\n");
}

TEST_F(SettingsTest, ResolvedDocumentReadsBackToTheSame) {
  for (const std::string& text : {std::string(document), std::string("name = 'x'\n"),
                                 std::string("[[measure]]\nid = 'only'\nefficiency = {}\n"), std::string()}) {
    const std::string once = read(text).resolved();
    const Settings again = read(once); // throws if it is not valid
    EXPECT_EQ(again.resolved(), once);
  }
}

TEST_F(SettingsTest, ResolvedPathsAreRelativeToTheScenario) {
  folder.write("base/base.toml", "grid.file = 'g.toml'\nstation.file = '/data/st.csv'\n");
  const Settings settings = read("base = '../base/base.toml'\n");
  EXPECT_EQ(settings.path("grid.file"), folder / "base/g.toml");
  const std::string text = settings.resolved();
  EXPECT_NE(text.find("file = \"../base/g.toml\"\n"), std::string::npos) << text;
  EXPECT_NE(text.find("file = \"/data/st.csv\"\n"), std::string::npos) << text;
  EXPECT_EQ(read(text).path("grid.file"), folder / "base/g.toml");
  EXPECT_EQ(settings.files(), (std::vector<std::filesystem::path>{folder / "base/g.toml", "/data/st.csv"}));
}

TEST_F(SettingsTest, AFileThatTheProgramMakesIsNoInput) {
  Schema schema = example();
  schema.add({.key = "weather.library", .type = Type::path, .description = "Made.", .made = true});
  folder.write("base/base.toml", "grid.file = 'g.toml'\nweather.library = 'winds.h5'\n");
  ProblemList problems;
  const Settings settings = Settings::check(
      read_scenario(folder.write("scenarios/s.toml", "base = '../base/base.toml'\n")), schema, problems);
  EXPECT_EQ(settings.path("weather.library"), folder / "base/winds.h5");
  EXPECT_EQ(settings.files(), std::vector<std::filesystem::path>{folder / "base/g.toml"});
}

TEST_F(SettingsTest, SeveralPathsAreRelativeEachToItsFile) {
  Schema schema = example();
  schema.add({.key = "weather.files", .type = Type::paths, .description = "Files."});
  folder.write("base/a.nc", "");
  folder.write("base/b.nc", "");
  folder.write("base/base.toml", "weather.files = ['a.nc', 'b.nc']\n");
  ProblemList problems;
  const auto check = [&](const std::string& text) {
    return Settings::check(read_scenario(folder.write("scenarios/s.toml", text)), schema, problems);
  };
  const Settings settings = check("base = '../base/base.toml'\n");
  const std::vector<std::filesystem::path> both = {folder / "base/a.nc", folder / "base/b.nc"};
  EXPECT_EQ(settings.existing_files("weather.files", problems), both);
  EXPECT_EQ(settings.files(), both);
  EXPECT_NE(settings.resolved().find("files = [\"../base/a.nc\", \"../base/b.nc\"]\n"), std::string::npos) << settings.resolved();
  EXPECT_EQ(check("weather.files = '../base/b.nc'\n").existing_files("weather.files", problems),
            std::vector<std::filesystem::path>{folder / "base/b.nc"});
  EXPECT_TRUE(problems.empty());
  check("weather.files = ['../base/a.nc', 'c.nc', '../base']\n").existing_files("weather.files", problems);
  EXPECT_EQ(folder.message([&] { problems.throw_if_any(); }),
            "scenarios/s.toml:1:34: weather.files = \"c.nc\": must be a file, but there is none at scenarios/c.nc\n"
            "scenarios/s.toml:1:42: weather.files = \"../base\": must be a file, but base is a folder");
  problems = {};
  check("weather.files = 3\n");
  EXPECT_EQ(folder.message([&] { problems.throw_if_any(); }),
            "scenarios/s.toml:1:9: weather.files = 3: must be the path of a file or an array of such, not a whole number");
}

TEST_F(SettingsTest, TheResolvedDocumentIsTheSameHoweverTheScenarioIsNamed) {
  folder.write("base/base.toml", "grid.file = 'g.toml'\n");
  const std::string text = read("base = '" + (folder / "base/base.toml").string() + "'\n").resolved();
  const auto here = std::filesystem::current_path();
  for (const char* place : {".", "base", "/"}) {
    const auto from = place[0] == '/' ? std::filesystem::path(place) : folder / place;
    std::filesystem::current_path(from);
    const auto scenario = std::filesystem::relative(folder / "scenarios/s.toml", from);
    ProblemList problems;
    EXPECT_EQ(Settings::check(read_scenario(scenario), example(), problems).resolved(), text) << scenario;
  }
  std::filesystem::current_path(here);
}

TEST_F(SettingsTest, AbsentTablesWithRequiredKeysStayAbsent) {
  const std::string text = read("name = 'x'\n").resolved();
  EXPECT_EQ(text.find("[station"), std::string::npos) << text;
  EXPECT_EQ(text.find("[run"), std::string::npos) << text;
  EXPECT_NE(text.find("[output]\n# directory = \"results\"\n"), std::string::npos) << text;
}

} // namespace
} // namespace tq::config
