#include "config/expression.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <muParser.h>
#include <mutex>
#include <stdexcept>

namespace tq::config {

struct Expression::Parser {
  mu::Parser parser;
  std::vector<double> values; // the parser reads the variables from here
  std::vector<std::string> used;
  std::mutex evaluating;
};

Expression::Expression(const std::string& text, const std::vector<std::string>& variables,
                       std::span<const Function> functions)
    : parser_(std::make_unique<Parser>()) {
  parser_->values.assign(variables.size(), 0.0);
  for (std::size_t at = text.find('='); at != std::string::npos; at = text.find('=', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] == '=') {
      ++at;
    } else if (at == 0 || std::string("<>!").find(text[at - 1]) == std::string::npos) {
      throw std::invalid_argument(fmt::format("\"=\" at position {} would set a variable; equality is \"==\"", at + 1));
    }
  }
  try {
    for (std::size_t v = 0; v < variables.size(); ++v) {
      parser_->parser.DefineVar(variables[v], &parser_->values[v]);
    }
    for (const Function& function : functions) {
      std::visit([&](auto compute) { parser_->parser.DefineFun(function.name, compute); }, function.compute);
    }
    parser_->parser.SetExpr(text);
    for (const auto& [name, value] : parser_->parser.GetUsedVar()) {
      if (std::find(variables.begin(), variables.end(), name) == variables.end()) {
        throw std::invalid_argument(fmt::format("\"{}\" is none of {}", name, fmt::join(variables, ", ")));
      }
      parser_->used.push_back(name);
    }
    parser_->parser.Eval();
  } catch (const mu::Parser::exception_type& error) {
    throw std::invalid_argument(error.GetMsg());
  }
}

Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

double Expression::operator()(std::span<const double> values) const {
  const std::lock_guard turn(parser_->evaluating);
  std::copy(values.begin(), values.end(), parser_->values.begin());
  return parser_->parser.Eval();
}

bool Expression::uses(const std::string& variable) const {
  return std::find(parser_->used.begin(), parser_->used.end(), variable) != parser_->used.end();
}

} // namespace tq::config
