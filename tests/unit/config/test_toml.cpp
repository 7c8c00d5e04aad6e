#include "documents.hpp"

#include <zlib.h>

namespace tq::config {
namespace {

using test::Folder;

TEST(Toml, KeepsValuesPlacesAndOrder) {
  const Folder folder;
  const Node root = read_toml(folder.write("a.toml", "zebra = 3\n"
                                                     "[grid]\n"
                                                     "  dx = 500.0\n"
                                                     "  levels = [0, 1.5,\n"
                                                     "            \"x\"]\n"
                                                     "  on = true\n"
                                                     "  day = 2017-12-04\n"
                                                     "  instant = 2017-12-04 08:00:00+08:00\n"
                                                     "[[measure]]\n"
                                                     "id = 'a'\n"
                                                     "apple = 0x10\n"));
  ASSERT_EQ(root.entries.size(), 3u);
  EXPECT_EQ(root.entries[0].first, "zebra");
  EXPECT_EQ(root.entries[1].first, "grid");
  EXPECT_EQ(root.entries[2].first, "measure");
  const Node& grid = *root.find("grid");
  EXPECT_EQ(grid.kind, Node::Kind::table);
  EXPECT_EQ(folder.local(to_string(grid.find("dx")->where)), "a.toml:3:3");
  EXPECT_EQ(std::get<double>(grid.find("dx")->value), 500.0);
  EXPECT_EQ(folder.local(to_string(grid.find("levels")->items.at(2).where)), "a.toml:5:13");
  EXPECT_EQ(std::get<bool>(grid.find("on")->value), true);
  EXPECT_EQ(std::get<std::string>(grid.find("day")->value), "2017-12-04");
  EXPECT_EQ(std::get<std::string>(grid.find("instant")->value), "2017-12-04T08:00:00+08:00");
  const Node& measure = root.find("measure")->items.at(0);
  EXPECT_EQ(folder.local(to_string(measure.where)), "a.toml:9:1");
  EXPECT_EQ(measure.entries[0].first, "id");
  EXPECT_EQ(std::get<std::int64_t>(measure.find("apple")->value), 16);
  EXPECT_EQ(root.find("absent"), nullptr);
}

TEST(Toml, WritesValuesThatReadBack) {
  const Folder folder;
  const std::string text = "v = [true, -3, 3.0, 1e-09, 1e+300, inf, \"a\\\"b\\\\ \\n\\u0001 碳\", 2017-12-04, "
                           "2017-12-04T08:00:00.25-03:30, { \"a b\" = 1, c = [] }]\n";
  const Node first = read_toml(folder.write("a.toml", text));
  const std::string written = "v = " + to_toml(*first.find("v")) + "\n";
  EXPECT_EQ(written, text);
}

TEST(Toml, ReportsASyntaxErrorWithItsPlace) {
  const Folder folder;
  const std::string text = folder.message([&] { read_toml(folder.write("a.toml", "a = 1\nb = = 2\n")); });
  EXPECT_EQ(text.substr(0, 35), "a.toml:2:5: is not valid TOML: Erro") << text;
}

TEST(Toml, ReportsAnEntryThatIsWrittenTwice) {
  const Folder folder;
  const std::string text = folder.message([&] { read_toml(folder.write("a.toml", "a = 1\na = 2\n")); });
  EXPECT_EQ(text, "a.toml:2:5: is not valid TOML: Error while parsing key-value pair: cannot redefine existing integer 'a'");
}

TEST(Toml, ReadsGzippedDocuments) {
  const Folder folder;
  const std::string name = (folder / "a.toml.gz").string();
  gzFile file = gzopen(name.c_str(), "wb");
  gzputs(file, "a = 7\n");
  gzclose(file);
  EXPECT_EQ(std::get<std::int64_t>(read_toml(name).find("a")->value), 7);
}

TEST(Toml, NamesAMissingFile) {
  const Folder folder;
  EXPECT_EQ(folder.message([&] { read_toml(folder / "none.toml"); }),
            "none.toml: cannot be opened: No such file or directory");
}

} // namespace
} // namespace tq::config
