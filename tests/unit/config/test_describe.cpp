#include "config/schema.hpp"
#include "documents.hpp"

namespace tq::config {
namespace {

Schema example() {
  Schema schema;
  schema.add({.key = "name", .type = Type::text, .description = "Name of the run.", .required = true});
  schema.add({.key = "transport.max_courant", .type = Type::number, .description = "Largest Courant number of a substep.",
              .default_value = 0.9, .unit = "1", .minimum = 0, .maximum = 1, .minimum_open = true});
  schema.add({.key = "transport.precision", .type = Type::text, .description = "Of tracers.", .default_value = "float",
              .choices = {"float", "double"}});
  schema.add({.key = "background.*", .type = Type::number, .description = "Far concentration.", .unit = "ug m-3", .minimum = 0});
  schema.add({.key = "profile.*.monthly", .type = Type::numbers, .description = "Weights.", .length = 12});
  schema.add({.key = "measure[].factor", .type = Type::number, .description = "Factor.", .default_value = 1});
  schema.add({.key = "measure[].hours", .type = Type::hours, .description = "Hours.", .default_value = "00-24"});
  return schema;
}

const std::string courant = "transport.max_courant: number [1], must be in (0, 1], default 0.9\n"
                            "    Largest Courant number of a substep.\n";
const std::string precision = "transport.precision: text, must be one of \"float\", \"double\", default \"float\"\n"
                              "    Of tracers.\n";
const std::string factor = "measure[].factor: number, default 1.0\n    Factor.\n";

TEST(Describe, OneKey) {
  EXPECT_EQ(describe(example(), "transport.max_courant"), courant);
  EXPECT_EQ(describe(example(), "name"), "name: text, required\n    Name of the run.\n");
  EXPECT_EQ(describe(example(), "profile.*.monthly"), "profile.*.monthly: numbers (12)\n    Weights.\n");
}

TEST(Describe, ATable) { EXPECT_EQ(describe(example(), "transport"), courant + precision); }

TEST(Describe, NamesAndItemsAsPeopleWriteThem) {
  const std::string background = "background.*: number [ug m-3], must be at least 0\n    Far concentration.\n";
  EXPECT_EQ(describe(example(), "background.so2"), background);
  EXPECT_EQ(describe(example(), "background"), background);
  EXPECT_EQ(describe(example(), "measure.factor"), factor);
  EXPECT_EQ(describe(example(), "measure[].factor"), factor);
  EXPECT_EQ(describe(example(), "measure[wet].factor"), factor);
}

TEST(Describe, Everything) {
  const Schema schema = example();
  const std::string all = describe(schema);
  for (const Parameter& parameter : schema.parameters()) {
    EXPECT_NE(all.find(parameter.key + ": "), std::string::npos) << parameter.key;
    EXPECT_NE(all.find(parameter.description), std::string::npos) << parameter.key;
  }
}

std::string refusal(const std::string& key) {
  try {
    describe(example(), key);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Describe, AnUnknownKeyNamesTheNearest) {
  EXPECT_EQ(refusal("transport.max_currant"), "transport.max_currant: unknown key; did you mean \"transport.max_courant\"?");
  EXPECT_EQ(refusal("trasport"), "trasport: unknown key; did you mean \"transport\"?");
  EXPECT_EQ(refusal("trasport.max_courant"), "trasport.max_courant: unknown key; did you mean \"transport.max_courant\"?");
  EXPECT_EQ(refusal("max_courant"), "max_courant: unknown key; did you mean \"transport.max_courant\"?");
  EXPECT_EQ(refusal("measure.facter"), "measure.facter: unknown key; did you mean \"measure[].factor\"?");
  EXPECT_EQ(refusal("."), ".: unknown key");
  EXPECT_EQ(refusal("zzzzzzzz"), "zzzzzzzz: unknown key");
}

} // namespace
} // namespace tq::config
