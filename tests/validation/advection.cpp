// Case `advection`: errors of every scheme on rotation, swirl and the Schaer mountain, beside those of others.
#include "cases.hpp"
#include "files/csv.hpp"
#include "flows.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>

namespace tq::validation {
namespace {

/// Relative distance at which `ppm` reproduces a figure that is printed with five digits.
constexpr double reproduced = 1e-4;
/// How far round-off may carry a bounded scheme out of [min, max] of the initial field.
constexpr double round_off = 1e-12;

/// Largest ratio of errors that counts as less.
constexpr double below_one = 0.9999;

struct Scheme {
  const char* name;
  Advection advection;
};
constexpr std::array schemes = {Scheme{"ppm", Advection::ppm}, Scheme{"u5_universal", Advection::u5_universal},
                                Scheme{"u5_relaxed", Advection::u5_relaxed}, Scheme{"upwind", Advection::upwind}};
constexpr const char* reference_ppm = "PPM_split";

/// Cases of one file that share a flow, hence a run.
struct Setup {
  const char* file;
  const char* size_column; // N, or dx [m]
  const char* mesh;        // only rows of this mesh; "" where the file has no such column
  const char* mass_column;
  Flow (*flow)(double size);
  std::vector<std::pair<const char*, Shape>> shapes; // by name of the case
  std::vector<double> sizes;                         // where no file says which
  double smallest, largest;                          // size that is run
};

std::vector<Setup> setups() {
  return {{"rotation.csv",
           "N",
           "",
           "dmass_rel",
           [](double n) { return rotation(int(n), usual_courant); },
           {{"rot_coshill", hill()}, {"rot_cone", cone()}, {"rot_slotted", slotted_disk()}},
           {50, 100},
           8,
           1000},
          {"swirl.csv",
           "N",
           "",
           "dmass_rel",
           [](double n) { return swirl(int(n), usual_courant); },
           {{"swirl_T1.5_coshill", hill()}, {"swirl_T1.5_hill+cone+slot", combined()}},
           {50, 100},
           8,
           1000},
          {"schaer_cos2.csv",
           "dx",
           "btf",
           "dmass",
           [](double dx) { return mountain(dx, usual_courant_mountain); },
           {{"orig_h3km_cos2", cloud()}},
           {2000, 1000},
           250,
           10000}};
}

struct ReferenceRow {
  std::string scheme;
  int steps = 0;
  Errors errors;
};
/// By case and size.
using Reference = std::map<std::pair<std::string, double>, std::vector<ReferenceRow>>;

/// Rows of the cases that are known here; others are left out.
Reference read_reference(const Setup& setup, const std::filesystem::path& folder, ProblemList& problems) {
  const files::CsvTable table = files::CsvTable::read(folder / setup.file);
  const bool meshes = *setup.mesh != '\0';
  std::map<std::string, std::optional<std::size_t>> at;
  for (const char* name : {"case", "scheme", "steps", "l1", "l2", "linf", "min", "max", setup.size_column,
                           setup.mass_column, meshes ? "mesh" : "case"}) {
    at[name] = table.require(name, problems);
  }
  if (std::any_of(at.begin(), at.end(), [](const auto& column) { return !column.second; })) {
    return {};
  }
  Reference reference;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const std::string name(table.text(r, *at["case"]));
    const bool known =
        std::any_of(setup.shapes.begin(), setup.shapes.end(), [&](const auto& shape) { return name == shape.first; });
    if (!known || (meshes && table.text(r, *at["mesh"]) != setup.mesh)) {
      continue;
    }
    const auto number = [&](const char* column, double least, double most = HUGE_VAL) {
      const std::size_t c = *at[column];
      const std::size_t before = problems.problems().size();
      const std::optional<double> value = table.number(r, c, problems);
      if (problems.problems().size() == before && !(value && *value >= least && *value <= most)) {
        const std::string range = std::isfinite(most)    ? fmt::format(" from {:g} to {:g}", least, most)
                                  : std::isfinite(least) ? fmt::format(", at least {:g}", least)
                                                         : "";
        problems.add(table.where(r, c),
                     fmt::format("{} = \"{}\": must be a number{}", column, table.text(r, c), range));
      }
      return value.value_or(least);
    };
    constexpr double any = -HUGE_VAL;
    const double size = number(setup.size_column, setup.smallest, setup.largest);
    reference[{name, size}].push_back({std::string(table.text(r, *at["scheme"])),
                                       int(number("steps", 1, 1e9)),
                                       {number("l1", 0), number("l2", 0), number("linf", 0), number("min", any),
                                        number("max", any), number(setup.mass_column, any)}});
  }
  return reference;
}

const ReferenceRow* find(const Reference& reference, const std::string& name, double size, const std::string& scheme) {
  const auto rows = reference.find({name, size});
  if (rows == reference.end()) {
    return nullptr;
  }
  const auto row =
      std::find_if(rows->second.begin(), rows->second.end(), [&](const ReferenceRow& r) { return r.scheme == scheme; });
  return row == rows->second.end() ? nullptr : &*row;
}

std::vector<Value> table_row(const std::string& scheme, const char* source, int steps, const Errors& e) {
  return {scheme, source, double(steps), e.l1, e.l2, e.linf, e.min, e.max, e.mass};
}

double largest_ratio(const Errors& of, const Errors& to) {
  return std::max(of.l1 / to.l1, of.l2 / to.l2);
}

/// What the criteria are of, over all cases.
struct Worst {
  double apart = 0;           // ppm from the reference's, relative, in l1, l2 and linf
  double universal_ratio = 0; // of errors of u5_universal to those of ppm, l1 and l2
  double universal_ratio_max_error = 0;
  std::array<double, schemes.size()> beyond = {};
  int compared = 0;
};

void score(const std::string& name, double size, const Flow& flow, const std::array<Errors, schemes.size()>& here,
           const Reference& reference, Report& report, Worst& worst) {
  Table table{fmt::format("{}, {:g}", name, size),
              {"scheme", "by", "steps", "l1", "l2", "linf", "min", "max", "mass error"},
              {}};
  const ReferenceRow* ppm = find(reference, name, size, reference_ppm);
  for (std::size_t s = 0; s < schemes.size(); ++s) {
    table.rows.push_back(table_row(schemes[s].name, "tianqing", flow.steps, here[s]));
    worst.beyond[s] = std::max(worst.beyond[s], here[s].beyond);
  }
  if (const auto rows = reference.find({name, size}); rows != reference.end()) {
    for (const ReferenceRow& row : rows->second) {
      table.rows.push_back(table_row(row.scheme, "reference", row.steps, row.errors));
    }
  }
  report.tables.push_back(std::move(table));
  const Errors& own = here[0];
  worst.universal_ratio = std::max(worst.universal_ratio, largest_ratio(here[1], own));
  worst.universal_ratio_max_error = std::max(worst.universal_ratio_max_error, here[1].linf / own.linf);
  if (ppm != nullptr) {
    const Errors& other = ppm->errors;
    worst.apart = std::max({worst.apart, std::abs(own.l1 / other.l1 - 1), std::abs(own.l2 / other.l2 - 1),
                            std::abs(own.linf / other.linf - 1)});
    worst.universal_ratio = std::max(worst.universal_ratio, largest_ratio(here[1], other));
    ++worst.compared;
  }
}

} // namespace

Report advection(const std::optional<std::filesystem::path>& folder) {
  Report report{"advection"};
  Worst worst;
  ProblemList problems;
  std::vector<Reference> references;
  for (const Setup& setup : setups()) {
    references.emplace_back();
    try {
      if (folder) {
        references.back() = read_reference(setup, *folder, problems);
      }
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  problems.throw_if_any();

  const std::vector<Setup> all = setups();
  for (std::size_t f = 0; f < all.size(); ++f) {
    const Setup& setup = all[f];
    const Reference& reference = references[f];
    std::set<double> sizes(setup.sizes.begin(), setup.sizes.end());
    for (const auto& [key, rows] : reference) {
      if (find(reference, key.first, key.second, reference_ppm) != nullptr) {
        sizes.insert(key.second);
      }
    }
    std::vector<Shape> shapes;
    for (const auto& shape : setup.shapes) {
      shapes.push_back(shape.second);
    }
    for (const double size : sizes) {
      const Flow flow = setup.flow(size);
      std::array<std::vector<Errors>, schemes.size()> errors;
      for (std::size_t s = 0; s < schemes.size(); ++s) {
        TransportOptions options;
        options.advection = schemes[s].advection;
        errors[s] = advect<double>(flow, shapes, options);
      }
      for (std::size_t n = 0; n < setup.shapes.size(); ++n) {
        std::array<Errors, schemes.size()> here;
        for (std::size_t s = 0; s < schemes.size(); ++s) {
          here[s] = errors[s][n];
        }
        score(setup.shapes[n].first, size, flow, here, reference, report, worst);
      }
    }
  }
  if (worst.compared > 0) {
    report.demand_at_most(
        fmt::format("ppm reproduces {} rows {} in l1, l2, linf, relative distance", worst.compared, reference_ppm),
        worst.apart, reproduced);
  } else {
    report.notes.emplace_back("No reference rows: own errors alone.");
  }
  report.demand_at_most("u5_universal below ppm (here and reference) in l1 and l2, largest ratio",
                        worst.universal_ratio, below_one);
  for (std::size_t s = 0; s < schemes.size(); ++s) {
    report.demand_at_most(fmt::format("{} within [min, max] of the initial field, excess", schemes[s].name),
                          worst.beyond[s], round_off);
  }
  report.notes.push_back(
      fmt::format("linf of u5_universal over that of ppm: at most {:.3f}", worst.universal_ratio_max_error));
  return report;
}

} // namespace tq::validation
