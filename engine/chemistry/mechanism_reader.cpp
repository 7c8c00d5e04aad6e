#include "base/text_file.hpp"
#include "chemistry/mechanism.hpp"
#include "chemistry/mechanism_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace tq::gas {

namespace {

constexpr int most_reactants = 3;

/// What `#include atoms` declares.
constexpr std::array elements = {"H",  "He", "Li", "Be", "B",  "C",  "N",  "O",  "F",  "Ne", "Na", "Mg", "Al", "Si", "P",
                                 "S",  "Cl", "Ar", "K",  "Ca", "Sc", "Ti", "V",  "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn",
                                 "As", "Se", "Br", "Kr", "Ag", "Cd", "Sn", "I",  "Xe", "Cs", "Ba", "Hg", "Pb"};

/// Fixed species that the air gives by itself.
constexpr std::array air_species = {"M", "O2", "N2", "H2O"};

std::vector<std::string> names_of(const std::vector<MechanismSpecies>& list) {
  std::vector<std::string> names;
  for (const MechanismSpecies& species : list) {
    names.push_back(species.name);
  }
  return names;
}

int index_of(const std::vector<MechanismSpecies>& list, const std::string& name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& species) { return species.name == name; });
  return found == list.end() ? -1 : int(found - list.begin());
}

} // namespace

/// Reads one file: declarations first, wherever they stand, then equations.
class MechanismReader {
public:
  MechanismReader(const std::string& file, std::string text) : text_(file, std::move(text), problems_) {
    mechanism_.file_ = file;
  }

  Mechanism read() {
    check_sections();
    each("INCLUDE", [this](auto begin, auto end) { include(begin, end); });
    each("ATOMS", [this](auto begin, auto end) { atoms_.push_back(std::string(text_.piece(begin, end))); });
    each("CHECK", [this](auto begin, auto end) { check(begin, end); });
    each("DEFVAR", [this](auto begin, auto end) { declare(begin, end, mechanism_.species_); });
    each("DEFFIX", [this](auto begin, auto end) { declare(begin, end, mechanism_.fixed_); });
    fixed_amounts_.resize(mechanism_.fixed_.size());
    each("INITVALUES", [this](auto begin, auto end) { set_amount(begin, end); });
    fill_amounts();
    each("EQUATIONS", [this](auto begin, auto end) { read_equation(begin, end); });
    problems_.throw_if_any();
    return std::move(mechanism_);
  }

private:
  /// One side of an equation: what is known of its atoms.
  struct Side {
    std::map<std::string, double> atoms;
    std::vector<const MechanismSpecies*> incomplete;
    bool open = false; // PROD, or what could not be read
  };

  void check_sections() {
    static const std::vector<std::string> known = {"ATOMS", "CHECK", "DEFVAR", "DEFFIX", "INITVALUES", "EQUATIONS",
                                                   "INCLUDE"};
    for (const MechanismText::Section& section : text_.sections()) {
      if (std::find(known.begin(), known.end(), section.name) == known.end()) {
        problems_.add(text_.where(section.at), fmt::format("#{}: must be one of #{}{}", section.name, fmt::join(known, ", #"),
                                                           suggestion(section.name, known)));
      }
    }
  }

  template <class Body> void each(const char* section, const Body& body) {
    for (const MechanismText::Statement& statement : text_.statements()) {
      if (text_.sections()[statement.section].name == section) {
        body(statement.begin, statement.end);
      }
    }
  }

  void include(std::size_t begin, std::size_t end) {
    const std::string_view name = text_.piece(begin, end);
    if (name != "atoms" && name != "atoms.kpp") {
      problems_.add(text_.where(begin), fmt::format("#INCLUDE {}: must be atoms", name));
    }
    atoms_.insert(atoms_.end(), elements.begin(), elements.end());
  }

  void check(std::size_t begin, std::size_t end) {
    const std::string atom(text_.piece(begin, end));
    if (std::find(atoms_.begin(), atoms_.end(), atom) == atoms_.end()) {
      problems_.add(text_.where(begin), fmt::format("#CHECK {}: must be an atom of #ATOMS{}", atom, suggestion(atom, atoms_)));
    }
    checked_.push_back(atom);
  }

  void declare(std::size_t begin, std::size_t end, std::vector<MechanismSpecies>& list) {
    const std::string name(text_.name_at(begin, end));
    const std::size_t equals = text_.skip_blanks(begin + name.size(), end);
    const bool composed = equals < end && text_.text()[equals] == '=';
    if (name.empty() || !composed) {
      problems_.add(text_.where(begin), fmt::format("{}: must be a species and its atoms, such as NO2 = N + 2O, or = IGNORE",
                                                    text_.piece(begin, end)));
    }
    if (name.empty()) {
      return;
    }
    for (const auto* other : {&mechanism_.species_, &mechanism_.fixed_}) {
      if (const int first = index_of(*other, name); first >= 0) {
        problems_.add(text_.where(begin), fmt::format("species {}: must be declared once, but is in line {} too", name,
                                                      (*other)[std::size_t(first)].where.line));
        return;
      }
    }
    if (name == "hv" || name == "PROD") {
      problems_.add(text_.where(begin), fmt::format("species {}: must have another name, this one is known to all", name));
      return;
    }
    MechanismSpecies species{name, {}, !composed, text_.where(begin)};
    const auto terms =
        composed ? read_sum(text_, equals + 1, end, "an atom", problems_) : std::vector<MechanismTerm>();
    for (const MechanismTerm& term : terms) {
      if (term.name == "IGNORE") {
        species.incomplete = true;
      } else if (std::find(atoms_.begin(), atoms_.end(), term.name) == atoms_.end()) {
        problems_.add(text_.where(term.at), fmt::format("atom {}: must be declared by #ATOMS or #include atoms{}", term.name,
                                                        suggestion(term.name, atoms_)));
      } else {
        species.atoms[term.name] += term.coefficient;
      }
    }
    list.push_back(std::move(species));
  }

  std::optional<Rate> read_rate(std::size_t begin, std::size_t end) {
    begin = text_.skip_blanks(begin, end);
    if (begin == end) {
      problems_.add(text_.where(begin), "ends here: must go on with a rate");
      return std::nullopt;
    }
    return Rate::compile(text_.piece(begin, end), text_.where(begin), problems_);
  }

  void set_amount(std::size_t begin, std::size_t end) {
    const std::string name(text_.name_at(begin, end));
    const int index = index_of(mechanism_.fixed_, name);
    const std::size_t equals = text_.skip_blanks(begin + name.size(), end);
    if (name.empty() || equals == end || text_.text()[equals] != '=') {
      problems_.add(text_.where(begin), fmt::format("{}: must be a fixed species and its amount, such as CH4 = 1.9E-6 * M",
                                                    text_.piece(begin, end)));
    } else if (index < 0) {
      problems_.add(text_.where(begin), fmt::format("amount of {}: must be that of a species of #DEFFIX{}", name,
                                                    suggestion(name, names_of(mechanism_.fixed_))));
    } else {
      fixed_amounts_[std::size_t(index)] = read_rate(equals + 1, end);
    }
  }

  void fill_amounts() {
    for (std::size_t n = 0; n < fixed_amounts_.size(); ++n) {
      const MechanismSpecies& species = mechanism_.fixed_[n];
      if (!fixed_amounts_[n] && std::find(air_species.begin(), air_species.end(), species.name) != air_species.end()) {
        fixed_amounts_[n] = Rate::compile(species.name, species.where, problems_);
      }
      if (fixed_amounts_[n]) {
        mechanism_.fixed_amounts_.push_back(std::move(*fixed_amounts_[n]));
      } else {
        problems_.add(species.where, fmt::format("fixed species {}: must have an amount in #INITVALUES, or be one of {}",
                                                 species.name, fmt::join(air_species, ", ")));
      }
    }
  }

  void read_equation(std::size_t begin, std::size_t end) {
    std::string label = fmt::format("R{}", 1 + equations_++);
    std::size_t at = begin;
    if (text_.text()[at] == '<') {
      const std::size_t close = text_.piece(at, end).find('>');
      if (close == std::string_view::npos) {
        problems_.add(text_.where(at), fmt::format("label {}: must end with >", text_.piece(at, end)));
        return;
      }
      label = text_.piece(at + 1, at + close);
      at += close + 1;
    }
    if (!labels_.insert(label).second) {
      problems_.add(text_.where(begin), fmt::format("label <{}>: must differ from those before", label));
    }
    const std::size_t equals = text_.piece(at, end).find('='), colon = text_.piece(at, end).find(':');
    if (equals == std::string_view::npos || colon == std::string_view::npos || colon < equals) {
      problems_.add(text_.where(begin), fmt::format("<{}>: must be REACTANTS = PRODUCTS : RATE", label));
      return;
    }
    Side left, right;
    std::vector<int> reactants, fixed_reactants;
    read_reactants(at, at + equals, reactants, fixed_reactants, left);
    std::vector<Reaction::Product> products = read_products(at + equals + 1, at + colon, right);
    check_balance(label, begin, left, right);
    if (std::optional<Rate> rate = read_rate(at + colon + 1, end)) {
      mechanism_.reactions_.push_back({label, std::move(reactants), std::move(fixed_reactants), std::move(products),
                                       std::move(*rate), text_.where(begin)});
    }
  }

  /// The species that a term names, in which list; none with a problem if nothing is called so.
  const MechanismSpecies* find(const MechanismTerm& term, bool& is_fixed, int& index) {
    index = index_of(mechanism_.species_, term.name);
    is_fixed = index < 0;
    if (!is_fixed) {
      return &mechanism_.species_[std::size_t(index)];
    }
    index = index_of(mechanism_.fixed_, term.name);
    if (index >= 0) {
      return &mechanism_.fixed_[std::size_t(index)];
    }
    std::vector<std::string> names = names_of(mechanism_.species_), fixed = names_of(mechanism_.fixed_);
    names.insert(names.end(), fixed.begin(), fixed.end());
    problems_.add(text_.where(term.at), fmt::format("species {}: must be declared by #DEFVAR or #DEFFIX{}", term.name,
                                                    suggestion(term.name, names)));
    return nullptr;
  }

  static void count(Side& side, const MechanismSpecies& species, double coefficient) {
    for (const auto& [atom, number] : species.atoms) {
      side.atoms[atom] += coefficient * number;
    }
    if (species.incomplete) {
      side.incomplete.push_back(&species);
    }
  }

  void read_reactants(std::size_t begin, std::size_t end, std::vector<int>& reactants, std::vector<int>& fixed, Side& side) {
    for (const MechanismTerm& term : read_sum(text_, begin, end, "a species", problems_)) {
      if (term.name == "hv" && !term.counted) {
        continue;
      }
      if (term.coefficient < 1 || term.coefficient != std::floor(term.coefficient)) {
        problems_.add(text_.where(term.at), fmt::format("reactant {}: must have a whole number before it, not {}", term.name,
                                                        term.coefficient));
        side.open = true;
        continue;
      }
      bool is_fixed = false;
      int index = 0;
      if (const MechanismSpecies* species = find(term, is_fixed, index)) {
        count(side, *species, term.coefficient);
        std::vector<int>& list = is_fixed ? fixed : reactants;
        list.insert(list.end(), std::size_t(std::min(term.coefficient, 1.0 + most_reactants)), index);
      } else {
        side.open = true;
      }
    }
    if (reactants.size() > most_reactants) {
      problems_.add(text_.where(text_.skip_blanks(begin, end)),
                    fmt::format("reactants: must be at most {} that vary, each as often as its coefficient says",
                                most_reactants));
    }
  }

  std::vector<Reaction::Product> read_products(std::size_t begin, std::size_t end, Side& side) {
    std::map<int, double> products;
    for (const MechanismTerm& term : read_sum(text_, begin, end, "a species", problems_)) {
      bool is_fixed = false;
      int index = 0;
      if (term.name == "PROD") {
        side.open = true;
      } else if (const MechanismSpecies* species = find(term, is_fixed, index)) {
        count(side, *species, term.coefficient);
        if (!is_fixed) {
          products[index] += term.coefficient;
        }
      } else {
        side.open = true;
      }
    }
    std::vector<Reaction::Product> list;
    for (const auto& [index, coefficient] : products) {
      list.push_back({index, coefficient});
    }
    return list;
  }

  void check_balance(const std::string& label, std::size_t at, const Side& left, const Side& right) {
    for (const std::string& atom : checked_.empty() ? atoms_ : checked_) {
      const auto unknown = [&](const MechanismSpecies* species) { return !species->atoms.contains(atom); };
      const auto is_open = [&](const Side& side) {
        return side.open || std::any_of(side.incomplete.begin(), side.incomplete.end(), unknown);
      };
      const auto number = [&](const Side& side) {
        const auto found = side.atoms.find(atom);
        return found == side.atoms.end() ? 0.0 : found->second;
      };
      const double before = number(left), after = number(right);
      if (!is_open(left) && !is_open(right) && std::abs(before - after) > 1e-9 * (std::abs(before) + std::abs(after))) {
        problems_.add(text_.where(at), fmt::format("<{}>: must keep {}, but has {:.6g} on the left and {:.6g} on the right",
                                                   label, atom, before, after));
      }
    }
  }

  ProblemList problems_;
  MechanismText text_;
  Mechanism mechanism_;
  std::vector<std::string> atoms_, checked_;
  std::vector<std::optional<Rate>> fixed_amounts_;
  std::set<std::string> labels_;
  int equations_ = 0;
};

Mechanism Mechanism::parse(const std::string& file, std::string text) {
  return MechanismReader(file, std::move(text)).read();
}

Mechanism Mechanism::read(const std::filesystem::path& file) { return parse(file.string(), read_text_file(file)); }

} // namespace tq::gas
