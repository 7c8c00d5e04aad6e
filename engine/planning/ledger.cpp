#include "planning/ledger.hpp"

#include "base/error.hpp"
#include "diagnostics/standards.hpp"
#include "files/hdf5.hpp"
#include "planning/origins.hpp"
#include "state/species.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>

namespace tq {

namespace {

constexpr double none = Ledger::none;

bool is_place(const std::string& by) {
  return std::find(ledger_places.begin(), ledger_places.end(), by) != ledger_places.end();
}

/// Adds to an amount that may not have been told yet.
void add(double& amount, double more) {
  amount = std::isnan(amount) ? more : amount + more;
}

/// What is left of a sum; 0 where only rounding is.
double left_of(double sum, double parts) {
  const double left = sum - parts;
  return std::abs(left) < 1e-9 * std::abs(sum) ? 0 : left;
}

/// The pollutant in which the emission of this one is counted; "" if there is none.
std::string emission_of(const ResultFacts& facts, const std::string& pollutant) {
  const std::string id = pollutant == "no2" || pollutant == "no" ? "nox" : pollutant;
  return facts.emitted.contains(id) ? id : "";
}

class Bookkeeper {
 public:
  Bookkeeper(const ResultFacts& facts, const LedgerQuestion& question)
      : facts_(facts), question_(question), file_(files::Hdf5File::open(facts.file)), species_(SpeciesTable::load()),
        areas_(city_areas(facts)) {
    if (has_tags(facts)) {
      attribution_.emplace(facts);
    }
    for (const double area : areas_) {
      city_area_ += area;
    }
  }

  Ledger make() {
    const HourRange hours = hours_between(facts_, question_.from, question_.to);
    const Standards standards = Standards::load();
    ledger_.file = facts_.file;
    ledger_.scenario = facts_.scenario;
    ledger_.title = facts_.title;
    ledger_.by = question_.by;
    ledger_.of_places = is_place(question_.by);
    ledger_.pollutant = pollutant();
    ledger_.emission = emission_of(facts_, ledger_.pollutant);
    ledger_.time_zone = facts_.time_zone;
    ledger_.start = facts_.start[hours.first];
    ledger_.end = end_of(facts_, hours);
    ledger_.reference_state = standards.reference_state(ledger_.start).text();
    ledger_.edition = standards.edition(ledger_.start).id;
    origins_ = gather_origins(facts_, attribution_ ? &*attribution_ : nullptr, ledger_.pollutant, hours);
    book_air_of_city();
    if (ledger_.of_places) {
      book_places();
    } else {
      book_sources();
    }
    book_domain();
    std::stable_sort(ledger_.rows.begin(), ledger_.rows.end(),
                     [](const Ledger::Row& a, const Ledger::Row& b) { return a.caused > b.caused; });
    book_payers();
    tell_what_is_untold(hours);
    return std::move(ledger_);
  }

 private:
  [[noreturn]] void refuse(const std::string& text) const { throw InputError({facts_.file.string()}, text); }

  std::string pollutant() const {
    if (!is_place(question_.by)) {
      if (!attribution_ || attribution_->kind() != question_.by) {
        refuse(fmt::format("has no tags by {0}{1}: run its scenario with [attribution] {2}", question_.by,
                           attribution_ ? fmt::format(", only by {}", attribution_->kind()) : "",
                           question_.by == "group" ? "and [[attribution.group]]"
                                                   : fmt::format("by = \"{}\"", question_.by)));
      }
      return attribution_->pollutant(question_.pollutant);
    }
    const std::string id = !question_.pollutant.empty() ? question_.pollutant
                           : attribution_               ? attribution_->pollutant("")
                                                        : "pm10";
    if (!facts_.pollutants.contains(id)) {
      std::vector<std::string> ids;
      for (const auto& [known, ignored] : facts_.pollutants) {
        ids.push_back(known);
      }
      refuse(fmt::format("has no pollutant \"{}\"; it has {}{}", id, fmt::join(ids, ", "), suggestion(id, ids)));
    }
    return id;
  }

  void book_air_of_city() {
    ledger_.sum.area = city_area_;
    for (std::size_t c = 0; c < origins_.cells; ++c) {
      if (areas_[c] > 0) {
        add(ledger_.sum.received.total, origins_.total[c] * areas_[c] / city_area_);
        add(ledger_.sum.exceeded.total, origins_.exceeded[c]);
      }
    }
  }

  /// Rows by first appearance of their cells; which of them each cell is in.
  void make_places() {
    const std::string dry = "/cells/dry_deposition_" + ledger_.pollutant,
                      wet = "/cells/wet_deposition_" + ledger_.pollutant;
    const std::vector<double> unknown(origins_.cells, none);
    const bool deposition = file_.has(dry) && file_.has(wet);
    const auto dry_of = deposition ? file_.read(dry) : unknown, wet_of = deposition ? file_.read(wet) : unknown;
    const auto emission = facts_.emitted.find(ledger_.emission);
    std::map<std::string, std::size_t> found;
    cell_row_.assign(origins_.cells, no_place);
    for (std::size_t c = 0; c < origins_.cells; ++c) {
      if (areas_[c] == 0) {
        continue;
      }
      const PlaceFacts& cell = facts_.cells[c];
      const std::string id = place_of(cell, question_.by);
      const auto [at, is_new] = found.emplace(id, ledger_.rows.size());
      if (is_new) {
        ledger_.rows.emplace_back();
        ledger_.rows.back().id = id;
        ledger_.rows.back().name = question_.by == "cell" ? cell.name : "";
      }
      cell_row_[c] = at->second;
      Ledger::Row& row = ledger_.rows[at->second];
      row.area += cell.area;
      add(row.received.total, origins_.total[c] * cell.area);
      add(row.exceeded.total, origins_.exceeded[c]);
      add(row.deposited, dry_of[c] + wet_of[c]);
      if (emission != facts_.emitted.end()) {
        add(row.emitted, emission->second.emission[c]);
        add(row.avoided, emission->second.avoided[c]);
      }
    }
    if (found.size() == 1 && found.begin()->first.empty()) {
      refuse(fmt::format("has no management cell with a {}", question_.by));
    }
    std::vector<std::string> ids;
    for (const Ledger::Row& row : ledger_.rows) {
      ids.push_back(row.id);
    }
    tag_row_ = places_of_tags(facts_, origins_.tags, question_.by, ids);
  }

  bool tells_places() const {
    const std::string kind = origins_.tags.empty() ? "" : attribution_->kind();
    return kind == "cell" || (!kind.empty() && kind == question_.by);
  }

  /// What a tag adds to a place, to where it belongs among the shares of a row.
  static void share(Ledger::Shares& shares, const std::string& kind, bool told, bool own, bool rest, double amount) {
    if (kind == "outside") {
      add(shares.outside, amount);
    } else if (kind == "initial") {
      add(shares.initial, amount);
    } else if (told) {
      add(own ? shares.own : rest ? shares.rest : shares.others, amount);
    }
  }

  static void cause(Ledger::Row& row, const PlaceFacts& cell, double concentration, double area, double days) {
    add(row.caused, concentration * area);
    add(row.caused_days, days);
    if (concentration > 0 && !(concentration <= row.most)) {
      row.most = concentration;
      row.most_in = cell.id;
    }
  }

  void book_places() {
    make_places();
    const bool told = tells_places();
    if (told) {
      const auto begin = [](Ledger::Row& row) {
        row.received.own = row.received.others = row.received.rest = row.caused = 0;
        row.exceeded.own = row.exceeded.others = row.exceeded.rest = row.caused_days = 0;
      };
      std::for_each(ledger_.rows.begin(), ledger_.rows.end(), begin);
      begin(ledger_.sum);
      ledger_.rest.caused = ledger_.rest.caused_days = 0;
    }
    for (std::size_t tag = 0; tag < origins_.tags.size(); ++tag) {
      const std::string& kind = origins_.tags[tag].kind;
      const bool is_source = kind != "outside" && kind != "initial", rest = tag_row_[tag] == no_place;
      for (std::size_t c = 0; c < origins_.cells; ++c) {
        if (areas_[c] == 0) {
          continue;
        }
        const double concentration = origins_.of_tag[tag * origins_.cells + c],
                     days = origins_.exceeded_of_tag[tag * origins_.cells + c];
        const bool own = cell_row_[c] == tag_row_[tag];
        Ledger::Row& row = ledger_.rows[cell_row_[c]];
        share(row.received, kind, told, own, rest, concentration * areas_[c]);
        share(row.exceeded, kind, told, own, rest, days);
        share(ledger_.sum.received, kind, told, own, rest, concentration * areas_[c] / city_area_);
        share(ledger_.sum.exceeded, kind, told, own, rest, days);
        if (told && is_source && !own) {
          cause(rest ? ledger_.rest : ledger_.rows[tag_row_[tag]], facts_.cells[c], concentration, areas_[c], days);
          add(ledger_.sum.caused, concentration * areas_[c]);
          add(ledger_.sum.caused_days, days);
        }
      }
    }
    for (Ledger::Row& row : ledger_.rows) {
      for (double* amount : {&row.received.total, &row.received.own, &row.received.others, &row.received.rest,
                             &row.received.outside, &row.received.initial}) {
        *amount /= row.area;
      }
      row.caused_mean = city_area_ > row.area ? row.caused / (city_area_ - row.area) : none;
    }
    ledger_.rest.caused_mean = ledger_.rest.caused / city_area_;
  }

  void book_sources() {
    for (std::size_t tag = 0; tag < origins_.tags.size(); ++tag) {
      const auto& [kind, id] = origins_.tags[tag];
      Ledger::Row row;
      row.id = id;
      row.name = kind == "other"     ? "other sources"
                 : kind == "outside" ? "from outside"
                 : kind == "initial" ? "there at the start"
                                     : "";
      for (std::size_t c = 0; c < origins_.cells; ++c) {
        if (areas_[c] > 0) {
          cause(row, facts_.cells[c], origins_.of_tag[tag * origins_.cells + c], areas_[c],
                origins_.exceeded_of_tag[tag * origins_.cells + c]);
        }
      }
      row.caused_mean = row.caused / city_area_;
      row.emitted = row.deposited = 0;
      for (const auto& [species, weight] : emitted_species()) {
        row.emitted += weight * attribution_->budget("emitted", species)[tag];
      }
      for (const std::string& species : members()) {
        for (const char* entry : {"dry", "settled", "wet"}) {
          row.deposited += attribution_->budget(entry, species)[tag];
        }
      }
      row.emitted = kind == "outside" || kind == "initial" ? none : row.emitted;
      add(ledger_.sum.caused, row.caused);
      add(ledger_.sum.caused_days, row.caused_days);
      ledger_.rows.push_back(std::move(row));
    }
    ledger_.sum.caused_mean = ledger_.sum.caused / city_area_;
  }

  std::vector<std::string> members() const {
    const int index = species_.find_pollutant(ledger_.pollutant);
    std::vector<std::string> ids;
    for (const int s : index < 0 ? std::vector<int>{} : species_.pollutants()[std::size_t(index)].members) {
      ids.push_back(species_.species()[std::size_t(s)].id);
    }
    return ids.empty() ? std::vector<std::string>{ledger_.pollutant} : ids; // a tracer of the scenario is itself
  }

  /// Species and weights that make up `Ledger::emission`: nitrogen oxides count as NO2.
  std::vector<std::pair<std::string, double>> emitted_species() const {
    if (ledger_.emission == "nox") {
      const auto mass = [&](const char* id) { return species_.species()[std::size_t(species_.find(id))].molar_mass; };
      return {{"no2", 1.0}, {"no", mass("no2") / mass("no")}};
    }
    std::vector<std::pair<std::string, double>> list;
    for (const std::string& id : members()) {
      list.emplace_back(id, 1.0);
    }
    return list;
  }

  void book_domain() {
    if (!ledger_.emission.empty()) {
      const ResultFacts::Emitted& emitted = facts_.emitted.at(ledger_.emission);
      ledger_.sum.emitted = emitted.total_emission;
      ledger_.sum.avoided = emitted.total_avoided.central;
    }
    const auto names = file_.read_texts("/budget/name");
    double deposited = 0;
    for (const std::string& species : members()) {
      const auto at = std::find(names.begin(), names.end(), species);
      for (const char* entry : {"/budget/dry", "/budget/settled", "/budget/wet"}) {
        deposited +=
            at == names.end() ? none : file_.read(entry, facts_.start.size() - 1, 1)[std::size_t(at - names.begin())];
      }
    }
    ledger_.sum.deposited = deposited;
    if (ledger_.of_places) {
      for (const auto amount : {&Ledger::Row::emitted, &Ledger::Row::avoided, &Ledger::Row::deposited}) {
        double of_rows = 0;
        for (const Ledger::Row& row : ledger_.rows) {
          of_rows += row.*amount;
        }
        ledger_.rest.*amount = left_of(ledger_.sum.*amount, of_rows);
      }
    }
  }

  void book_payers() {
    for (const MeasureFacts& measure : facts_.measures) {
      auto payer = std::find_if(ledger_.payers.begin(), ledger_.payers.end(), [&](const Ledger::Payer& one) {
        return one.payer == measure.payer && one.currency == measure.currency;
      });
      if (payer == ledger_.payers.end()) {
        payer = ledger_.payers.insert(payer, Ledger::Payer{measure.payer, measure.currency, {}, {}, 0});
      }
      payer->measures.push_back(measure.id);
      payer->cost.central += measure.cost.central;
      payer->cost.low += measure.cost.low;
      payer->cost.high += measure.cost.high;
      payer->capital += measure.capital;
    }
  }

  void tell_what_is_untold(const HourRange& hours) {
    const auto tell = [&](const std::string& line) { ledger_.untold.push_back(line); };
    if (ledger_.of_places) {
      const std::string asks = ledger_.by == "district" ? "\"district\" or \"cell\"" : "\"cell\"";
      if (!attribution_) {
        tell(fmt::format("who made the air: the result has no tags; [attribution] by = {} tells it", asks));
      } else if (origins_.tags.empty()) {
        tell(fmt::format(
            "who made the air: {} has no tags, {} have; [attribution] pollutants says which have (ozone cannot "
            "while it reacts)",
            ledger_.pollutant, fmt::join(attribution_->pollutants(), ", ")));
      } else if (!tells_places()) {
        tell(fmt::format("own, others and what is caused elsewhere: tags are by {}; [attribution] by = {} tells it",
                         attribution_->kind(), asks));
      }
    }
    if (std::isnan(ledger_.sum.exceeded.total)) {
      tell(fmt::format("days above the limit: the standard has no limit of a day for {}", ledger_.pollutant));
    }
    if (ledger_.emission.empty()) {
      tell(fmt::format("emitted: {} is not what inventories count", ledger_.pollutant));
    } else if (!facts_.complete) {
      tell("emitted: the run was stopped before its end");
    }
    if (ledger_.of_places && std::isnan(ledger_.rows.at(0).deposited)) {
      tell("deposited by cell: the result does not hold it");
    }
    if (hours.size() < facts_.start.size()) {
      tell("emitted, avoided, deposited and cost in these hours: a result holds those of the whole run, shown here");
    }
    if (!ledger_.payers.empty()) {
      tell("cost by row: a result holds who pays for which measure, not for which cell or source");
    }
  }

  const ResultFacts& facts_;
  const LedgerQuestion& question_;
  files::Hdf5File file_;
  SpeciesTable species_;
  std::optional<AttributionReader> attribution_;
  std::vector<double> areas_; // m2, by cell; 0: its parts count
  double city_area_ = 0;
  Origins origins_;
  std::vector<std::size_t> cell_row_, tag_row_;
  Ledger ledger_;
};

} // namespace

Ledger make_ledger(const ResultFacts& facts, const LedgerQuestion& question) {
  std::vector<std::string> kinds(ledger_places.begin(), ledger_places.end());
  kinds.insert(kinds.end(), ledger_sources.begin(), ledger_sources.end());
  if (std::find(kinds.begin(), kinds.end(), question.by) == kinds.end()) {
    throw InputError({}, fmt::format("--by {}: must be one of {}{}", question.by, fmt::join(kinds, ", "),
                                     suggestion(question.by, kinds)));
  }
  return Bookkeeper(facts, question).make();
}

} // namespace tq
