#pragma once
/// The vertical processes of a strip of neighbouring columns of one row, all levels, in scratch that stays in
/// cache: vertical advection, settling, mixing with emission and dry deposition, wet removal.
#include "transport/memory.hpp"
#include "transport/mixing.hpp"
#include "transport/settling.hpp"
#include "transport/sweep.hpp"

namespace tq {

template <class T> class ColumnStrip {
public:
  static constexpr int columns = 128; // at most, so that a strip of 32 levels fits in the second-level cache

  ColumnStrip(int nz, int tags, Scratch<T>& scratch) : nz_(nz), tags_(tags) {
    const std::ptrdiff_t slab = (nz + 2 * pad) * columns;
    const int members = 1 + tags;
    scratch.reserve(FaceRow<1, T>::rows * (nz + 1) * columns + 2 * slab +
                    members * (slab + 2 * (nz + 1) * columns) + 2 * slab + (members + 6) * columns +
                    (SettlingFactors<T>::rows * nz + members * (nz + 2) + 3) * columns);
    faces_ = scratch.take(FaceRow<1, T>::rows * (nz + 1) * columns);
    mass_ = scratch.take(slab) + pad * columns;
    inverse_ = scratch.take(slab);
    q_ = scratch.take(members * slab) + pad * columns;
    increments_ = scratch.take(members * 2 * (nz + 1) * columns);
    factors_ = {scratch.take(slab), scratch.take(slab), scratch.take(columns), columns};
    tag_scratch_ = {scratch.take(members * columns), scratch.take(columns), columns};
    deposition_ = scratch.take(columns);
    emitted_ = scratch.take(columns);
    base_ = scratch.take(columns);
    settling_ = SettlingFactors<T>::in(scratch.take(SettlingFactors<T>::rows * nz * columns), nz * columns, columns);
    settling_scratch_ = {scratch.take(members * (nz + 2) * columns), scratch.take(columns), scratch.take(columns),
                         scratch.take(columns), tag_scratch_};
    member_ = slab;
  }

  /// Chooses columns [i, i + n) of row j.
  void move_to(const Forcing<T>& forcing, int i, int j, int n) {
    i_ = i;
    j_ = j;
    n_ = n;
    forcing_ = &forcing;
  }

  /// Coefficients of vertical advection over `seconds`, beginning `remaining` seconds before the end of the
  /// outer step, when the air mass is back at rest.
  void prepare_advection(T seconds, T remaining) {
    for (int k = 0; k < nz_; ++k) {
      const T* TQ_RESTRICT rest = air(k);
      const T* TQ_RESTRICT below = flux(k);
      const T* TQ_RESTRICT above = flux(k + 1);
      T* TQ_RESTRICT mass = mass_row(k);
#pragma omp simd
      for (int i = 0; i < n_; ++i) {
        mass[i] = rest[i] + remaining * (above[i] - below[i]);
      }
    }
    std::copy_n(mass_row(0), n_, mass_row(-1)); // the cells beyond have no weight: their differences are zero
    std::copy_n(mass_row(0), n_, mass_row(-2));
    std::copy_n(mass_row(nz_ - 1), n_, mass_row(nz_));
    std::copy_n(mass_row(nz_ - 1), n_, mass_row(nz_ + 1));
    for (int f = 0; f <= nz_; ++f) {
      const T* const mass[4] = {mass_row(f - 2), mass_row(f - 1), mass_row(f), mass_row(f + 1)};
      parabola_coefficients(n_, seconds, flux(f == 0 ? 0 : f - 1), flux(f), flux(f == nz_ ? nz_ : f + 1),
                            mass, face_row(f));
    }
    for (int k = 0; k < nz_; ++k) {
      carry_mass(n_, seconds, mass_row(k), flux(k), flux(k + 1), inverse_ + k * columns);
    }
  }

  void prepare_mixing(T seconds) {
    factor_mixing(
        n_, nz_, seconds, [&](int k) { return air(k); },
        [&](int k) { return forcing_->mixing_z.line(j_, k) + i_; }, factors_);
    mixing_seconds_ = seconds;
  }

  /// For settle(), where the forcing lets anything fall.
  void prepare_settling() {
    if (forcing_->settling_speed.data != nullptr) {
      factor_settling(
          n_, nz_, [&](int k) { return thickness(k); }, settling_);
    }
  }

  /// Takes a total, tracer `total` of q, and its tags in; store() puts them back.
  void load(View4<T> q, int total) {
    for (int v = 0; v <= tags_; ++v) {
      for (int k = 0; k < nz_; ++k) {
        std::copy_n(q[total + v].line(j_, k) + i_, n_, cell_row(v, k));
      }
    }
  }
  void store(View4<T> q, int total) const {
    for (int v = 0; v <= tags_; ++v) {
      for (int k = 0; k < nz_; ++k) {
        std::copy_n(cell_row(v, k), n_, q[total + v].line(j_, k) + i_);
      }
    }
  }

  void advect(int total, AccountViews accounts) {
    for (int v = 0; v <= tags_; ++v) {
      fill_ends(total + v, v);
      account_lid(total + v, v, accounts);
    }
    for (int f = 0; f <= nz_; ++f) {
      T* p = increment_row(0, f);
      sweep_faces(n_, columns, tags_, cell_row(0, f), member_, face_row(f), p, p + columns,
                  2 * (nz_ + 1) * columns, tag_scratch_);
    }
    for (int v = 0; v <= tags_; ++v) {
      for (int k = 0; k < nz_; ++k) {
        update_cells(n_, cell_row(v, k), increment_row(v, k + 1), increment_row(v, k) + columns,
                     inverse_ + k * columns);
      }
    }
  }

  /// The fall of the particles of the family of tracer `total` over `seconds`; the air mass is at rest.
  void settle(int total, T seconds, AccountViews accounts) {
    const T* speed = forcing_->settling_speed.line(total);
    if (forcing_->settling_speed.data == nullptr || *std::max_element(speed, speed + nz_) <= T(0)) {
      return;
    }
    const std::ptrdiff_t member_out = 2 * (nz_ + 1) * columns;
    tq::settle(
        n_, nz_, seconds, speed, [&](int k) { return air(k); }, [&](int k) { return thickness(k); },
        [&](int v) { return forcing_->inflow(nz_ - 1, total + v); }, tags_, q_, member_, settling_, increments_,
        member_out, settling_scratch_);
    for (int v = 0; v <= tags_; ++v) {
      const T* ground = increments_ + v * member_out;
      const T* lid = ground + nz_ * columns;
      double* settled = accounts.settled.line(j_, total + v) + i_;
      double* inflow = accounts.inflow.line(j_, total + v) + i_;
      for (int i = 0; i < n_; ++i) {
        settled[i] += double(ground[i]);
        inflow[i] += double(lid[i]);
      }
    }
  }

  /// One substep of mixing of member v, which is tracer `tracer`.
  void mix(int tracer, int v, AccountViews accounts) {
    const View3<const T> emission = forcing_->emission.nz > 0 ? forcing_->emission[tracer] : View3<const T>{};
    const T seconds = mixing_seconds_;
    const T* conductance = forcing_->deposition_conductance.line(j_, tracer) + i_;
    double* emitted_sum = accounts.emitted.line(j_, tracer) + i_;
    for (int i = 0; i < n_; ++i) {
      deposition_[i] = seconds * conductance[i];
    }
    const auto source = [&](int k) -> const T* {
      if (k >= emission.nz) {
        return nullptr;
      }
      const T* rate = emission.line(j_, k) + i_;
      for (int i = 0; i < n_; ++i) {
        emitted_[i] = seconds * rate[i];
        emitted_sum[i] += double(emitted_[i]);
      }
      return emitted_;
    };
    T* q = cell_row(v, 0);
    solve_mixing(
        n_, nz_, q, [&](int k) { return air(k); }, source, deposition_, factors_, base_);
    double* dry = accounts.dry.line(j_, tracer) + i_;
    for (int i = 0; i < n_; ++i) {
      dry[i] += double(deposition_[i]) * double(q[i]);
    }
  }

  /// First-order removal in the whole column; `loss`: share of tracer that goes, a row.
  void wash_out(int tracer, int v, const T* TQ_RESTRICT loss, AccountViews accounts) {
    bool any = false;
    for (int i = 0; i < n_; ++i) {
      any |= loss[i] > T(0);
    }
    if (!any) {
      return;
    }
    double* TQ_RESTRICT wet = accounts.wet.line(j_, tracer) + i_;
    for (int k = 0; k < nz_; ++k) {
      T* TQ_RESTRICT q = cell_row(v, k);
      const T* TQ_RESTRICT mass = air(k);
      for (int i = 0; i < n_; ++i) {
        const T after = q[i] - loss[i] * q[i];
        wet[i] += double(mass[i]) * (double(q[i]) - double(after));
        q[i] = after;
      }
    }
  }

  void rescale() {
    for (int k = 0; k < nz_ && tags_ > 0; ++k) {
      rescale_tags(n_, tags_, cell_row(0, k), member_, base_);
    }
  }

private:
  static constexpr int pad = 2; // rows beyond the ground and the lid

  const T* air(int k) const {
    return forcing_->air_mass.line(j_, k) + i_;
  }
  const T* thickness(int k) const {
    return forcing_->layer_thickness.line(j_, k) + i_;
  }
  const T* flux(int f) const {
    return forcing_->flux_z.line(j_, f) + i_;
  }
  T* mass_row(int k) const {
    return mass_ + k * columns;
  }
  T* cell_row(int v, int k) const {
    return q_ + v * member_ + k * columns;
  }
  T* increment_row(int v, int f) const {
    return increments_ + (v * (nz_ + 1) + f) * 2 * columns;
  }
  FaceRow<1, T> face_row(int f) const {
    return FaceRow<1, T>::in(faces_ + f * FaceRow<1, T>::rows * columns, columns);
  }

  /// Below the ground the lowest cell continued; above the lid the background where air comes in, else the
  /// top cell.
  void fill_ends(int tracer, int v) {
    const T background = forcing_->inflow(nz_ - 1, tracer);
    const T* lid = flux(nz_);
    for (int i = 0; i < n_; ++i) {
      const T top = lid[i] < T(0) ? background : cell_row(v, nz_ - 1)[i];
      cell_row(v, nz_)[i] = cell_row(v, nz_ + 1)[i] = top;
      cell_row(v, -1)[i] = cell_row(v, -2)[i] = cell_row(v, 0)[i];
    }
  }

  void account_lid(int tracer, int v, AccountViews accounts) {
    const T* flux = face_row(nz_).flux;
    const T* top = cell_row(v, nz_);
    double* inflow = accounts.inflow.line(j_, tracer) + i_;
    double* outflow = accounts.outflow.line(j_, tracer) + i_;
    for (int i = 0; i < n_; ++i) {
      const double amount = double(flux[i]) * double(top[i]);
      inflow[i] -= amount < 0 ? amount : 0.0;
      outflow[i] += amount > 0 ? amount : 0.0;
    }
  }

  int nz_, tags_;
  const Forcing<T>* forcing_ = nullptr;
  int i_ = 0, j_ = 0, n_ = 0;
  T mixing_seconds_ = 0;

  T* faces_;      // coefficients of the rows of faces
  T* mass_;       // carried air mass
  T* inverse_;    // 1 / air mass after advection
  T* q_;          // members of the family
  T* increments_; // per member and face: P, N
  MixingFactors<T> factors_;
  TagScratch<T> tag_scratch_;
  SettlingFactors<T> settling_;
  SettlingScratch<T> settling_scratch_;
  T *deposition_, *emitted_, *base_;
  std::ptrdiff_t member_;
};

} // namespace tq
