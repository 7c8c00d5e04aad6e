#include "emission/fireworks_table.hpp"

#include "base/text_file.hpp"
#include "config/schema.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

using config::Type;

config::Schema fireworks_schema() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "Version of the file's form",
              .required = true,
              .choices = {"fireworks/1"}});
  schema.add({.key = "product[].id", .type = Type::text, .description = "Name of the product", .required = true});
  for (const std::string& pollutant : inventory_pollutants()) {
    schema.add({.key = "product[]." + pollutant, .description = "g per kg", .default_value = 0.0, .minimum = 0});
  }
  schema.add({.key = "pattern[].id", .type = Type::text, .description = "Name of the pattern", .required = true});
  for (const char* bound : {"from", "to"}) {
    schema.add({.key = std::string("pattern[].") + bound,
                .type = Type::numbers,
                .description = "Hours from 0 h of the event's day",
                .required = true,
                .minimum = 0,
                .maximum = 48});
  }
  schema.add({.key = "pattern[].share.*",
              .type = Type::numbers,
              .description = "Share of a product's amount in each of these spans",
              .minimum = 0,
              .maximum = 1});
  schema.add({.key = "festival.*", .type = Type::text, .description = "Pattern of a festival"});
  return schema;
}

/// The blocks of one product in a pattern; empty, and a problem, if they do not fit.
std::vector<FireworksBlock> read_blocks(const config::Settings& item, const std::string& product,
                                        ProblemList& problems) {
  const std::string key = "share." + product;
  const std::vector<double> from = item.numbers("from"), to = item.numbers("to"), share = item.numbers(key);
  if (to.size() != from.size() || share.size() != from.size()) {
    item.problem(problems, key, fmt::format("have as many numbers as from and to, {} and {}", from.size(), to.size()));
    return {};
  }
  std::vector<FireworksBlock> blocks;
  double sum = 0;
  for (std::size_t b = 0; b < from.size(); ++b) {
    blocks.push_back({int(from[b]), int(to[b]), share[b]});
    sum += share[b];
    if (blocks[b].from != from[b] || blocks[b].to != to[b] || to[b] <= from[b]) {
      item.problem(problems, "to", "be whole hours, each later than its from");
      return {};
    }
  }
  if (std::abs(sum - 1.0) > 1e-9) {
    item.problem(problems, key, fmt::format("sum to 1, not {:.9g}", sum));
  }
  return blocks;
}

} // namespace

FireworksTable::FireworksTable(const std::filesystem::path& file, ProblemList& problems) {
  const std::size_t before = problems.problems().size();
  const config::Settings settings = config::Settings::check(config::read_toml(file), fireworks_schema(), problems);
  if (problems.problems().size() != before) {
    return;
  }
  for (const config::Settings& item : settings.each("product")) {
    ActivityFactor& product = products.emplace_back();
    product.id = item.text("id");
    product.per = "kg";
    for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
      product.amounts[p] = 1e-3 * item.number(inventory_pollutants()[p]);
    }
    const auto of = [&](InventoryPollutant p) { return product.amounts[std::size_t(p)]; };
    if (of(InventoryPollutant::pm10) < of(InventoryPollutant::pm2_5) ||
        of(InventoryPollutant::tsp) < of(InventoryPollutant::pm10)) {
      item.problem(problems, "tsp", "be at least pm10, and that at least pm2_5: particles are counted cumulatively");
    }
  }
  for (const config::Settings& item : settings.each("pattern")) {
    for (const ActivityFactor& product : products) {
      if (item.given("share." + product.id)) {
        patterns[item.text("id")][product.id] = read_blocks(item, product.id, problems);
      } else {
        item.problem(problems, "share", fmt::format("have the shares of {}", product.id));
      }
    }
  }
  for (const std::string& name : settings.names("festival")) {
    festivals[name] = settings.text("festival." + name);
    if (!find_festival(name)) {
      settings.problem(problems, "festival." + name, fmt::format("be one of {}", fmt::join(festival_names(), ", ")));
    } else if (!patterns.contains(festivals[name])) {
      settings.problem(problems, "festival." + name, fmt::format("be one of {}", fmt::join(pattern_names(), ", ")));
    }
  }
}

const FireworksTable& FireworksTable::standard() {
  static const FireworksTable table = [] {
    ProblemList problems;
    FireworksTable read(data_directory() / "emission" / "fireworks.toml", problems);
    problems.throw_if_any();
    return read;
  }();
  return table;
}

std::vector<std::string> FireworksTable::pattern_names() const {
  std::vector<std::string> names;
  for (const auto& [name, blocks] : patterns) {
    names.push_back(name);
  }
  return names;
}

} // namespace tq
