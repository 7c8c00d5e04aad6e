// A result that goes on after its run was cut off holds what it would have held.
#include "base/error.hpp"
#include "files/hdf5.hpp"
#include "output/result_file.hpp"
#include "paths.hpp"
#include "probe.hpp"
#include "sample_result.hpp"

#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace fs = std::filesystem;

namespace {

constexpr int saved_after = 5, hours = 9;

class ResultResume : public testing::Test {
protected:
  ResultResume() : folder(scratch_directory("result-resume")), file(folder / "base.nc") {
    // Cut off after hour 7, with a checkpoint after hour 5.
    ResultFile result(file, grid, cells, header, options);
    for (int h = 0; h < 7; ++h) {
      result.write(sample_hour(grid, header, h));
      if (h + 1 == saved_after) {
        result.serialise(saved);
      }
    }
  }
  ~ResultResume() override { fs::remove_all(folder); }

  void go_on() {
    Archive checkpoint(saved.bytes());
    ResultFile result(file, grid, cells, header, options, checkpoint);
    EXPECT_TRUE(checkpoint.at_end());
    for (int h = saved_after; h < hours; ++h) {
      result.write(sample_hour(grid, header, h));
    }
    result.finish(sample_summary(header, int(cells.cells.size())));
  }

  std::size_t files_there() const {
    return std::size_t(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

  const Grid grid = sample_grid();
  const ManagementCells cells = sample_cells(grid);
  const ResultHeader header = sample_header();
  const ResultOptions options = {.mantissa_bits = 12};
  fs::path folder, file;
  Archive saved;
};

} // namespace

TEST_F(ResultResume, HoldsWhatAnUnbrokenRunHolds) {
  go_on();
  write_sample_result(folder / "whole.nc", hours, options);
  const auto one = files::Hdf5File::open(folder / "whole.nc"), other = files::Hdf5File::open(file);
  int datasets = 0;
  for (const std::string group : {"/", "/cells/", "/receptors/", "/budget/", "/quality/", "/run/measures/"}) {
    EXPECT_EQ(one.names(group), other.names(group));
    for (const std::string& name : one.names(group)) {
      const std::string path = group + name;
      if (name == "cells" || name == "receptors" || name == "budget" || name == "quality" || name == "run") {
        continue; // groups
      }
      EXPECT_EQ(one.shape(path), other.shape(path)) << path;
      if (const bool numbers = message_of([&] { one.read(path); }).empty(); numbers) {
        const auto a = one.read(path), b = other.read(path); // by bits: dimensions without values are NaN
        EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)), 0) << path;
        ++datasets;
      } else {
        EXPECT_EQ(one.read_texts(path), other.read_texts(path)) << path;
      }
    }
  }
  EXPECT_GT(datasets, 80);
  EXPECT_EQ(other.read("/quality/date"), (std::vector<double>(3, 20171204)));
  EXPECT_EQ(other.read("/quality/map_good_days", 0, 3)[240], 8); // of the period that ended last
  EXPECT_EQ(other.shape("/time"), std::vector<std::size_t>{hours});
  EXPECT_EQ(bytes_of(folder / "whole_cells.geojson"), bytes_of(folder / "base_cells.geojson"));
  EXPECT_EQ(files_there(), 4U);
}

TEST_F(ResultResume, ADamagedHourBeforeTheCheckpointIsSeen) {
  // One bit of a value of an hour before the checkpoint: /budget is stored as it is.
  const auto damage = [&](double value) {
    std::string bytes = bytes_of(file);
    const std::size_t at = bytes.find(std::string(reinterpret_cast<const char*>(&value), sizeof value));
    ASSERT_NE(at, std::string::npos);
    bytes[at] = char(bytes[at] ^ 1);
    std::ofstream(file, std::ios::binary) << bytes;
  };
  const auto attempt = [&] {
    Archive checkpoint(saved.bytes());
    ResultFile result(file, grid, cells, header, options, checkpoint);
  };
  damage(400.0 + saved_after); // mixing height of the first hour after the checkpoint
  const std::string unchanged = bytes_of(file);
  attempt();
  EXPECT_NE(bytes_of(file), unchanged); // a new file now, without that hour
  damage(400.0 + saved_after - 1);
  const std::string broken = bytes_of(file);
  EXPECT_EQ(message_of(attempt), file.string() + ": dataset /mixing_height does not hold the first 5 hours as they were written");
  EXPECT_THROW(attempt(), DamagedResult);
  EXPECT_EQ(bytes_of(file), broken); // and nothing beside it
  EXPECT_EQ(files_there(), 1U);
}

TEST_F(ResultResume, AResultThatCannotBeReadIsToldAndKept) {
  const auto attempt = [&] {
    Archive checkpoint(saved.bytes());
    ResultFile result(file, grid, cells, header, options, checkpoint);
  };
  const std::string whole = bytes_of(file);
  std::ofstream(file, std::ios::binary) << whole.substr(0, whole.size() / 2);
  EXPECT_THROW(attempt(), DamagedResult);
  EXPECT_TRUE(message_of(attempt).starts_with(file.string() + ": its first 5 hours cannot be read back: "));
  write_sample_result(file, 4, {.overwrite = true, .mantissa_bits = 12});
  EXPECT_THROW(attempt(), DamagedResult); // too few hours
  EXPECT_EQ(files::Hdf5File::open(file).shape("/time"), std::vector<std::size_t>{4});
  fs::remove(file);
  EXPECT_EQ(message_of(attempt), file.string() + ": no such file: its 5 hours cannot be gone on with");
  EXPECT_FALSE(fs::exists(file.string() + ".part"));
}
