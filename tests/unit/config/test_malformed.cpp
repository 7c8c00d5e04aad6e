#include "base/random.hpp"
#include "config/schema.hpp"
#include "documents.hpp"

namespace tq::config {
namespace {

using test::Folder;

const std::string sample = "# a scenario\n"
                           "schema = \"scenario/1\"\n"
                           "name = 'x \"quoted\"'\n"
                           "[run]\n"
                           "start = 2017-12-04T08:00:00+08:00\n"
                           "end = \"2017-12-05\"\n"
                           "[grid]\n"
                           "levels = [0, 1.5e1, 0x20,\n"
                           "          5_0.0,]\n"
                           "file = 'grids/jdz/grid.toml'\n"
                           "[background]\n"
                           "so2 = 3\n"
                           "\"o3\" = 60.5\n"
                           "[[measure]]\n"
                           "id = \"water-the-sites\"\n"
                           "efficiency = { fine = 0.40, coarse = 0.55 }\n"
                           "hours = \"07-19\"\n"
                           "select.cell = [\"ZS-*\", '网格\\u4e2d']\n"
                           "text = \"\"\"two\nlines \\\n   joined\"\"\"\n"
                           "[[measure]]\n"
                           "id = 'second'\n"
                           "efficiency = 1\n"
                           "on = true\n";

Schema example() {
  Schema schema;
  schema.add({.key = "schema", .type = Type::text, .description = "x", .required = true, .choices = {"scenario/1"}});
  schema.add({.key = "name", .type = Type::text, .description = "x", .default_value = "none"});
  schema.add({.key = "run.start", .type = Type::time, .description = "x", .required = true});
  schema.add({.key = "run.end", .type = Type::time, .description = "x", .default_value = "2018-01-01"});
  schema.add({.key = "grid.levels", .type = Type::numbers, .description = "x", .default_value = std::vector<double>{0, 1}, .minimum = 0});
  schema.add({.key = "grid.file", .type = Type::path, .description = "x"});
  schema.add({.key = "background.*", .type = Type::number, .description = "x", .minimum = 0});
  schema.add({.key = "measure[].efficiency", .type = Type::number, .description = "x", .maximum = 1});
  schema.add({.key = "measure[].efficiency.*", .type = Type::number, .description = "x", .maximum = 1});
  schema.add({.key = "measure[].hours", .type = Type::hours, .description = "x", .default_value = "00-24"});
  schema.add({.key = "measure[].select.cell", .type = Type::texts, .description = "x"});
  schema.add({.key = "measure[].text", .type = Type::text, .description = "x"});
  schema.add({.key = "measure[].on", .type = Type::boolean, .description = "x", .default_value = false});
  return schema;
}

enum class Outcome { unreadable, wrong, good };

/// Everything that is done with a document. Whatever the bytes, only InputError may come out, and a document
/// without problems must survive being written and read again.
class Reader {
public:
  Outcome read(const std::string& text) {
    try {
      return use(read_scenario(folder_.write("s.toml", text)));
    } catch (const InputError& error) {
      EXPECT_FALSE(error.problems().empty());
      for (const Problem& problem : error.problems()) {
        EXPECT_FALSE(problem.where.file.empty());
      }
      return Outcome::unreadable;
    }
  }

private:
  Outcome use(Node root) {
    ProblemList problems;
    const Settings settings = Settings::check(std::move(root), schema_, problems);
    settings.text("name");
    settings.numbers("grid.levels");
    settings.time("run.end", TimeZone());
    for (const std::string& name : settings.names("background")) {
      settings.number("background." + name);
    }
    for (const Settings& measure : settings.each("measure")) {
      measure.hours("hours");
      for (const std::string& name : measure.names("efficiency")) {
        measure.number("efficiency." + name);
      }
    }
    const std::string resolved = settings.resolved();
    if (!problems.empty()) {
      return Outcome::wrong;
    }
    const Settings again = Settings::check(read_toml(folder_.write("s.toml", resolved)), schema_, problems);
    EXPECT_TRUE(problems.empty()) << resolved;
    EXPECT_EQ(again.resolved(), resolved);
    return Outcome::good;
  }

  Folder folder_;
  Schema schema_ = example();
};

TEST(Malformed, SampleItselfIsGood) { EXPECT_EQ(Reader().read(sample), Outcome::good); }

TEST(Malformed, EveryTruncation) {
  Reader reader;
  int good = 0;
  for (std::size_t size = 0; size < sample.size(); ++size) {
    good += reader.read(sample.substr(0, size)) == Outcome::good;
  }
  EXPECT_GT(good, 0);
  EXPECT_LT(good, int(sample.size()) / 2);
}

TEST(Malformed, ChangedBytes) {
  Reader reader;
  const std::string alphabet = "[]{}=.,\"'\\#\n\t _-+:0129eETZxXnitfu*\r\x01\x80\xff\xc3";
  int count[3] = {0, 0, 0};
  for (std::int64_t trial = 0; trial < 3000; ++trial) {
    RandomStream random(2017, 1, trial);
    const auto below = [&](std::size_t n) { return std::size_t(random.uniform() * double(n)); };
    std::string text = sample;
    const std::size_t changes = 1 + below(4);
    for (std::size_t change = 0; change < changes; ++change) {
      const std::size_t place = below(text.size());
      switch (below(5)) {
      case 0: text[place] = char(below(256)); break;
      case 1: text[place] = alphabet[below(alphabet.size())]; break;
      case 2: text.insert(place, 1, alphabet[below(alphabet.size())]); break;
      case 3: text.erase(place, 1 + below(20)); break;
      default: text.insert(below(text.size()), sample.substr(below(sample.size()), 1 + below(40)));
      }
    }
    ++count[int(reader.read(text))];
  }
  for (const int n : count) { // the trials reach every stage
    EXPECT_GT(n, 50);
  }
}

std::string repeated(int count, const std::string& text) {
  std::string result;
  for (int i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

TEST(Malformed, KnownTraps) {
  Reader reader;
  const std::string traps[] = {
      "[=", "[", "[[", "=", "a=", "a=\"", "a='''", "a=\"\\u", "a=\"\\", "a=[", "a={", "[a]\n[a]", "[a.b]\n[[a]]", "a.b=1\na=2",
      "a=1e", "a=0x", "a=99999999999999999999", "a=1e999999", "a=2017-02-30", "a=2017-12-04T25:00:00",
      std::string("a=\0", 3), std::string("\0", 1), "\xff\xfe" "a=1", "a=\"\xed\xa0\x80\"", "a=\"\\ud800\"",
      "base = ''", "base = '.'", "base = '/'", "base = \"\\u0000\"", "base = []", "base = 's.toml'"};
  for (const std::string& text : traps) {
    EXPECT_NE(reader.read(text), Outcome::good) << text;
  }
}

TEST(Malformed, NestingIsBounded) {
  const Folder folder;
  const std::string message = ": is nested more than 64 levels deep";
  const auto read = [&](const std::string& text) {
    return folder.message([&] { read_toml(folder.write("a.toml", text)); });
  };
  EXPECT_EQ(read("x = 1\na" + repeated(100000, ".a") + " = 1"), "a.toml:2" + message);
  EXPECT_EQ(read("x = '''\n'''\n[a" + repeated(100000, " . 'a'") + "]"), "a.toml:3" + message);
  EXPECT_EQ(read("x = \"\"\"a\"\"\"\"\na" + repeated(100000, ".a") + " = \"1\""), "a.toml:2" + message);
  EXPECT_EQ(read("a = [\n{a" + repeated(65, ".a") + " = 1}]"), "a.toml:2" + message);
  EXPECT_EQ(read("a = " + repeated(70, "[") + repeated(70, "]")), "a.toml:1:69" + message);
  EXPECT_NE(read("a = " + repeated(100000, "[")), "");
  EXPECT_NE(read("a = " + repeated(100000, "{a = ")), "");
  const std::string dots = repeated(100, "."); // in comments, texts and numbers they mean nothing
  EXPECT_EQ(read("# " + dots + "\na = '" + dots + "'\nb = \"\\\"" + dots + "\"\nc = \"\"\"\n\" " + dots +
                 "\"\"\"\nd = [" + repeated(100, "0.5, ") + "]\ne" + repeated(60, ".e") + " = 1\n"),
            "");
}

} // namespace
} // namespace tq::config
