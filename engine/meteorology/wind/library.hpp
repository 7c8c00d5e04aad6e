#pragma once
#include "grid/grid.hpp"
#include "meteorology/wind/basis.hpp"
#include "meteorology/wind/mass_consistent.hpp"

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace tq {

/// What the library depends on besides the grid.
struct WindLibraryOptions {
  double roughness_length = 0.6; // m, of the lowest part of the profile
  AdjustmentLimits limits = {};
  std::filesystem::path file = {}; // where it lies
  std::filesystem::path folder =
      {}; // without a file: here, under the name of its key; a cache, so it need not be writable
};

/// The adjusted winds over one grid that any hour of one station is a sum of (wind/basis.hpp), as horizontal air-mass
/// fluxes. Solved at the first use, or read from a file that a former run left. Of a file only what matches counts: its
/// schema `wind_library/2`, a key of all that the winds depend on, and checksums of the fields; else it is solved anew
/// and replaced. Virtual ranks share one library.
class WindLibrary {
 public:
  /// Nothing is solved or read yet. The grid must outlive this.
  WindLibrary(const Grid& grid, WindLibraryOptions options);

  /// Horizontal fluxes of unit `unit` [kg s-1 per m s-1, or per strength of a slope wind]: x has (nx + 1) x ny x nz
  /// faces, y has nx x (ny + 1) x nz.
  struct Unit {
    Field<float> x, y;
  };
  /// All units. The first caller solves or reads, others wait. Throws NumericalError, FileError if `file` cannot be
  /// written. With neither file nor folder it is kept in memory alone.
  const std::vector<Unit>& units() const;
  /// What the solves came to: the most iterations, the largest residual and divergence. 0 iterations: read from the
  /// file.
  const AdjustmentReport& report() const { return report_; }
  /// The same in one line, after units().
  std::string description() const;
  /// Hash of all that the winds depend on.
  const std::string& key() const { return key_; }
  /// Where it lies, or will; empty: nowhere.
  const std::filesystem::path& file() const { return file_; }

  /// The wind [m s-1, or that per strength] of a unit at a place in the grid's coordinates [m] and a height above
  /// ground [m]: between cells' centres linear in the logarithm of height, below the lowest by the logarithmic profile
  /// over the library's roughness.
  struct Wind {
    double u, v;
  };
  Wind at(int unit, double x, double y, double height) const;

 private:
  void solve() const;
  bool read() const;
  void write() const;

  const Grid& grid_;
  WindLibraryOptions options_;
  std::string key_;
  std::filesystem::path file_;
  mutable std::once_flag once_;
  mutable std::vector<Unit> units_;
  mutable AdjustmentReport report_;
  mutable bool read_ = false; // from the file
};

/// Where libraries lie unless a scenario says otherwise: `tianqing/wind` in the user's cache folder (XDG_CACHE_HOME or
/// ~/.cache); empty if there is neither.
std::filesystem::path wind_cache_folder();

} // namespace tq
