#pragma once
#include "base/time.hpp"
#include "grid/field.hpp"
#include "grid/grid.hpp"

#include <functional>
#include <memory>
#include <string>

namespace tq {

/// The weather of one hour on the whole (global) grid, without halo: what a weather model's output comes to there.
/// Every field is double; cells are (i, j, k) at their centres, surface fields (i, j). A field that the source does not
/// have is empty (nx() == 0): those marked so.
///
/// Wind, mixing height, temperature, humidity, pressure and cloud are those at `time`, as a station's are; rain,
/// radiation, friction velocity and heat flux belong to the hour [time, time + 1 h).
struct GriddedWeather {
  Instant time = 0;

  // Cells
  Field<double> u;           // m s-1, along the grid's own x axis, positive to its east
  Field<double> v;           // m s-1, along the grid's own y axis, positive to its north
  Field<double> temperature; // K
  Field<double> humidity;    // kg of vapour per kg of dry air
  Field<double> pressure;    // Pa
  Field<double> cloud_water; // kg of liquid per kg of dry air; may be empty

  // Surface
  Field<double> surface_temperature; // K, at 2 m
  Field<double> surface_humidity;    // kg kg-1 of dry air, at 2 m
  Field<double> surface_pressure;    // Pa
  Field<double> surface_u;           // m s-1 at 10 m, along the grid's x axis
  Field<double> surface_v;           // m s-1 at 10 m, along the grid's y axis
  Field<double> rain;                // kg m-2 in the hour
  Field<double> cloud_cover;         // 0..1
  Field<double> mixing_height;       // m above ground; may be empty
  Field<double> friction_velocity;   // m s-1; may be empty
  Field<double> heat_flux;           // W m-2, sensible, upwards; may be empty
  Field<double> global_radiation;    // W m-2, on a level surface; may be empty

  /// All fields that every source fills, zero; the others empty.
  explicit GriddedWeather(const Grid& grid);
  GriddedWeather() = default;
};

/// Mean of value(x) over all x of a surface field.
template <class Value = std::identity> double mean_of(const Field<double>& field, Value value = {}) {
  double sum = 0;
  for (int j = 0; j < field.ny(); ++j) {
    for (int i = 0; i < field.nx(); ++i) {
      sum += value(field.view2()(i, j));
    }
  }
  return sum / (double(field.nx()) * field.ny());
}

/// Where gridded weather comes from. What it delivers depends on the hour alone: not on hours asked for before, ranks
/// or threads. Any thread may ask at any time; ranks of one process that ask for the same hour share one copy.
class GriddedWeatherSource {
 public:
  virtual ~GriddedWeatherSource() = default;
  /// The hour that begins at `hour` (a whole hour of UTC, inside the run).
  virtual std::shared_ptr<const GriddedWeather> at(Instant hour) const = 0;
  /// One line for the log and the result file.
  virtual std::string description() const = 0;
};

} // namespace tq
