#include "base/archive.hpp"
#include "base/checksum.hpp"
#include "base/communicator.hpp"
#include "base/durable.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "base/text_file.hpp"
#include "base/units.hpp"
#include "paths.hpp"

#include <fstream>
#include <cmath>
#include <gtest/gtest.h>
#include <set>
#include <zlib.h>

using namespace tq;

TEST(Error, ListsEveryProblemInOrder) {
  ProblemList problems;
  problems.add({"b.toml", 3, 1}, "second");
  problems.add({"b.toml", 2, 7}, "first");
  problems.add({"", 0, 0}, "nowhere");
  try {
    problems.throw_if_any();
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "nowhere\nb.toml:2:7: first\nb.toml:3:1: second");
  }
}

TEST(Error, NamesTheNearestWord) {
  EXPECT_EQ(nearest("max_currant", {"max_step", "max_courant"}), "max_courant");
  EXPECT_EQ(nearest("zzz", {"max_step", "max_courant"}), "");
  EXPECT_EQ(suggestion("so3", {"so2", "co"}), "; did you mean \"so2\"?");
}

TEST(Units, ConvertAndRefuse) {
  EXPECT_DOUBLE_EQ(find_unit("ug m-3")->to_si(25), 25e-9);
  EXPECT_DOUBLE_EQ(find_unit("degC")->to_si(10), 283.15);
  EXPECT_DOUBLE_EQ(find_unit("t yr-1")->to_si(31.536), 1e-3);
  EXPECT_EQ(unit_problem("hPa", "Pa"), "");
  EXPECT_EQ(unit_problem("m", "Pa"), "unit \"m\" does not measure Pa: must be one of \"Pa\", \"hPa\", \"kPa\"");
  EXPECT_EQ(unit_problem("bar", "Pa"), "unknown unit \"bar\": must be one of \"Pa\", \"hPa\", \"kPa\"");
}

/// To SI by each unit and back by its inverse; every pair of units of one dimension agrees through SI.
TEST(Units, RoundTripThroughSi) {
  for (const Unit& unit : unit_table()) {
    EXPECT_GT(unit.scale, 0) << unit.name;
    EXPECT_EQ(unit_problem(unit.name, unit.dimension), "") << unit.name;
    for (const double value : {-40.0, 0.0, 1e-9, 1.0, 36.6, 1e6}) {
      const double back = (unit.to_si(value) - unit.offset) / unit.scale;
      const double rounding = 4e-16 * (std::abs(value) + std::abs(unit.offset / unit.scale));
      EXPECT_NEAR(back, value, rounding) << unit.name;
      for (const std::string& name : units_of(unit.dimension)) {
        const Unit& other = *find_unit(name);
        const double there = (unit.to_si(value) - other.offset) / other.scale;
        EXPECT_NEAR(other.to_si(there), unit.to_si(value),
                    4e-16 * (std::abs(unit.to_si(value)) + std::abs(other.offset)))
            << unit.name << " by " << name;
      }
    }
  }
}

TEST(Units, NamesAreUniqueAndDimensionsKnown) {
  std::set<std::string> names;
  for (const Unit& unit : unit_table()) {
    EXPECT_TRUE(names.insert(unit.name).second) << unit.name;
    ASSERT_NE(find_unit(unit.dimension), nullptr) << unit.name;
    EXPECT_EQ(find_unit(unit.dimension)->scale, 1) << unit.name;
  }
}

TEST(Random, IsAFunctionOfItsKeysAndUniform) {
  EXPECT_EQ(RandomStream(1, 2, 3).uniform(), RandomStream(1, 2, 3).uniform());
  EXPECT_NE(RandomStream(1, 2, 3).uniform(), RandomStream(1, 2, 4).uniform());
  EXPECT_NE(RandomStream(1, 2, 3).uniform(), RandomStream(1, 3, 2).uniform());
  double sum = 0, squares = 0;
  for (int hour = 0; hour < 20000; ++hour) {
    const double x = RandomStream(7, 1, hour).normal();
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / 20000, 0, 0.03); // 4 standard errors
  EXPECT_NEAR(squares / 20000, 1, 0.04);
}

TEST(Archive, RoundTripsAndNamesMismatches) {
  Archive out;
  int number = 7;
  std::string text = "dust";
  std::vector<double> values = {1, 2, 3};
  out("number", number);
  out("text", text);
  out("values", values);

  Archive in(out.bytes());
  int number2 = 0;
  std::string text2;
  std::vector<double> values2;
  in("number", number2);
  in("text", text2);
  in("values", values2);
  EXPECT_EQ(number2, 7);
  EXPECT_EQ(text2, "dust");
  EXPECT_EQ(values2, values);
  EXPECT_TRUE(in.at_end());

  Archive wrong(out.bytes());
  EXPECT_THROW(wrong("nummer", number2), FileError);
  Archive cut(std::vector<std::byte>(out.bytes().begin(), out.bytes().begin() + 20));
  EXPECT_THROW(cut("number", number2), FileError);
}

TEST(Checksum, IsCrc32InAnyPieces) {
  const std::string text = "123456789"; // its CRC-32 is the check value of the usual catalogues
  const auto bytes = std::as_bytes(std::span(text));
  EXPECT_EQ(checksum(bytes), 0xcbf43926U);
  EXPECT_EQ(checksum(bytes.subspan(4), checksum({}, checksum(bytes.first(4)))), 0xcbf43926U);
  const auto folder = test::scratch_directory("checksum");
  std::ofstream(folder / "a.txt") << text;
  EXPECT_EQ(checksum_of_file(folder / "a.txt"), 0xcbf43926U);
  EXPECT_EQ(checksum_of_file(folder / "none"), 0U);
  std::filesystem::remove_all(folder);
}

TEST(Durable, AFileTakesTheOthersPlaceOrIsRemoved) {
  const auto folder = test::scratch_directory("durable");
  std::ofstream(folder / "old") << "old";
  std::ofstream(folder / "new") << "new";
  replace_file(folder / "new", folder / "old");
  EXPECT_EQ(read_text_file(folder / "old"), "new");
  EXPECT_FALSE(std::filesystem::exists(folder / "new"));
  std::ofstream(folder / "new") << "newer";
  std::filesystem::create_directories(folder / "taken/full");
  EXPECT_THROW(replace_file(folder / "new", folder / "taken"), FileError);
  EXPECT_FALSE(std::filesystem::exists(folder / "new"));
  EXPECT_THROW(put_on_disk(folder / "none"), FileError);
  std::filesystem::remove_all(folder);
}

TEST(TextFile, ReadsPlainAndGzippedAlike) {
  const auto folder = test::scratch_directory("text-file");
  std::ofstream(folder / "a.txt") << "\xEF\xBB\xBFline\n";
  gzFile file = gzopen((folder / "b.txt").c_str(), "wb");
  gzputs(file, "line\n");
  gzclose(file);
  EXPECT_EQ(read_text_file(folder / "a.txt"), "line\n");
  EXPECT_EQ(read_text_file(folder / "b.txt"), "line\n");
  EXPECT_EQ(read_text_start(folder / "b.txt", 3), "lin");
  EXPECT_EQ(read_text_start(folder / "b.txt", 99), "line\n");
  std::filesystem::resize_file(folder / "b.txt", 15);
  EXPECT_THROW(read_text_file(folder / "b.txt"), InputError);
  EXPECT_THROW(read_text_file(folder / "none.txt"), InputError);
  EXPECT_THROW(read_text_file(folder), InputError);
  std::filesystem::remove_all(folder);
}

TEST(VirtualRanks, ExchangeAndReduce) {
  run_virtual_ranks(6, [](Communicator& communicator) {
    EXPECT_EQ(communicator.maximum(communicator.rank()), 5);
    EXPECT_TRUE(communicator.any(communicator.rank() == 3));
    EXPECT_FALSE(communicator.any(false));
    int told = communicator.rank() + 40;
    communicator.broadcast(std::as_writable_bytes(std::span(&told, 1)));
    EXPECT_EQ(told, 40);
    const int next = (communicator.rank() + 1) % 6, last = (communicator.rank() + 5) % 6;
    for (int value : {10, 20}) { // order is kept
      int sent = value + communicator.rank(), received = 0;
      communicator.send(next, std::as_bytes(std::span(&sent, 1)));
      communicator.receive(last, std::as_writable_bytes(std::span(&received, 1)));
      EXPECT_EQ(received, value + last);
    }
  });
}

TEST(VirtualRanks, OneFailureEndsAll) {
  EXPECT_THROW(run_virtual_ranks(3,
                                 [](Communicator& communicator) {
                                   if (communicator.rank() == 1) {
                                     throw NumericalError("cell (1, 2)");
                                   }
                                   communicator.maximum(1);
                                 }),
               NumericalError);
}
