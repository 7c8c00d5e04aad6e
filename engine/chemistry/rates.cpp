#include "chemistry/rates.hpp"

#include "base/constants.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq::gas {

namespace {

double arrhenius(double t, double a, double b, double c) { return a * std::exp(-b / t) * std::pow(t / 300.0, c); }
double arr_ab(double t, double a, double b) { return a * std::exp(-b / t); }
double arr_ac(double t, double a, double c) { return a * std::pow(t / 300.0, c); }
double arr2(double t, double a, double b) { return a * std::exp(b / t); }

double ep2(double t, double m, double a0, double c0, double a2, double c2, double a3, double c3) {
  const double k0 = arr_ab(t, a0, c0), k2 = arr_ab(t, a2, c2), k3 = arr_ab(t, a3, c3) * m;
  return k0 + k3 / (1.0 + k3 / k2);
}

double ep3(double t, double m, double a1, double c1, double a2, double c2) {
  return arr_ab(t, a1, c1) + arr_ab(t, a2, c2) * m;
}

double broadened(double k0, double k1, double f, double width) {
  const double x = k0 / k1, decades = std::log10(x) / width;
  return k0 / (1.0 + x) * std::pow(f, 1.0 / (1.0 + decades * decades));
}

double fall(double t, double m, double a0, double b0, double c0, double a1, double b1, double c1, double f) {
  return broadened(arrhenius(t, a0, b0, c0) * m, arrhenius(t, a1, b1, c1), f, 1.0);
}

double troe(double k0, double k1, double f) { return broadened(k0, k1, f, 0.75 - 1.27 * std::log10(f)); }

/// A function of the language: what stands for its name and opening bracket, and how many arguments the file gives it.
struct Spelling {
  const char* name;
  const char* opening;
  int arguments;
};

constexpr std::array spellings = {
    Spelling{"ARR", "ARR_abc(TEMP,", 3}, Spelling{"ARR_abc", "ARR_abc(TEMP,", 3},
    Spelling{"ARR_ab", "ARR_ab(TEMP,", 2}, Spelling{"ARR_ac", "ARR_ac(TEMP,", 2},
    Spelling{"ARR2", "ARR2(TEMP,", 2},   Spelling{"EP2", "EP2(TEMP,M,", 6},
    Spelling{"EP3", "EP3(TEMP,M,", 4},   Spelling{"FALL", "FALL(TEMP,M,", 7},
    Spelling{"TROE", "TROE(", 3},        Spelling{"EXP", "exp(", 1},
    Spelling{"LOG", "ln(", 1},           Spelling{"LOG10", "log10(", 1},
    Spelling{"SQRT", "sqrt(", 1},        Spelling{"MIN", "min(", 2},
    Spelling{"MAX", "max(", 2},
};

const std::vector<config::Function>& functions() {
  static const std::vector<config::Function> all = {{"ARR_abc", arrhenius}, {"ARR_ab", arr_ab}, {"ARR_ac", arr_ac},
                                                    {"ARR2", arr2},         {"EP2", ep2},       {"EP3", ep3},
                                                    {"FALL", fall},         {"TROE", troe}};
  return all;
}

constexpr std::array plain_variables = {"TEMP", "PRES", "SUN", "M", "O2", "N2", "H2O"};

/// The plain ones, then PHOTO_name in the order of physics::photolysis_reactions.
const std::vector<std::string>& variables() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names(plain_variables.begin(), plain_variables.end());
    for (const physics::PhotolysisReaction& reaction : physics::photolysis_reactions) {
      names.push_back(std::string("PHOTO_") + reaction.name);
    }
    return names;
  }();
  return all;
}

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)); }
bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)); }

std::string upper(std::string_view word) {
  std::string result(word);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return std::toupper(c); });
  return result;
}

/// Turns a rate as the file writes it into a formula of config::Expression.
class Translator {
public:
  Translator(std::string_view text, SourceLocation where, ProblemList& problems)
      : text_(text), where_(std::move(where)), problems_(problems) {}

  std::string translate() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
        number();
      } else if (is_letter(c)) {
        word();
      } else if (text_.substr(at_, 2) == "**") {
        formula_ += '^';
        at_ += 2;
      } else {
        bracket(c);
        formula_ += is_blank(c) ? ' ' : c;
        ++at_;
      }
    }
    return formula_;
  }

private:
  struct Call {
    const Spelling* function; // none: a bracket
    std::size_t at;
    int arguments;
  };

  SourceLocation place(std::size_t at) const {
    SourceLocation where = where_;
    for (std::size_t n = 0; n < at; ++n) {
      const bool ends = text_[n] == '\n';
      where.line += ends ? 1 : 0;
      where.column = ends ? 1 : where.column + 1;
    }
    return where;
  }

  void number() {
    const std::size_t start = at_;
    const auto digits = [&] {
      while (at_ < text_.size() && is_digit(text_[at_])) {
        ++at_;
      }
    };
    digits();
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      digits();
    }
    std::string value(text_.substr(start, at_ - start));
    if (at_ < text_.size() && std::string_view("eEdD").find(text_[at_]) != std::string_view::npos) {
      std::size_t next = at_ + 1;
      next += next < text_.size() && (text_[next] == '+' || text_[next] == '-') ? 1 : 0;
      if (next < text_.size() && is_digit(text_[next])) {
        const std::size_t exponent = at_ + 1;
        at_ = next;
        digits();
        value.append(1, 'e').append(text_.substr(exponent, at_ - exponent));
      }
    }
    if (text_.substr(at_, 3) == "_dp") {
      at_ += 3;
    }
    formula_ += value;
  }

  void word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) {
      ++at_;
    }
    const std::string name(text_.substr(start, at_ - start));
    std::size_t next = at_;
    while (next < text_.size() && is_blank(text_[next])) {
      ++next;
    }
    if (next == text_.size() || text_[next] != '(') {
      if (std::find(plain_variables.begin(), plain_variables.end(), name) == plain_variables.end()) {
        const std::vector<std::string> names(plain_variables.begin(), plain_variables.end());
        problems_.add(place(start), fmt::format("rate names {}: must be one of {} or PHOTO(name){}", name,
                                                fmt::join(names, ", "), suggestion(name, names)));
      }
      formula_ += name;
      return;
    }
    at_ = next + 1;
    if (name == "PHOTO") {
      photolysis();
      return;
    }
    const auto found = std::find_if(spellings.begin(), spellings.end(), [&](const Spelling& s) {
      return s.name == name || (std::islower(static_cast<unsigned char>(name[0])) && s.name == upper(name));
    });
    if (found == spellings.end()) {
      std::vector<std::string> names = {"PHOTO"};
      for (const Spelling& spelling : spellings) {
        names.push_back(spelling.name);
      }
      problems_.add(place(start), fmt::format("rate calls {}(): must be one of {}{}", name, fmt::join(names, ", "),
                                              suggestion(name, names)));
    }
    calls_.push_back({found == spellings.end() ? nullptr : &*found, start, 1});
    formula_ += found == spellings.end() ? "(" : found->opening;
  }

  void photolysis() {
    const std::size_t start = at_;
    const std::size_t end = std::min(text_.find(')', at_), text_.size());
    std::string name(text_.substr(start, end - start));
    std::erase_if(name, is_blank);
    at_ = std::min(end + 1, text_.size());
    std::vector<std::string> names;
    for (const physics::PhotolysisReaction& reaction : physics::photolysis_reactions) {
      names.push_back(reaction.name);
    }
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      problems_.add(place(start), fmt::format("rate names PHOTO({}): must be one of {}{}", name, fmt::join(names, ", "),
                                              suggestion(name, names)));
    }
    formula_ += "PHOTO_" + name;
  }

  void bracket(char c) {
    if (c == '(') {
      calls_.push_back({nullptr, at_, 1});
    } else if (c == ',' && !calls_.empty()) {
      ++calls_.back().arguments;
    } else if (c == ')' && !calls_.empty()) {
      const Call call = calls_.back();
      calls_.pop_back();
      if (call.function != nullptr && call.arguments != call.function->arguments) {
        problems_.add(place(call.at), fmt::format("{}() has {} argument{}: must have {}", call.function->name,
                                                  call.arguments, call.arguments == 1 ? "" : "s",
                                                  call.function->arguments));
      }
    }
  }

  std::string_view text_;
  SourceLocation where_;
  ProblemList& problems_;
  std::size_t at_ = 0;
  std::string formula_;
  std::vector<Call> calls_;
};

} // namespace

double RateConditions::air() const {
  return 1e-6 * constants::avogadro * pressure / (constants::molar_gas * temperature);
}

std::optional<Rate> Rate::compile(std::string_view text, SourceLocation where, ProblemList& problems) {
  const std::size_t before = problems.problems().size();
  const std::string formula = Translator(text, where, problems).translate();
  if (problems.problems().size() > before) {
    return std::nullopt;
  }
  try {
    return Rate(config::Expression(formula, variables(), functions()));
  } catch (const std::invalid_argument& error) {
    problems.add(std::move(where), fmt::format("rate {}: must be a formula: {}", text, error.what()));
    return std::nullopt;
  }
}

double Rate::operator()(const RateConditions& conditions) const {
  const double air = conditions.air();
  std::array<double, plain_variables.size() + physics::photolysis_reactions.size()> values = {
      conditions.temperature, conditions.pressure,  conditions.sun, air, oxygen_share * air, nitrogen_share * air,
      conditions.water};
  std::copy(conditions.photolysis.begin(), conditions.photolysis.end(), values.begin() + plain_variables.size());
  return expression_(values);
}

} // namespace tq::gas
