#pragma once
/// The x and y sweeps of one level for a few tracers, streamed: the second direction follows the first a few
/// rows behind, so that rows are still in cache.
#include "state/tracers.hpp"
#include "transport/memory.hpp"
#include "transport/sweep.hpp"

#include <algorithm>

namespace tq {

template <class T> class LevelSweep {
public:
  /// Tracers [first, last) of q on level k, whole families of a total and its tags.
  LevelSweep(const Subdomain& subdomain, const Forcing<T>& forcing, View3<const T> convergence, int k,
             int tags, View4<T> q, int first, int last, EdgeAmounts& edges, Scratch<T>& scratch)
      : subdomain_(subdomain), air_mass_(forcing.air_mass.level(k)), convergence_(convergence.level(k)),
        flux_x_(forcing.flux_x.level(k)), flux_y_(forcing.flux_y.level(k)),
        mixing_x_(forcing.mixing_x.level(k)), mixing_y_(forcing.mixing_y.level(k)), inflow_(forcing.inflow),
        k_(k), tags_(tags), q_(q), first_(first), last_(last), edges_(edges),
        width_(row_width(subdomain.nx)) {
    scratch.reserve(scratch_size(subdomain.nx, last - first, tags));
    mass_ = scratch.take(mass_rows * width_) + margin;
    inverse_ = scratch.take(width_) + margin;
    faces_ = FaceRow<2, T>::in(scratch.take(FaceRow<2, T>::rows * width_), width_);
    x_increments_ = scratch.take(2 * (1 + tags) * width_);
    y_increments_ = scratch.take(2 * face_rows * (last - first) * width_);
    tag_scratch_.amounts = scratch.take((1 + tags) * width_);
    tag_scratch_.sum = scratch.take(width_);
    tag_scratch_.row = width_;
  }

  /// One substep of `seconds`, `elapsed` seconds after the beginning of the outer step.
  void run(T seconds, T elapsed, bool x_first) {
    seconds_ = seconds;
    elapsed_ = elapsed;
    if (x_first) {
      run_x_y();
    } else {
      run_y_x();
    }
  }

private:
  static constexpr int margin = 64 / int(sizeof(T)); // columns left of cell 0 in scratch rows
  static constexpr int mass_rows = 8;                // in the ring; rows f - 3 ... f + 2 are in use
  static constexpr int face_rows = 4;                // in the ring; faces f - 3 ... f are in use

  static std::ptrdiff_t row_width(int nx) {
    return Scratch<T>::whole(margin + nx + 2 * halo_width + 1) + margin;
  }
  static std::ptrdiff_t scratch_size(int nx, int tracers, int tags) {
    return (mass_rows + 1 + FaceRow<2, T>::rows + 2 * (1 + tags) + 2 * face_rows * tracers + (1 + tags) + 1) *
           row_width(nx);
  }

  void run_x_y() {
    const int nx = subdomain_.nx, ny = subdomain_.ny;
    // Rows that neighbours own are swept too, so that one exchange serves both directions.
    const int rows_end = subdomain_.at_north() ? ny : ny + halo_width;
    int j = subdomain_.at_south() ? 0 : -halo_width;
    if (subdomain_.at_south()) {
      load_mass(-1);
    }
    for (int f = 0; f <= ny; ++f) {
      for (; j < std::min(f + halo_width, rows_end); ++j) {
        load_mass(j);
        sweep_x(j);
        if (j == 0) {
          fill_south(0, nx);
        }
        if (j == ny - 1) {
          fill_north(0, nx);
        }
      }
      if (f == ny && subdomain_.at_north()) {
        load_mass(ny);
      }
      sweep_faces_y(f, 0, nx);
      if (f >= halo_width) {
        update_y(f - halo_width, 0, nx);
      }
    }
    for (int row = ny + 1 - halo_width; row < ny; ++row) {
      update_y(row, 0, nx);
    }
  }

  void run_y_x() {
    const int ny = subdomain_.ny;
    const int begin = subdomain_.at_west() ? 0 : -halo_width;
    const int end = subdomain_.nx + (subdomain_.at_east() ? 0 : halo_width);
    fill_south(begin, end);
    fill_north(begin, end);
    load_mass(-1);
    for (int f = 0; f <= ny; ++f) {
      load_mass(f);
      sweep_faces_y(f, begin, end);
      if (f >= halo_width) {
        update_y(f - halo_width, begin, end);
        sweep_x(f - halo_width);
      }
    }
    for (int row = ny + 1 - halo_width; row < ny; ++row) {
      update_y(row, begin, end);
      sweep_x(row);
    }
  }

  T* mass(int j) const { return mass_ + ((j + mass_rows) % mass_rows) * width_; }
  T* y_increments(int tracer, int face) const {
    return y_increments_ + ((tracer - first_) * face_rows + face % face_rows) * 2 * width_;
  }

  /// Air mass of row j before the substep: linear in time, since the fluxes are constant over the step.
  void load_mass(int j) {
    T* TQ_RESTRICT out = mass(j);
    const T* TQ_RESTRICT rest = air_mass_.line(j);
    const T* TQ_RESTRICT rate = convergence_.line(j);
    const T elapsed = elapsed_;
#pragma omp simd
    for (int i = -halo_width; i < subdomain_.nx + halo_width; ++i) {
      out[i] = rest[i] + elapsed * rate[i];
    }
  }

  void sweep_x(int j) {
    const int nx = subdomain_.nx;
    fill_west_east(j);
    const T* flux = flux_x_.line(j);
    const T* mixing = mixing_x_.line(j);
    quartic_coefficients(nx + 1, seconds_, {flux - 1, flux, flux + 1, mixing - 1, mixing, mixing + 1},
                         mass(j) - 1, mass(j), faces_);
    carry_mass(nx, seconds_, mass(j), flux, flux + 1, inverse_);
    for (int n = first_; n < last_; n += 1 + tags_) {
      T* q = q_[n].line(j, k_);
      sweep_faces(nx + 1, 1, tags_, q, q_.block, faces_, x_increments_, x_increments_ + width_, 2 * width_,
                  tag_scratch_);
      for (int v = 0; v <= tags_; ++v) {
        const T* p = x_increments_ + v * 2 * width_;
        update_cells(nx, q + v * q_.block, p + 1, p + width_, inverse_);
      }
    }
  }

  /// Increments at the faces between rows f-1 and f, columns [begin, end).
  void sweep_faces_y(int f, int begin, int end) {
    const auto at = [&](const View2<const T>& view, int row) { return view.line(row) + begin; };
    quartic_coefficients(end - begin, seconds_,
                         {at(flux_y_, f - 1), at(flux_y_, f), at(flux_y_, f + 1), at(mixing_y_, f - 1),
                          at(mixing_y_, f), at(mixing_y_, f + 1)},
                         mass(f - 1) + begin, mass(f) + begin, faces_);
    for (int n = first_; n < last_; n += 1 + tags_) {
      T* p = y_increments(n, f);
      sweep_faces(end - begin, q_.row, tags_, q_[n].line(f, k_) + begin, q_.block, faces_, p, p + width_,
                  2 * face_rows * width_, tag_scratch_);
    }
  }

  void update_y(int j, int begin, int end) {
    carry_mass(end - begin, seconds_, mass(j) + begin, flux_y_.line(j) + begin, flux_y_.line(j + 1) + begin,
               inverse_);
    for (int n = first_; n < last_; ++n) {
      update_cells(end - begin, q_[n].line(j, k_) + begin, y_increments(n, j + 1),
                   y_increments(n, j) + width_, inverse_);
    }
  }

  void record(int n, int face, T inward_flux, T q) {
    const double amount = double(seconds_ * inward_flux) * double(q);
    double* sums = edges_.at(k_, n, face);
    if (amount > 0) {
      sums[0] += amount;
    } else {
      sums[1] -= amount;
    }
  }

  /// Beyond the domain's edge: the background where air comes in, the edge cell's own value where it goes
  /// out, so that both sides of the face are alike and the sweep is first-order upwind there.
  void fill_west_east(int j) {
    const int nx = subdomain_.nx;
    const bool own = j >= 0 && j < subdomain_.ny;
    for (int n = first_; n < last_ && (subdomain_.at_west() || subdomain_.at_east()); ++n) {
      T* q = q_[n].line(j, k_);
      if (subdomain_.at_west()) {
        const T inward = flux_x_(0, j);
        const T value = inward > T(0) ? inflow_(k_, n) : q[0];
        q[-1] = q[-2] = q[-3] = value;
        if (own) {
          record(n, edges_.west(j), inward, value);
        }
      }
      if (subdomain_.at_east()) {
        const T inward = -flux_x_(nx, j);
        const T value = inward > T(0) ? inflow_(k_, n) : q[nx - 1];
        q[nx] = q[nx + 1] = q[nx + 2] = value;
        if (own) {
          record(n, edges_.east(j), inward, value);
        }
      }
    }
  }

  void fill_south(int begin, int end) {
    if (subdomain_.at_south()) {
      fill_rows(begin, end, 0, T(1), flux_y_.line(0), -1, [&](int i) { return edges_.south(i); });
    }
  }
  void fill_north(int begin, int end) {
    if (subdomain_.at_north()) {
      const int ny = subdomain_.ny;
      fill_rows(begin, end, ny - 1, T(-1), flux_y_.line(ny), 1, [&](int i) { return edges_.north(i); });
    }
  }

  /// Fills the three rows beyond `edge_row` in the direction `step`; `sign` turns the flux inward.
  template <class Face>
  void fill_rows(int begin, int end, int edge_row, T sign, const T* flux, int step, Face face) {
    for (int n = first_; n < last_; ++n) {
      const T background = inflow_(k_, n);
      const T* q = q_[n].line(edge_row, k_);
      T* beyond[halo_width];
      for (int r = 0; r < halo_width; ++r) {
        beyond[r] = q_[n].line(edge_row + step * (r + 1), k_);
      }
      for (int i = begin; i < end; ++i) {
        const T value = sign * flux[i] > T(0) ? background : q[i];
        for (T* row : beyond) {
          row[i] = value;
        }
        if (i >= 0 && i < subdomain_.nx) {
          record(n, face(i), sign * flux[i], value);
        }
      }
    }
  }

  const Subdomain& subdomain_;
  View2<const T> air_mass_, convergence_, flux_x_, flux_y_, mixing_x_, mixing_y_, inflow_;
  int k_, tags_;
  View4<T> q_;
  int first_, last_;
  EdgeAmounts& edges_;
  T seconds_ = 0, elapsed_ = 0;

  std::ptrdiff_t width_;
  T* mass_;
  T* inverse_;
  FaceRow<2, T> faces_;
  T* x_increments_; // per member of a family: P, N
  T* y_increments_; // per tracer, per face row of the ring: P, N
  TagScratch<T> tag_scratch_;
};

} // namespace tq
