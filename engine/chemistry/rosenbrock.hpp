#pragma once
/// A Rosenbrock method on packs of cells: each lane of a pack is a cell with steps of its own.
///
///   (1 / (gamma h) - J) K_i = f(Y_i) + sum_j c_ij K_j / h,  Y_i = y + sum_j a_ij K_j,  y' = y + sum_i m_i K_i
///   error = sum_i e_i K_i;  h' = h min(6, max(0.2, 0.9 error^(-1/3))), error the root of the mean square of
///   error / (absolute + relative max(|y|, |y'|)) over species; a step is accepted up to 1
///
/// y amounts [molecules cm-3], f their tendency [molecules cm-3 s-1], J its Jacobian [s-1], h the step [s].
/// Source: Sandu et al. (1997), Atmos. Environ. 31, 3459-3472; step control: Hairer and Wanner (1996), Solving Ordinary
/// Differential Equations II, section IV.7. J is factorised without pivots, in an order that fills it least: the larger h, the
/// more its diagonal is loss and its rows production.
/// Nothing passes from one lane to another, so a cell's result does not depend on those that share its pack.
#include "base/macros.hpp"

#include <cmath>

#pragma GCC diagnostic ignored "-Wpsabi" // functions on packs are inlined, nothing is passed

namespace tq::gas {

/// Cells of a pack: what a vector of eight doubles holds.
inline constexpr int lanes = 8;
using Lanes [[gnu::vector_size(lanes * sizeof(double))]] = double;
using Mask = decltype(Lanes{} < Lanes{});

/// Ros3: L-stable, order 3 with an error estimate of order 2, three stages, the third with f of the second. Coefficients:
/// Sandu et al. (1997), table of ROS3.
struct Ros3 {
  static constexpr int stages = 3;
  static constexpr double gamma = 0.43586652150845899941601945119356;
  static constexpr double a[stages][stages] = {{}, {1.0}, {1.0, 0.0}};
  static constexpr double c[stages][stages] = {
      {}, {-1.0156171083877702091975600115545}, {4.0759956452537699824805835358067, 9.2076794298330791242156818474003}};
  static constexpr bool fresh[stages] = {true, true, false}; // f is taken anew
  static constexpr double m[stages] = {1.0, 6.1697947043828245592553615689730, -0.42772256543218573326238373806514};
  static constexpr double e[stages] = {0.5, -2.9079558716805469821718236208017, 0.22354069897811569627360909276199};
};

/// Rodas3: L-stable and stiffly accurate, order 3 with an estimate of order 2, four stages. Coefficients: the same source, table
/// of RODAS3.
struct Rodas3 {
  static constexpr int stages = 4;
  static constexpr double gamma = 0.5;
  static constexpr double a[stages][stages] = {{}, {0.0}, {2.0, 0.0}, {2.0, 0.0, 1.0}};
  static constexpr double c[stages][stages] = {{}, {4.0}, {1.0, -1.0}, {1.0, -1.0, -8.0 / 3.0}};
  static constexpr bool fresh[stages] = {true, false, true, true};
  static constexpr double m[stages] = {2.0, 0.0, 1.0, 1.0};
  static constexpr double e[stages] = {0.0, 0.0, 0.0, 1.0};
};

/// target += factor source
struct AddScaled {
  int target, source;
  double factor;
};

/// target -= left right
struct Elimination {
  int target, left, right;
};

/// A list of `count` items.
template <class T> struct List {
  const T* items = nullptr;
  int count = 0;
  TQ_HD const T* begin() const { return items; }
  TQ_HD const T* end() const { return items + count; }
};

/// Flat tables of one mechanism. Species stand in the order of elimination, reactions by their number of reactants, entries of
/// the matrix row by row, fill-in included.
struct GasTables {
  int species = 0, reactions = 0, entries = 0;
  int order_begin[5] = {};        // reactions with n reactants are [order_begin[n], order_begin[n + 1])
  List<int> reactants;            // of reactions of order 1, 2, 3 in turn
  List<AddScaled> sources;        // tendency += factor rate of reaction
  int partials_of_one = 0;        // how many partial derivatives are rate constant x amount; the others x two amounts
  List<int> partials;             // reaction and amounts of each
  List<AddScaled> derivatives;    // entry += factor value; values: rate constants, then partial derivatives
  const int* row_begin = nullptr; // of entries; species + 1
  const int* diagonal = nullptr;  // entry of each row
  const int* column = nullptr;    // of each entry
  List<Elimination> eliminations; // of all rows in turn
  const int* elimination_begin = nullptr; // of each row; species + 1
};

/// Memory of one pack.
struct PackMemory {
  Lanes* amount;   // species
  Lanes* value;    // rate constants, then partial derivatives
  Lanes* rate;     // reactions
  Lanes* matrix;   // entries
  Lanes* tendency; // species
  Lanes* trial;    // species
  Lanes* stage[4]; // species each
  Lanes* scaled;   // species: error over what is allowed
};

enum class StepStatus : int { done, too_many_steps, step_too_small };

/// What a pack starts with and ends with, by lane.
struct PackControl {
  double span = 0;             // s
  double relative = 0;         // tolerance
  double absolute = 0;         // tolerance [molecules cm-3]
  double longest = 0;          // step [s]
  double smallest = 0;         // step [s]
  int most_steps = 0;          // tried, of each lane
  Mask active = {};            // lanes that hold a cell: all bits set
  Lanes first_step = {};       // s, above 0; on return what would have been best, if a step was accepted
  Lanes time = {};             // s, how far it came
  StepStatus status[lanes] = {};
  int steps[lanes] = {};       // tried
  int worst[lanes] = {};       // where the status is not done: the species whose error was largest then
};

TQ_HD inline Lanes broadcast(double x) { return x - Lanes{}; }

TQ_HD inline Lanes larger(Lanes x, Lanes y) { return x > y ? x : y; }

TQ_HD inline Lanes smaller(Lanes x, Lanes y) { return x < y ? x : y; }

TQ_HD inline Lanes magnitude(Lanes x) { return x < 0.0 ? -x : x; }

TQ_HD inline bool any(Mask mask) {
  bool found = false;
  for (int l = 0; l < lanes; ++l) {
    found |= mask[l] != 0;
  }
  return found;
}

inline void add_scaled(List<AddScaled> list, const Lanes* TQ_RESTRICT source, Lanes* TQ_RESTRICT target) {
  for (const AddScaled& item : list) {
    target[item.target] += item.factor * source[item.source];
  }
}

/// Rates of all reactions [molecules cm-3 s-1].
inline void reaction_rates(const GasTables& t, const Lanes* TQ_RESTRICT k, const Lanes* TQ_RESTRICT y,
                           Lanes* TQ_RESTRICT rate) {
  int r = 0;
  const int* y_of = t.reactants.items;
  for (; r < t.order_begin[1]; ++r) {
    rate[r] = k[r];
  }
  for (; r < t.order_begin[2]; ++r, y_of += 1) {
    rate[r] = k[r] * y[y_of[0]];
  }
  for (; r < t.order_begin[3]; ++r, y_of += 2) {
    rate[r] = k[r] * y[y_of[0]] * y[y_of[1]];
  }
  for (; r < t.order_begin[4]; ++r, y_of += 3) {
    rate[r] = k[r] * y[y_of[0]] * y[y_of[1]] * y[y_of[2]];
  }
}

/// f of amounts y.
inline void tendency(const GasTables& t, const PackMemory& p, const Lanes* y, Lanes* f) {
  reaction_rates(t, p.value, y, p.rate);
  for (int s = 0; s < t.species; ++s) {
    f[s] = Lanes{};
  }
  add_scaled(t.sources, p.rate, f);
}

/// J of p.amount, with opposite sign, into p.matrix.
inline void negative_jacobian(const GasTables& t, const PackMemory& p) {
  const Lanes* TQ_RESTRICT y = p.amount;
  Lanes* TQ_RESTRICT value = p.value;
  const int* item = t.partials.items;
  int n = t.reactions;
  for (const int end = n + t.partials_of_one; n < end; ++n, item += 2) {
    value[n] = value[item[0]] * y[item[1]];
  }
  for (; item != t.partials.end(); ++n, item += 3) {
    value[n] = value[item[0]] * y[item[1]] * y[item[2]];
  }
  for (int e = 0; e < t.entries; ++e) {
    p.matrix[e] = Lanes{};
  }
  add_scaled(t.derivatives, value, p.matrix);
}

/// L U = p.matrix in its place: U has ones on its diagonal, where the reciprocals of L's diagonal stand.
inline void factorise(const GasTables& t, Lanes* TQ_RESTRICT matrix) {
  const Elimination* item = t.eliminations.items;
  for (int row = 0; row < t.species; ++row) {
    for (const Elimination* end = t.eliminations.items + t.elimination_begin[row + 1]; item != end; ++item) {
      matrix[item->target] -= matrix[item->left] * matrix[item->right];
    }
    const int diagonal = t.diagonal[row];
    const Lanes reciprocal = 1.0 / matrix[diagonal];
    matrix[diagonal] = reciprocal;
    for (int e = diagonal + 1; e < t.row_begin[row + 1]; ++e) {
      matrix[e] *= reciprocal;
    }
  }
}

/// Solves for x with the factors of `matrix`; x is the right-hand side before.
inline void solve(const GasTables& t, const Lanes* TQ_RESTRICT matrix, Lanes* TQ_RESTRICT x) {
  for (int row = 0; row < t.species; ++row) {
    const int diagonal = t.diagonal[row];
    Lanes sum = x[row];
    for (int e = t.row_begin[row]; e < diagonal; ++e) {
      sum -= matrix[e] * x[t.column[e]];
    }
    x[row] = sum * matrix[diagonal];
  }
  for (int row = t.species - 1; row >= 0; --row) {
    Lanes sum = x[row];
    for (int e = t.diagonal[row] + 1; e < t.row_begin[row + 1]; ++e) {
      sum -= matrix[e] * x[t.column[e]];
    }
    x[row] = sum;
  }
}

/// All stages of a step of `h` [s] from p.amount; factors of the matrix included. p.tendency holds f of the last stage then.
template <class Method> inline void stages(const GasTables& t, const PackMemory& p, Lanes h) {
  negative_jacobian(t, p);
  const Lanes per_step = 1.0 / h, diagonal = per_step * (1.0 / Method::gamma);
  for (int s = 0; s < t.species; ++s) {
    p.matrix[t.diagonal[s]] += diagonal;
  }
  factorise(t, p.matrix);
#pragma GCC unroll 4
  for (int i = 0; i < Method::stages; ++i) {
    if (i == 0) {
      tendency(t, p, p.amount, p.tendency);
    } else if (Method::fresh[i]) {
      for (int s = 0; s < t.species; ++s) {
        Lanes y = p.amount[s];
#pragma GCC unroll 4
        for (int j = 0; j < i; ++j) {
          if (Method::a[i][j] != 0) {
            y += Method::a[i][j] * p.stage[j][s];
          }
        }
        p.trial[s] = y;
      }
      tendency(t, p, p.trial, p.tendency);
    }
    for (int s = 0; s < t.species; ++s) {
      Lanes sum = Lanes{};
#pragma GCC unroll 4
      for (int j = 0; j < i; ++j) {
        sum += Method::c[i][j] * p.stage[j][s];
      }
      p.stage[i][s] = p.tendency[s] + per_step * sum;
    }
    solve(t, p.matrix, p.stage[i]);
  }
}

/// p.trial: the amounts after the step whose stages are there; the step's error over what is allowed, NaN where a number is.
template <class Method> inline Lanes finish(const GasTables& t, const PackMemory& p, const PackControl& c) {
  Lanes squares = Lanes{};
  for (int s = 0; s < t.species; ++s) {
    Lanes y = p.amount[s], error = Lanes{};
#pragma GCC unroll 4
    for (int i = 0; i < Method::stages; ++i) {
      if (Method::m[i] != 0) {
        y += Method::m[i] * p.stage[i][s];
      }
      if (Method::e[i] != 0) {
        error += Method::e[i] * p.stage[i][s];
      }
    }
    const Lanes allowed = c.absolute + c.relative * larger(magnitude(p.amount[s]), magnitude(y));
    const Lanes scaled = error / allowed;
    p.trial[s] = y;
    p.scaled[s] = scaled;
    squares += scaled * scaled;
  }
  Lanes error;
  for (int l = 0; l < lanes; ++l) {
    error[l] = std::sqrt(squares[l] / t.species);
  }
  return error;
}

/// What the step has to be multiplied with after `error`; the least where the error is no number.
TQ_HD inline double step_factor(double error) {
  constexpr double least = 0.2, most = 6.0, safety = 0.9;
  if (!(error < 1e3)) {
    return least;
  }
  const double factor = safety / std::cbrt(error + 1e-30);
  return factor < least ? least : factor > most ? most : factor;
}

/// The species whose error over what is allowed is largest in a lane; the first that is no number if there is one.
inline int worst_species(const Lanes* scaled, int species, int lane) {
  int worst = 0;
  for (int s = 0; s < species; ++s) {
    const double error = std::fabs(scaled[s][lane]);
    if (error != error) {
      return s;
    }
    worst = error > std::fabs(scaled[worst][lane]) ? s : worst;
  }
  return worst;
}

/// Takes the active lanes of p.amount over c.span with the rate constants at the start of p.value.
template <class Method> void integrate(const GasTables& t, const PackMemory& p, PackControl& c) {
  const Lanes span = broadcast(c.span), longest = broadcast(c.longest);
  Lanes time = Lanes{}, h = smaller(c.first_step, longest);
  Mask active = c.active, none_yet = c.active, repeated = Mask{};
  for (int n = 0; any(active); ++n) {
    const Lanes left = span - time;
    const Mask last = h >= left;
    Lanes tried = last ? left : h;
    tried = active ? tried : broadcast(1.0);
    stages<Method>(t, p, tried);
    const Lanes error = finish<Method>(t, p, c);
    const Mask accepted = active & (error <= 1.0);
    for (int s = 0; s < t.species; ++s) {
      p.amount[s] = accepted ? p.trial[s] : p.amount[s];
    }
    time = accepted ? (last ? span : time + tried) : time;
    Lanes next;
    for (int l = 0; l < lanes; ++l) {
      next[l] = step_factor(error[l]);
      c.steps[l] += active[l] ? 1 : 0;
    }
    next = tried * (repeated ? smaller(next, broadcast(1.0)) : next);
    c.first_step = (accepted & none_yet) ? next : c.first_step;
    none_yet &= ~accepted;
    repeated = ~accepted;
    h = active ? smaller(next, longest) : h;
    active &= ~(accepted & last);
    for (int l = 0; l < lanes; ++l) {
      if (active[l] && (n + 1 >= c.most_steps || (!accepted[l] && h[l] < c.smallest))) {
        c.status[l] = n + 1 >= c.most_steps ? StepStatus::too_many_steps : StepStatus::step_too_small;
        c.worst[l] = worst_species(p.scaled, t.species, l);
        active[l] = 0;
      }
    }
  }
  c.time = time;
}

} // namespace tq::gas
