#pragma once
/// Inside of predict: one result's days, before and after its tags are scaled.

#include "diagnostics/day_gathering.hpp"
#include "planning/predict.hpp"

namespace tq {

/// Means over hours of what each tag brings to each place, as reported; by [(part * tags + tag) * places + place].
struct TagMeans {
  std::vector<double> run, asked;
};

/// A result, hour by hour, as it is and as it would be. Places: the city, then management cells.
class PredictedDays {
 public:
  /// `daily`: means of tags are kept for every day.
  PredictedDays(const TaggedAir& air, const EmissionChange& change, const Standards& standards, bool daily);

  std::size_t places() const { return places_; }
  std::size_t tags() const { return air_.tags().size(); }
  const TaggedAir& air() const { return air_; }
  const EmissionChange& change() const { return change_; }
  const std::vector<PollutantPart>& parts() const { return parts_; }
  const TagFactors& factors() const { return factors_; }
  const std::vector<double>& city_weight() const { return city_weight_; }
  /// Of the standard's pollutant `p`, itself and those that it holds; none if it has no tags.
  std::vector<std::size_t> parts_of(std::size_t p) const;

  // Over all hours
  const std::vector<ByPollutant<double>>& run_mean() const { return run_mean_; } // by place
  const std::vector<ByPollutant<double>>& asked_mean() const { return asked_mean_; }
  const TagMeans& tag_means() const { return means_; }

  const std::vector<Prediction::Day>& days() const { return days_; }
  /// By day, only if `daily`.
  const std::vector<TagMeans>& daily_tags() const { return daily_; }

 private:
  /// Adds what a part changes in an hour, and what its tags bring.
  void scale(std::size_t hour, std::size_t part, std::vector<std::vector<double>>& delta);
  void finish_day(std::size_t hours);

  const TaggedAir& air_;
  const EmissionChange& change_;
  const Standards& standards_;
  std::vector<PollutantPart> parts_;
  TagFactors factors_;
  std::size_t places_;
  std::vector<double> city_weight_;
  std::vector<ByPollutant<double>> run_mean_, asked_mean_;
  TagMeans means_;
  std::vector<Prediction::Day> days_;
  std::vector<TagMeans> daily_;
};

} // namespace tq
