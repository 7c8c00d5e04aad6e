#pragma once
#include "base/time.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tq::test {

/// A small wrfout file of known fields: what WRF would write had its weather been these functions of place and height.
struct WrfSample {
  int nx = 8, ny = 7, nz = 6, nt = 3;
  Instant start = 0, distance = seconds_per_hour;
  double dx = 3000;                                                            // m
  double true_latitude_1 = 25, true_latitude_2 = 40, standard_longitude = 110; // Lambert
  int map_kind = 1;                                                            // MAP_PROJ
  double longitude = 117.1, latitude = 29.2;                                   // degrees, of the south-west cell
  std::function<double(double t)> shift = [](double) { return 0.0; }; // cells eastward by which a nest has moved
  bool netcdf4 = false;
  double bucket = -1;                            // BUCKET_MM
  std::vector<std::string> without = {};         // variables left out
  std::map<std::string, double> attributes = {}; // that differ

  /// What a cell has; x and y in cells from the south-west one, z in metres above its ground, t in outputs.
  using Function = std::function<double(double x, double y, double z, double t)>;
  Function u = [](double, double, double, double) { return 5.0; }; // on the file's axes
  Function v = [](double, double, double, double) { return 0.0; };
  Function temperature = [](double, double, double, double) { return 290.0; };
  Function humidity = [](double, double, double, double) { return 0.008; };
  Function cloud_water = [](double, double, double, double) { return 0.0; };
  Function cloud_fraction = [](double, double, double, double) { return 0.25; };
  Function terrain = [](double, double, double, double) { return 100.0; };
  Function rain = [](double, double, double, double) { return 0.0; }; // RAINNC
  Function convective_rain = [](double, double, double, double) { return 0.0; };
  Function buckets = [](double, double, double, double) { return 0.0; }; // I_RAINNC

  double layer_depth(int k) const { return 20.0 + 60.0 * k; } // m
  double layer_height(int k) const;                           // m above ground, centre
  void write(const std::filesystem::path& path) const;
};

} // namespace tq::test
