#pragma once
/// How well modelled values P agree with observed ones O, pair by pair.
///
///   FB = 2 (Obar - Pbar) / (Obar + Pbar)          positive: under-prediction
///   NMSE = mean (O - P)^2 / (Obar Pbar)            MB = Pbar - Obar           RMSE = sqrt(mean (P - O)^2)
///   MG = exp(mean ln O - mean ln P)                VG = exp(mean (ln O - ln P)^2)
///   FAC2: share of pairs with 0.5 <= P/O <= 2      R: Pearson's correlation
///   IOA = 1 - sum (P - O)^2 / sum (|P - Obar| + |O - Obar|)^2                 (Willmott 1981)
///   MQI = RMSE / (2 RMS(U)),  U(O) = U_r sqrt((1 - alpha^2) O^2 + alpha^2 RV^2)  (FAIRMODE; at most 1 is good)
///
/// Chang and Hanna 2004, Meteorol. Atmos. Phys. 87, 167-196, for the first seven. Logarithms take values below a threshold as
/// that threshold. The uncertainty of U: figures of FAIRMODE as public code has them.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tq {

enum Score { fb, nmse, mg, vg, fac2, correlation, ioa, rmse, mean_bias, mqi, score_count };
inline constexpr std::array score_names = {"FB", "NMSE", "MG", "VG", "FAC2", "R", "IOA", "RMSE", "MB", "MQI"};

/// Of each score its value, NaN where it is not defined (no pairs, nothing varies, means of 0, no uncertainty known).
using Scores = std::array<double, score_count>;

/// What FAIRMODE says of how uncertain a pollutant's measurements are; RV in kg m-3.
struct MeasurementUncertainty {
  double relative = 0; // U_r, at RV
  double alpha = 0;
  double reference = 0; // RV
};

/// Of "no2", "o3", "pm10", "pm2_5"; nothing for others.
std::optional<MeasurementUncertainty> measurement_uncertainty(const std::string& pollutant);

/// Concentrations [kg m-3]; pairs of which one is NaN do not count. `threshold` [kg m-3]: for MG and VG.
Scores scores(std::span<const double> observed, std::span<const double> modelled, double threshold,
              const std::optional<MeasurementUncertainty>& uncertainty = {});

struct ScoreRange {
  Scores low{}, high{};
};

/// 95 % intervals of the scores by the bootstrap's percentiles (Efron and Tibshirani 1993): whole blocks of neighbouring pairs
/// are drawn with replacement, because hours of one day are alike. `block`: number of each pair's block, rising. The same
/// seed gives the same intervals.
ScoreRange score_range(std::span<const double> observed, std::span<const double> modelled, std::span<const int> block,
                       double threshold, const std::optional<MeasurementUncertainty>& uncertainty, std::uint64_t seed,
                       int draws = 1000);

} // namespace tq
