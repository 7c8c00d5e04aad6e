#include "grid/projection.hpp"

#include "base/constants.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <proj.h>
#include <stdexcept>
#include <string_view>

namespace tq {

namespace {

struct ContextDelete {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct ObjectDelete {
  void operator()(PJ* object) const { proj_destroy(object); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDelete>;
using Object = std::unique_ptr<PJ, ObjectDelete>;

/// CF attribute of one parameter of a map projection, by the parameter's EPSG code.
struct CfParameter {
  std::string_view epsg_code;
  const char* attribute;
};

/// EPSG Guidance Note 7-2 (methods and parameters) against CF-1.8, appendix F.
struct CfMapping {
  std::string_view epsg_method;
  const char* name;
  std::array<CfParameter, 6> parameters;
};

constexpr CfMapping cf_mappings[] = {
    {"9807", // Transverse Mercator
     "transverse_mercator",
     {{{"8801", "latitude_of_projection_origin"},
       {"8802", "longitude_of_central_meridian"},
       {"8805", "scale_factor_at_central_meridian"},
       {"8806", "false_easting"},
       {"8807", "false_northing"}}}},
    {"9802", // Lambert Conic Conformal (2SP)
     "lambert_conformal_conic",
     {{{"8821", "latitude_of_projection_origin"},
       {"8822", "longitude_of_central_meridian"},
       {"8823", "standard_parallel"},
       {"8824", "standard_parallel"},
       {"8826", "false_easting"},
       {"8827", "false_northing"}}}},
    {"9804", // Mercator (variant A)
     "mercator",
     {{{"8802", "longitude_of_projection_origin"},
       {"8805", "scale_factor_at_projection_origin"},
       {"8806", "false_easting"},
       {"8807", "false_northing"}}}},
    {"9805", // Mercator (variant B)
     "mercator",
     {{{"8823", "standard_parallel"},
       {"8802", "longitude_of_projection_origin"},
       {"8806", "false_easting"},
       {"8807", "false_northing"}}}},
    {"9822", // Albers Equal Area
     "albers_conical_equal_area",
     {{{"8821", "latitude_of_projection_origin"},
       {"8822", "longitude_of_central_meridian"},
       {"8823", "standard_parallel"},
       {"8824", "standard_parallel"},
       {"8826", "false_easting"},
       {"8827", "false_northing"}}}},
    {"9820", // Lambert Azimuthal Equal Area
     "lambert_azimuthal_equal_area",
     {{{"8801", "latitude_of_projection_origin"},
       {"8802", "longitude_of_projection_origin"},
       {"8806", "false_easting"},
       {"8807", "false_northing"}}}},
};

[[noreturn]] void refuse(int epsg, const std::string& reason) {
  throw std::invalid_argument(
      "must be the EPSG code of a projected CRS with axes east and north in metres, but " +
      std::to_string(epsg) + " " + reason);
}

/// "" if the axes are east and north (in either order) in metres, else what is wrong.
std::string axes_problem(PJ_CONTEXT* context, const PJ* crs) {
  const Object system(proj_crs_get_coordinate_system(context, crs));
  if (!system || proj_cs_get_axis_count(context, system.get()) != 2) {
    return "has not two axes";
  }
  std::string directions;
  for (int axis = 0; axis < 2; ++axis) {
    const char* direction = nullptr;
    const char* unit = nullptr;
    double metres = 0;
    if (proj_cs_get_axis_info(context, system.get(), axis, nullptr, nullptr, &direction, &metres, &unit,
                              nullptr, nullptr) == 0) {
      return "has axes that PROJ cannot describe";
    }
    if (metres != 1.0) {
      return std::string("is in ") + unit;
    }
    directions += (axis > 0 ? " and " : "") + std::string(direction);
  }
  const bool east_north = directions == "east and north" || directions == "north and east";
  return east_north ? "" : "has axes " + directions;
}

files::Position transformed(PJ* pipeline, PJ_DIRECTION direction, files::Position from) {
  const PJ_COORD to = proj_trans(pipeline, direction, proj_coord(from.x, from.y, 0, 0));
  return {to.xy.x, to.xy.y};
}

} // namespace

struct Projection::State {
  Context context;
  Object crs;
  Object pipeline; // WGS84 longitude, latitude [degrees] -> easting, northing [m]

  /// The mapping of the projection's method and the operation itself; nullptr if CF has none.
  std::pair<const CfMapping*, Object> cf_mapping() const {
    Object operation(proj_crs_get_coordoperation(context.get(), crs.get()));
    const char* code = nullptr;
    if (!operation ||
        proj_coordoperation_get_method_info(context.get(), operation.get(), nullptr, nullptr, &code) == 0 ||
        !code) {
      return {nullptr, nullptr};
    }
    for (const CfMapping& mapping : cf_mappings) {
      if (mapping.epsg_method == code) {
        return {&mapping, std::move(operation)};
      }
    }
    return {nullptr, nullptr};
  }

  Object datum() const { return Object(proj_crs_get_datum_forced(context.get(), crs.get())); }
  Object ellipsoid() const { return Object(proj_get_ellipsoid(context.get(), crs.get())); }
  Object prime_meridian() const { return Object(proj_get_prime_meridian(context.get(), crs.get())); }
  Object geographic() const { return Object(proj_crs_get_geodetic_crs(context.get(), crs.get())); }
};

Projection::Projection(int epsg) : epsg_(epsg), state_(std::make_unique<State>()) {
  state_->context.reset(proj_context_create());
  PJ_CONTEXT* context = state_->context.get();
  proj_log_func(context, nullptr, [](void*, int, const char*) {}); // problems are thrown, not printed
  proj_context_set_enable_network(context, 0);

  state_->crs.reset(
      proj_create_from_database(context, "EPSG", std::to_string(epsg).c_str(), PJ_CATEGORY_CRS, 0, nullptr));
  if (!state_->crs) {
    const int error = proj_context_errno(context);
    refuse(epsg, std::string("is not in PROJ's database") +
                     (error != 0 ? std::string(" (") + proj_context_errno_string(context, error) + ")" : ""));
  }
  const std::string name = proj_get_name(state_->crs.get());
  if (proj_get_type(state_->crs.get()) != PJ_TYPE_PROJECTED_CRS) {
    refuse(epsg, "(" + name + ") is not a projected CRS");
  }
  const std::string problem = axes_problem(context, state_->crs.get());
  if (!problem.empty()) {
    refuse(epsg, "(" + name + ") " + problem);
  }
  const Object wgs84(proj_create(context, "EPSG:4326"));
  const Object pipeline(
      wgs84 ? proj_create_crs_to_crs_from_pj(context, wgs84.get(), state_->crs.get(), nullptr, nullptr)
            : nullptr);
  state_->pipeline.reset(pipeline ? proj_normalize_for_visualization(context, pipeline.get()) : nullptr);
  if (!state_->pipeline) {
    refuse(epsg, "(" + name + ") cannot be reached from WGS84");
  }
}

Projection::~Projection() = default;
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;

files::Position Projection::project(files::Position longitude_latitude) const {
  return transformed(state_->pipeline.get(), PJ_FWD, longitude_latitude);
}

files::Position Projection::unproject(files::Position easting_northing) const {
  return transformed(state_->pipeline.get(), PJ_INV, easting_northing);
}

double Projection::scale_error(files::Position longitude_latitude) const {
  // Lengths on the map of short arcs on the WGS84 ellipsoid against the arcs themselves (radii of curvature:
  // Snyder 1987, eqs. 4-18 and 4-20). PROJ's own proj_factors rebuilds the projection at each call.
  constexpr double semi_major_axis = 6378137.0, eccentricity_squared = 0.00669437999014;
  constexpr double half_arc = 0.001; // degrees
  const auto [x, y] = longitude_latitude;
  const double radians = constants::pi / 180.0;
  const double sine = std::sin(y * radians);
  const double w = 1 - eccentricity_squared * sine * sine;
  const double normal_radius = semi_major_axis / std::sqrt(w);
  const double meridian_radius = normal_radius * (1 - eccentricity_squared) / w;
  const auto error = [this](files::Position from, files::Position to, double arc) {
    const files::Position a = project(from), b = project(to);
    const double error = std::abs(std::hypot(b.x - a.x, b.y - a.y) / arc - 1);
    return std::isfinite(error) ? error : std::numeric_limits<double>::infinity();
  };
  const double arc = 2 * half_arc * radians;
  return std::max(error({x - half_arc, y}, {x + half_arc, y}, normal_radius * std::cos(y * radians) * arc),
                  error({x, y - half_arc}, {x, y + half_arc}, meridian_radius * arc));
}

std::string Projection::wkt() const {
  const char* const options[] = {"MULTILINE=NO", nullptr};
  const char* text = proj_as_wkt(state_->context.get(), state_->crs.get(), PJ_WKT2_2019, options);
  return text ? text : "";
}

std::vector<std::pair<std::string, std::string>> Projection::cf_texts() const {
  std::vector<std::pair<std::string, std::string>> texts;
  const auto add_name = [&texts](const char* attribute, const Object& object) {
    if (object) {
      texts.emplace_back(attribute, proj_get_name(object.get()));
    }
  };
  if (const auto [mapping, operation] = state_->cf_mapping(); mapping) {
    texts.emplace_back("grid_mapping_name", mapping->name);
  }
  add_name("projected_crs_name", state_->crs);
  add_name("geographic_crs_name", state_->geographic());
  add_name("horizontal_datum_name", state_->datum());
  add_name("reference_ellipsoid_name", state_->ellipsoid());
  add_name("prime_meridian_name", state_->prime_meridian());
  return texts;
}

std::vector<std::pair<std::string, double>> Projection::cf_numbers() const {
  PJ_CONTEXT* context = state_->context.get();
  std::vector<std::pair<std::string, double>> numbers;
  /// In degrees, metres or 1; the conversion leaves values that are in degrees already untouched to the last
  /// bit.
  const auto value_in_cf_units = [](double value, double si_factor, const char* unit, bool angle) {
    if (!angle) {
      return value * si_factor;
    }
    return unit && std::strcmp(unit, "degree") == 0 ? value : value * si_factor * 180.0 / constants::pi;
  };
  if (const auto [mapping, operation] = state_->cf_mapping(); mapping) {
    for (const CfParameter& wanted : mapping->parameters) {
      for (int n = 0; n < proj_coordoperation_get_param_count(context, operation.get()); ++n) {
        const char* code = nullptr;
        const char* unit = nullptr;
        const char* category = nullptr;
        double value = 0, si_factor = 1;
        if (wanted.attribute != nullptr &&
            proj_coordoperation_get_param(context, operation.get(), n, nullptr, nullptr, &code, &value,
                                          nullptr, &si_factor, &unit, nullptr, nullptr, &category) != 0 &&
            code && wanted.epsg_code == code) {
          const bool angle = category && std::strcmp(category, "angular") == 0;
          numbers.emplace_back(wanted.attribute, value_in_cf_units(value, si_factor, unit, angle));
        }
      }
    }
  }
  double axis = 0, inverse_flattening = 0;
  if (const Object ellipsoid = state_->ellipsoid();
      ellipsoid && proj_ellipsoid_get_parameters(context, ellipsoid.get(), &axis, nullptr, nullptr,
                                                 &inverse_flattening) != 0) {
    numbers.emplace_back("semi_major_axis", axis);
    numbers.emplace_back("inverse_flattening", inverse_flattening);
  }
  double longitude = 0, si_factor = 1;
  const char* unit = nullptr;
  if (const Object meridian = state_->prime_meridian();
      meridian &&
      proj_prime_meridian_get_parameters(context, meridian.get(), &longitude, &si_factor, &unit) != 0) {
    numbers.emplace_back("longitude_of_prime_meridian", value_in_cf_units(longitude, si_factor, unit, true));
  }
  return numbers;
}

} // namespace tq
