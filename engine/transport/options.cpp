#include "transport/options.hpp"

namespace tq {

void declare_transport(config::Schema& schema) {
  const TransportOptions defaults;
  schema.add({.key = "transport.precision",
              .type = config::Type::text,
              .description = "Floating-point type of the mixing ratios.",
              .default_value = std::string("float"),
              .choices = {"float", "double"}});
  schema.add(
      {.key = "transport.max_step",
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
  options.max_step = scenario.number("transport.max_step");
  options.max_courant = scenario.number("transport.max_courant");
  options.horizontal_diffusivity = scenario.number("transport.horizontal_diffusivity");
  options.double_precision = scenario.text("transport.precision") == "double";
  return options;
}

} // namespace tq
