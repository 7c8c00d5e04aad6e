#include "planning/scaled_tags.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace tq {

std::vector<PollutantPart> pollutant_parts(const SpeciesTable& species, std::vector<std::string> tagged) {
  const auto members = [&](const std::string& id) {
    const std::vector<int>& list = species.pollutants()[std::size_t(species.find_pollutant(id))].members;
    return std::vector<std::size_t>(list.begin(), list.end());
  };
  const auto holds = [](const std::vector<std::size_t>& list, std::size_t member) {
    return std::find(list.begin(), list.end(), member) != list.end();
  };
  std::stable_sort(tagged.begin(), tagged.end(),
                   [&](const std::string& a, const std::string& b) { return members(a).size() < members(b).size(); });
  std::vector<PollutantPart> parts;
  for (const std::string& id : tagged) {
    PollutantPart part{id, "", members(id)};
    std::vector<std::size_t> inner;
    for (const std::string& other : tagged) {
      const std::vector<std::size_t> of_other = members(other);
      const bool within = std::all_of(of_other.begin(), of_other.end(),
                                      [&](std::size_t member) { return holds(part.members, member); });
      if (within && of_other.size() < part.members.size() && of_other.size() > inner.size()) {
        part.smaller = other;
        inner = of_other;
      }
    }
    std::erase_if(part.members, [&](std::size_t member) { return holds(inner, member); });
    parts.push_back(std::move(part));
  }
  return parts;
}

namespace {

double weighted(const std::vector<std::pair<std::size_t, double>>& weights, const double* values) {
  double sum = 0;
  for (const auto& [species, weight] : weights) {
    sum += weight * values[species];
  }
  return sum;
}

/// Species and weights whose sum tells how a part's emission changes.
std::vector<std::pair<std::size_t, double>> weights_of(const EmissionChange& change, const PollutantPart& part) {
  const SpeciesTable& table = change.species;
  const int no = table.find("no"), no2 = table.find("no2");
  std::vector<std::pair<std::size_t, double>> weights;
  for (const std::size_t member : part.members) {
    if (change.photostationary && (int(member) == no || int(member) == no2)) {
      constexpr double nitrogen = 14.007e-3; // kg mol-1
      return {{std::size_t(no), nitrogen / table.species()[std::size_t(no)].molar_mass},
              {std::size_t(no2), nitrogen / table.species()[std::size_t(no2)].molar_mass}};
    }
    weights.emplace_back(member, 1.0);
  }
  return weights;
}

} // namespace

TagFactors::TagFactors(const EmissionChange& change, const std::vector<std::string>& tags,
                       const std::vector<PollutantPart>& parts, std::size_t hours)
    : hours_(hours), tags_(tags.size()), factor_(parts.size() * hours * tags.size(), 1.0),
      amounts_(parts.size() * tags.size()) {
  const std::size_t emitting = change.run.tags.size();
  if (emitting + 2 != tags_ || !std::equal(change.run.tags.begin(), change.run.tags.end(), tags.begin()) ||
      change.run.hours < hours || change.asked.hours < hours) {
    throw std::logic_error("the emission is not that of the result's tags and hours");
  }
  for (std::size_t tag = 0; tag < emitting; ++tag) {
    index_[tags[tag]] = tag;
  }
  for (std::size_t part = 0; part < parts.size(); ++part) {
    weights_.push_back(weights_of(change, parts[part]));
    unfollowed_.push_back(0);
    for (std::size_t tag = 0; tag < emitting; ++tag) {
      const auto found = std::find(change.asked.tags.begin(), change.asked.tags.end(), tags[tag]);
      scale_emission(change, part, tag, std::size_t(found - change.asked.tags.begin()));
    }
    weigh_sources(change, part);
    scale_background(change, part);
  }
}

/// Two series of amounts as the air still holds them.
class TagFactors::Held {
 public:
  /// The factor in the hour in which these are added; nothing while there is nothing to scale.
  std::optional<double> add(double run, double asked) {
    static const double keep = std::exp(-1 / memory);
    run_ = keep * run_ + run;
    asked_ = keep * asked_ + asked;
    return run_ > 0 ? std::optional(asked_ / run_) : std::nullopt;
  }

 private:
  double run_ = 0, asked_ = 0;
};

void TagFactors::scale_background(const EmissionChange& change, std::size_t part) {
  const std::size_t outside = tags_ - 2, initial = tags_ - 1, species = change.run.species.size();
  Held held;
  Amounts &amounts = amounts_[part * tags_ + outside], &at_start = amounts_[part * tags_ + initial];
  for (std::size_t hour = 0; hour < hours_; ++hour) {
    const double run = weighted(weights_[part], &change.run_background[hour * species]);
    const double asked = weighted(weights_[part], &change.asked_background[hour * species]);
    amounts.run += run / double(hours_);
    amounts.asked += asked / double(hours_);
    if (hour == 0) {
      at_start = {.run = run, .asked = asked, .added = run > 0 ? 0 : asked};
    }
    if (const auto factor = held.add(run, asked)) {
      factor_[(part * hours_ + hour) * tags_ + outside] = *factor;
    } else {
      amounts.added += asked;
    }
    factor_[(part * hours_ + hour) * tags_ + initial] = at_start.ratio();
  }
}

void TagFactors::scale_emission(const EmissionChange& change, std::size_t part, std::size_t tag,
                                std::size_t asked_tag) {
  Held held;
  Amounts& amounts = amounts_[part * tags_ + tag];
  const auto of = [&](const TagEmission& emission, std::size_t hour, std::size_t at) {
    const std::size_t species = emission.species.size();
    return weighted(weights_[part], &emission.hourly[(hour * emission.tags.size() + at) * species]);
  };
  for (std::size_t hour = 0; hour < hours_; ++hour) {
    const double run = of(change.run, hour, tag);
    const double asked = asked_tag < change.asked.tags.size() ? of(change.asked, hour, asked_tag) : 0.0;
    amounts.run += run;
    amounts.asked += asked;
    if (const auto factor = held.add(run, asked)) {
      factor_[(part * hours_ + hour) * tags_ + tag] = *factor;
      amounts.least = std::min(amounts.least, *factor);
      amounts.most = std::max(amounts.most, *factor);
    } else {
      amounts.added += asked;
    }
  }
}

void TagFactors::weigh_sources(const EmissionChange& change, std::size_t part) {
  const auto total = [&](const TagEmission& emission, std::size_t source) {
    return weighted(weights_[part], &emission.total[source * emission.species.size()]);
  };
  const auto take = [&](std::size_t tag, double run, double asked) {
    Amounts& amounts = amounts_[part * tags_ + tag];
    amounts.moved += std::abs(asked - run);
    amounts.uneven += std::abs(asked - run * amounts.ratio());
  };
  std::map<std::string, std::size_t> left; // sources of the run
  for (std::size_t source = 0; source < change.run.sources.size(); ++source) {
    left[change.run.sources[source]] = source;
  }
  for (std::size_t source = 0; source < change.asked.sources.size(); ++source) {
    const double asked = total(change.asked, source);
    const auto tag = index_.find(change.asked.tags[change.asked.tag_of[source]]);
    if (tag == index_.end()) {
      unfollowed_[part] += asked;
      continue;
    }
    const auto before = left.find(change.asked.sources[source]);
    if (before != left.end() && change.run.tag_of[before->second] == tag->second) {
      take(tag->second, total(change.run, before->second), asked);
      left.erase(before);
    } else {
      take(tag->second, 0, asked);
    }
  }
  for (const auto& [id, source] : left) {
    take(change.run.tag_of[source], total(change.run, source), 0);
  }
}

std::vector<double> TagFactors::slopes(const TagEmission& emission, std::size_t part, std::size_t measure) const {
  const std::size_t count = emission.tags.size(), species = emission.species.size();
  std::vector<double> slopes(tags_, 0.0);
  for (std::size_t tag = 0; tag < count; ++tag) {
    const auto own = index_.find(emission.tags[tag]);
    if (own == index_.end()) {
      continue;
    }
    double sum = 0;
    for (std::size_t hour = 0; hour < emission.hours; ++hour) {
      sum += weighted(weights_[part], &emission.hourly[(hour * count + tag) * species]);
    }
    const double change = weighted(weights_[part], &emission.measures[measure].slope[tag * species]);
    slopes[own->second] = sum > 0 ? change / sum : 0.0;
  }
  return slopes;
}

} // namespace tq
