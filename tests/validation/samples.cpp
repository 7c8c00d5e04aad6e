#include "samples.hpp"

#include "files/csv.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace tq::validation {
namespace {

/// The word of `params` that begins with `word`, without that beginning; "" if there is none.
std::string rest_of_word(const std::string& params, const std::string& word) {
  const std::size_t at = (" " + params).find(" " + word);
  if (at == std::string::npos) {
    return "";
  }
  const std::string rest = params.substr(at + word.size());
  return rest.substr(0, rest.find(' '));
}

double number_at(const Sample& sample, const std::string& text, const std::string& key, double least) {
  double value = 0;
  const bool is_number = std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
  if (!(is_number && value >= least)) {
    throw InputError({sample.where.file, sample.where.line, 0},
                     fmt::format("params = \"{}\": must give a number{} after `{}`", sample.params,
                                 least > 0 ? " above 0" : ", at least 0,", key));
  }
  return value;
}

} // namespace

double parameter(const Sample& sample, const std::string& key, double least) {
  return number_at(sample, rest_of_word(sample.params, key), key, least);
}

double parameter(const Sample& sample, const std::string& word, const std::string& key, double least) {
  const std::string rest = rest_of_word(sample.params, word);
  const std::size_t at = rest.find(key);
  return number_at(sample, at == std::string::npos ? "" : rest.substr(at + key.size()), word + "..." + key, least);
}

std::vector<Sample> read_samples(const std::filesystem::path& folder) {
  const files::CsvTable table = files::CsvTable::read(folder / "samples.csv");
  ProblemList problems;
  const auto name = table.require("case", problems), params = table.require("params", problems);
  const auto x = table.require("x_m", problems), y = table.require("y_m", problems), z = table.require("z_m", problems);
  const auto t = table.require("t_s", problems), value = table.require("value", problems);
  problems.throw_if_any();
  std::vector<Sample> samples;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const auto number = [&](std::size_t column) {
      return table.number(r, column, problems).value_or(std::numeric_limits<double>::quiet_NaN());
    };
    samples.push_back({table.where(r, *value), std::string(table.text(r, *name)), std::string(table.text(r, *params)),
                       number(*x), number(*y), number(*z), number(*t), 0});
    const std::size_t before = problems.problems().size();
    samples.back().value = number(*value);
    if (problems.problems().size() == before && !(samples.back().value > 0)) {
      problems.add(table.where(r, *value),
                   fmt::format("value = \"{}\": must be a number above 0", table.text(r, *value)));
    }
  }
  problems.throw_if_any();
  return samples;
}

} // namespace tq::validation
