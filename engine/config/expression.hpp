#pragma once
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tq::config {

/// A function that formulas may call beside muParser's own; it must depend on its arguments alone.
struct Function {
  std::string name;
  std::variant<double (*)(double, double, double), double (*)(double, double, double, double),
               double (*)(double, double, double, double, double, double),
               double (*)(double, double, double, double, double, double, double, double),
               double (*)(double, double, double, double, double, double, double, double, double)>
      compute;
};

/// A formula over named numbers, such as "wind_speed > 6 || aqi_yesterday > 100": + - * / ^, comparisons, && || !,
/// ?: and the functions of muParser (sin, exp, min, ...). The only evaluator of formulas in scenario files.
/// Threads that evaluate one object take turns.
class Expression {
 public:
  /// Throws std::invalid_argument with the reason ("unexpected token ...") if `text` is no formula over `variables`.
  Expression(const std::string& text, const std::vector<std::string>& variables,
             std::span<const Function> functions = {});
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  /// The value for the variables' values, in the order of `variables`. Comparisons give 1 or 0; with NaN 0, but != gives 1.
  double operator()(std::span<const double> values) const;
  /// Whether the formula names the variable.
  bool uses(const std::string& variable) const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

} // namespace tq::config
