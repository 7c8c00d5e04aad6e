#pragma once
#include "base/communicator.hpp"
#include "grid/field.hpp"

#include <span>
#include <type_traits>

namespace tq {

/// The part of the grid that a rank owns, and its eight neighbours (rank, or -1 at the domain's edge).
struct Subdomain {
  int i0 = 0, j0 = 0; // global index of the first cell
  int nx = 0, ny = 0;
  int nx_global = 0, ny_global = 0;
  int neighbour[3][3] = {{-1, -1, -1}, {-1, -1, -1}, {-1, -1, -1}}; // [1 + dj][1 + di]

  bool at_west() const { return i0 == 0; }
  bool at_east() const { return i0 + nx == nx_global; }
  bool at_south() const { return j0 == 0; }
  bool at_north() const { return j0 + ny == ny_global; }
};

/// Cuts nx x ny cells into px x py blocks, as even as possible; rank = py_index * px + px_index.
/// Throws std::invalid_argument if there are no cells or blocks, or if a block that has a neighbour would be narrower
/// than `halo` cells.
class Decomposition {
public:
  Decomposition(int nx, int ny, int px, int py, int halo = 3);
  int ranks() const { return px_ * py_; }
  Subdomain of(int rank) const;

private:
  int nx_, ny_, px_, py_;
};

/// Fills the halo cells that neighbours own (corners included); cells outside the domain are left alone.
/// `levels` lists which k to exchange, the same on all ranks. One message per neighbour carries all tracers and
/// levels; its buffer belongs to the calling thread and is kept between calls.
template <class T>
void exchange_halo(Communicator& communicator, const Subdomain& subdomain, View4<T> field,
                   std::span<const int> levels);

/// Copies the ranks' interiors into `global` (nx_global x ny_global) on rank 0; other ranks pass any view.
template <class T>
void gather(Communicator& communicator, const Decomposition& decomposition,
            std::type_identity_t<View2<const T>> local, View2<T> global);

/// The way back: `global` of rank 0 into the ranks' interiors.
template <class T>
void scatter(Communicator& communicator, const Decomposition& decomposition,
             std::type_identity_t<View2<const T>> global, View2<T> local);

} // namespace tq
