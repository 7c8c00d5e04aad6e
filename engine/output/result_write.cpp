#include "base/checksum.hpp"
#include "base/error.hpp"
#include "base/version.hpp"
#include "output/mantissa.hpp"
#include "output/result_grid.hpp"
#include "output/result_writer.hpp"

#include <fmt/format.h>
#include <stdexcept>

namespace tq {

using files::Hdf5Type;

namespace {

struct BudgetColumn {
  const char* name;
  const char* text;
  double BudgetTerms::*term;
};

constexpr BudgetColumn budget_columns[] = {
    {"initial", "in the air at the start", &BudgetTerms::initial},
    {"emitted", "emitted", &BudgetTerms::emitted},
    {"inflow", "came in through the sides and the top", &BudgetTerms::inflow},
    {"produced", "produced by chemistry", &BudgetTerms::produced},
    {"airborne", "in the air", &BudgetTerms::airborne},
    {"outflow", "left through the sides and the top", &BudgetTerms::outflow},
    {"dry", "deposited by turbulence and contact, fall of particles apart", &BudgetTerms::dry},
    {"settled", "fallen to the ground", &BudgetTerms::settled},
    {"wet", "deposited by rain", &BudgetTerms::wet},
    {"consumed", "consumed by chemistry", &BudgetTerms::consumed},
};

void require(bool condition, const char* what) {
  if (!condition) {
    throw std::logic_error(std::string("result file: ") + what);
  }
}

} // namespace

void ResultWriter::create_budget() {
  if (header_.tracers.empty()) {
    return;
  }
  file_.create_dimension("/budget/tracer", header_.tracers.size());
  file_.create("/budget/name", {.type = Hdf5Type::text, .dimensions = {"/budget/tracer"}});
  file_.write("/budget/name", header_.tracers);
  describe(file_, "/budget/name", "", "species", "");
  const auto create = [&](const std::string& name, const std::string& text, const std::string& units) {
    const std::string path = "/budget/" + name;
    create_record(path, {.type = Hdf5Type::float64,
                         .dimensions = {"/time", "/budget/tracer"},
                         .chunk = {64, header_.tracers.size()},
                         .fill_missing = true});
    describe(file_, path, "", text, units);
    file_.set_attribute(path, "coordinates", std::string("name"));
  };
  for (const BudgetColumn& column : budget_columns) {
    create(column.name, fmt::format("{}, from the start to the end of the hour", column.text), "kg");
  }
  create("residual", "(initial + emitted + inflow + produced - airborne - outflow - dry - settled - wet - "
                     "consumed) / (initial + emitted + inflow + produced)",
         "1");
}

void ResultWriter::create_run() {
  file_.create("/run/scenario", {.type = Hdf5Type::text});
  file_.write("/run/scenario", header_.scenario_text);
  describe(file_, "/run/scenario", "", "resolved scenario, TOML", "");
  for (const auto& [name, text] :
       {std::pair{"version", std::string(version::program)}, std::pair{"compiler", std::string(version::compiler)},
        std::pair{"build_type", std::string(version::build_type)}, std::pair{"flags", std::string(version::flags)},
        std::pair{"libraries", std::string(version::libraries)}, std::pair{"precision", header_.precision}}) {
    file_.set_attribute("/run", name, text);
  }
  file_.set_attribute("/run", "complete", std::int32_t(0));
  file_.set_attribute("/run", "hours", std::int32_t(0));
}

void ResultWriter::create_record(const std::string& path, const files::Hdf5Layout& layout) {
  file_.create(path, layout);
  const std::string& first = layout.dimensions.front();
  records_[path] = {layout.type, first == "/quality/day"      ? &ResultWriter::days_
                                 : first == "/quality/period" ? &ResultWriter::periods_
                                                              : &ResultWriter::hours_};
}

void ResultWriter::append(const std::string& path, std::size_t record, std::span<const double> values, double factor,
                          int bits) {
  Record& own = records_.at(path);
  if (own.type != Hdf5Type::float32) {
    own.sum = checksum(std::as_bytes(values), own.sum);
    file_.append(path, record, values);
    return;
  }
  row_.resize(values.size());
  for (std::size_t n = 0; n < values.size(); ++n) {
    row_[n] = float(factor * values[n]);
  }
  if (bits > 0) {
    for (float& value : row_) {
      value = rounded_mantissa(value, bits);
    }
  }
  own.sum = checksum(std::as_bytes(std::span(row_)), own.sum);
  file_.append(path, record, std::span<const float>(row_));
}

void ResultWriter::write(const ResultHour& hour) {
  const std::size_t fields = header_.pollutants.size(), size = nx_ * ny_, cells = cells_.cells.size();
  require(hour.concentration.size() == fields * size && hour.dry_deposition.size() == fields * size &&
              hour.wet_deposition.size() == fields * size,
          "an hour's fields have the wrong size");
  const std::size_t block = nz_ * size;
  require(hour.volume.size() == header_.volume.size() * block, "an hour's layers have the wrong size");
  require(hour.weather_fields.size() == header_.weather_fields.size(), "an hour's weather has the wrong size");
  for (std::size_t n = 0; n < hour.weather_fields.size(); ++n) {
    require(hour.weather_fields[n].size() == (header_.weather_fields[n].all_layers ? block : size),
            "a field of an hour's weather has the wrong size");
  }
  require(hour.budget.size() == header_.tracers.size(), "an hour's budget has the wrong size");
  for (std::size_t p = 0; p < fields; ++p) {
    const std::string& id = header_.pollutants[p].id;
    const auto field = [&](const std::vector<double>& all) { return std::span(all).subspan(p * size, size); };
    append_field("/" + id, field(hour.concentration), 1);
    append_field("/" + id + "_tendency_due_to_dry_deposition", field(hour.dry_deposition), -1);
    append_field("/" + id + "_tendency_due_to_wet_deposition", field(hour.wet_deposition), -1);
    if (cells > 0) {
      cell_means_.apply(field(hour.concentration), cell_row_);
      append("/cells/" + id, hours_, cell_row_);
      for (std::size_t c = 0; c < cells; ++c) {
        cell_sums_[p * cells + c] += cell_row_[c];
      }
    }
    if (!receptor_row_.empty()) {
      receptor_values_.apply(field(hour.concentration), receptor_row_);
      append("/receptors/" + id, hours_, receptor_row_);
    }
  }
  for (std::size_t v = 0; v < header_.volume.size(); ++v) {
    append_field("/" + header_.pollutants[std::size_t(header_.volume[v])].id + "_volume",
                 std::span(hour.volume).subspan(v * block, block), 1);
  }
  for (std::size_t n = 0; n < hour.weather_fields.size(); ++n) {
    append_field("/" + header_.weather_fields[n].name, hour.weather_fields[n], 1);
  }
  const auto series = [&](const char* path, double value) {
    append(path, hours_, std::span<const double>(&value, 1));
  };
  series("/mixing_height", hour.weather.mixing_height);
  series("/friction_velocity", hour.weather.friction_velocity);
  series("/inverse_obukhov_length", hour.weather.inverse_obukhov_length);
  series("/x_wind", hour.weather.x_wind);
  series("/y_wind", hour.weather.y_wind);
  series("/air_temperature", hour.weather.temperature);
  series("/rainfall_flux", hour.weather.rain);
  if (!hour.budget.empty()) {
    std::vector<double> row(hour.budget.size());
    for (const BudgetColumn& column : budget_columns) {
      for (std::size_t n = 0; n < row.size(); ++n) {
        row[n] = hour.budget[n].*column.term;
      }
      append(std::string("/budget/") + column.name, hours_, row);
    }
    for (std::size_t n = 0; n < row.size(); ++n) {
      row[n] = hour.budget[n].residual();
    }
    append("/budget/residual", hours_, row);
  }
  write_attribution(hour);
  write_deposition(hour);
  write_quality(hour.quality);
  append("/time_bnds", hours_, std::vector<double>{double(hour.start), double(hour.end)});
  series("/time", double(hour.start));
  ++hours_;
  file_.flush();
}

void ResultWriter::write_tag_budget(const ResultSummary& summary) {
  const ResultAttribution& attribution = header_.attribution;
  require(summary.tag_budget.size() == attribution.species.size() * attribution.tags.size(),
          "the tags' budgets have the wrong size");
  if (summary.tag_budget.empty()) {
    return;
  }
  const auto write = [&](const std::string& name, const std::string& text, const std::string& units, auto value) {
    const std::string path = "/attribution/budget/" + name;
    file_.create(path,
                 {.type = Hdf5Type::float64, .dimensions = {"/attribution/species", "/attribution/tag"}});
    std::vector<double> values;
    for (const BudgetTerms& terms : summary.tag_budget) {
      values.push_back(value(terms));
    }
    file_.write(path, values);
    describe(file_, path, "", text, units);
  };
  for (const BudgetColumn& column : budget_columns) {
    write(column.name, fmt::format("{}, over the run", column.text), "kg",
          [&](const BudgetTerms& terms) { return terms.*column.term; });
  }
  write("residual", "as in /budget", "1", [](const BudgetTerms& terms) { return terms.residual(); });
  file_.set_attribute("/attribution", "largest_departure", summary.tag_departure);
}

void ResultWriter::finish(const ResultSummary& summary) {
  const std::size_t cells = cells_.cells.size(), fields = header_.emitted.size();
  require(summary.emission.size() == fields * cells && summary.avoided.size() == fields * cells,
          "emissions per management cell have the wrong size");
  require(summary.total_emission.size() == fields && summary.total_avoided.size() == fields &&
              summary.total_avoided_low.size() == fields && summary.total_avoided_high.size() == fields,
          "total emissions have the wrong size");
  for (std::size_t p = 0; p < fields; ++p) {
    const std::string& id = header_.emitted[p];
    if (cells > 0) {
      file_.write("/cells/emission_" + id, std::span(summary.emission).subspan(p * cells, cells));
      file_.write("/cells/avoided_emission_" + id, std::span(summary.avoided).subspan(p * cells, cells));
    }
    for (const auto& [name, text, value] :
         {std::tuple{"/run/emission_", " emitted in the whole domain", summary.total_emission[p]},
          std::tuple{"/run/avoided_emission_", " that measures kept from being emitted", summary.total_avoided[p]},
          std::tuple{"/run/avoided_emission_low_", " that measures kept from being emitted, at their low efficiencies",
                     summary.total_avoided_low[p]},
          std::tuple{"/run/avoided_emission_high_", " that measures kept from being emitted, at their high efficiencies",
                     summary.total_avoided_high[p]}}) {
      file_.create(name + id, {.type = Hdf5Type::float64});
      file_.write(name + id, value);
      describe(file_, name + id, "", id + text, "kg");
    }
  }
  write_measures(summary);
  write_factors(summary);
  write_tag_budget(summary);
  write_quality(summary.quality);
  for (const auto& [part, seconds] : summary.timers) {
    file_.set_attribute("/run/timing/", part, seconds);
  }
  file_.set_attribute("/run/timing/", "scenarios_together", std::int32_t(summary.scenarios));
  file_.set_attribute("/run/timing/", "threads", std::int32_t(summary.threads));
  file_.set_attribute("/run/timing/", "wall_seconds", summary.wall_seconds);
  file_.set_attribute("/run/timing/", "cell_tracer_steps_per_second", summary.rate);
  file_.set_attribute("/run", "hours", std::int32_t(hours_));
  file_.set_attribute("/run", "complete", std::int32_t(summary.complete ? 1 : 0));
  write_cells_geojson(summary);
  file_.flush();
}

} // namespace tq
