#include "grid/geos.hpp"

#include <geos_c.h>
#include <new>
#include <stdexcept>

namespace tq {

namespace {

struct Context {
  Context() : handle(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(
        handle, [](const char* message, void* self) { static_cast<Context*>(self)->message = message; },
        this);
  }
  ~Context() { GEOS_finish_r(handle); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  /// Passes a result on; throws with GEOS's last message if the call failed.
  template <class Result> Result* check(Result* result) const {
    if (result == nullptr) {
      throw std::runtime_error("GEOS: " + message);
    }
    return result;
  }

  GEOSContextHandle_t handle;
  std::string message;
};

/// One context per thread; geometries may be read through any context.
const Context& context() {
  thread_local const Context here;
  return here;
}

struct GeometryDelete {
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context().handle, geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, GeometryDelete>;

Geometry make_ring(const files::Line& positions) {
  const Context& geos = context();
  GEOSCoordSequence* sequence =
      geos.check(GEOSCoordSeq_create_r(geos.handle, static_cast<unsigned>(positions.size()), 2));
  for (unsigned n = 0; n < positions.size(); ++n) {
    GEOSCoordSeq_setXY_r(geos.handle, sequence, n, positions[n].x, positions[n].y);
  }
  return Geometry(geos.check(GEOSGeom_createLinearRing_r(geos.handle, sequence))); // takes the sequence over
}

Geometry make_polygon(const files::Polygon& polygon) {
  const Context& geos = context();
  std::vector<Geometry> rings;
  for (const files::Line& positions : polygon.rings) {
    rings.push_back(make_ring(positions));
  }
  std::vector<GEOSGeometry*> holes;
  for (std::size_t n = 1; n < rings.size(); ++n) {
    holes.push_back(rings[n].release());
  }
  return Geometry(geos.check(GEOSGeom_createPolygon_r(geos.handle, rings.at(0).release(), holes.data(),
                                                      static_cast<unsigned>(holes.size()))));
}

} // namespace

struct PlanarArea::State {
  Geometry geometry;
};

PlanarArea::PlanarArea(const std::vector<files::Polygon>& polygons) : state_(std::make_unique<State>()) {
  const Context& geos = context();
  std::vector<GEOSGeometry*> parts;
  for (const files::Polygon& polygon : polygons) {
    parts.push_back(make_polygon(polygon).release());
  }
  state_->geometry.reset(geos.check(GEOSGeom_createCollection_r(geos.handle, GEOS_MULTIPOLYGON, parts.data(),
                                                                static_cast<unsigned>(parts.size()))));
}

PlanarArea::~PlanarArea() = default;
PlanarArea::PlanarArea(PlanarArea&&) noexcept = default;
PlanarArea& PlanarArea::operator=(PlanarArea&&) noexcept = default;

PlanarArea::Fault PlanarArea::fault() const {
  const Context& geos = context();
  char* reason = nullptr;
  GEOSGeometry* place = nullptr;
  const char valid = GEOSisValidDetail_r(geos.handle, state_->geometry.get(), 0, &reason, &place);
  const Geometry point(place);
  const std::unique_ptr<char, void (*)(char*)> text(
      reason, [](char* memory) { GEOSFree_r(context().handle, memory); });
  if (valid == 1) {
    return {};
  }
  Fault fault{text ? text.get() : "not valid", {}};
  if (point) {
    GEOSGeomGetX_r(geos.handle, point.get(), &fault.place.x);
    GEOSGeomGetY_r(geos.handle, point.get(), &fault.place.y);
  }
  return fault;
}

double PlanarArea::area() const {
  double area = 0;
  GEOSArea_r(context().handle, state_->geometry.get(), &area);
  return area;
}

double PlanarArea::overlap(const PlanarArea& other) const {
  const Context& geos = context();
  const Geometry common(
      geos.check(GEOSIntersection_r(geos.handle, state_->geometry.get(), other.state_->geometry.get())));
  double area = 0;
  GEOSArea_r(geos.handle, common.get(), &area);
  return area;
}

} // namespace tq
