#include "planning/who.hpp"

#include "base/error.hpp"
#include "diagnostics/standards.hpp"
#include "files/hdf5.hpp"
#include "planning/hours_asked.hpp"
#include "planning/read_attribution.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

using files::Hdf5File;

namespace {

constexpr double micrograms = 1e9; // ug per kg

/// Where a place stands among those of the result.
struct Place {
  std::size_t index = 0, count = 0;
  std::string name;
  double air_density = 0; // kg m-3
  bool is_receptor = false;
};

class Reader {
 public:
  explicit Reader(const ResultFacts& facts) : facts_(facts), attribution_(facts), file_(Hdf5File::open(facts.file)) {}

  WhoAnswer answer(const WhoQuestion& question) const {
    WhoAnswer answer{.scenario = facts_.scenario,
                     .place = question.place,
                     .name = {},
                     .pollutant = attribution_.pollutant(question.pollutant),
                     .reference_state = {},
                     .time_zone = facts_.time_zone,
                     .start = 0,
                     .end = 0,
                     .total = 0,
                     .rows = {}};
    const Place place = find(question.place);
    answer.name = place.name;
    const HourRange hours =
        question.at.empty() ? hours_between(facts_, question.from, question.to) : hour_at(facts_, question.at);
    answer.start = facts_.start[hours.first];
    answer.end = end_of(facts_, hours);
    const auto& tags = attribution_.tags();
    for (const AttributionReader::Tag& tag : tags) {
      answer.rows.push_back({tag.kind, tag.id, tag.kind == "cell" ? cell_name(tag.id) : "", 0});
    }
    const Standards standards = Standards::load();
    answer.reference_state = standards.reference_state(answer.start).text();
    const bool particle = attribution_.is_particle(answer.pollutant);
    const std::vector<float> contributions =
        place.is_receptor ? attribution_.at_receptors(answer.pollutant, hours.first, hours.size())
                          : attribution_.in_cells(answer.pollutant, hours.first, hours.size());
    const std::vector<double> totals =
        file_.read((place.is_receptor ? "/receptors/" : "/cells/") + answer.pollutant, hours.first, hours.size());
    const double share = 1.0 / double(hours.size());
    for (std::size_t h = 0; h < hours.size(); ++h) {
      const ReferenceState& state = standards.reference_state(facts_.start[hours.first + h]);
      const auto reported = [&](double value) { return share * state.reported(value, particle, place.air_density); };
      for (std::size_t tag = 0; tag < tags.size(); ++tag) {
        answer.rows[tag].concentration +=
            reported(double(contributions[(h * tags.size() + tag) * place.count + place.index]));
      }
      answer.total += reported(totals[h * place.count + place.index]);
    }
    std::stable_sort(answer.rows.begin(), answer.rows.end(),
                     [](const auto& a, const auto& b) { return a.concentration > b.concentration; });
    return answer;
  }

 private:
  [[noreturn]] void refuse(const std::string& text) const { throw InputError({facts_.file.string()}, text); }

  std::string cell_name(const std::string& id) const {
    const auto cell =
        std::find_if(facts_.cells.begin(), facts_.cells.end(), [&](const PlaceFacts& one) { return one.id == id; });
    return cell != facts_.cells.end() ? cell->name : "";
  }

  Place find(const std::string& id) const {
    std::vector<std::string> ids;
    for (std::size_t c = 0; c < facts_.cells.size(); ++c) {
      const PlaceFacts& cell = facts_.cells[c];
      if (cell.id == id) {
        return {c, facts_.cells.size(), cell.name, cell.air_density, false};
      }
      ids.push_back(cell.id);
    }
    const auto receptors = file_.has("/receptors") ? file_.read_texts("/receptors/id") : std::vector<std::string>{};
    const auto receptor = std::find(receptors.begin(), receptors.end(), id);
    if (receptor != receptors.end()) {
      const std::size_t r = std::size_t(receptor - receptors.begin());
      return {r, receptors.size(), file_.read_texts("/receptors/name")[r], file_.read("/receptors/air_density")[r],
              true};
    }
    ids.insert(ids.end(), receptors.begin(), receptors.end());
    refuse(fmt::format("has no management cell or receptor \"{}\"{}", id, suggestion(id, ids)));
  }

  const ResultFacts& facts_;
  AttributionReader attribution_;
  Hdf5File file_;
};

} // namespace

WhoAnswer who(const std::filesystem::path& result, const WhoQuestion& question) {
  const ResultFacts facts = read_result(result);
  return Reader(facts).answer(question);
}

namespace {

std::string text_of(const WhoAnswer::Row& row, const WhoAnswer& answer) {
  if (row.kind == "other") {
    return "other sources";
  }
  if (row.kind == "outside") {
    return "from outside";
  }
  if (row.kind == "initial") {
    return "there at the start";
  }
  if (row.kind == "cell" && row.id == answer.place) {
    return "home: " + row.id;
  }
  return fmt::format("{} {}{}{}", row.kind, row.id, row.name.empty() ? "" : " ", row.name);
}

} // namespace

std::string who_table(const WhoAnswer& answer, std::size_t rows) {
  const TimeZone zone(answer.time_zone);
  std::string text = fmt::format("{}{}{}, {}, {} to {} ({}): {}\nug m-3 near the ground, {}\n", answer.place,
                                 answer.name.empty() || answer.name == answer.place ? "" : " ",
                                 answer.name == answer.place ? "" : answer.name, answer.pollutant,
                                 format_civil(zone.to_civil(answer.start)), format_civil(zone.to_civil(answer.end)),
                                 answer.time_zone, answer.scenario, answer.reference_state);
  const auto line = [&](const std::string& from, double concentration) {
    const double percent = answer.total > 0 ? 100 * concentration / answer.total : 0.0;
    text += fmt::format("  {:>10.3f} {:>6.1f} %  {}\n", concentration * micrograms, percent, from);
  };
  const std::size_t shown = std::min(rows, answer.rows.size());
  for (std::size_t n = 0; n < shown; ++n) {
    line(text_of(answer.rows[n], answer), answer.rows[n].concentration);
  }
  double rest = 0, home = 0, elsewhere = 0;
  bool by_cell = false;
  for (std::size_t n = 0; n < answer.rows.size(); ++n) {
    const WhoAnswer::Row& row = answer.rows[n];
    rest += n < shown ? 0 : row.concentration;
    by_cell = by_cell || row.kind == "cell";
    (row.id == answer.place ? home : elsewhere) += row.kind == "cell" ? row.concentration : 0;
  }
  if (shown < answer.rows.size()) {
    line(fmt::format("{} more", answer.rows.size() - shown), rest);
  }
  line("all", answer.total);
  if (by_cell) {
    text += "of this\n";
    line("from sources of the cell itself", home);
    line("from sources of other cells", elsewhere);
  }
  return text;
}

} // namespace tq
