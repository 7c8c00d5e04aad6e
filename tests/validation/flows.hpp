#pragma once
/// Two-dimensional flows that are given by a stream function, and the errors that the planes make in carrying shapes
/// along them.
#include "transport/options.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tq::validation {

struct Point {
  double x = 0, y = 0;
};

/// Air on a mesh of nx x ny quadrilaterals, one level; for a vertical section y is the height. The flux through an edge
/// is the difference of psi at its ends (u = -dpsi/dy, v = dpsi/dx), so it is exactly non-divergent; air has the
/// density 1.
struct Flow {
  int nx = 0, ny = 0;
  std::function<Point(int i, int j)> vertex; // south-west corner of cell (i, j), also beyond the edge
  std::function<double(Point)> psi;          // times amplitude
  std::function<double(double t)> amplitude; // unset: 1 at all times
  double end = 0;                            // time of the errors
  int steps = 0;                             // each one substep
};

/// What a tracer is at the start and at the end of a flow: value at a point, and how many Gauss points in each
/// direction (4 or 8) its cell means take.
struct Shape {
  std::function<double(Point)> start, end;
  int points = 4;
};

/// The flows of the cases. Sources: rotation and swirl: LeVeque 1996, SIAM J. Numer. Anal. 33, 627; mountain: Schaer et
/// al. 2002, Mon. Wea. Rev. 130, 2459. `courant` bounds the share of a cell that leaves it in a step: in both
/// directions together (rotation, swirl), in either direction (mountain).
Flow rotation(int n, double courant);          // one turn, unit square, n x n
Flow swirl(int n, double courant);             // T = 1.5, unit square, n x n
Flow mountain(double spacing, double courant); // vertical section, cells spacing x spacing / 2 [m]

/// What the reference's rows of the piecewise parabolic method were made with.
inline constexpr double usual_courant = 0.8, usual_courant_mountain = 0.6;

Shape hill();         // rotation, swirl
Shape cone();         // rotation
Shape slotted_disk(); // rotation
Shape combined();     // swirl: half the hill, cone, slotted disk
Shape cloud();        // mountain

/// V the cell's volume, q the result, e the exact cell mean. Sources of the norms: the study that the reference rows
/// come from.
struct Errors {
  double l1 = 0;           // sum |q - e| V / sum |e| V
  double l2 = 0;           // sqrt(sum (q - e)^2 V / sum e^2 V)
  double linf = 0;         // max |q - e| / max |e|
  double min = 0, max = 0; // of q
  double mass = 0;         // change of sum q V over what it was
  double beyond = 0;       // how far q lies outside [min, max] of the initial field, zero outside included
};

/// Carries all shapes in one run and gives their errors; nothing comes in from outside. With `tags`, the shapes after
/// the first are its tags. Throws NumericalError if a step would take substeps.
template <class T>
std::vector<Errors> advect(const Flow& flow, const std::vector<Shape>& shapes, TransportOptions options,
                           bool tags = false);

} // namespace tq::validation
