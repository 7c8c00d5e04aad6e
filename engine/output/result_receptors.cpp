#include "output/result_grid.hpp"
#include "output/result_writer.hpp"

namespace tq {

using files::Hdf5Type;

// CF-1.8, chapter 9 and appendix H.2.1: time series at places that all share the hours.
void ResultWriter::create_receptors(const Grid& grid) {
  const std::size_t count = header_.receptors.size();
  if (count == 0) {
    return;
  }
  file_.set_attribute("/receptors/", "featureType", std::string("timeSeries"));
  file_.create_dimension("/receptors/receptor", count);
  const auto texts = [&](const std::string& name, const std::string& long_name, std::string Receptor::*member) {
    std::vector<std::string> values;
    for (const Receptor& receptor : header_.receptors) {
      values.push_back(receptor.*member);
    }
    const std::string path = "/receptors/" + name;
    file_.create(path, {.type = Hdf5Type::text, .dimensions = {"/receptors/receptor"}});
    file_.write(path, values);
    describe(file_, path, "", long_name, "");
  };
  texts("id", "id of the receptor", &Receptor::id);
  file_.set_attribute("/receptors/id", "cf_role", std::string("timeseries_id"));
  texts("name", "name", &Receptor::name);

  const auto numbers = [&](const std::string& name, const std::string& standard_name, const std::string& long_name,
                           const std::string& units, const std::vector<double>& values) {
    const std::string path = "/receptors/" + name;
    file_.create(path, {.type = Hdf5Type::float64, .dimensions = {"/receptors/receptor"}});
    file_.write(path, values);
    describe(file_, path, standard_name, long_name, units);
  };
  const auto of_receptors = [&](double Receptor::*member) {
    std::vector<double> values;
    for (const Receptor& receptor : header_.receptors) {
      values.push_back(receptor.*member);
    }
    return values;
  };
  const auto of_grid = [&](auto value) {
    std::vector<double> field, values(count);
    for (int j = 0; j < grid.ny(); ++j) {
      for (int i = 0; i < grid.nx(); ++i) {
        field.push_back(value(i, j));
      }
    }
    receptor_values_.apply(field, values);
    return values;
  };
  numbers("lat", "latitude", "latitude", "degrees_north", of_receptors(&Receptor::latitude));
  numbers("lon", "longitude", "longitude", "degrees_east", of_receptors(&Receptor::longitude));
  numbers("x", "projection_x_coordinate", "x", "m", of_receptors(&Receptor::x));
  numbers("y", "projection_y_coordinate", "y", "m", of_receptors(&Receptor::y));
  numbers("surface_altitude", "surface_altitude", "terrain height of the grid above sea", "m",
          of_grid([&](int i, int j) { return grid.terrain(i, j); }));
  numbers("air_density", "", "air density of the lowest layer, to which concentrations refer", "kg m-3",
          of_grid([&](int i, int j) { return grid.air_density(i, j, 0); }));

  for (const ResultPollutant& p : header_.pollutants) {
    const std::string path = "/receptors/" + p.id;
    create_record(path, {.type = Hdf5Type::float32,
                         .dimensions = {"/time", "/receptors/receptor"},
                         .chunk = {24, count},
                         .fill_missing = true});
    describe(file_, path, p.cf_name, p.name + " in the lowest layer at the receptor, ambient conditions", "kg m-3");
    file_.set_attribute(path, "cell_methods", std::string("time: mean"));
    file_.set_attribute(path, "grid_mapping", std::string("crs"));
    file_.set_attribute(path, "coordinates", std::string("lat lon x y surface_altitude id name"));
    file_.set_attribute(path, "phase", std::string(p.particle ? "particle" : "gas"));
  }
}

} // namespace tq
