#include "documents.hpp"

namespace tq::config {
namespace {

using test::Folder;

TEST(Merge, OverlayTakesItsPlaceOverBase) {
  const Folder folder;
  folder.write("base/base.toml", "name = 'base'\n"
                                 "[run]\n"
                                 "start = 2017-01-01\n"
                                 "end = 2017-02-01\n"
                                 "levels = [1, 2, 3]\n");
  const Node root = read_scenario(folder.write("over/over.toml", "base = '../base/base.toml'\n"
                                                                 "[run]\n"
                                                                 "end = 2017-03-01\n"
                                                                 "levels = [4]\n"
                                                                 "extra = 1\n"));
  EXPECT_EQ(to_toml(root), "{ name = \"base\", run = { start = 2017-01-01, end = 2017-03-01, levels = [4], extra = 1 } }");
  const Node& run = *root.find("run");
  EXPECT_EQ(folder.local(to_string(run.find("start")->where)), "base/base.toml:3:1");
  EXPECT_EQ(folder.local(to_string(run.find("end")->where)), "over/over.toml:3:1");
  EXPECT_EQ(folder.local(to_string(root.where)), "over/over.toml:1:1");
}

TEST(Merge, ChainOfThreeAppliesTheOutermostLast) {
  const Folder folder;
  folder.write("a.toml", "x = 1\ny = 1\nz = 1\n");
  folder.write("b.toml", "base = 'a.toml'\ny = 2\nz = 2\n");
  const Node root = read_scenario(folder.write("c.toml", "base = 'b.toml'\nz = 3\n"));
  EXPECT_EQ(to_toml(root), "{ x = 1, y = 2, z = 3 }");
}

TEST(Merge, ItemsMeetByTheirId) {
  const Folder folder;
  folder.write("a.toml", "[[measure]]\nid = 'one'\nf = 1\n[measure.select]\nsector = 's'\n"
                         "[[measure]]\nid = 'two'\nf = 2\n");
  const Node root = read_scenario(folder.write("b.toml", "base = 'a.toml'\n"
                                                         "[[measure]]\nid = 'three'\n"
                                                         "[[measure]]\nid = 'one'\nf = 9\nselect.cell = 'c'\n"));
  EXPECT_EQ(to_toml(root), "{ measure = [{ id = \"one\", f = 9, select = { sector = \"s\", cell = \"c\" } }, "
                           "{ id = \"two\", f = 2 }, { id = \"three\" }] }");
  const Node& one = root.find("measure")->items[0];
  EXPECT_EQ(folder.local(to_string(one.where)), "a.toml:1:1");
  EXPECT_EQ(folder.local(to_string(one.find("f")->where)), "b.toml:6:1");
}

TEST(Merge, OneFormReplacesAnother) {
  const Folder folder;
  folder.write("a.toml", "e = { fine = 0.4 }\nlist = [{ id = 'a' }]\nplain = [{ x = 1 }, { x = 2 }]\nt = 1\n");
  const Node root =
      read_scenario(folder.write("b.toml", "base = 'a.toml'\ne = 0.5\nlist = []\nplain = [{ x = 3 }]\nt = { u = 1 }\n"));
  EXPECT_EQ(to_toml(root), "{ e = 0.5, list = [], plain = [{ x = 3 }], t = { u = 1 } }");
}

TEST(Merge, RefusesAMissingBase) {
  const Folder folder;
  EXPECT_EQ(folder.message([&] { read_scenario(folder.write("s/a.toml", "name = 'x'\nbase = '../none.toml'\n")); }),
            "s/a.toml:2:1: base = \"../none.toml\": must be a file, but there is none at none.toml");
  EXPECT_EQ(folder.message([&] { read_scenario(folder.write("a.toml", "base = 3\n")); }),
            "a.toml:1:1: base = 3: must be the name of a file");
}

TEST(Merge, RefusesACycle) {
  const Folder folder;
  folder.write("a.toml", "base = 'b.toml'\n");
  folder.write("b.toml", "\nbase = './a.toml'\n");
  EXPECT_EQ(folder.message([&] { read_scenario(folder / "a.toml"); }),
            "b.toml:2:1: base = \"./a.toml\": must not lead back to a.toml");
  EXPECT_EQ(folder.message([&] { read_scenario(folder.write("c.toml", "base = 'c.toml'\n")); }),
            "c.toml:1:1: base = \"c.toml\": must not lead back to c.toml");
}

TEST(Merge, ReportsASyntaxErrorOfTheBaseInTheBase) {
  const Folder folder;
  folder.write("a.toml", "x = \n");
  const std::string text = folder.message([&] { read_scenario(folder.write("b.toml", "base = 'a.toml'\ny = 3\n")); });
  EXPECT_EQ(text.substr(0, 10), "a.toml:1:5") << text;
}

} // namespace
} // namespace tq::config
