#include "config/schema.hpp"
#include "documents.hpp"

namespace tq::config {
namespace {

using test::Folder;

Schema example() {
  Schema schema;
  schema.add({.key = "schema", .type = Type::text, .description = "Version.", .required = true, .choices = {"scenario/1"}});
  schema.add({.key = "name", .type = Type::text, .description = "Name.", .required = true});
  schema.add({.key = "run.start", .type = Type::time, .description = "First hour.", .required = true});
  schema.add({.key = "run.steps", .type = Type::integer, .description = "Steps.", .default_value = 4, .minimum = 1});
  schema.add({.key = "transport.max_courant", .type = Type::number, .description = "Courant number.",
              .default_value = 0.9, .unit = "1", .minimum = 0, .maximum = 1, .minimum_open = true});
  schema.add({.key = "transport.scheme", .type = Type::text, .description = "Scheme.", .default_value = "fifth",
              .choices = {"first", "fifth"}});
  schema.add({.key = "transport.splitting", .type = Type::boolean, .description = "Split.", .default_value = true});
  schema.add({.key = "grid.center", .type = Type::numbers, .description = "Centre.", .unit = "degree", .minimum = -180,
              .maximum = 180, .length = 2});
  schema.add({.key = "grid.file", .type = Type::path, .description = "Grid."});
  schema.add({.key = "background.*", .type = Type::number, .description = "Background.", .unit = "ug m-3",
              .minimum = 0, .maximum = 1000, .maximum_open = true});
  schema.add({.key = "measure[].efficiency", .type = Type::number, .description = "Of all.", .minimum = 0, .maximum = 1});
  schema.add({.key = "measure[].efficiency.*", .type = Type::number, .description = "Of each.", .minimum = 0, .maximum = 1});
  schema.add({.key = "measure[].select.sector", .type = Type::texts, .description = "Sectors."});
  schema.add({.key = "measure[].select.cell", .type = Type::texts, .description = "Cells."});
  schema.add({.key = "measure[].hours", .type = Type::hours, .description = "Hours."});
  schema.add({.key = "measure[].days", .type = Type::texts, .description = "Days.", .choices = {"mon", "tue"}});
  schema.add({.key = "measure[].kind", .type = Type::text, .description = "Kind.", .required = true});
  return schema;
}

class Check : public ::testing::Test {
protected:
  static constexpr const char* head = "schema = 'scenario/1'\nname = 'x'\n"; // two lines

  /// What the check says of a document that begins with the required keys.
  std::string problems(const std::string& text) const { return problems_of(head + text); }

  std::string problems_of(const std::string& text) const {
    ProblemList list;
    Settings::check(read_toml(folder.write("s.toml", text)), example(), list);
    return folder.message([&] { list.throw_if_any(); });
  }

  Folder folder;
};

TEST_F(Check, TakesADocumentWithoutProblems) {
  EXPECT_EQ(problems("[run]\nstart = 2017-01-01\nsteps = 2\n"
                     "[transport]\nmax_courant = 1\nscheme = 'first'\nsplitting = false\n"
                     "[grid]\ncenter = [117.2, 29]\nfile = 'g.toml'\n"
                     "[background]\nso2 = 3.5\n"
                     "[[measure]]\nid = 'a'\nkind = 'scale'\nefficiency = 0.5\nhours = '22-06'\ndays = ['mon', 'tue']\n"
                     "select = { sector = 'dust', cell = ['A-*', 'B'] }\n"
                     "[[measure]]\nid = 'b'\nkind = 'scale'\nefficiency = { fine = 0, coarse = 1.0 }\ndays = 'mon'\n"),
            "");
}

TEST_F(Check, NumbersOutsideTheirRange) {
  EXPECT_EQ(problems("[transport]\n  max_courant = 3\n"), "s.toml:4:3: transport.max_courant = 3: must be in (0, 1]");
  EXPECT_EQ(problems("transport.max_courant = 0.0\n"), "s.toml:3:11: transport.max_courant = 0.0: must be in (0, 1]");
  EXPECT_EQ(problems("run = { start = 2017-01-01, steps = 0 }\n"), "s.toml:3:29: run.steps = 0: must be at least 1");
  EXPECT_EQ(problems("background.so2 = 1000\n"), "s.toml:3:12: background.so2 = 1000: must be in [0, 1000)");
  EXPECT_EQ(problems("background.so2 = nan\n"), "s.toml:3:12: background.so2 = nan: must be a finite number");
  EXPECT_EQ(problems("background.so2 = inf\n"), "s.toml:3:12: background.so2 = inf: must be a finite number");
}

TEST_F(Check, ValuesOfAnotherType) {
  EXPECT_EQ(problems("transport.max_courant = 'fast'\n"),
            "s.toml:3:11: transport.max_courant = \"fast\": must be a number, not a text");
  EXPECT_EQ(problems("transport.max_courant = { a = 1 }\n"),
            "s.toml:3:11: transport.max_courant: must be a number, not a table");
  EXPECT_EQ(problems("transport.splitting = 1\n"),
            "s.toml:3:11: transport.splitting = 1: must be true or false, not a whole number");
  EXPECT_EQ(problems("grid.file = 3\n"), "s.toml:3:6: grid.file = 3: must be the path of a file (a text), not a whole number");
  EXPECT_EQ(problems("transport = 3\n"), "s.toml:3:1: transport = 3: must be a table, not a whole number");
  EXPECT_EQ(problems("run = { start = 2017-01-01, steps = 2.5 }\n"),
            "s.toml:3:29: run.steps = 2.5: must be a whole number");
}

TEST_F(Check, ChoicesAreListed) {
  EXPECT_EQ(problems("transport.scheme = 'third'\n"),
            "s.toml:3:11: transport.scheme = \"third\": must be one of \"first\", \"fifth\"");
  EXPECT_EQ(problems_of("schema = 'scenario/2'\nname = 'x'\n"), "s.toml:1:1: schema = \"scenario/2\": must be \"scenario/1\"");
}

TEST_F(Check, UnknownKeysNameTheNearest) {
  EXPECT_EQ(problems("[transport]\nmax_currant = 1\n"),
            "s.toml:4:1: transport.max_currant: unknown key; did you mean \"max_courant\"?");
  EXPECT_EQ(problems("[trasport]\nmax_courant = 1\n"), "s.toml:3:2: trasport: unknown table; did you mean \"transport\"?");
  EXPECT_EQ(problems("[[mesure]]\nid = 'a'\n"), "s.toml:3:3: mesure: unknown table; did you mean \"measure\"?");
  EXPECT_EQ(problems("max_courant = 1\n"), "s.toml:3:1: max_courant: unknown key; did you mean \"transport.max_courant\"?");
  EXPECT_EQ(problems("'something else' = 1\n"), "s.toml:3:1: \"something else\": unknown key");
  EXPECT_EQ(problems("[[measure]]\nid = 'a'\nkind = 'x'\nselect.sektor = 'a'\n"),
            "s.toml:6:8: measure[a].select.sektor: unknown key; did you mean \"sector\"?");
}

TEST_F(Check, RequiredKeys) {
  EXPECT_EQ(problems_of("# nothing\n"), "s.toml:1:1: name: is required (text)\ns.toml:1:1: schema: is required (text)");
  EXPECT_EQ(problems("\n[run]\nsteps = 2\n"), "s.toml:4:2: run.start: is required (time)");
  EXPECT_EQ(problems(""), ""); // start is required only where [run] is there
  EXPECT_EQ(problems("[[measure]]\nid = 'a'\n"), "s.toml:3:1: measure[a].kind: is required (text)");
}

TEST_F(Check, IdsOfItems) {
  EXPECT_EQ(problems("[[measure]]\nkind = 'x'\n"), "s.toml:3:1: measure[#1].id: is required (text)");
  EXPECT_EQ(problems("[[measure]]\nid = 'a'\nkind = 'x'\n\n[[measure]]\nid = 'a'\nkind = 'x'\n"),
            "s.toml:8:1: measure.id = \"a\": must be unique; it stands at s.toml:4:1 too");
  EXPECT_EQ(problems("[[measure]]\nid = ''\nkind = 'x'\n"), "s.toml:4:1: measure.id = \"\": must not be empty");
  EXPECT_EQ(problems("[[measure]]\nid = 3\nkind = 'x'\n"),
            "s.toml:4:1: measure[#1].id = 3: must be a text, not a whole number");
  EXPECT_EQ(problems("[measure]\nid = 'a'\n"), "s.toml:3:2: measure: must be an array of tables, [[measure]], not a table");
  EXPECT_EQ(problems("measure = [1]\n"), "s.toml:3:12: measure = 1: must be an array of tables, [[measure]]");
}

TEST_F(Check, IdsThatAnOverlayRepeats) {
  folder.write("base.toml", std::string(head) + "[[measure]]\nid = 'a'\nkind = 'x'\n");
  folder.write("over.toml", "base = 'base.toml'\n[[measure]]\nid = 'a'\n[[measure]]\nid = 'a'\nkind = 'y'\n");
  ProblemList list;
  Settings::check(read_scenario(folder / "over.toml"), example(), list);
  EXPECT_EQ(folder.message([&] { list.throw_if_any(); }),
            "over.toml:5:1: measure.id = \"a\": must be unique; it stands at over.toml:3:1 too");
}

TEST_F(Check, Arrays) {
  EXPECT_EQ(problems("grid.center = [1, 2, 3]\n"), "s.toml:3:6: grid.center = [1, 2, 3]: must hold 2 numbers, not 3");
  EXPECT_EQ(problems("grid.center = [1, 'a']\n"), "s.toml:3:19: grid.center = \"a\": must be a number");
  EXPECT_EQ(problems("grid.center = [1, 200]\n"), "s.toml:3:19: grid.center = 200: must be in [-180, 180]");
  EXPECT_EQ(problems("grid.center = 1\n"), "s.toml:3:6: grid.center = 1: must be an array of numbers, not a whole number");
  EXPECT_EQ(problems("[[measure]]\nid = 'a'\nkind = 'x'\ndays = ['mon', 'sun']\n"),
            "s.toml:6:16: measure[a].days = \"sun\": must be one of \"mon\", \"tue\"");
  EXPECT_EQ(problems("[[measure]]\nid = 'a'\nkind = 'x'\ndays = 'sun'\n"),
            "s.toml:6:1: measure[a].days = \"sun\": must be one of \"mon\", \"tue\"");
}

TEST_F(Check, TimesAndHours) {
  const std::string wanted = "must be a date or time such as 2017-12-04 or 2017-12-04T08:00:00+08:00";
  EXPECT_EQ(problems("run.start = '2017-13-01'\n"), "s.toml:3:5: run.start = \"2017-13-01\": " + wanted);
  EXPECT_EQ(problems("run.start = 08:00:00\n"), "s.toml:3:5: run.start = 08:00:00: " + wanted);
  EXPECT_EQ(problems("run.start = 2017\n"), "s.toml:3:5: run.start = 2017: " + wanted);
  for (const char* good : {"07-19", "22-06", "0-24", "22-0", "7-8"}) {
    EXPECT_EQ(problems("[[measure]]\nid = 'a'\nkind = 'x'\nhours = '" + std::string(good) + "'\n"), "") << good;
  }
  for (const char* bad : {"", "7", "7-", "-7", "7-25", "24-6", "7-7", "7-8x", "x7-8", "7--8", "99999999999-3"}) {
    EXPECT_EQ(problems("[[measure]]\nid = 'a'\nkind = 'x'\nhours = '" + std::string(bad) + "'\n"),
              "s.toml:6:1: measure[a].hours = \"" + std::string(bad) +
                  "\": must be local hours such as \"07-19\" or \"22-06\"");
  }
}

TEST_F(Check, AllProblemsAtOnceInTheOrderOfLines) {
  EXPECT_EQ(problems_of("schema = 'scenario/1'\n"
                        "title = 'x'\n"
                        "[transport]\nmax_courant = 3\nspliting = true\n"
                        "[[measure]]\nefficiency = { fine = 2, coarse = 'x' }\n"
                        "[run]\nstart = 1\n"),
            "s.toml:1:1: name: is required (text)\n"
            "s.toml:2:1: title: unknown key\n"
            "s.toml:4:1: transport.max_courant = 3: must be in (0, 1]\n"
            "s.toml:5:1: transport.spliting: unknown key; did you mean \"splitting\"?\n"
            "s.toml:6:1: measure[#1].id: is required (text)\n"
            "s.toml:6:1: measure[#1].kind: is required (text)\n"
            "s.toml:7:16: measure[#1].efficiency.fine = 2: must be in [0, 1]\n"
            "s.toml:7:26: measure[#1].efficiency.coarse = \"x\": must be a number, not a text\n"
            "s.toml:9:1: run.start = 1: must be a date or time such as 2017-12-04 or 2017-12-04T08:00:00+08:00");
}

TEST_F(Check, LongValuesAreCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 30; ++i) {
    text += "碳";
  }
  const std::string message = problems("transport.max_courant = '" + text + "'\n");
  std::string shown;
  for (int i = 0; i < 19; ++i) {
    shown += "碳";
  }
  EXPECT_EQ(message, "s.toml:3:11: transport.max_courant = \"" + shown + "...: must be a number, not a text");
}

TEST_F(Check, NamesOfATableOfNames) {
  EXPECT_EQ(problems("[background]\n'a.b' = 1\n"),
            "s.toml:4:1: background.\"a.b\": must be a name without dots and brackets");
}

TEST(SchemaDeclaration, RefusesWhatCannotBeMeant) {
  Schema schema;
  schema.add({.key = "a.b", .description = "x"});
  EXPECT_THROW(schema.add({.key = "a.b", .description = "x"}), std::logic_error);
  for (const char* key : {"", "a.", ".a", "a..b", "a[]", "[].a", "a[.b", "a[]b.c"}) {
    EXPECT_THROW(schema.add({.key = key, .description = "x"}), std::logic_error) << key;
  }
  EXPECT_THROW(schema.add({.key = "c", .type = Type::integer, .description = "x", .default_value = 1.5}), std::logic_error);
  EXPECT_THROW(schema.add({.key = "c", .type = Type::text, .description = "x", .default_value = 1}), std::logic_error);
  EXPECT_THROW(schema.add({.key = "c", .type = Type::number, .description = "x", .default_value = "1"}), std::logic_error);
  schema.add({.key = "c", .type = Type::number, .description = "x", .default_value = 1});
  EXPECT_EQ(std::get<double>(schema.find("c")->default_value), 1.0);
  EXPECT_EQ(schema.find("d"), nullptr);
}

} // namespace
} // namespace tq::config
