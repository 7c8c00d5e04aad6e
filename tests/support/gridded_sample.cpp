#include "gridded_sample.hpp"

#if TIANQING_GEO

#include <netcdf.h>
#include <stdexcept>

namespace tq::test {

void GriddedSample::write(const std::filesystem::path& path) const {
  const auto check = [&path](int status) {
    if (status != NC_NOERR) {
      throw std::runtime_error("cannot write " + path.string() + ": " + nc_strerror(status));
    }
  };
  const auto text = [&](int file, int variable, const char* name, const std::string& value) {
    check(nc_put_att_text(file, variable, name, value.size(), value.c_str()));
  };
  int file = -1, x_dimension = -1, y_dimension = -1, pair = -1, x_id = -1, y_id = -1, bounds = -1;
  check(nc_create(path.c_str(), NC_CLOBBER | NC_NETCDF4, &file));
  check(nc_def_dim(file, x_name.c_str(), x.size(), &x_dimension));
  check(nc_def_dim(file, y_name.c_str(), y.size(), &y_dimension));
  check(nc_def_var(file, x_name.c_str(), NC_DOUBLE, 1, &x_dimension, &x_id));
  check(nc_def_var(file, y_name.c_str(), NC_DOUBLE, 1, &y_dimension, &y_id));
  text(file, x_id, "units", x_unit);
  text(file, y_id, "units", y_unit);
  check(nc_put_var_double(file, x_id, x.data()));
  check(nc_put_var_double(file, y_id, y.data()));
  if (!y_bounds.empty()) {
    check(nc_def_dim(file, "nv", 2, &pair));
    const int shape[] = {y_dimension, pair};
    check(nc_def_var(file, "y_bounds", NC_DOUBLE, 2, shape, &bounds));
    text(file, y_id, "bounds", "y_bounds");
    check(nc_put_var_double(file, bounds, y_bounds.data()));
  }
  for (const auto& [name, variable] : variables) {
    std::vector<int> shape = {y_dimension, x_dimension};
    std::vector<double> values = variable.values;
    if (variable.times > 0) {
      int time = -1;
      check(nc_def_dim(file, ("time_" + name).c_str(), variable.times, &time));
      shape.insert(shape.begin(), time);
      for (std::size_t n = 1; n < variable.times; ++n) {
        values.insert(values.end(), variable.values.begin(), variable.values.end());
      }
    }
    int id = -1;
    check(nc_def_var(file, name.c_str(), NC_DOUBLE, int(shape.size()), shape.data(), &id));
    if (!variable.unit.empty()) {
      text(file, id, "units", variable.unit);
    }
    for (const auto& [attribute, value] : variable.attributes) {
      check(nc_put_att_double(file, id, attribute.c_str(), NC_DOUBLE, 1, &value));
    }
    check(nc_put_var_double(file, id, values.data()));
  }
  check(nc_close(file));
}

} // namespace tq::test

#endif
