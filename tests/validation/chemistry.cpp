// Case `chemistry`: the gas solver beside a reference by others, exact solutions and photostationary states.
#include "base/constants.hpp"
#include "cases.hpp"
#include "chemistry/gas_solver.hpp"
#include "city_air.hpp"
#include "files/csv.hpp"
#include "pack.hpp"
#include "paths.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace tq::validation {
namespace {

using gas::Mechanism;

constexpr double allowed_error = 1e-4;
// molecules cm-3. At night NO decays in the reference by exp(-k O3 t) but for 8e-7 molecules cm-3, its absolute tolerance: what is
// below a hundredth is not known to 1e-4.
constexpr double amount_that_counts = 1e-2;

/// The sun of small_strato at `seconds` after midnight: it rises at 4.5 h and sets at 19.5 h.
double strato_sun(double seconds) {
  const double hour = std::fmod(seconds / 3600, 24.0);
  if (hour < 4.5 || hour > 19.5) {
    return 0;
  }
  const double x = (2 * hour - 24.0) / 15.0;
  return 0.5 * (1 + std::cos(constants::pi * x * std::abs(x)));
}

/// One cell that reacts.
struct Box {
  Box(Mechanism of, gas::Tolerances tolerances)
      : mechanism(std::move(of)), solver(mechanism, tolerances), workspace(solver),
        amounts(mechanism.species().size(), 0.0), rates(mechanism.reactions().size(), 0.0) {}

  void react(double seconds) {
    const auto troubles = solver.advance(seconds,
                                         {.cells = 1, .amount = amounts.data(), .species_stride = 1, .rate = rates.data(),
                                          .first_step = &first_step},
                                         workspace);
    if (!troubles.empty()) {
      throw NumericalError(gas::describe(troubles.front(), mechanism));
    }
  }
  double& operator[](const char* name) { return amounts[std::size_t(mechanism.find(name))]; }

  Mechanism mechanism;
  gas::GasSolver solver;
  gas::GasSolver::Workspace workspace;
  std::vector<double> amounts, rates;
  double first_step = 0;
};

Box box_of(const std::string& text, gas::Tolerances tolerances) { return Box(Mechanism::parse("box.eqn", text), tolerances); }

/// An hour of small_strato from `start` [s]. Rates are frozen at the middle of each call, which changes what NO at dusk is by
/// (k O3 seconds)^2 / 24: so calls are short. They are ever shorter towards the end, where O and O(1D) have to follow the sun.
void strato_hour(Box& box, double start) {
  const auto call = [&](double from, double seconds) {
    gas::RateConditions conditions;
    conditions.sun = strato_sun(from + seconds / 2);
    box.mechanism.rates(conditions, box.rates);
    box.react(seconds);
  };
  double left = 3600;
  for (; left > 5; left -= 5) {
    call(start + 3600 - left, 5);
  }
  for (; left > 1e-3; left /= 2) {
    call(start + 3600 - left, left / 2);
  }
  call(start + 3600 - left, left);
}

void score_small_strato(const std::filesystem::path& folder, Report& report) {
  const files::CsvTable table = files::CsvTable::read(folder / "small_strato_reference.csv");
  const std::vector<const char*> names = {"O1D", "O", "O3", "O2", "NO", "NO2"};
  ProblemList problems;
  const auto hour = table.require("t_h_since_start", problems);
  std::vector<std::optional<std::size_t>> columns;
  for (const char* name : names) {
    columns.push_back(table.require(name, problems));
  }
  problems.throw_if_any();
  Box box(Mechanism::read(test::source_directory() / "tests/validation/small_strato.eqn"), {1e-6, 1e-10});
  Table errors{"small_strato, relative tolerance 1e-6: largest relative error", {"species", "error", "hour", "hours counted"}, {}};
  std::vector<double> largest(names.size(), 0.0), at(names.size(), 0.0), counted(names.size(), 0.0);
  double time = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double h = table.number(row, *hour, problems).value_or(0);
    for (; row > 0 && time < h - 0.5; time += 1) {
      strato_hour(box, 3600 * (12 + time));
    }
    for (std::size_t n = 0; n < names.size(); ++n) {
      const double reference = table.number(row, *columns[n], problems).value_or(0);
      if (row == 0) {
        box[names[n]] = reference;
      } else if (reference >= amount_that_counts) {
        const double error = std::abs(box[names[n]] / reference - 1);
        at[n] = error > largest[n] ? h : at[n];
        largest[n] = std::max(largest[n], error);
        counted[n] += 1;
      }
    }
  }
  problems.throw_if_any();
  for (std::size_t n = 0; n < names.size(); ++n) {
    errors.rows.push_back({std::string(names[n]), largest[n], at[n], counted[n]});
  }
  report.tables.push_back(std::move(errors));
  report.demand_at_least("small_strato: hours", time, 72);
  report.demand_at_most("small_strato: relative error, largest of all species and hours",
                        *std::max_element(largest.begin(), largest.end()), allowed_error);
}

/// The number after `key` in a text such as "T=298.15 QSW=400".
double number_after(const std::string& text, const std::string& key, const SourceLocation& where) {
  const std::size_t at = text.find(key);
  double value = 0;
  const char* const end = text.data() + text.size();
  if (at == std::string::npos || std::from_chars(text.data() + at + key.size(), end, value).ec != std::errc()) {
    throw InputError(where, fmt::format("conditions = \"{}\": must give a number after `{}`", text, key));
  }
  return value;
}

/// Photostationary states and the terminator's chlorine among the reference values.
void score_reference_values(const std::filesystem::path& folder, Report& report) {
  const files::CsvTable table = files::CsvTable::read(folder / "chem_reference_values.csv");
  ProblemList problems;
  const auto quantity = table.require("quantity", problems), conditions = table.require("conditions", problems),
             value = table.require("value", problems);
  problems.throw_if_any();
  Table states{"photostationary states [ppb]", {"conditions", "NO2", "reference", "O3", "reference"}, {}};
  Table chlorine{"terminator: Cl after 1800 s", {"conditions", "Cl", "reference"}, {}};
  double state_error = 0, chlorine_error = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string name(table.text(row, *quantity)), given(table.text(row, *conditions));
    const SourceLocation where = table.where(row, *conditions);
    const double expected = table.number(row, *value, problems).value_or(0);
    if (name == "NO-NO2-O3 photostationary eq" && row + 1 < table.rows()) {
      const double t = number_after(given, "T=", where), sun = number_after(given, "QSW=", where);
      const std::size_t first = given.find("O3="), second = given.find('/', first + 3), third = given.find('/', second + 1);
      Box box = box_of("#DEFVAR NO = IGNORE; NO2 = IGNORE; O3 = IGNORE;\n"
                       "#EQUATIONS NO + O3 = NO2 : 4.405E-2 * EXP(-1370 / TEMP);\nNO2 + hv = NO + O3 : SUN;\n",
                       {1e-6, 1e-8});
      gas::RateConditions air;
      air.temperature = t;
      air.sun = 8e-4 * std::exp(-10 / sun) + 7.4e-6 * sun;
      box.mechanism.rates(air, box.rates);
      box["NO"] = number_after(given, "O3=", where);
      box["NO2"] = number_after(given.substr(second), "/", where);
      box["O3"] = number_after(given.substr(third), "/", where);
      box.react(1e6);
      const double ozone = table.number(row + 1, *value, problems).value_or(0);
      states.rows.push_back({given, box["NO2"], expected, box["O3"], ozone});
      state_error = std::max({state_error, std::abs(box["NO2"] / expected - 1), std::abs(box["O3"] / ozone - 1)});
    } else if (name == "terminator Cl after 1800 s") {
      Box box = box_of(fmt::format("#ATOMS Cl;\n#DEFVAR Cl = Cl; Cl2 = 2Cl;\n#EQUATIONS Cl2 = 2 Cl : {};\n2 Cl = Cl2 : {};\n",
                                   number_after(given, "k1=", where), number_after(given, "k2=", where)),
                       {1e-6, 1e-15});
      box.mechanism.rates({}, box.rates);
      box["Cl"] = number_after(given, "Cl0=", where);
      box["Cl2"] = number_after(given, "Cl2_0=", where);
      box.react(1800);
      chlorine.rows.push_back({given, box["Cl"], expected});
      chlorine_error = std::max(chlorine_error, std::abs(box["Cl"] / expected - 1));
    }
  }
  problems.throw_if_any();
  report.demand_at_least("photostationary states: how many", double(states.rows.size()), 12);
  report.demand_at_most("photostationary states: relative error", state_error, 1e-3);
  report.demand_at_most("terminator: relative error", chlorine_error, 1e-5);
  report.tables.push_back(std::move(states));
  report.tables.push_back(std::move(chlorine));
}

/// Reactions with exact solutions.
void score_chains(Report& report) {
  Table table{"exact solutions, relative tolerance 1e-7", {"reactions", "seconds", "species", "solved", "exact"}, {}};
  double largest = 0;
  const auto compare = [&](const char* what, double seconds, Box& box, const char* species, double exact) {
    table.rows.push_back({std::string(what), seconds, std::string(species), box[species], exact});
    largest = std::max(largest, std::abs(box[species] / exact - 1));
  };
  const std::string head = "#DEFVAR A = IGNORE; B = IGNORE; C = IGNORE;\n#EQUATIONS ";
  for (const double t : {1.0, 30.0, 600.0}) {
    const double k1 = 0.01, k2 = 0.003; // Bateman's chain
    Box box = box_of(head + "A = B : 0.01; B = C : 0.003;", {1e-7, 1e-3});
    box.mechanism.rates({}, box.rates);
    box["A"] = 1e10;
    box.react(t);
    compare("A = B = C", t, box, "A", 1e10 * std::exp(-k1 * t));
    compare("A = B = C", t, box, "B", 1e10 * k1 / (k2 - k1) * (std::exp(-k1 * t) - std::exp(-k2 * t)));
    compare("A = B = C", t, box, "C",
            1e10 * (1 - (k2 * std::exp(-k1 * t) - k1 * std::exp(-k2 * t)) / (k2 - k1)));
    Box pairs = box_of(head + "2 A = B : 1.0E-12;", {1e-7, 1e-3});
    pairs.mechanism.rates({}, pairs.rates);
    pairs["A"] = 1e10;
    pairs.react(t);
    compare("2 A = B", t, pairs, "A", 1e10 / (1 + 2e-2 * t));
    Box two = box_of(head + "A + B = C : 1.0E-12;", {1e-7, 1e-3});
    two.mechanism.rates({}, two.rates);
    two["A"] = 3e10;
    two["B"] = 1e10;
    two.react(t);
    const double left = std::exp(-2e-2 * t) / 3; // B / A
    compare("A + B = C", t, two, "A", 2e10 / (1 - left));
    compare("A + B = C", t, two, "B", 2e10 * left / (1 - left));
  }
  report.tables.push_back(std::move(table));
  report.demand_at_most("exact solutions: relative error", largest, 1e-5);
}

/// The Generic Reaction Set (Azzi et al. 1992) over an hour at 298 K in a light of J(NO2) 0.4 min-1, ppm and minutes; its peroxy
/// radicals were taken as steady in the reference (Runge-Kutta, steps of 0.02 min).
void score_generic_reactions(Report& report) {
  Table table{"Generic Reaction Set after 60 min [ppm]", {"species", "solved", "reference"}, {}};
  Box box = box_of("#DEFVAR ROC = IGNORE; RP = IGNORE; NO = IGNORE; NO2 = IGNORE; O3 = IGNORE;\n#EQUATIONS\n"
                   "ROC + hv = RP + ROC : SUN * 10000 * EXP(-4710 / TEMP); RP + NO = NO2 : 5482 * EXP(242 / TEMP);\n"
                   "NO2 + hv = NO + O3 : SUN; NO + O3 = NO2 : 2643 * EXP(-1370 / TEMP);\n"
                   "2 RP = PROD : 5000; RP + NO2 = PROD : 125; RP + NO2 = PROD : 125;\n",
                   {1e-6, 1e-14});
  gas::RateConditions air;
  air.temperature = 298;
  air.sun = 0.4;
  box.mechanism.rates(air, box.rates);
  box["ROC"] = 0.1;
  box["NO"] = 0.05;
  box["NO2"] = 0.01;
  box["O3"] = 0.02;
  box.react(60);
  double largest = 0;
  for (const auto& [name, expected] : {std::pair{"NO", .03643293}, std::pair{"NO2", .02352773}, std::pair{"O3", .009674727}}) {
    table.rows.push_back({std::string(name), box[name], expected});
    largest = std::max(largest, std::abs(box[name] / expected - 1));
  }
  report.tables.push_back(std::move(table));
  report.demand_at_most("Generic Reaction Set: relative error", largest, 1e-3);
}

void score_jacobian(Report& report) {
  const Mechanism urban = Mechanism::load("urban");
  const gas::RateConditions conditions = test::city_conditions(0.7);
  const std::vector<double> rates = test::rates_of(urban, conditions);
  std::vector<double> amounts = test::amounts_of(urban, conditions, test::city_morning());
  test::react(gas::GasSolver(urban), rates, 3600, 300, amounts);
  report.demand_at_most("urban: Jacobian's distance from differences of the tendency",
                        test::jacobian_error(urban, amounts, rates), 1e-12);
}

} // namespace

Report chemistry(const std::optional<std::filesystem::path>& folder) {
  Report report{.name = "chemistry"};
  if (folder) {
    score_small_strato(*folder, report);
    score_reference_values(*folder, report);
  } else {
    report.notes.emplace_back("No folder of figures: exact solutions alone.");
  }
  score_chains(report);
  score_generic_reactions(report);
  score_jacobian(report);
  return report;
}

} // namespace tq::validation
