#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tq::test {

/// A gridded netCDF file that a test makes; needs the component GEO.
struct GriddedSample {
  std::string x_name = "lon", y_name = "lat", x_unit = "degrees_east", y_unit = "degrees_north";
  std::vector<double> x, y;
  std::vector<double> y_bounds = {}; // pairs; none if empty
  struct Variable {
    std::string unit;           // "": none
    std::vector<double> values; // [y][x]
    std::map<std::string, double> attributes = {};
    std::size_t times = 0; // length of a leading dimension; 0: none
  };
  std::map<std::string, Variable> variables;

  /// Throws std::runtime_error where it cannot be written.
  void write(const std::filesystem::path& file) const;
};

} // namespace tq::test
