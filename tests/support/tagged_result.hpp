#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace tq::test {

/// How a small city of made-up tags differs from its usual self.
struct TaggedCity {
  std::string name = "tagged";
  std::string kind = "cell"; // of its first four tags; "": no tags
  std::vector<std::string> tags = {"A", "B", "C", "P"};
  double factor = 1; // on all PM10
  double wind = 2;   // m s-1
  int hours = 48;
  bool units = true;     // cells have units
  bool measures = false; // and one of them, "sweep"
  bool complete = true;
};

/// PM10 [ug m-3] of tags A, B, C, P, other, outside, initial (rows) in cells A, B, C (columns) on the first day; on the
/// second it is half. In P it is what it is in A; other pollutants are 10 ug m-3 everywhere.
///
///   A and B lie in P; A, B and P belong to unit U1, C to U2; A to district D1, B and C to D2, P to none.
///   A and B have 0.25 km2, C 0.5 km2, P 0.5 km2. C is of class I, the others of class II: limits of a day 50 and 150.
///   Emission of pollutant n of "so2", "nox", "pm10", "pm2_5" in cell c of A, B, C, P: 100 + 4 n + c kg; 1000 in the
///   domain; avoided 4 n + c of 50.
inline constexpr double tagged_pm10[7][3] = {{60, 30, 0},  {0, 90, 30},        {0, 0, 10}, {20, 20, 20},
                                             {10, 10, 10}, {50.4, 50.4, 70.8}, {0, 0, 0}};

/// Writes it to FOLDER/NAME.nc, two days from 2019-12-04 on.
std::filesystem::path write_tagged_city(const std::filesystem::path& folder, const TaggedCity& city = {});

} // namespace tq::test
