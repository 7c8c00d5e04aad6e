#include "meteorology/gridded_weather.hpp"

namespace tq {

GriddedWeather::GriddedWeather(const Grid& grid) {
  for (Field<double>* field : {&u, &v, &temperature, &humidity, &pressure}) {
    *field = Field<double>(grid.nx(), grid.ny(), grid.nz(), 1, 0);
  }
  for (Field<double>* field :
       {&surface_temperature, &surface_humidity, &surface_pressure, &surface_u, &surface_v, &rain, &cloud_cover}) {
    *field = Field<double>(grid.nx(), grid.ny(), 1, 1, 0);
  }
}

} // namespace tq
