#pragma once
#include "meteorology/gridded_weather.hpp"
#include "meteorology/wrf_grid.hpp"

#include <string>
#include <vector>

namespace tq {

/// Variables of wrfout that must be there: Times, XLAT, XLONG, HGT; U, V, T, P, PB, PH, PHB, QVAPOR; T2, Q2, PSFC;
/// RAINC, RAINNC; and QCLOUD or CLDFRA. All that are missing come in one InputError; so does a shape that does not fit
/// the file's dimensions.
void check_wrf_variables(const files::NetcdfFile& file);

/// One record of a wrfout file on the engine's grid. `rain` is what fell since the model's start [kg m-2]; surface
/// fields that belong to an hour are those of the moment.
///
/// - Wind is brought to cells' centres (mean of both faces) and turned onto the engine's axes.
/// - theta = T + 300 K; p = P + PB; temperature = theta (p / 1e5 Pa)^(2/7).
/// - Heights above ground z = (PH + PHB)/g - HGT, of a layer the mean of its two bounds. A column of the engine takes
/// what the four
///   columns around it have, level by level, bilinear, and then goes linear between their levels to its own cells'
///   heights above ground. So it follows its own terrain.
/// - Below the lowest level: wind at 10 m (U10, V10, where the file has them) and temperature and humidity at 2 m are
/// levels of
///   their own; still lower, wind falls by the logarithmic profile, all else stays.
/// - ln p is linear with height from the surface pressure up, and corrected hydrostatically for the height of the
/// engine's
///   terrain over that of the file.
/// - Cloud cover: the largest CLDFRA of the column (maximum overlap); without it 1 where QCLOUD makes at least
/// `cloud_path` of
///   water.
/// - Rain: RAINC + RAINNC + RAINSH, with the buckets that I_RAINC and I_RAINNC count (BUCKET_MM).
GriddedWeather read_wrf_fields(const files::NetcdfFile& file, std::size_t record, const Grid& grid,
                               const ColumnPlaces& places, double roughness_length);

/// Water [kg m-2] from which a column counts as covered: with droplets of 10 um an optical depth of 1.5 h W/(rho r)
/// = 1.5.
inline constexpr double cloud_path = 0.01;

} // namespace tq
