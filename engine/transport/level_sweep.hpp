#pragma once
/// The x and y sweeps of one level for a few tracers, streamed: the second direction follows the first a few rows
/// behind, through a ring of rows per tracer that stays in cache. Each row of a tracer is read from memory once and
/// written once.
#include "state/tracers.hpp"
#include "transport/memory.hpp"
#include "transport/tags.hpp"

#include <type_traits>

namespace tq {

/// Scheme and whether the tracers share stored rows of faces, or a single one computes its own.
template <Advection scheme, class T, bool stored> class LevelSweep {
 public:
  static constexpr int max_columns = 512; // of a block: longer rows are cut, or their ring would leave the cache

  /// The tracers of `block` in q on level k. `ranges`: least and most of each tracer of this level, by tracer
  /// (u5_relaxed).
  LevelSweep(const Subdomain& subdomain, const Forcing<T>& forcing, View3<const T> convergence, int k,
             const TracerBlock& block, View4<T> q, const Range<T>* ranges, EdgeAmounts& edges, Scratch<T>& scratch)
      : subdomain_(subdomain), air_mass_(forcing.air_mass.level(k)), convergence_(convergence.level(k)),
        flux_x_(forcing.flux_x.level(k)), flux_y_(forcing.flux_y.level(k)), inflow_(forcing.inflow),
        half_rate_x_(T(0.5) * forcing.exchange_rate(k, 0)), half_rate_y_(T(0.5) * forcing.exchange_rate(k, 1)), k_(k),
        tags_(block.tags), q_(q), first_(block.first), last_(block.last), ranges_(ranges), edges_(edges) {
    const int tracers = block.tracers(), rows = subdomain.ny + 2 * halo_width;
    scratch.reserve(((ring_rows + 3) * tracers + 2 * ring_rows + 12 + Stored::rows + 2 + tags_) * width +
                    Scratch<T>::whole(tracers * rows * halo_width));
    ring_ = scratch.take(ring_rows * tracers * width) + margin;
    finished_ = scratch.take(tracers * width) + margin;
    patched_ = scratch.take(tracers * width) + margin;
    carried_ = scratch.take(tracers * width);
    mass_ = scratch.take(ring_rows * width) + margin;
    after_ = scratch.take(ring_rows * width) + margin;
    rest_ = scratch.take(width) + margin;
    inverse_ = scratch.take(3 * width) + margin;
    stays_ = scratch.take(3 * width) + margin;
    increments_ = scratch.take(2 * width);
    exchange_x_ = scratch.take(width) + margin;
    exchange_y_ = scratch.take(width) + margin;
    closed_ = scratch.take(width) + margin;
    std::fill_n(exchange_y_ - margin, width, half_rate_y_);
    std::fill_n(closed_ - margin, width, T(0));
    faces_ = {scratch.take(Stored::rows * width)};
    tag_scratch_ = {scratch.take((1 + tags_) * width), scratch.take(width), width};
    saved_ = scratch.take(tracers * rows * halo_width);
  }

  /// One substep of `seconds`, `elapsed` seconds after the beginning of the outer step.
  void run(T seconds, T elapsed, bool x_first) {
    seconds_ = seconds;
    elapsed_ = elapsed;
    x_first_ = x_first;
    const int blocks = (subdomain_.nx + max_columns - 1) / max_columns;
    const int columns = whole_row<T>((subdomain_.nx + blocks - 1) / blocks); // whole vectors: a block writes no more
    for (column_ = 0; column_ < subdomain_.nx; column_ += columns) {
      nx_ = std::min(columns, subdomain_.nx - column_);
      run_block();
    }
  }

 private:
  static constexpr int margin = 64 / int(sizeof(T));     // columns left of cell 0 in scratch rows
  static constexpr int width = max_columns + 3 * margin; // of scratch rows
  static constexpr int ring_rows = 2 * halo_width;       // a face needs the cells of three rows on either side

  using Stored = StoredFaces<scheme, T, width>;

  /// Columns [column_, column_ + nx_) of all rows. Columns on the right of the block are as they were before the
  /// substep; of those on its left, which are not, the block before has saved what is needed.
  void run_block() {
    const int ny = subdomain_.ny;
    std::fill_n(exchange_x_ - margin, width, half_rate_x_);
    if (at_west()) {
      exchange_x_[0] = T(0);
    }
    if (at_east()) {
      exchange_x_[nx_] = T(0);
    }
    begin_ = x_first_ || at_west() ? 0 : -halo_width; // columns of the y sweep: those that x needs after it
    end_ = nx_ + (x_first_ || at_east() ? 0 : halo_width);
    int j = subdomain_.at_south() ? 0 : -halo_width;
    for (int f = 0; f <= ny; ++f) {
      for (; j < f + halo_width; ++j) {
        take_in(j);
      }
      sweep_y(f);
    }
  }

  bool at_west() const { return column_ == 0 && subdomain_.at_west(); }
  bool at_east() const { return column_ + nx_ == subdomain_.nx && subdomain_.at_east(); }

  static int slot(int j) { return (j + ring_rows) % ring_rows; }
  T* ring(int n, int j) const { return ring_ + ((n - first_) * ring_rows + slot(j)) * width; }
  T* mass(int j) const { return mass_ + slot(j) * width; }
  T* after(int j) const { return after_ + slot(j) * width; }
  T* inverse_y(int j) const { return inverse_ + ((j + 2) % 2) * width + begin_; }
  T* stays_y(int j) const { return stays_ + ((j + 2) % 2) * width + begin_; }
  T* carried(int n) const { return carried_ + (n - first_) * width; }
  T* field(int n, int j) const { return q_[n].line(j, k_) + column_; }
  const T* line(const View2<const T>& view, int j) const { return view.line(j) + column_; }
  /// Half the exchange rate at the faces between rows j-1 and j.
  const T* exchange_y(int j) const {
    const bool edge = (j <= 0 && subdomain_.at_south()) || (j >= subdomain_.ny && subdomain_.at_north());
    return edge ? closed_ : exchange_y_;
  }
  /// Where the y sweep puts row j: into the field if x came first; aside if x follows, and for the row before the
  /// first, which is nobody's.
  T* finished(int n, int j) const { return x_first_ && j >= 0 ? field(n, j) : finished_ + (n - first_) * width; }

  /// Row j of the field as it was before the substep, after fetch().
  T* unswept(int n, int j) const { return column_ > 0 ? patched_ + (n - first_) * width : field(n, j); }

  /// A block that has another on its left works on a copy of its rows, mended at the left end. What the block on its
  /// right will need is saved.
  void fetch(int j) {
    for (const View2<const T>* view : {&air_mass_, &flux_x_, &flux_y_}) {
      prefetch_row(nx_, line(*view, j + 2));
    }
    for (int n = first_; n < last_; ++n) {
      prefetch_row(nx_, field(n, j + 2));
      const T* q = field(n, j);
      T* saved = saved_ + ((n - first_) * (subdomain_.ny + ring_rows) + j + halo_width) * halo_width;
      if (column_ > 0) {
        std::copy_n(saved, halo_width, unswept(n, j) - halo_width);
        std::copy_n(q, nx_ + halo_width, unswept(n, j));
      }
      if (column_ + nx_ < subdomain_.nx) {
        std::copy_n(q + nx_ - halo_width, halo_width, saved);
      }
    }
  }

  /// Air mass of row j at the beginning of the substep: linear in time, since the fluxes are constant over the step.
  const T* mass_before(int j) const {
    const T* TQ_RESTRICT rest = line(air_mass_, j);
    if (elapsed_ == T(0)) {
      return rest;
    }
    const T* TQ_RESTRICT rate = line(convergence_, j);
    T* TQ_RESTRICT out = rest_;
    const T elapsed = elapsed_;
#pragma omp simd
    for (int i = -halo_width; i < nx_ + halo_width; ++i) {
      out[i] = rest[i] + elapsed * rate[i];
    }
    return out;
  }

  /// Puts row j into the ring: swept along x if that comes first, as it is otherwise; beyond the domain's edge what
  /// comes in there.
  void take_in(int j) {
    const int ny = subdomain_.ny;
    if (j >= ny && subdomain_.at_north()) {
      continue_row(ny - 1, j, T(-1), line(flux_y_, ny), j == ny ? edges_.north(column_) : -1);
      copy_mass(j, line(air_mass_, ny));
      return;
    }
    fetch(j);
    if (x_first_) {
      sweep_x(
          j, mass_before(j), mass(j), [&](int n) { return unswept(n, j); }, [&](int n) { return ring(n, j); });
    } else {
      copy_mass(j, mass_before(j));
      for (int n = first_; n < last_; ++n) {
        const T* q = unswept(n, j);
        std::copy(q + begin_, q + end_, ring(n, j) + begin_);
      }
    }
    for (int beyond = -1; j == 0 && subdomain_.at_south() && beyond >= -halo_width; --beyond) {
      continue_row(0, beyond, T(1), line(flux_y_, 0), beyond == -1 ? edges_.south(column_) : -1);
      copy_mass(beyond, line(air_mass_, -1));
    }
  }

  void copy_mass(int j, const T* from) {
    std::copy(from - halo_width, from + nx_ + halo_width, mass(j) - halo_width);
  }

  /// Faces to sweep with.
  template <class Inputs> auto prepare(int n, const Inputs& inputs) const {
    const ComputedFaces<scheme, T, Inputs> computed{inputs};
    if constexpr (stored) {
      faces_.fill(n, computed);
      return faces_;
    } else {
      return computed;
    }
  }
  template <class Faces>
  HorizontalFaces<scheme, T, Faces> law_of(const Faces& faces, int tracer, const T* after_left,
                                           const T* after_right) const {
    if constexpr (scheme == Advection::u5_relaxed) {
      return {faces, ranges_[tracer].least, ranges_[tracer].most, after_left, after_right};
    } else {
      return {faces};
    }
  }

  TagFaces<T> tag_faces(const Stored& faces, int v) const {
    return {tag_scratch_.amounts + v * tag_scratch_.row, tag_scratch_.sum, faces.mixing()};
  }

  /// Sweeps row j along x, from `source(tracer)` to `target(tracer)`, the air mass from `before` to `after`.
  template <class Source, class Target> void sweep_x(int j, const T* before, T* after, Source source, Target target) {
    const int cells = whole_row<T>(nx_), face_count = whole_row<T>(nx_ + 1);
    const T* flux = line(flux_x_, j);
    T *inverse = inverse_ + 2 * width, *p = increments_, *m = increments_ + width;
    const T* exchange = exchange_x_;
    T* stays = stays_ + 2 * width;
    // Cells -1 and nx too: the faces at both ends ask for them.
    carry_mass(whole_row<T>(nx_ + 2), {seconds_, flux - 1, flux, exchange - 1, exchange, before - 2, before},
               before - 1, after - 1, inverse - 1, stays - 1);
    const auto faces = prepare(face_count, FacesAlongRow<T>{seconds_, flux, exchange, before, stays});
    for (int first = first_; first < last_; first += 1 + tags_) {
      const auto around = [&](int v) { return AlongRow<T>{source(first + v)}; };
      for (int v = 0; v <= tags_; ++v) {
        fill_west_east(first + v, j, source(first + v));
      }
      const auto law = [&](int v) { return law_of(faces, first + v, after - 1, after); };
      face_increments(face_count, law(0), around(0), p, m);
      update_cells(cells, source(first), p + 1, m, inverse, target(first));
      if constexpr (stored) {
        if (tags_ > 0) {
          prepare_tags(face_count, tags_, law, around, TotalPassed<T, true>{m, faces.flux(), faces.mixing()},
                       tag_scratch_);
        }
        for (int v = 1; v <= tags_; ++v) {
          update_tag(cells, tag_faces(faces, v), around(v), before, inverse, target(first + v));
        }
      }
    }
  }

  /// Sweeps the faces between rows f-1 and f along y and finishes row f-1.
  void sweep_y(int f) {
    const auto at = [&](const View2<const T>& view, int j) { return line(view, j) + begin_; };
    const int count = whole_row<T>(end_ - begin_);
    // Two columns more on either side: the x sweep asks for them if it follows.
    const int first_column = std::max(begin_ - 2, -halo_width), last_column = std::min(end_ + 2, nx_ + halo_width);
    const auto from = [&](const View2<const T>& view, int j) { return line(view, j) + first_column; };
    for (int j = f == 0 ? -1 : f; j <= f; ++j) {
      carry_mass(whole_row<T>(last_column - first_column),
                 {seconds_, from(flux_y_, j), from(flux_y_, j + 1), exchange_y(j) + first_column,
                  exchange_y(j + 1) + first_column, mass(j - 1) + first_column, mass(j + 1) + first_column},
                 mass(j) + first_column, after(j) + first_column, inverse_y(j) - begin_ + first_column,
                 stays_y(j) - begin_ + first_column);
    }
    const auto faces = prepare(count, FacesAcrossRows<T>{seconds_,
                                                         at(flux_y_, f),
                                                         exchange_y(f) + begin_,
                                                         {mass(f - 1) + begin_, mass(f) + begin_},
                                                         {stays_y(f - 1), stays_y(f)}});
    for (int first = first_; first < last_; first += 1 + tags_) {
      const auto around = [&](int v) {
        const auto row = [&](int j) { return ring(first + v, j) + begin_; };
        return AcrossRows<T>{{row(f - 3), row(f - 2), row(f - 1), row(f), row(f + 1), row(f + 2)}};
      };
      const auto law = [&](int v) {
        return law_of(faces, first + v, after(f - 1) + begin_, after(f) + begin_);
      };
      sweep_and_update(count, law(0), around(0), inverse_y(f - 1), carried(first), finished(first, f - 1) + begin_);
      if constexpr (stored) {
        if (tags_ > 0) {
          prepare_tags(count, tags_, law, around,
                       TotalPassed<T, true>{carried(first), faces.flux(), faces.mixing()}, tag_scratch_);
        }
        for (int v = 1; v <= tags_; ++v) {
          sweep_and_update_tag(count, tag_faces(faces, v), around(v), mass(f - 1) + begin_, inverse_y(f - 1),
                               carried(first + v), finished(first + v, f - 1) + begin_);
        }
      }
    }
    if (f > 0 && !x_first_) {
      sweep_x(
          f - 1, after(f - 1), mass(f - 1), [&](int n) { return finished(n, f - 1); },
          [&](int n) { return field(n, f - 1); });
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

  /// Beyond the domain's edge: the background where air comes in, the edge cell's own value where it goes out, so that
  /// both sides of the face are alike and the sweep is first-order upwind there.
  void fill_west_east(int n, int j, T* q) {
    const bool own = j >= 0 && j < subdomain_.ny;
    if (at_west()) {
      const T inward = flux_x_(0, j);
      const T value = inward > T(0) ? inflow_(k_, n) : q[0];
      q[-1] = q[-2] = q[-3] = value;
      if (own) {
        record(n, edges_.west(j), inward, value);
      }
    }
    if (at_east()) {
      const T inward = -flux_x_(subdomain_.nx, j);
      const T value = inward > T(0) ? inflow_(k_, n) : q[nx_ - 1];
      q[nx_] = q[nx_ + 1] = q[nx_ + 2] = value;
      if (own) {
        record(n, edges_.east(j), inward, value);
      }
    }
  }

  /// The same for row `beyond` of the ring, next to row `edge`; `sign` turns the flux inward. `first_face`: where the
  /// amounts are recorded, -1: nowhere.
  void continue_row(int edge, int beyond, T sign, const T* flux, int first_face) {
    for (int n = first_; n < last_; ++n) {
      const T background = inflow_(k_, n);
      const T* q = ring(n, edge);
      T* out = ring(n, beyond);
      for (int i = begin_; i < end_; ++i) {
        out[i] = sign * flux[i] > T(0) ? background : q[i];
      }
      for (int i = 0; i < nx_ && first_face >= 0; ++i) {
        record(n, first_face + i, sign * flux[i], out[i]);
      }
    }
  }

  const Subdomain& subdomain_;
  View2<const T> air_mass_, convergence_, flux_x_, flux_y_, inflow_;
  T half_rate_x_, half_rate_y_; // s-1, of exchange with neighbours
  int k_, tags_;
  View4<T> q_;
  int first_, last_;
  const Range<T>* ranges_;
  EdgeAmounts& edges_;
  T seconds_ = 0, elapsed_ = 0;
  bool x_first_ = true;
  int column_ = 0, nx_ = 0; // of the block
  int begin_ = 0, end_ = 0; // columns of the y sweep, counted within the block

  T* ring_;       // per tracer `ring_rows` rows, as they are before the y sweep
  T* finished_;   // per tracer a row after the y sweep, where x is to follow
  T* patched_;    // per tracer a row before the substep, of blocks that have another on their left
  T* carried_;    // per tracer N of the last row of faces
  T* mass_;       // ring of air masses before the y sweep
  T* after_;      // and after it
  T* rest_;       // air mass before the x sweep
  T* inverse_;    // 1 / air mass: two rows after the y sweep, one after x
  T* stays_;      // air mass that stays: the same rows
  T* increments_; // P and N of the x sweep
  T *exchange_x_, *exchange_y_, *closed_; // half the exchange rate at faces: along x, along y, at an edge
  Stored faces_;
  TagScratch<T> tag_scratch_;
  T* saved_; // per tracer and row the last columns of the block before the substep
};

} // namespace tq
