#include "files/epw.hpp"
#include "malformed.hpp"

#include <cmath>
#include <fmt/format.h>

using namespace tq;
using namespace tq::files;
using tq::test::TextFile;

namespace {

constexpr int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

const std::string header = "LOCATION,Porcelain Town,Jiangxi,CHN,TEST,000000,29.30,117.20,8.0,61.5\n"
                           "DESIGN CONDITIONS,0\nTYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\n"
                           "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\nCOMMENTS 1,made up\nCOMMENTS 2,\n"
                           "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n";

std::string hour_line(int year, int month, int day, int hour) {
  return fmt::format("{},{},{},{},0,flags,{},1.0,75,102480,9999,9999,284,{},0,0,0,0,0,0,180,2.5,5,5,10,999,9,"
                     "999999999,0,0,0,88,0.2,0.4,1.0\n",
                     year, month, day, hour, 4.9 + hour * 0.1, hour * 10);
}

/// A whole year; months come from different years, as in files of typical years.
std::string year_file() {
  std::string text = header;
  for (int month = 1; month <= 12; ++month) {
    for (int day = 1; day <= days[month - 1]; ++day) {
      for (int hour = 1; hour <= 24; ++hour) {
        text += hour_line(1990 + month % 5, month, day, hour);
      }
    }
  }
  return text;
}

/// The year's file with line `number` (from 1) replaced.
std::string with_line(int number, const std::string& line) {
  std::string text = year_file();
  std::size_t begin = 0;
  for (int i = 1; i < number; ++i) {
    begin = text.find('\n', begin) + 1;
  }
  return text.replace(begin, text.find('\n', begin) + 1 - begin, line);
}

std::string problems(const std::string& content) {
  return test::problems_of(content, &read_epw);
}

} // namespace

TEST(Epw, ReadsHeaderAndHoursInSi) {
  const TextFile file("year.epw", year_file());
  const EpwFile epw = read_epw(file.path());
  EXPECT_EQ(epw.city, "Porcelain Town");
  EXPECT_EQ(epw.latitude, 29.3);
  EXPECT_EQ(epw.longitude, 117.2);
  EXPECT_EQ(epw.utc_offset, 8);
  EXPECT_EQ(epw.elevation, 61.5);
  ASSERT_EQ(epw.hours.size(), 8760U);
  const EpwHour& hour = epw.hours[24 * 31 + 2];
  EXPECT_EQ(hour.year, 1992);
  EXPECT_EQ(hour.month, 2);
  EXPECT_EQ(hour.day, 1);
  EXPECT_EQ(hour.hour, 3);
  EXPECT_EQ(hour.line, 8 + 24 * 31 + 3);
  EXPECT_DOUBLE_EQ(hour.temperature, 273.15 + 5.2);
  EXPECT_DOUBLE_EQ(hour.dew_point, 274.15);
  EXPECT_DOUBLE_EQ(hour.relative_humidity, 0.75);
  EXPECT_EQ(hour.pressure, 102480);
  EXPECT_EQ(hour.infrared_radiation, 284);
  EXPECT_EQ(hour.global_radiation, 30);
  EXPECT_EQ(hour.wind_direction, 180);
  EXPECT_EQ(hour.wind_speed, 2.5);
  EXPECT_DOUBLE_EQ(hour.cloud_cover, 0.5);
  EXPECT_EQ(hour.rain, 0.4);
}

TEST(Epw, MissingCodesAreNotNumbers) {
  const TextFile file("year.epw",
                      with_line(9, "1990,1,1,1,0,flags,99.9,99.9,999,999999,9999,9999,284,9999,0,0,0,0,0,0,"
                                   "999,999,99,5,10,999,9,999999999,0,0,0,88,0.2,999,99\n"));
  const EpwHour hour = read_epw(file.path()).hours[0];
  for (const double value :
       {hour.temperature, hour.dew_point, hour.relative_humidity, hour.pressure, hour.global_radiation,
        hour.wind_direction, hour.wind_speed, hour.cloud_cover, hour.rain}) {
    EXPECT_TRUE(std::isnan(value));
  }
}

TEST(Epw, RainOfAnotherPeriodIsNotRainOfTheHour) {
  const std::string start =
      "1990,1,1,1,0,f,1,1,75,100000,0,0,284,0,0,0,0,0,0,0,0,1,5,5,10,999,9,9,0,0,0,88,0.2,";
  const auto rain = [&](const std::string& end) {
    const TextFile file("year.epw", with_line(9, start + end + "\n"));
    return read_epw(file.path()).hours[0].rain;
  };
  EXPECT_EQ(rain("2.5,1"), 2.5);
  EXPECT_EQ(rain("2.5,99"), 2.5);
  EXPECT_EQ(rain("0,6"), 0.0);
  EXPECT_TRUE(std::isnan(rain("12,6")));
}

TEST(Epw, OldFilesEndAfterThirtyTwoFields) {
  const TextFile file("year.epw",
                      with_line(9, "1990,1,1,1,0,f,1,1,75,100000,0,0,284,0,0,0,0,0,0,0,0,1,5,5,10,999,9,9,0,"
                                   "0,0,88\n"));
  const EpwHour hour = read_epw(file.path()).hours[0];
  EXPECT_EQ(hour.wind_speed, 1);
  EXPECT_TRUE(std::isnan(hour.rain));
}

TEST(Epw, LeapYearsHaveTheirDay) {
  std::string text = year_file();
  std::string leap_day;
  for (int hour = 1; hour <= 24; ++hour) {
    leap_day += hour_line(1992, 2, 29, hour);
  }
  text.insert(text.find("1993,3,1,1,"), leap_day);
  const TextFile file("year.epw", text);
  EXPECT_EQ(read_epw(file.path()).hours.size(), 8784U);
}

TEST(Epw, ProblemsNameTheirLine) {
  EXPECT_EQ(problems(""), "f:1: begins with \"\": must begin with \"LOCATION\"");
  EXPECT_EQ(problems("date,ws,wd\n"), "f:1: begins with \"date\": must begin with \"LOCATION\"");
  EXPECT_EQ(problems(with_line(1, "LOCATION,X,Y,Z,T,0,129.3,117.2,east,61.5\n")),
            "f:1:7: latitude = \"129.3\": must be a number in [-90, 90]\n"
            "f:1:9: time zone = \"east\": must be a number in [-12, 14]");
  EXPECT_EQ(problems(with_line(1, "LOCATION,X,Y\n")), "f:1: LOCATION has 3 fields: must have 10");
  EXPECT_EQ(problems(with_line(4, "")),
            "f:4: begins with \"HOLIDAYS/DAYLIGHT SAVINGS\": must begin with \"GROUND "
            "TEMPERATURES\"");
  EXPECT_EQ(problems(with_line(8, "DATA PERIODS,1,2,Data,Sunday, 1/ 1,12/31\n")),
            "f:8: DATA PERIODS,1,2: must be one period with one record per hour (1,1)");
  EXPECT_EQ(problems(header), "f:8: has 0 hours: must have 8760, or 8784 with 29 February");
  EXPECT_EQ(problems(with_line(10, "1991,1,1,2,0\n")), "f:10: has 5 fields: must have 35 (32 in old files)");
  EXPECT_EQ(problems(with_line(10, hour_line(1991, 2, 30, 2))),
            "f:10:2: month 2, day 30, hour 2: must be a day of the year and an hour from 1 to 24");
  EXPECT_EQ(problems(with_line(10, hour_line(1991, 1, 1, 3))),
            "f:10:2: month 1, day 1, hour 3: must be month 1, day 1, hour 2, which follows\n"
            "f:11:2: month 1, day 1, hour 3: must be month 1, day 1, hour 4, which follows");
  EXPECT_EQ(problems(with_line(
                12, "1991,1,1,4,0,f,warm,1,75,100000,0,0,284,0,0,0,0,0,0,0,0,1,5,5,10,999,9,9,0,0,0,88\n")),
            "f:12:7: dry bulb temperature = \"warm\": must be a number");
  EXPECT_EQ(problems(with_line(
                12, "1991,1,x,4,0,f,2,1,75,100000,0,0,284,0,0,0,0,0,0,0,0,1,5,5,10,999,9,9,0,0,0,88\n")),
            "f:12:3: \"x\": must be a whole number (year, month, day, hour)");
}

TEST(Epw, OneMistakeRepeatedIsCounted) {
  std::string text = header;
  for (int i = 0; i < 8760; ++i) {
    text += "1,2\n";
  }
  const std::string message = problems(text);
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 20);
  EXPECT_NE(message.find("f:8768: and 8740 further problems of data lines"), std::string::npos);
}

TEST(Epw, DamagedFilesAreReadOrRefused) {
  test::damage(year_file(), &read_epw, 60, 60);
}
