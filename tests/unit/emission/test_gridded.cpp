#include "files/geo.hpp"
#include "gridded_sample.hpp"
#include "outside_case.hpp"
#include "physics/ellipsoid.hpp"

#include <cmath>
#include <numeric>

using namespace tq;

namespace {

class Gridded : public test::OutsideCase {
 protected:
  static std::string item(const std::string& more, const std::string& sector = "sector = \"energy\"\n") {
    return "[[inventory]]\nid = \"more\"\nkind = \"gridded\"\nsources = \"e.nc\"\n" + sector + more; // lines 2 to 6
  }
  static double so2(const InventoryAmounts& amounts) { return amounts[std::size_t(InventoryPollutant::so2)]; }
};

} // namespace

#if TIANQING_GEO

namespace {

constexpr double tonne_per_year = 1000.0 / (365.0 * 86400.0); // kg s-1

/// 4 x 3 cells of 0.01 degrees, wholly inside the domain, from the north.
test::GriddedSample inner() {
  test::GriddedSample sample;
  sample.x = {117.175, 117.185, 117.195, 117.205};
  sample.y = {29.305, 29.295, 29.285};
  std::vector<double> flux, area;
  for (int n = 0; n < 12; ++n) {
    flux.push_back(1e-9 * (n + 1.0 / 3));
    area.push_back(1.07e6 + 1000.0 * n);
  }
  sample.variables["SO2"] = {"kg m-2 s-1", flux};
  sample.variables["area"] = {"m2", area};
  return sample;
}

/// 3 x 3 cells of 5 km in the grid's CRS: half of those at the edge lies inside the domain.
test::GriddedSample outer() {
  test::GriddedSample sample;
  sample.x_name = "x", sample.y_name = "y", sample.x_unit = sample.y_unit = "m";
  sample.x = {515000, 520000, 525000};
  sample.y = {3235500, 3240500, 3245500};
  sample.variables["SO2"] = {"t yr-1", {1, 2, 4, 8, 16, 32, 64, 128, 256}};
  return sample;
}

} // namespace

TEST_F(Gridded, MassIsThatOfTheFile) {
  const test::GriddedSample sample = inner();
  sample.write(folder_ / "e.nc");
  const std::vector<double>& flux = sample.variables.at("SO2").values;
  const std::string so2_key = "variable.so2 = \"SO2\"\n";
  const EmissionModel given = model(item(so2_key + "area = \"area\"\n"));
  EXPECT_EQ(given.inventory().sources.size(), 5U + 12);
  const double with_areas =
      std::inner_product(flux.begin(), flux.end(), sample.variables.at("area").values.begin(), 0.0);
  EXPECT_NEAR(so2(on_grid(given)) / with_areas, 1, 1e-12);
  // Without areas they are those of the ellipsoid.
  double on_ellipsoid = 0;
  for (std::size_t n = 0; n < flux.size(); ++n) {
    const double y = sample.y[n / 4];
    on_ellipsoid += flux[n] * physics::ellipsoid_cell_area(y - 0.005, y + 0.005, 0.01);
  }
  EXPECT_NEAR(so2(on_grid(model(item(so2_key)))) / on_ellipsoid, 1, 1e-11); // edges are half sums of coordinates
}

TEST_F(Gridded, OnlyTheShareInsideTheDomainIsEmitted) {
  outer().write(folder_ / "e.nc");
  const EmissionModel model = this->model(item("variable.so2 = \"SO2\"\nepsg = 32650\n"));
  const double inside = 0.25 * (1 + 4 + 64 + 256) + 0.5 * (2 + 8 + 32 + 128) + 16;
  EXPECT_NEAR(so2(on_grid(model)) / (inside * tonne_per_year), 1, 1e-12);
  EXPECT_EQ(warnings(item("variable.so2 = \"SO2\"\nepsg = 32650\n")), "");
}

TEST_F(Gridded, LiesWhereTheFileSays) {
  test::GriddedSample sample = inner();
  std::vector<double>& values = sample.variables["SO2"].values;
  std::fill(values.begin(), values.end(), 0.0);
  values[3] = 1e-9; // the north-eastern cell
  sample.write(folder_ / "e.nc");
  const EmissionModel model = this->model(item("variable.so2 = \"SO2\"\nprofile = \"flat\"\nbase = 30\ntop = 60\n"
                                               "profiles = \"" +
                                               (test::emission_directory() / "data/profiles.toml").string() + "\"\n"));
  const Source& source = model.inventory().sources.back();
  EXPECT_EQ(source.id, "more/0/3");
  EXPECT_EQ(source.sector, "energy");
  EXPECT_EQ(city_.cells.cells[std::size_t(source.cell)].id, "E-1");
  EXPECT_NEAR(source.area, physics::ellipsoid_cell_area(29.30, 29.31, 0.01), 2e-3 * source.area); // planar
  for (const PlacedShare& share : source.placement.shares) {
    const files::Position centre =
        city_.grid.projection().unproject({city_.grid.x_center(share.i), city_.grid.y_center(share.j)});
    EXPECT_NEAR(centre.x, 117.205, 0.005 + 0.003); // half a cell of the file and one of the grid
    EXPECT_NEAR(centre.y, 29.305, 0.005 + 0.0025);
    EXPECT_GE(share.k, 2);
  }
}

TEST_F(Gridded, TakesThemAllForTheSame) {
  const test::GriddedSample plain = inner();
  const std::string item = this->item("variable.so2 = \"SO2\"\narea = \"area\"\n");
  plain.write(folder_ / "e.nc");
  const double mass = so2(on_grid(model(item)));
  const auto same = [&](const test::GriddedSample& sample) {
    sample.write(folder_ / "e.nc");
    EXPECT_NEAR(so2(on_grid(model(item))) / mass, 1, 1e-12);
  };
  test::GriddedSample packed = plain;
  for (double& value : packed.variables["SO2"].values) {
    value = (value - 1e-9) / 1e-12;
  }
  packed.variables["SO2"].attributes = {{"scale_factor", 1e-12}, {"add_offset", 1e-9}};
  same(packed);
  test::GriddedSample bounded = plain;
  bounded.y_bounds = {29.31, 29.30, 29.30, 29.29, 29.29, 29.28};
  same(bounded);
  test::GriddedSample timed = plain;
  timed.variables["SO2"].times = 1;
  same(timed);
  test::GriddedSample wide = plain; // km2
  wide.variables["area"].unit = "km2";
  for (double& value : wide.variables["area"].values) {
    value /= 1e6;
  }
  same(wide);
}

TEST_F(Gridded, LongitudesMayRunTo360) {
  test::GriddedSample sample = inner();
  for (double& x : sample.x) {
    x += 360; // as 183 E is 177 W
  }
  sample.write(folder_ / "e.nc");
  EXPECT_GT(so2(on_grid(model(item("variable.so2 = \"SO2\"\n")))), 0);
}

TEST_F(Gridded, RefusesBrokenFiles) {
  const std::string so2_key = "variable.so2 = \"SO2\"\n";
  const auto said = [&](const test::GriddedSample& sample, const std::string& text) {
    sample.write(folder_ / "e.nc");
    return message(text);
  };
  const auto changed = [](auto change) {
    test::GriddedSample sample = inner();
    change(sample);
    return sample;
  };
  const std::string units = "\"kg m-2 s-1\", \"kg s-1\", \"g s-1\", \"kg h-1\", \"kg day-1\", \"kg yr-1\", \"t yr-1\"";
  EXPECT_EQ(said(changed([](auto& s) { s.variables["SO2"].unit = "kg/m2/s"; }), item(so2_key)),
            "e.nc: variable SO2: unit \"kg/m2/s\": must be one of " + units);
  EXPECT_EQ(said(changed([](auto& s) { s.variables["SO2"].unit = ""; }), item(so2_key)),
            "e.nc: variable SO2: no unit: must have an attribute units, one of " + units);
  EXPECT_EQ(said(changed([](auto& s) { s.variables["SO2"].times = 12; }), item(so2_key)),
            "e.nc: variable SO2 of shape [12, 3, 4]: must have two coordinates, with one value along all others");
  EXPECT_EQ(said(changed([](auto& s) { s.x_unit = "steps"; }), item(so2_key)),
            "e.nc: coordinate lon: unit \"steps\": must be degrees_east, degrees_north, m or km");
  EXPECT_EQ(said(changed([](auto& s) { s.x_unit = "km"; }), item(so2_key)),
            "e.nc: coordinates lon and lat: must both be in degrees or both in metres");
  EXPECT_EQ(said(changed([](auto& s) { s.x[2] = s.x[1]; }), item(so2_key)),
            "e.nc: coordinate lon[2] = 117.185: must go on rising or falling");
  EXPECT_EQ(said(changed([](auto& s) { s.variables["SO2"].values[5] = -1; }), item(so2_key)),
            "e.nc: variable SO2[1][1] = -1: must be 0 or more");
  EXPECT_EQ(said(changed([](auto& s) { s.variables["SO2"].values[5] = NAN; }), item(so2_key)),
            "e.nc: variable SO2[1][1]: has no value, must have one");
  EXPECT_EQ(said(changed([](auto& s) { s.variables["area"].unit = "acre"; }), item(so2_key + "area = \"area\"\n")),
            "e.nc: variable area: unknown unit \"acre\": must be one of \"m2\", \"ha\", \"km2\"");
  EXPECT_EQ(said(changed([](auto& s) {
                   s.variables["PM"] = {"kg m-2 s-1", std::vector<double>(12, 1e-3)};
                 }),
                 item("variable.pm2_5 = \"PM\"\nvariable.pm10 = \"SO2\"\n")),
            "e.nc: cell [0][0]: pm10 must be at least pm2_5: particles are counted cumulatively");
  EXPECT_EQ(said(changed([](auto& s) {
                   for (double& x : s.x) {
                     x -= 10;
                   }
                 }),
                 item(so2_key)),
            "e.nc: has no cell in the domain");
  EXPECT_EQ(said(outer(), item(so2_key)),
            "e.nc: coordinates x and y are in metres: the inventory must give their CRS as `epsg`");
  EXPECT_EQ(said(inner(), item("variable.so2 = \"SOx\"\nvariable.sox = \"SO2\"\n")),
            "scenario.toml:7:10: variable.so2 = \"SOx\": must be a variable of e.nc\n"
            "scenario.toml:8:10: variable.sox: must be one of pm2_5, pm10, tsp, so2, nox, co, voc, nh3, hf, bc, oc, "
            "isoprene, monoterpenes, calcium, magnesium; did you mean \"so2\"?");
  EXPECT_EQ(said(inner(), item(so2_key, "")),
            "scenario.toml:2:1: inventory[more].sector: must be given for an inventory of kind gridded");
  EXPECT_EQ(said(inner(), item("")), "scenario.toml:2:1: inventory of kind gridded: must name its variables, such as "
                                     "variable.so2 = \"SO2\"");
  write("e.nc", "no netCDF");
  EXPECT_EQ(message(item(so2_key)), "e.nc: cannot be opened as a netCDF file: NetCDF: Unknown file format");
}

namespace {
using SharedGridded = Gridded;
}

TEST_F(SharedGridded, SampleWithoutUnitsIsRefused) {
  const std::filesystem::path file = test::shared_directory() / "data/emis_coards_hawaii.nc";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no " << file;
  }
  std::filesystem::copy_file(file, folder_ / "e.nc");
  EXPECT_EQ(message(item("variable.nox = \"NOx\"\n")),
            "e.nc: variable NOx: no unit: must have an attribute units, one of \"kg m-2 s-1\", \"kg s-1\", \"g s-1\", "
            "\"kg h-1\", \"kg day-1\", \"kg yr-1\", \"t yr-1\"");
}

#else

TEST_F(Gridded, TakesTheComponentGeo) {
  write("e.nc", "CDF");
  EXPECT_EQ(message(item("variable.so2 = \"SO2\"\n")),
            "e.nc: is a netCDF file, but this program is built without GDAL and netCDF, which read it: install them "
            "(./setup does), configure and build again");
}

#endif
