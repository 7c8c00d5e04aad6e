#pragma once
#include "files/geojson.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tq {

/// One or several polygons in the plane, for the questions that need GEOS. Not thread-safe (one per thread).
class PlanarArea {
 public:
  /// Takes polygons with positions in metres.
  explicit PlanarArea(const std::vector<files::Polygon>& polygons);
  ~PlanarArea();
  PlanarArea(PlanarArea&&) noexcept;
  PlanarArea& operator=(PlanarArea&&) noexcept;

  struct Fault {
    std::string reason; // "" if there is none: "Self-intersection", "Hole lies outside shell" ...
    files::Position place;
  };
  /// Why the polygons are not valid by the rules of OGC Simple Features; GEOS's words.
  Fault fault() const;
  double area() const; // m2
  /// m2 that both cover; both must be valid.
  double overlap(const PlanarArea& other) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace tq
