#if TIANQING_GEO // writes and reads netCDF
#include "wrf_case.hpp"

#include <cmath>

using namespace tq;
using test::utc;
using test::wrf_grid;
using test::WrfCase;
using test::WrfSample;

namespace {

const Instant start = utc("2017-07-01 00:00");

WrfSample sample() {
  WrfSample one;
  one.start = start;
  return one;
}

/// All problems of reading two hours of one file.
std::string message_of(const WrfSample& one) {
  WrfCase files;
  files.write("wrfout", one);
  EXPECT_FALSE(files.read(wrf_grid(), "'wrfout'", start, start + 2 * seconds_per_hour));
  return files.message();
}

} // namespace

TEST(WrfBroken, AllMissingVariablesAreNamed) {
  WrfSample one = sample();
  one.without = {"PHB", "T2", "QCLOUD", "CLDFRA"};
  EXPECT_EQ(message_of(one),
            "wrfout: has no variable PHB\nwrfout: has no variable QCLOUD or CLDFRA\nwrfout: has no variable T2");
}

TEST(WrfBroken, AGridBesideTheFileIsToldBothExtents) {
  WrfCase files;
  files.write("wrfout", sample());
  EXPECT_FALSE(files.read(wrf_grid({}, 560000), "'wrfout'", start, start + seconds_per_hour));
  EXPECT_EQ(files.message(),
            "wrfout: covers 29.187 to 29.363 degrees north, 117.100 to 117.330 degrees east: must cover the grid, "
            "29.256 to 29.301 degrees north, 117.623 to 117.695 degrees east");
}

TEST(WrfBroken, ANestThatLeavesTheGridForAWhileIsTold) {
  WrfSample one = sample();
  one.nt = 4;
  one.shift = [](double t) { return t == 1 ? 40.0 : 0.0; };
  EXPECT_EQ(message_of(one).substr(0, 87),
            "wrfout: covers 29.106 to 29.284 degrees north, 118.341 to 118.573 degrees east: must co");
  one.shift = [](double t) { return 0.2 * t; };
  WrfCase files;
  files.write("wrfout", one);
  EXPECT_TRUE(files.read(wrf_grid(), "'wrfout'", start, start + 2 * seconds_per_hour)) << files.message();
}

TEST(WrfBroken, MissingTimesAreNamed) {
  WrfSample early = sample(), late = sample();
  early.nt = 2;
  late.nt = 2;
  late.start = start + 4 * seconds_per_hour;
  WrfCase files;
  files.write("early", early);
  files.write("late", late);
  EXPECT_FALSE(files.read(wrf_grid(), "['early', 'late']", start, start + 5 * seconds_per_hour));
  EXPECT_EQ(files.message(),
            "scenario.toml:3:1: weather.files = [\"early\", \"late\"]: must hold an output every 1 h; missing are "
            "2017-07-01T02:00:00Z, 2017-07-01T03:00:00Z");
  EXPECT_FALSE(files.read(wrf_grid(), "['early', 'late']", start - seconds_per_hour, start + seconds_per_hour));
  EXPECT_EQ(files.message(),
            "scenario.toml:3:1: weather.files = [\"early\", \"late\"]: must cover the run from "
            "2017-06-30T23:00:00Z to 2017-07-01T01:00:00Z, but hold 2017-07-01T00:00:00Z to 2017-07-01T05:00:00Z");
  EXPECT_TRUE(files.read(wrf_grid(), "['early', 'late']", start, start + seconds_per_hour)); // the gap lies outside
}

TEST(WrfBroken, OutputsMustNotBeFarApart) {
  WrfSample one = sample();
  one.distance = 12 * seconds_per_hour;
  EXPECT_EQ(message_of(one),
            "scenario.toml:3:1: weather.files = \"wrfout\": must hold outputs at most 6 h apart, not 12 h");
}

TEST(WrfBroken, FilesThatAreCutOffAreRefused) {
  for (const bool netcdf4 : {false, true}) {
    WrfSample one = sample();
    one.netcdf4 = netcdf4;
    WrfCase files;
    files.write("wrfout", one);
    const auto length = std::filesystem::file_size(files / "wrfout");
    std::filesystem::resize_file(files / "wrfout", length - 400);
    EXPECT_FALSE(files.read(wrf_grid(), "'wrfout'", start, start + seconds_per_hour));
    EXPECT_EQ(files.message(),
              netcdf4 ? "wrfout: cannot be opened as a netCDF file: NetCDF: HDF error"
                      : fmt::format("wrfout: is cut off: it has {} bytes, its variables need {} at the least",
                                    length - 400, length - 3)); // padding of the last record
  }
}

TEST(WrfBroken, MissingValuesAreRefusedWhenTheyAreRead) {
  WrfSample one = sample();
  one.rain = [](double x, double y, double, double) { return x == 3 && y == 2 ? std::nan("") : 1.0; };
  WrfCase files;
  files.write("wrfout", one);
  const auto weather = files.read(wrf_grid(), "'wrfout'", start, start + 2 * seconds_per_hour);
  ASSERT_TRUE(weather) << files.message();
  try {
    weather->at(start);
    FAIL() << "a value that is not there was used";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("variable RAINNC[0][2][3]: has no value, must have one"), std::string::npos)
        << error.what();
  }
}

TEST(WrfBroken, OtherFilesAreRefused) {
  WrfCase files;
  std::ofstream(files / "text") << "Times: 2017-07-01\n";
  EXPECT_FALSE(files.read(wrf_grid(), "['text', 'nowhere']", start, start + seconds_per_hour));
  EXPECT_EQ(files.message(),
            "scenario.toml:3:18: weather.files = \"nowhere\": must be a file, but there is none at nowhere\n"
            "text: cannot be opened as a netCDF file: NetCDF: Unknown file format");
  EXPECT_FALSE(files.read(wrf_grid(), "", start, start + seconds_per_hour));
  EXPECT_EQ(files.message(), "scenario.toml:1:2: weather.files: must be given, as weather.source = \"wrf\"");
}

TEST(WrfBroken, AMapThatIsNotReadIsNamed) {
  WrfSample one = sample();
  one.attributes = {{"MAP_PROJ", 4}};
  EXPECT_EQ(message_of(one),
            "wrfout: MAP_PROJ = 4: must be 1 (Lambert conformal), 2 (polar stereographic), 3 (Mercator) or 6 "
            "(latitude and longitude)");
  one.attributes = {{"MAP_PROJ", 6}, {"POLE_LAT", 60}};
  EXPECT_EQ(message_of(one), "wrfout: POLE_LAT = 60: must be 90; shifted poles are not read");
}

TEST(WrfBroken, AttributesOfAnotherGridAreFound) {
  WrfSample one = sample();
  one.attributes = {{"STAND_LON", 90}};
  EXPECT_EQ(message_of(one), "wrfout: SINALPHA = -0.067 and COSALPHA = 0.998 of cell (0, 0) are not those of its map, "
                             "-0.252 and 0.968");
  one.without = {"SINALPHA", "COSALPHA"};
  EXPECT_EQ(message_of(one), "wrfout: XLAT and XLONG put cell (7, 0) at (7.00, 1.33) of the map that MAP_PROJ, "
                             "TRUELAT1, TRUELAT2 and STAND_LON describe");
}

TEST(WrfBroken, TimesMustBeTimes) {
  WrfSample one = sample();
  one.start = utc("2017-07-01 00:00");
  WrfCase files;
  files.write("wrfout", one);
  { // the year's first digit
    std::fstream file(files / "wrfout", std::ios::in | std::ios::out | std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(file)), {});
    file.clear();
    file.seekp(std::streamoff(all.find("2017-07-01_01")));
    file << "x";
  }
  EXPECT_FALSE(files.read(wrf_grid(), "'wrfout'", start, start + seconds_per_hour));
  EXPECT_EQ(files.message(), "wrfout: Times = \"x017-07-01_01:00:00\": must be such as 2017-12-04_08:00:00");
}

#endif
