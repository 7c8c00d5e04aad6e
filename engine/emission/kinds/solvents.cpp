#include "emission/activity_factors.hpp"
#include "emission/kinds/counted.hpp"
#include "emission/kinds/kinds.hpp"

namespace tq {

namespace {

std::vector<Source> emit(ActivityRow& row, Source source, ActivityContext& context) {
  const ActivityFactor& product = *find_row(activity_factors("solvents"), row.text("product"));
  const bool mass = product.per == "kg";
  const std::optional<double> amount =
      counted_amount(row, context, product.id, mass ? "use" : "persons", mass ? "persons" : "use");
  if (!amount) {
    return {std::move(source)};
  }
  const double left = 1.0 - row.number("capture") * row.number("removal");
  source.streams.push_back(
      activity_stream(product, *amount * left, context.species, context.drivers.add(context.profile)));
  return {std::move(source)};
}

} // namespace

ActivityKind solvents_kind() {
  using Type = ActivityColumn::Type;
  return {.name = "solvents",
          .description = "organic vapours of paints, inks, glues and products",
          .sector = "solvents",
          .profile = "industry",
          .columns = {{.name = "product",
                       .type = Type::text,
                       .description = "which",
                       .required = true,
                       .choices = row_ids(activity_factors("solvents"))},
                      {.name = "use", .dimension = "kg s-1", .description = "used, mean over the year"},
                      {.name = "persons", .description = "number of persons"},
                      {.name = "capture",
                       .dimension = "1",
                       .description = "share of the vapour that is collected",
                       .otherwise = 0.0,
                       .maximum = 1},
                      {.name = "removal",
                       .dimension = "1",
                       .description = "share of what is collected that is held back",
                       .otherwise = 0.0,
                       .maximum = 1}},
          .emit = emit};
}

} // namespace tq
