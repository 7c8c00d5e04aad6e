#include "files/csv.hpp"
#include "malformed.hpp"

#include <zlib.h>

using namespace tq;
using namespace tq::files;
using tq::test::TextFile;

namespace {

CsvTable table_of(const std::string& content) {
  const TextFile file("table.csv", content);
  return CsvTable::read(file.path());
}

} // namespace

TEST(Csv, ReadsQuotesLineBreaksCommentsAndCarriageReturns) {
  const CsvTable table = table_of("# made by hand\r\n# twice\r\nid,note,so2 [ug m-3]\r\n"
                                  "a,\"HEATHROW, UK\",1.5\r\n"
                                  "b , \"two\r\nlines\" ,-\r\n"
                                  "\r\n"
                                  "\"c\"\"d\",,  2e1\r\n");
  ASSERT_EQ(table.rows(), 3U);
  ASSERT_EQ(table.columns().size(), 3U);
  EXPECT_EQ(table.columns()[2].name, "so2");
  EXPECT_EQ(table.columns()[2].unit, "ug m-3");
  EXPECT_EQ(table.text(0, 1), "HEATHROW, UK");
  EXPECT_EQ(table.text(1, 0), "b");
  EXPECT_EQ(table.text(1, 1), "two\r\nlines");
  EXPECT_EQ(table.text(2, 0), "c\"d");
  EXPECT_EQ(table.text(2, 1), "");
  ProblemList problems;
  EXPECT_EQ(table.number(0, 2, problems), 1.5);
  EXPECT_EQ(table.number(1, 2, problems), std::nullopt);
  EXPECT_EQ(table.number(2, 2, problems), 20.0);
  EXPECT_DOUBLE_EQ(*table.si(2, 2, problems), 20e-9);
  EXPECT_TRUE(problems.empty());
  // Lines count from 1 and include comments, quoted line breaks and empty lines.
  EXPECT_EQ(table.where(2).line, 3);
  EXPECT_EQ(table.where(0, 0).line, 4);
  EXPECT_EQ(table.where(1, 0).line, 5);
  EXPECT_EQ(table.where(1, 2).line, 6);
  EXPECT_EQ(table.where(2, 2).line, 8);
  EXPECT_EQ(table.where(2, 2).column, 3);
}

TEST(Csv, LastLineNeedsNoLineBreakAndMayEndWithAComma) {
  const CsvTable table = table_of("a,b,c\n1,2,");
  ASSERT_EQ(table.rows(), 1U);
  EXPECT_EQ(table.text(0, 1), "2");
  EXPECT_EQ(table.text(0, 2), "");
}

TEST(Csv, HeaderAloneIsATableWithoutRows) {
  EXPECT_EQ(table_of("a,b\n").rows(), 0U);
}

TEST(Csv, MovedTableKeepsItsFields) {
  CsvTable first = table_of("a\nx\n"); // short enough to lie inside the string object itself
  const CsvTable second = std::move(first);
  EXPECT_EQ(second.text(0, 0), "x");
}

TEST(Csv, MissingValuesInEverySpelling) {
  const CsvTable table = table_of("a,b\n,\nNA,0\nNaN,0\nnan,0\nnull,0\nNULL,0\n-,0\n \"\",0\n");
  ProblemList problems;
  ASSERT_EQ(table.rows(), 8U);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    EXPECT_EQ(table.number(row, 0, problems), std::nullopt) << row;
  }
  EXPECT_TRUE(problems.empty());
}

TEST(Csv, NumbersAreFiniteAndWhole) {
  EXPECT_EQ(parse_number("+1.5"), 1.5);
  EXPECT_EQ(parse_number("-0.25e2"), -25.0);
  EXPECT_EQ(parse_number(".5"), 0.5);
  for (const char* text : {"", "+", "+-1", "1 2", "1,5", "inf", "nan", "1e999", "0x10", "5m", "--1"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  }
}

TEST(Csv, ReadsGzippedFilesAndTellsDamagedOnes) {
  const TextFile file("table.csv.gz", "");
  gzFile out = gzopen(file.path().c_str(), "wb");
  std::string content = "a,b\n";
  for (int i = 0; i < 1000; ++i) {
    content += std::to_string(i) + "," + std::to_string(i * i) + "\n";
  }
  gzwrite(out, content.data(), unsigned(content.size()));
  gzclose(out);
  const CsvTable table = CsvTable::read(file.path());
  EXPECT_EQ(table.rows(), 1000U);
  EXPECT_EQ(table.text(999, 1), "998001");
  std::filesystem::resize_file(file.path(), std::filesystem::file_size(file.path()) / 2);
  EXPECT_THROW(CsvTable::read(file.path()), InputError);
}

TEST(Csv, ProblemsOfFormAreAllListed) {
  const auto problems = [](const std::string& content) {
    return test::problems_of(content, &CsvTable::read);
  };
  EXPECT_EQ(problems(""), "f: is empty: must begin with a header line");
  EXPECT_EQ(problems("# only a comment"), "f: is empty: must begin with a header line");
  EXPECT_EQ(problems("a,b\n1\n1,2\n1,2,3\n"), "f:2: has 1 field: must have 2, as the header\n"
                                              "f:4: has 3 fields: must have 2, as the header");
  EXPECT_EQ(problems("a,b,a [m]\n1,2,3\n"), "f:1:3: column \"a\" is there twice: also column 1");
  EXPECT_EQ(problems("a,b\n1,\"x\ny\n"), "f:2:2: quote is never closed");
  EXPECT_EQ(
      problems("a,b\n1,\"x\"y\n1,x\"y\n"),
      "f:2:2: text after the closing quote: must be followed by a comma or the end of the line\n"
      "f:3:2: quote inside a field that does not begin with one: must quote the whole field and double the "
      "quote");
}

TEST(Csv, ProblemsOfContentNameTheirPlace) {
  const TextFile file("t.csv", "station,pm10 [ug m-3],so2 [ppb],t [m],plain\nx,5u,1,2,3\n");
  const CsvTable table = CsvTable::read(file.path());
  ProblemList problems;
  table.number(0, 1, problems);
  table.require("pm_10", problems);
  table.check_unit(1, "kg m-3", problems);
  table.check_unit(2, "kg m-3", problems);
  table.check_unit(3, "K", problems);
  table.check_unit(4, "K", problems);
  ASSERT_EQ(problems.problems().size(), 4U);
  EXPECT_EQ(problems.problems()[0].text, "pm10 = \"5u\": must be a number");
  EXPECT_EQ(to_string(problems.problems()[0].where), file.path().string() + ":2:2");
  EXPECT_EQ(problems.problems()[1].text,
            "has no column \"pm_10\": there are station, pm10, so2, t, plain; did you mean \"pm10\"?");
  EXPECT_EQ(problems.problems()[2].text, "so2: unknown unit \"ppb\": must be one of \"kg m-3\", \"g m-3\", "
                                         "\"mg m-3\", \"ug m-3\"");
  EXPECT_EQ(to_string(problems.problems()[2].where), file.path().string() + ":1:3");
  EXPECT_EQ(problems.problems()[3].text, "t: unit \"m\" does not measure K: must be one of \"K\", \"degC\"");
  EXPECT_EQ(table.si(0, 4, problems), 3.0); // no unit: as it stands
}

TEST(Csv, DamagedFilesAreReadOrRefused) {
  std::string content = "# comment\nid,\"quoted name\",so2 [ug m-3]\n";
  for (int i = 0; i < 20; ++i) {
    content += "row" + std::to_string(i) + ",\"a, \"\"b\"\"\nc\"," + std::to_string(i * 0.5) + "\r\n";
  }
  test::damage(
      content,
      [](const std::filesystem::path& path) {
        const CsvTable table = CsvTable::read(path);
        ProblemList problems;
        for (std::size_t row = 0; row < table.rows(); ++row) {
          for (std::size_t column = 0; column < table.columns().size(); ++column) {
            table.si(row, column, problems);
          }
        }
      },
      400, 1000);
}
