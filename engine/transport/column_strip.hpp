#pragma once
/// The vertical processes of a strip of neighbouring columns of one row, all levels: settling, vertical advection,
/// mixing with emission and dry deposition, wet removal. Levels are outermost, so that the tracers use what they share
/// while it is in cache; each row of a tracer is read and written twice, once on the way down and once on the way up.
#include "transport/memory.hpp"
#include "transport/mixing.hpp"
#include "transport/removal.hpp"
#include "transport/settling.hpp"
#include "transport/tags.hpp"
#include "transport/vertical_faces.hpp"

#include <algorithm>
#include <span>

namespace tq {

template <class T> class ColumnStrip {
 public:
  static constexpr int columns = 1024 / int(sizeof(T)); // at most
  using Faces = VerticalFaces<T, columns>;

  /// For blocks of up to `tracers` tracers whose families have up to `tags` tags.
  ColumnStrip(const Forcing<T>& forcing, View4<T> q, AccountViews accounts, int tracers, int tags, Scratch<T>& scratch)
      : forcing_(forcing), q_(q), accounts_(accounts), nz_(q.nz) {
    scratch.reserve(((Faces::rows + 6) * (nz_ + 1) + 5 * tracers + tags + 6 +
                     (SettlingFactors<T>::rows + (1 + tags)) * nz_ + (1 + tags) * (nz_ + 3) + 3) *
                    columns);
    faces_ = scratch.take(Faces::rows * (nz_ + 1) * columns);
    mass_ = scratch.take((nz_ + 1) * columns);
    inverse_ = scratch.take((nz_ + 1) * columns);
    T* share = scratch.take(nz_ * columns);
    factors_ = {share, scratch.take(nz_ * columns), share, nullptr, scratch.take(columns), columns};
    if (forcing.overturning_z.data != nullptr) {
      factors_.pass = scratch.take(nz_ * columns);
      factors_.lift = scratch.take(nz_ * columns);
    }
    above_ = scratch.take(tracers * columns);
    passed_ = scratch.take(tracers * columns);
    base_ = scratch.take(tracers * columns);
    lid_ = scratch.take(tracers * columns);
    deposition_ = scratch.take(tracers * columns);
    zero_ = scratch.take(columns);
    spare_ = scratch.take(columns);
    std::fill_n(zero_, columns, T(0));
    tag_scratch_ = {scratch.take((1 + tags) * columns), scratch.take(columns), columns};
    settling_ = SettlingFactors<T>::in(scratch.take(SettlingFactors<T>::rows * nz_ * columns), nz_ * columns, columns);
    settled_ = scratch.take((1 + tags) * (nz_ + 1) * columns);
    settling_scratch_ = {scratch.take((1 + tags) * (nz_ + 2) * columns), scratch.take(columns), scratch.take(columns),
                         scratch.take(columns), tag_scratch_};
  }

  /// Chooses columns [i, i + n) of row j.
  void move_to(int i, int j, int n) {
    i_ = i;
    j_ = j;
    n_ = n;
    whole_ = whole_row<T>(n);
  }
  void choose(const TracerBlock& block) {
    first_ = block.first;
    last_ = block.last;
    tags_ = block.tags;
  }

  /// Coefficients of vertical advection over `seconds`, beginning `remaining` seconds before the end of the outer step,
  /// when the air mass is back at rest. `alone`: also for advect() in the last substep.
  void prepare_advection(T seconds, T remaining, bool alone) {
    for (int k = 0; k < nz_; ++k) {
      const T* TQ_RESTRICT rest = air(k);
      const T* TQ_RESTRICT below = flux(k);
      const T* TQ_RESTRICT above = flux(k + 1);
      prefetch_row(n_, rest + forcing_.air_mass.row);
      prefetch_row(n_, above + forcing_.flux_z.row);
      prefetch_row(n_, forcing_.mixing_z.line(j_ + 1, k) + i_);
      T* TQ_RESTRICT mass = mass_ + k * columns;
#pragma omp simd
      for (int i = 0; i < whole_; ++i) {
        mass[i] = multiply_add(remaining, above[i] - below[i], rest[i]);
      }
      if (remaining > seconds || alone) { // the last substep ends with the air at rest
        T* TQ_RESTRICT inverse = inverse_ + k * columns;
#pragma omp simd
        for (int i = 0; i < whole_; ++i) {
          inverse[i] = T(1) / multiply_add(-seconds, above[i] - below[i], mass[i]);
        }
      }
    }
    const auto mass = [&](int k) { return mass_ + std::clamp(k, 0, nz_ - 1) * columns; };
    for (int f = 1; f < nz_; ++f) {
      fill_faces<T, columns>(
          whole_, {seconds, flux(f - 1), flux(f), flux(f + 1), mass(f - 2), mass(f - 1), mass(f), mass(f + 1)},
          face_row(f));
    }
    T* TQ_RESTRICT lid = face_row(nz_).flux();
    for (int i = 0; i < n_; ++i) {
      lid[i] = seconds * flux(nz_)[i];
    }
  }

  void prepare_mixing(T seconds) {
    const auto mass = [&](int k) { return air(k); };
    const auto exchange = [&](int k) { return forcing_.mixing_z.line(j_, k) + i_; };
    if (factors_.lift == nullptr) {
      factor_mixing(whole_, nz_, seconds, mass, exchange, factors_);
    } else {
      const auto sinking = [&](int k) { return forcing_.overturning_z.line(j_, k) + i_; };
      factor_overturning(whole_, nz_, seconds, mass, exchange, sinking, factors_, passed_, spare_);
    }
    mixing_seconds_ = seconds;
  }

  /// One substep of vertical advection alone.
  void advect() {
    for (int n = first_; n < last_; ++n) {
      pass_lid(n);
    }
    for (int k = nz_ - 1; k >= 0; --k) {
      sweep_level(
          k, [&](int n, const auto& law, const auto& q) { advect_row(n, k, law, q); },
          [&](int n, const auto& faces, const auto& q) { advect_tag_row(n, k, faces, q); });
    }
    for (int n = first_; n < last_; ++n) {
      std::copy_n(row(above_, n), n_, cell(n, 0));
    }
  }

  /// The last substep of vertical advection and the first of mixing.
  void advect_and_mix() {
    for (int n = first_; n < last_; ++n) {
      pass_lid(n);
      find_base(n);
      std::fill_n(row(above_, n), whole_, T(0));
    }
    for (int k = nz_ - 1; k >= 0; --k) {
      sweep_level(
          k, [&](int n, const auto& law, const auto& q) { eliminate_row(n, k, law, q); },
          [&](int n, const auto& faces, const auto& q) { eliminate_tag_row(n, k, faces, q); });
      emit(k);
    }
    solve();
  }

  /// What mix() needs where advect_and_mix() does not come first.
  void begin_mixing() {
    for (int n = first_; n < last_; ++n) {
      std::copy_n(cell(n, nz_ - 1), n_, row(lid_, n));
      find_base(n);
    }
  }

  /// A further substep of mixing.
  void mix() {
    for (int n = first_; n < last_; ++n) {
      std::fill_n(row(above_, n), whole_, T(0));
      std::fill_n(row(passed_, n), whole_, T(0));
    }
    for (int k = nz_ - 1; k >= 0; --k) {
      for (int n = first_; n < last_; ++n) {
        eliminate_row(n, k, ClosedFaces{}, around(n, k));
      }
      emit(k);
    }
    solve();
  }

  /// For settle(), where the forcing lets anything fall.
  void prepare_settling() {
    if (forcing_.settling_speed.data != nullptr) {
      factor_settling(
          n_, nz_, [&](int k) { return thickness(k); }, settling_);
    }
  }

  /// The fall of particles over `seconds`, through the air as the planes left it: after prepare_advection() of the
  /// first substep.
  void settle(T seconds) {
    const std::ptrdiff_t member = (nz_ + 1) * columns;
    for (int total = first_; total < last_; total += 1 + tags_) {
      const T* speed = forcing_.settling_speed.line(total);
      if (forcing_.settling_speed.data == nullptr || *std::max_element(speed, speed + nz_) <= T(0)) {
        continue;
      }
      tq::settle(
          n_, nz_, seconds, speed, [&](int k) { return mass_ + k * columns; }, [&](int k) { return thickness(k); },
          [&](int v) { return forcing_.inflow(nz_ - 1, total + v); }, tags_,
          [&](int v, int k) { return cell(total + v, k); }, settling_, settled_, member, settling_scratch_);
      for (int v = 0; v <= tags_; ++v) {
        const T* ground = settled_ + v * member;
        const T* lid = ground + nz_ * columns;
        double* settled = accounts_.settled.line(j_, total + v) + i_;
        double* inflow = accounts_.inflow.line(j_, total + v) + i_;
        for (int i = 0; i < n_; ++i) {
          settled[i] += double(ground[i]);
          inflow[i] += double(lid[i]);
        }
      }
    }
  }

  /// First-order removal in the whole column: shares of a tracer that rain takes, (i, j, tracer), and then what is left
  /// loses by decay, by tracer or empty.
  void remove(View3<const T> rained_out, std::span<const T> decayed) {
    for (int n = first_; n < last_; ++n) {
      const T* TQ_RESTRICT share = rained_out.line(j_, n) + i_;
      if (std::any_of(share, share + n_, [](T value) { return value > T(0); })) {
        remove(n, [share](int i) { return share[i]; }, accounts_.wet);
      }
      if (!decayed.empty() && decayed[std::size_t(n)] > T(0)) {
        remove(n, [loss = decayed[std::size_t(n)]](int) { return loss; }, accounts_.consumed);
      }
    }
  }

  /// Scales tags to their totals.
  void rescale() {
    for (int n = first_; n < last_ && tags_ > 0; n += 1 + tags_) {
      for (int k = 0; k < nz_; ++k) {
        rescale_tags(n_, tags_, cell(n, k), q_.block, spare_);
      }
    }
  }

 private:
  /// Takes the share(i) of a tracer out of each column and books it.
  template <class Share> void remove(int n, Share share, View3<double> account) {
    remove_share<T>(
        n_, nz_, share, [&](int k) { return air(k); }, [&](int k) { return cell(n, k); }, account.line(j_, n) + i_);
  }

  /// Nothing passes: at the ground, and where only mixing acts.
  struct ClosedFaces {
    TQ_HD Increments<T> increments(const AcrossRows<T>&, std::ptrdiff_t, T) const { return {T(0), T(0)}; }
  };

  bool is_tag(int n) const { return (n - first_) % (1 + tags_) != 0; }
  const T* air(int k) const { return forcing_.air_mass.line(j_, k) + i_; }
  const T* thickness(int k) const { return forcing_.layer_thickness.line(j_, k) + i_; }
  const T* flux(int f) const { return forcing_.flux_z.line(j_, f) + i_; }
  T* cell(int n, int k) const { return q_[n].line(j_, k) + i_; }
  T* row(T* rows, int n) const { return rows + (n - first_) * columns; }
  Faces face_row(int f) const { return {faces_ + f * Faces::rows * columns}; }

  /// Rows around face k. Below the lowest cell there is none: it stands for itself, so that no difference is seen.
  AcrossRows<T> around(int n, int k) const {
    const T* above = k + 1 < nz_ ? cell(n, k + 1) : row(lid_, n);
    return {{nullptr, cell(n, std::max(k - 2, 0)), cell(n, std::max(k - 1, 0)), cell(n, k), above, nullptr}};
  }

  /// Calls visit(tracer, law, around) for face k of every total, and visit_tag(tracer, faces, around) for its tags.
  template <class Visit, class VisitTag> void sweep_level(int k, Visit visit, VisitTag visit_tag) {
    for (int n = first_; n < last_; ++n) {
      prefetch_row(n_, cell(n, k) + q_.row);
    }
    const Faces faces = face_row(k);
    for (int n = first_; n < last_; n += 1 + tags_) {
      if (k == 0) {
        visit(n, ClosedFaces{}, around(n, k));
      } else {
        visit(n, faces, around(n, k));
      }
      if (tags_ > 0 && k > 0) {
        prepare_tags(
            whole_, tags_, [&](int) { return faces; }, [&](int v) { return around(n + v, k); },
            TotalPassed<T, false>{row(passed_, n), faces.flux(), zero_}, tag_scratch_);
      }
      for (int v = 1; v <= tags_; ++v) {
        const T* amount = k > 0 ? tag_scratch_.amounts + v * tag_scratch_.row : zero_;
        visit_tag(n + v, TagFaces<T>{amount, k > 0 ? tag_scratch_.sum : zero_, zero_}, around(n + v, k));
      }
    }
  }

  /// The row above level k may be written now: `above_` holds its new values, nobody needs its old ones any more.
  T* retired(int n, int k) const { return k + 1 < nz_ ? cell(n, k + 1) : spare_; }

  template <class Law> void advect_row(int n, int k, const Law& law, const AcrossRows<T>& q) {
    const T* TQ_RESTRICT inverse = inverse_ + k * columns;
    T* TQ_RESTRICT above = row(above_, n);
    T* TQ_RESTRICT passed = row(passed_, n);
    T* out = retired(n, k);
    const T zero = opaque_zero<T>;
#pragma omp simd
    for (int i = 0; i < whole_; ++i) {
      const Increments<T> face = law.increments(q, i, zero);
      const T value = updated(q.r1(i), passed[i], face.n, inverse[i], zero);
      out[i] = above[i];
      above[i] = value;
      passed[i] = face.p;
    }
  }

  /// Advects level k and adds it to the elimination: y_k.
  template <class Law> void eliminate_row(int n, int k, const Law& law, const AcrossRows<T>& q) {
    const T* TQ_RESTRICT mass = air(k);
    const T* TQ_RESTRICT pass = k + 1 < nz_ ? factors_.pass + (k + 1) * columns : zero_;
    const T* TQ_RESTRICT base = row(base_, n);
    T* TQ_RESTRICT above = row(above_, n);
    T* TQ_RESTRICT passed = row(passed_, n);
    T* out = retired(n, k);
    const T zero = opaque_zero<T>;
#pragma omp simd
    for (int i = 0; i < whole_; ++i) {
      const Increments<T> face = law.increments(q, i, zero);
      const T held = larger(multiply_add(mass[i], q.r1(i) - base[i], face.n - passed[i]), zero);
      const T upper = above[i];
      out[i] = upper;
      above[i] = multiply_add(pass[i], upper, held);
      passed[i] = face.p;
    }
  }

  /// The same for tags, which the amounts through their faces update.
  void advect_tag_row(int n, int k, const TagFaces<T>& faces, const AcrossRows<T>& q) {
    const T* TQ_RESTRICT mass = mass_ + k * columns;
    const T* TQ_RESTRICT inverse = inverse_ + k * columns;
    T* TQ_RESTRICT above = row(above_, n);
    T* TQ_RESTRICT passed = row(passed_, n);
    T* out = retired(n, k);
    const T zero = opaque_zero<T>;
#pragma omp simd
    for (int i = 0; i < whole_; ++i) {
      const T below = faces.amount[i] * faces.factor[i];
      const T value = tag_updated(q.r1(i), mass[i], below, passed[i], inverse[i], zero);
      out[i] = above[i];
      above[i] = value;
      passed[i] = below;
    }
  }

  void eliminate_tag_row(int n, int k, const TagFaces<T>& faces, const AcrossRows<T>& q) {
    const T* TQ_RESTRICT mass = mass_ + k * columns;
    const T* TQ_RESTRICT pass = k + 1 < nz_ ? factors_.pass + (k + 1) * columns : zero_;
    T* TQ_RESTRICT above = row(above_, n);
    T* TQ_RESTRICT passed = row(passed_, n);
    T* out = retired(n, k);
    const T zero = opaque_zero<T>;
#pragma omp simd
    for (int i = 0; i < whole_; ++i) {
      const T below = faces.amount[i] * faces.factor[i];
      const T held = larger(multiply_add(mass[i], q.r1(i), below - passed[i]), zero);
      const T upper = above[i];
      out[i] = upper;
      above[i] = multiply_add(pass[i], upper, held);
      passed[i] = below;
    }
  }

  void emit(int k) {
    for (int n = first_; n < last_ && k < forcing_.emission.nz; ++n) {
      const T* TQ_RESTRICT rate = forcing_.emission[n].line(j_, k) + i_;
      T* TQ_RESTRICT y = row(above_, n);
      double* TQ_RESTRICT sum = accounts_.emitted.line(j_, n) + i_;
      for (int i = 0; i < n_; ++i) {
        const T emitted = mixing_seconds_ * rate[i];
        y[i] += emitted;
        sum[i] += double(emitted);
      }
    }
  }

  /// From the ground up, after the elimination.
  void solve() {
    for (int n = first_; n < last_; ++n) {
      const T* TQ_RESTRICT deposition = row(deposition_, n);
      solve_ground(whole_, row(above_, n), factors_.ground, deposition, row(base_, n), row(passed_, n), cell(n, 0));
      std::copy_n(row(passed_, n), whole_, row(above_, n)); // the lowest value, which plumes lift
      double* TQ_RESTRICT dry = accounts_.dry.line(j_, n) + i_;
      const T* TQ_RESTRICT q = cell(n, 0);
      for (int i = 0; i < n_; ++i) {
        dry[i] += double(deposition[i]) * double(q[i]);
      }
    }
    for (int k = 1; k < nz_; ++k) {
      for (int n = first_; n < last_; ++n) {
        const T *share = factors_.share + k * columns, *inverse = factors_.inverse + k * columns;
        if (factors_.lift == nullptr) {
          solve_cell(whole_, share, inverse, row(base_, n), row(passed_, n), cell(n, k));
        } else {
          solve_lifted_cell(whole_, share, inverse, factors_.lift + k * columns, row(above_, n), row(base_, n),
                            row(passed_, n), cell(n, k));
        }
      }
    }
  }

  /// What air comes in with through the lid, or leaves with: background or top cell; its account; P of the lid, or
  /// what passes of a tag.
  void pass_lid(int n) {
    const T background = forcing_.inflow(nz_ - 1, n);
    const T* TQ_RESTRICT flux = face_row(nz_).flux();
    const T* TQ_RESTRICT top = cell(n, nz_ - 1);
    T* TQ_RESTRICT lid = row(lid_, n);
    T* TQ_RESTRICT passed = row(passed_, n);
    double* TQ_RESTRICT inflow = accounts_.inflow.line(j_, n) + i_;
    double* TQ_RESTRICT outflow = accounts_.outflow.line(j_, n) + i_;
    for (int i = 0; i < n_; ++i) {
      lid[i] = flux[i] < T(0) ? background : top[i];
      passed[i] = flux[i] * (is_tag(n) ? lid[i] : lid[i] - top[i]);
      const double amount = double(flux[i]) * double(lid[i]);
      inflow[i] -= amount < 0 ? amount : 0.0;
      outflow[i] += amount > 0 ? amount : 0.0;
    }
  }

  void find_base(int n) {
    const T* TQ_RESTRICT conductance = forcing_.deposition_conductance.line(j_, n) + i_;
    T* TQ_RESTRICT deposition = row(deposition_, n);
    bool deposits = true;
    for (int i = 0; i < n_; ++i) {
      deposition[i] = mixing_seconds_ * conductance[i];
      deposits &= conductance[i] > T(0);
    }
    if (deposits || is_tag(n)) { // tags are scaled to their total, so theirs need not be exact
      std::fill_n(row(base_, n), n_, T(0));
    } else {
      set_aside(
          whole_, nz_, [&](int k) { return cell(n, k); }, row(lid_, n), deposition, row(base_, n));
    }
  }

  const Forcing<T>& forcing_;
  View4<T> q_;
  AccountViews accounts_;
  int nz_;
  int i_ = 0, j_ = 0, n_ = 0, whole_ = 0;
  int first_ = 0, last_ = 0, tags_ = 0;
  T mixing_seconds_ = 0;

  // Shared by tracers, per level or face a row.
  T* faces_;
  T* mass_;    // carried air mass before the substep
  T* inverse_; // 1 / air mass after it
  MixingFactors<T> factors_;
  SettlingFactors<T> settling_;
  T* settled_; // amounts through the faces of a family
  SettlingScratch<T> settling_scratch_;
  // Per tracer a row.
  T* above_;  // the level above as it will be: after advection, or y; on the way up the lowest value less `base_`
  T* passed_; // P of the face above; on the way up, the level below as it is, less `base_`
  T* base_;
  T* lid_;
  T* deposition_; // what leaves per mixing ratio in a substep [kg]
  T* zero_;
  T* spare_;
  TagScratch<T> tag_scratch_;
};

} // namespace tq
