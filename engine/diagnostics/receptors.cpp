#include "diagnostics/receptors.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace tq {

void declare_receptors(config::Schema& schema) {
  using config::Type;
  schema.add({.key = "receptor[].name", .type = Type::text, .description = "for people; the id if absent"});
  schema.add({.key = "receptor[].longitude",
              .type = Type::number,
              .description = "of a place whose hourly concentrations are written, WGS84",
              .required = true,
              .unit = "degree",
              .minimum = -180,
              .maximum = 180});
  schema.add({.key = "receptor[].latitude",
              .type = Type::number,
              .description = "of the place, WGS84; it must lie in the grid's domain",
              .required = true,
              .unit = "degree",
              .minimum = -90,
              .maximum = 90});
}

std::vector<Receptor> read_receptors(const config::Settings& scenario, const Grid& grid, ProblemList& problems) {
  const GridSpecification& domain = grid.specification();
  const double x_east = domain.x_west + domain.nx * domain.dx, y_north = domain.y_south + domain.ny * domain.dy;
  std::vector<Receptor> receptors;
  for (const config::Settings& item : scenario.each("receptor")) {
    if (!item.has("id") || !item.has("longitude") || !item.has("latitude")) {
      continue; // reported already
    }
    Receptor receptor{.id = item.text("id"),
                      .name = item.has("name") ? item.text("name") : item.text("id"),
                      .longitude = item.number("longitude"),
                      .latitude = item.number("latitude")};
    const files::Position place = grid.projection().project({receptor.longitude, receptor.latitude});
    receptor.x = place.x;
    receptor.y = place.y;
    if (!(place.x >= domain.x_west && place.x <= x_east && place.y >= domain.y_south && place.y <= y_north)) {
      item.problem(problems, "",
                   fmt::format("lie inside the domain, x {:.0f} to {:.0f} m, y {:.0f} to {:.0f} m; longitude {}, latitude {} "
                               "is x {:.0f} m, y {:.0f} m",
                               domain.x_west, x_east, domain.y_south, y_north, receptor.longitude, receptor.latitude,
                               place.x, place.y));
    }
    receptors.push_back(std::move(receptor));
  }
  return receptors;
}

ReceptorValues::ReceptorValues(const std::vector<Receptor>& receptors, const Grid& grid) {
  /// The cell whose centre lies before a coordinate, the one after it, and the share of the latter.
  struct Between {
    int before, after;
    double share;
    Between(double coordinate, double first, double spacing, int count) {
      const double cells = std::clamp((coordinate - first) / spacing, 0.0, double(count - 1));
      before = int(cells);
      after = std::min(before + 1, count - 1);
      share = cells - before;
    }
  };
  for (const Receptor& receptor : receptors) {
    const Between x(receptor.x, grid.x_center(0), grid.dx(), grid.nx());
    const Between y(receptor.y, grid.y_center(0), grid.dy(), grid.ny());
    const auto corner = [&](int i, int j, double weight) {
      return Corner{std::size_t(j) * std::size_t(grid.nx()) + std::size_t(i), weight};
    };
    points_.push_back({corner(x.before, y.before, (1 - x.share) * (1 - y.share)),
                       corner(x.after, y.before, x.share * (1 - y.share)),
                       corner(x.before, y.after, (1 - x.share) * y.share),
                       corner(x.after, y.after, x.share * y.share)});
  }
}

void ReceptorValues::apply(std::span<const double> field, std::span<double> values) const {
  if (values.size() != points_.size()) {
    throw std::logic_error("one value per receptor is needed");
  }
  for (std::size_t n = 0; n < points_.size(); ++n) {
    double sum = 0;
    for (const Corner& corner : points_[n]) {
      sum += field[corner.place] * corner.weight;
    }
    values[n] = sum;
  }
}

} // namespace tq
