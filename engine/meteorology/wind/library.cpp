#include "meteorology/wind/library.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/version.hpp"
#include "meteorology/wind/first_guess.hpp"
#include "meteorology/wind/slope_flow.hpp"
#include "meteorology/wind/yielding.hpp"
#include "physics/slope_wind.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <span>
#include <string_view>

namespace tq {
namespace {

/// Another number for another method: files of the former are solved anew.
constexpr int method = 3;

/// FNV-1a: Fowler, Noll and Vo, 64 bits.
template <class T> void add_to_hash(std::uint64_t& hash, std::span<const T> values) {
  for (const std::byte byte : std::as_bytes(values)) {
    hash = (hash ^ std::uint64_t(byte)) * 0x100000001b3;
  }
}

std::string key_of(const Grid& grid, const WindLibraryOptions& options) {
  const GridSpecification& s = grid.specification();
  std::uint64_t hash = 0xcbf29ce484222325;
  const std::array<int, 4> counts = {method, s.nx, s.ny, grid.nz()};
  const std::array<double, 16> numbers = {physics::katabatic_drag,
                                         physics::anabatic_drag,
                                         physics::katabatic_depth_share,
                                         physics::anabatic_depth,
                                         physics::longest_fall,
                                         wind::slope_scale,
                                         wind::longest_slope,
                                         wind::inner_layer_share,
                                         wind::most_yielding,
                                         s.dx,
                                         s.dy,
                                         s.surface_pressure,
                                         s.surface_temperature,
                                         s.lapse_rate,
                                         options.roughness_length,
                                         options.limits.tolerance};
  add_to_hash<int>(hash, counts);
  add_to_hash<double>(hash, numbers);
  add_to_hash<double>(hash, s.zeta_faces);
  add_to_hash<double>(hash, s.terrain);
  add_to_hash<double>(hash, wind::heights);
  for (const wind::StabilityClass& c : wind::classes) {
    add_to_hash<double>(hash, std::array{c.inverse_obukhov_length, c.alpha_ratio});
  }
  for (const std::string_view text : {version::compiler, version::flags}) { // other builds give other bits
    add_to_hash<char>(hash, text);
  }
  return fmt::format("{:016x}", hash);
}

Field<float> as_float(const Field<double>& field) {
  Field<float> result(field.nx(), field.ny(), field.nz(), 1, 0);
  const auto from = field.view3();
  const auto to = result.view3();
#pragma omp parallel for schedule(static)
  for (int k = 0; k < field.nz(); ++k) {
    for (int j = 0; j < field.ny(); ++j) {
      std::copy(from.line(j, k), from.line(j, k) + field.nx(), to.line(j, k));
    }
  }
  return result;
}

} // namespace

WindLibrary::WindLibrary(const Grid& grid, WindLibraryOptions options)
    : grid_(grid), options_(std::move(options)), key_(key_of(grid, options_)), file_(options_.file) {
  if (file_.empty() && !options_.folder.empty()) {
    file_ = options_.folder / (key_ + ".h5");
  }
}

const std::vector<WindLibrary::Unit>& WindLibrary::units() const {
  std::call_once(once_, [this] {
    read_ = !file_.empty() && read();
    if (read_) {
      return;
    }
    solve();
    try {
      write();
    } catch (const FileError& error) {
      if (!options_.file.empty()) {
        throw;
      }
      log::warn("the library of winds is not kept: {}", error.what());
    }
  });
  return units_;
}

std::string WindLibrary::description() const {
  return read_ ? fmt::format("{} unit winds from {}, residual {:.1e}, largest divergence {:.1e} s-1", units_.size(),
                             file_.string(), report_.residual, report_.divergence)
               : fmt::format("{} unit winds solved, {}", units_.size(), report_.worst());
}

void WindLibrary::solve() const {
  MassConsistentSolver solver(grid_);
  const int nx = grid_.nx(), ny = grid_.ny(), nz = grid_.nz();
  Field<double> speed(nx, ny, nz, 1, 0), none(nx, ny, nz, 1, 0);
  std::vector<Field<double>> potentials; // of the class before: similar, so that searches start from there
  for (int n = 0; n < 2 * int(wind::heights.size()); ++n) {
    potentials.push_back(solver.no_potential());
  }
  units_.clear();
  report_ = {};
  const auto add = [&](FaceFlow flow, const AdjustmentWeights& weights, Field<double>& potential) {
    const AdjustmentReport one = solver.adjust(flow, weights, potential, options_.limits);
    units_.push_back({as_float(flow.x), as_float(flow.y)});
    report_.add(one);
  };
  const double inner = wind::inner_layer_depth(grid_);
  for (const wind::StabilityClass& c : wind::classes) {
    const physics::WindProfile profile{.roughness_length = options_.roughness_length,
                                       .inverse_obukhov_length = c.inverse_obukhov_length,
                                       .top = wind::heights.back()};
    std::vector<double> profile_speed;
    for (int k = 0; k < nz; ++k) {
      profile_speed.push_back(profile(grid_.zeta_center(k)));
    }
    const AdjustmentWeights weights(c.alpha_ratio, wind::yielding(grid_, inner, profile_speed));
    for (int level = 0; level < int(wind::heights.size()); ++level) {
#pragma omp parallel for schedule(static)
      for (int k = 0; k < nz; ++k) {
        for (int j = 0; j < ny; ++j) {
          for (int i = 0; i < nx; ++i) {
            speed.view3()(i, j, k) = wind::shape(level, grid_.height_above_ground(i, j, k), options_.roughness_length);
          }
        }
      }
      for (const bool northward : {false, true}) {
        add(northward ? horizontal_flow(solver.metric(), none.view3(), speed.view3())
                      : horizontal_flow(solver.metric(), speed.view3(), none.view3()),
            weights, potentials[std::size_t(2 * level + northward)]);
      }
    }
  }
  const wind::SlopeTerrain terrain(grid_);
  std::array slope_potentials = {solver.no_potential(), solver.no_potential()};
  for (const wind::StabilityClass& c : wind::classes) {
    if (c.inverse_obukhov_length != 0) {
      const bool upslope = c.inverse_obukhov_length < 0;
      add(wind::slope_flow(grid_, solver.metric(), terrain, upslope), c.alpha_ratio, slope_potentials[upslope]);
    }
  }
}

WindLibrary::Wind WindLibrary::at(int unit, double x, double y, double height) const {
  const Unit& flow = units()[std::size_t(unit)];
  const double column = std::clamp((x - grid_.x_center(0)) / grid_.dx(), 0.0, grid_.nx() - 1.0);
  const double row = std::clamp((y - grid_.y_center(0)) / grid_.dy(), 0.0, grid_.ny() - 1.0);
  const int i0 = std::min(int(column), std::max(grid_.nx() - 2, 0));
  const int j0 = std::min(int(row), std::max(grid_.ny() - 2, 0));
  const physics::WindProfile profile{options_.roughness_length}; // neutral
  Wind wind{0, 0};
  for (const int j : {j0, j0 + 1}) {
    for (const int i : {i0, i0 + 1}) {
      const double weight = (1 - std::fabs(column - i)) * (1 - std::fabs(row - j));
      if (weight == 0) {
        continue;
      }
      int k = 0;
      while (k + 2 < grid_.nz() && grid_.height_above_ground(i, j, k + 1) < height) {
        ++k;
      }
      const double lowest = grid_.height_above_ground(i, j, k);
      const double low = std::log(lowest), high = std::log(grid_.height_above_ground(i, j, k + 1));
      const double part = std::max((std::log(height) - low) / (high - low), 0.0);
      const double below = height < lowest ? profile(height) / profile(lowest) : 1.0; // of all centres
      for (const auto& [level, share] : {std::pair{k, 1 - part}, {k + 1, part}}) {
        const double mass = weight * below * share * 0.5 / grid_.air_mass(i, j, level);
        wind.u += mass * grid_.dx() * (double(flow.x.view3()(i, j, level)) + double(flow.x.view3()(i + 1, j, level)));
        wind.v += mass * grid_.dy() * (double(flow.y.view3()(i, j, level)) + double(flow.y.view3()(i, j + 1, level)));
      }
    }
  }
  return wind;
}

std::filesystem::path wind_cache_folder() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache != '\0') {
    return std::filesystem::path(cache) / "tianqing" / "wind";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    return std::filesystem::path(home) / ".cache" / "tianqing" / "wind";
  }
  return {};
}

} // namespace tq
