#include "paths.hpp"
#include "run/case.hpp"

#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

// What a result holds of its scenario must give the same case again: predictions start from it.
TEST(Case, IsTheSameAgainFromItsResolvedText) {
  const std::filesystem::path small = test::source_directory() / "tests/scenarios/small";
  const std::filesystem::path folder = test::scratch_directory("case");
  std::ofstream(folder / "weather.csv") << [] {
    std::string text = "year,month,day,hour,ws [m s-1],wd [degree],t [degC],td [degC],p [hPa],cloud [%],rain [mm],sun [W m-2]\n";
    for (int h = 0; h < 72; ++h) {
      text += "2017,12," + std::to_string(4 + h / 24) + "," + std::to_string(h % 24) + ",2,270,10,0,1013.25,100,0,0\n";
    }
    return text;
  }();
  std::ofstream(folder / "columns.toml") << "base = \"" + (small / "base.toml").string() +
                                                "\"\nname = \"columns\"\n[run]\nend = 2017-12-04T06:00:00+08:00\n"
                                                "[weather]\nsource = \"station\"\n[weather.station]\nfile = \"weather.csv\"\n"
                                                "time_zone = \"Asia/Shanghai\"\ntime_columns = [\"year\", \"month\", \"day\", \"hour\"]\n"
                                                "[weather.station.variable]\nwind_speed = { column = \"ws\" }\n"
                                                "wind_direction = { column = \"wd\" }\ntemperature = { column = \"t\" }\n"
                                                "dew_point = { column = \"td\" }\npressure = { column = \"p\" }\n"
                                                "cloud_cover = { column = \"cloud\" }\nrain = { column = \"rain\" }\n"
                                                "global_radiation = { column = \"sun\" }\n";
  for (const std::filesystem::path& file :
       {small / "base.toml", small / "stations.toml", small / "watered.toml", folder / "columns.toml"}) {
    const Case first = load_case(file);
    const std::string text = first.settings.resolved();
    const Case again = load_case(config::parse_toml(text, file.string()), file);
    EXPECT_EQ(again.settings.resolved(), text);
    EXPECT_EQ(again.weather->at(again.start).wind_speed, first.weather->at(first.start).wind_speed) << file;
  }
}
