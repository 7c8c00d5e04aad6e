#include "transport/options.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tq {
namespace {

/// In the order of Advection.
const std::array<std::string, 4> advection_names = {"u5_universal", "u5_relaxed", "ppm", "upwind"};

} // namespace

void declare_transport(config::Schema& schema) {
  const TransportOptions defaults;
  schema.add({.key = "transport.precision",
              .type = config::Type::text,
              .description = "Floating-point type of the mixing ratios.",
              .default_value = std::string("float"),
              .choices = {"float", "double"}});
  schema.add({.key = "transport.advection",
              .type = config::Type::text,
              .description = "Scheme of horizontal advection: fifth order within local bounds; the same, opened at "
                             "smooth extrema; piecewise parabolic; first order.",
              .default_value = advection_names[std::size_t(defaults.advection)],
              .choices = {advection_names.begin(), advection_names.end()}});
  schema.add({.key = "transport.max_step",
              .type = config::Type::number,
              .description = "Longest outer step; it is shortened so that a whole number of steps fills the hour.",
              .default_value = defaults.max_step,
              .unit = "s",
              .minimum = 1,
              .maximum = 3600});
  schema.add({.key = "transport.max_courant",
              .type = config::Type::number,
              .description = "Largest share of a cell's air that may leave it in one sweep; levels with "
                             "faster air take substeps.",
              .default_value = defaults.max_courant,
              .minimum = 0,
              .maximum = 1,
              .minimum_open = true});
  schema.add({.key = "transport.horizontal_diffusivity",
              .type = config::Type::number,
              .description = "Horizontal eddy diffusivity.",
              .default_value = defaults.horizontal_diffusivity,
              .unit = "m2 s-1",
              .minimum = 0});
}

TransportOptions read_transport(const config::Settings& scenario, ProblemList&) {
  TransportOptions options;
  const auto name = std::find(advection_names.begin(), advection_names.end(), scenario.text("transport.advection"));
  options.advection = Advection(name - advection_names.begin());
  options.max_step = scenario.number("transport.max_step");
  options.max_courant = scenario.number("transport.max_courant");
  options.horizontal_diffusivity = scenario.number("transport.horizontal_diffusivity");
  options.double_precision = scenario.text("transport.precision") == "double";
  return options;
}

} // namespace tq
