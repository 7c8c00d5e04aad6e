#include "emission/fleets.hpp"

#include "physics/fleet.hpp"

#include <algorithm>
#include <numeric>

namespace tq {

namespace {

constexpr int oldest = 40; // yr: no law of life leaves anything to speak of beyond

/// Vehicles of one class registered in one year to one standard with one fuel.
struct Cohort {
  int year = 0;
  std::size_t fuel = 0; // fuel_count: electric
  std::size_t standard = 0;
  double vehicles = 0;
};

double survival(const VehicleClass& vehicle, int age) {
  return age >= vehicle.longest ? 0.0 : physics::weibull_survival(age, vehicle.life_scale, vehicle.life_shape);
}

/// Share of a year in which registrations meet a standard.
double share_of_year(const VehicleClass& vehicle, std::size_t standard, int year) {
  const double from = standard == 0 ? year : std::max<double>(year, vehicle.begins[standard - 1]);
  const double to = standard == standard_count - 1 ? year + 1 : std::min<double>(year + 1, vehicle.begins[standard]);
  return std::max(0.0, to - from);
}

/// Spreads what a fleet has of a standard over the years in which it was registered. Where none of these years can be
/// (the standard is met early, or all would be scrapped), it counts as registered in the last one, or in the fleet's
/// own.
void spread(const VehicleClass& vehicle, int now, std::size_t fuel, std::size_t standard, double vehicles,
            std::vector<Cohort>& cohorts) {
  std::vector<double> weight(oldest + 1, 0.0);
  int last = now;
  for (int age = oldest; age >= 0; --age) {
    const double share = share_of_year(vehicle, standard, now - age);
    weight[std::size_t(age)] = share * survival(vehicle, age);
    last = share > 0 ? now - age : last;
  }
  const double sum = std::accumulate(weight.begin(), weight.end(), 0.0);
  if (sum <= 0) {
    cohorts.push_back({last, fuel, standard, vehicles});
    return;
  }
  for (int age = oldest; age >= 0; --age) {
    if (weight[std::size_t(age)] > 0) {
      cohorts.push_back({now - age, fuel, standard, vehicles * weight[std::size_t(age)] / sum});
    }
  }
}

/// The cohorts of a class in the fleet's own year.
std::vector<Cohort> cohorts_of(const FleetClass& fleet, const VehicleClass& vehicle, int year) {
  std::vector<Cohort> cohorts;
  for (std::size_t f = 0; f < fuel_count; ++f) {
    for (std::size_t s = 0; s < standard_count; ++s) {
      if (fleet.burning[f][s] > 0) {
        spread(vehicle, year, f, s, fleet.burning[f][s], cohorts);
      }
    }
  }
  if (fleet.electric > 0) {
    cohorts.push_back({year, fuel_count, 0, fleet.electric}); // they are new
  }
  std::stable_sort(cohorts.begin(), cohorts.end(), [](const Cohort& a, const Cohort& b) { return a.year < b.year; });
  return cohorts;
}

double sum_of(const std::vector<Cohort>& cohorts) {
  return std::accumulate(cohorts.begin(), cohorts.end(), 0.0,
                         [](double sum, const Cohort& cohort) { return sum + cohort.vehicles; });
}

/// One more year of life, oldest cohorts first.
void scrap(std::vector<Cohort>& cohorts, const VehicleClass& vehicle, int year) {
  for (Cohort& cohort : cohorts) {
    const double before = survival(vehicle, year - 1 - cohort.year);
    cohort.vehicles *= before > 0 ? survival(vehicle, year - cohort.year) / before : 0.0;
  }
}

void scrap_oldest(std::vector<Cohort>& cohorts, double surplus) {
  for (Cohort& cohort : cohorts) {
    const double gone = std::min(cohort.vehicles, surplus);
    cohort.vehicles -= gone;
    surplus -= gone;
  }
}

void register_new(std::vector<Cohort>& cohorts, const FleetClass& base, const VehicleClass& vehicle, int year,
                  double count, double electric) {
  cohorts.push_back({year, fuel_count, 0, count * electric});
  const double burning = base.of(Fuel::gasoline) + base.of(Fuel::diesel);
  for (std::size_t f = 0; f < fuel_count && burning > 0; ++f) {
    for (std::size_t s = 0; s < standard_count; ++s) {
      const double share = base.of(Fuel(f)) / burning * share_of_year(vehicle, s, year);
      if (share > 0) {
        cohorts.push_back({year, f, s, count * (1 - electric) * share});
      }
    }
  }
}

FleetClass aged_class(const FleetClass& base, const VehicleClass& vehicle, int from, int to, double growth,
                      std::optional<double> electric) {
  std::vector<Cohort> cohorts = cohorts_of(base, vehicle, from);
  const bool all_electric = base.of(Fuel::gasoline) + base.of(Fuel::diesel) == 0;
  const double share = all_electric ? 1 : electric.value_or(base.electric / base.total());
  double stock = base.total();
  for (int year = from + 1; year <= to; ++year) {
    stock *= 1 + growth;
    scrap(cohorts, vehicle, year);
    const double survivors = sum_of(cohorts);
    scrap_oldest(cohorts, survivors - std::min(stock, survivors));
    register_new(cohorts, base, vehicle, year, physics::registrations(stock, survivors), share);
  }
  FleetClass result;
  for (const Cohort& cohort : cohorts) {
    (cohort.fuel == fuel_count ? result.electric : result.burning[cohort.fuel][cohort.standard]) += cohort.vehicles;
  }
  return result;
}

/// The better ones drive instead of those below `minimum`.
void keep_out(FleetClass& vehicle, std::size_t minimum) {
  const double before = vehicle.total();
  for (ByStandard& standards : vehicle.burning) {
    std::fill(standards.begin(), standards.begin() + std::ptrdiff_t(minimum), 0.0);
  }
  const double left = vehicle.total();
  if (left > 0 && left < before) {
    for (ByStandard& standards : vehicle.burning) {
      std::for_each(standards.begin(), standards.end(), [&](double& number) { number *= before / left; });
    }
    vehicle.electric *= before / left;
  }
}

} // namespace

Fleet aged(const Fleet& fleet, const VehicleTable& vehicles, const FleetChange& change) {
  Fleet result = fleet;
  result.year = change.year;
  for (std::size_t c = 0; c < fleet.classes.size(); ++c) {
    if (change.year > fleet.year) {
      result.classes[c] = aged_class(fleet.classes[c], vehicles.classes()[c], fleet.year, change.year,
                                     change.growth.empty() ? 0.0 : change.growth[c],
                                     change.electric.empty() ? std::nullopt : change.electric[c]);
    }
    keep_out(result.classes[c], change.minimum_standard.empty() ? 0 : change.minimum_standard[c]);
  }
  return result;
}

} // namespace tq
