#include "meteorology/wind/library.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "files/hdf5.hpp"
#include "meteorology/weather_options.hpp"
#include "paths.hpp"

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

using namespace tq;

namespace {

Grid hills(double highest = 200) {
  GridSpecification s{.name = "test",
                      .epsg = 32650,
                      .nx = 9,
                      .ny = 7,
                      .dx = 500,
                      .dy = 400,
                      .zeta_faces = {0, 20, 60, 150, 330, 700, 1300}};
  for (int n = 0; n < 63; ++n) {
    s.terrain.push_back(highest * RandomStream(1, 2, n).uniform());
  }
  return Grid(s);
}

bool same(const WindLibrary& a, const WindLibrary& b) {
  const float* x = a.units()[33].x.view3().line(4, 2);
  return std::memcmp(x, b.units()[33].x.view3().line(4, 2), 10 * sizeof(float)) == 0;
}

class WindLibraryFile : public testing::Test {
 protected:
  WindLibraryFile() : folder(test::scratch_directory("wind")), grid(hills()), options{.file = folder / "winds.h5"} {}
  ~WindLibraryFile() override { std::filesystem::remove_all(folder); }

  bool solved_again() {
    const WindLibrary library(grid, options);
    library.units();
    return library.report().iterations > 0;
  }

  std::filesystem::path folder;
  Grid grid;
  WindLibraryOptions options;
};

} // namespace

TEST(WindBasis, ALogarithmicProfileIsExact) {
  for (const double height : {0.7, 5.0, 10.0, 17.0, 99.0, 100.0, 640.0}) {
    double sum = 0;
    for (int level = 0; level < int(wind::heights.size()); ++level) {
      sum += wind::shape(level, height, 0.5) * std::log(wind::heights[std::size_t(level)] / 0.5);
    }
    EXPECT_NEAR(sum, std::log(height / 0.5), 1e-12) << height;
  }
  EXPECT_EQ(wind::shape(4, 2000, 0.5), 1.0);
  EXPECT_EQ(wind::shape(3, 2000, 0.5), 0.0);
}

TEST(WindBasis, PartsAreTheProfileInItsDirection) {
  wind::StationWind wind{.profile = {.roughness_length = 0.5, .inverse_obukhov_length = 0.005, .top = 200},
                         .friction_velocity = 0.4,
                         .direction = 270,
                         .veering = 20};
  const std::vector<wind::Part> parts = wind::parts_of(wind);
  ASSERT_EQ(parts.size(), 20u); // two classes
  double east = 0, north = 0;
  for (const wind::Part& part : parts) {
    if (part.unit / 2 % 5 == 2) { // at 100 m, half-way to the top
      (part.unit % 2 == 0 ? east : north) += part.speed;
    }
  }
  EXPECT_NEAR(std::hypot(east, north), physics::similarity_wind(0.4, 100, wind.profile), 1e-12);
  EXPECT_NEAR(std::atan2(north, east) * 180 / constants::pi, -10, 1e-9); // clockwise of eastward
  wind.profile.inverse_obukhov_length = 0;
  EXPECT_EQ(wind::parts_of(wind).size(), 10u); // exactly neutral: one class
  wind.profile.inverse_obukhov_length = 5;
  EXPECT_EQ(wind::parts_of(wind).size(), 10u); // beyond the last class
}

TEST_F(WindLibraryFile, IsReadBackToTheBit) {
  EXPECT_TRUE(solved_again());
  EXPECT_FALSE(solved_again());
  const WindLibrary kept(grid, options), fresh(grid, {});
  EXPECT_TRUE(same(kept, fresh));
  EXPECT_GT(kept.report().residual, 0);
  EXPECT_LT(kept.report().residual, 1.01e-8);
  EXPECT_EQ(files::Hdf5File::open(options.file).text_attribute("/", "tianqing_schema"), "wind_library/2");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1); // nothing else left behind
}

TEST_F(WindLibraryFile, IsMadeAnewForAnotherGridOrOtherOptions) {
  EXPECT_TRUE(solved_again());
  grid = hills(201);
  EXPECT_TRUE(solved_again());
  EXPECT_FALSE(solved_again());
  options.roughness_length = 0.5;
  EXPECT_TRUE(solved_again());
  options.limits.tolerance = 1e-6;
  EXPECT_TRUE(solved_again());
}

TEST_F(WindLibraryFile, IsMadeAnewWhenDamaged) {
  EXPECT_TRUE(solved_again());
  { // one bit of a field
    const WindLibrary library(grid, options);
    const float* row = library.units()[33].x.view3().line(4, 2);
    std::ifstream before(options.file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(before)), std::istreambuf_iterator<char>());
    const std::size_t place = bytes.find(std::string(reinterpret_cast<const char*>(row), 10 * sizeof(float)));
    ASSERT_NE(place, std::string::npos);
    bytes[place] ^= 1;
    std::ofstream(options.file, std::ios::binary) << bytes;
  }
  EXPECT_TRUE(solved_again());
  const auto size = std::filesystem::file_size(options.file);
  std::filesystem::resize_file(options.file, size / 3);
  EXPECT_TRUE(solved_again());
  std::ofstream(options.file) << "no library";
  EXPECT_TRUE(solved_again());
  EXPECT_FALSE(solved_again());
}

TEST_F(WindLibraryFile, AScenarioNamesItRelativeToItself) {
  config::Schema schema;
  declare_weather(schema);
  const auto read = [&](const std::string& text) {
    std::ofstream(folder / "scenario.toml") << text;
    ProblemList problems;
    return read_weather(config::Settings::check(config::read_toml(folder / "scenario.toml"), schema, problems), problems);
  };
  EXPECT_EQ(read("weather.wind.library = 'kept/winds.h5'\n").wind.library, folder / "kept/winds.h5");
  EXPECT_EQ(read("").wind.library, "");
}

TEST_F(WindLibraryFile, BelowTheLowestCentreTheWindIsLogarithmic) {
  GridSpecification s = hills(0).specification();
  s.zeta_faces = {0, 40, 100, 300};
  const Grid flat(s);
  const WindLibrary library(flat, {.roughness_length = 0.5});
  const auto wind = [&](double height) { // of the unit eastward wind that is 1 m s-1 at 10 m and 0 at 30
    return library.at(wind::unit_index(wind::neutral, 0, false), 1700, 1200, height).u;
  };
  EXPECT_NEAR(wind(20), std::log(30.0 / 20) / std::log(30.0 / 10), 1e-6); // the centre of the lowest layer
  EXPECT_NEAR(wind(10) / wind(20), std::log(10 / 0.5) / std::log(20 / 0.5), 1e-12);
  EXPECT_NEAR(wind(2) / wind(20), std::log(2 / 0.5) / std::log(20 / 0.5), 1e-12);
  EXPECT_NEAR(wind(0.1) / wind(20), std::log(1.1) / std::log(20 / 0.5), 1e-12);
}

TEST_F(WindLibraryFile, AFolderTakesTheKeyAsName) {
  options = {.folder = folder / "deep" / "cache"};
  EXPECT_TRUE(solved_again());
  EXPECT_FALSE(solved_again());
  EXPECT_TRUE(std::filesystem::exists(options.folder / (WindLibrary(grid, options).key() + ".h5")));
}

TEST_F(WindLibraryFile, AFileThatCannotBeIsAnErrorAndACacheIsNot) {
  std::ofstream(folder / "wall") << "a file where a folder must be";
  options.file = folder / "wall" / "winds.h5";
  EXPECT_THROW(WindLibrary(grid, options).units(), FileError);
  const WindLibrary cached(grid, {.folder = folder / "wall"});
  EXPECT_EQ(cached.units().size(), std::size_t(wind::unit_count));
}
