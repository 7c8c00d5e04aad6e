// One sweep along a line with random fluxes, masses and values.
#include "transport/tags.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace tq {
namespace {

constexpr int cells = 40, pad = 3, size = cells + 2 * pad;

/// A line with `members` tracers; faces and cells are indexed with the padding.
template <Advection scheme = Advection::u5_universal> struct Line {
  Line(std::uint64_t seed, int members, double diffusion)
      : members(members), mass(size), flux(size + 1), mixing(size + 1), q(std::size_t(members * size)) {
    RandomStream random(seed, 0, 0);
    for (int f = 0; f <= size; ++f) {
      flux[f] = 2 * random.uniform() - 1;
      mixing[f] = diffusion * random.uniform();
    }
    for (int i = 0; i < size; ++i) { // little more than what leaves, so that many cells are nearly emptied
      mass[i] = std::max(flux[i + 1], 0.0) - std::min(flux[i], 0.0) + mixing[i] + mixing[i + 1] +
                0.05 * random.uniform() + 1e-3;
      for (int v = 0; v < members; ++v) {
        const double r = random.uniform();
        q[v * size + i] = r > 0.5 ? r : 0;
      }
    }
  }

  /// Returns the values of member v's cells after the sweep; increments stay in p and m.
  std::vector<double> sweep() {
    std::vector<double> carried(cells + 2), inverse(cells + 2), stays(cells + 2), amounts((members + 1) * faces), sum(faces);
    p.assign(faces, 0);
    m.assign(faces, 0);
    passed.assign(members * faces, 0);
    std::vector<double> exchange(size + 1); // so that the faces exchange `mixing`
    for (int f = 1; f < size; ++f) {
      exchange[f] = mixing[f] / (mass[f - 1] + mass[f]);
    }
    carry_mass(cells + 2,
               {1.0, &flux[pad - 1], &flux[pad], &exchange[pad - 1], &exchange[pad], &mass[pad - 2], &mass[pad]},
               &mass[pad - 1], carried.data(), inverse.data(), stays.data());
    const ComputedFaces<scheme, double, FacesAlongRow<double>> computed{
        {1.0, &flux[pad], &exchange[pad], &mass[pad], &stays[1]}};
    using Stored = StoredFaces<scheme, double, faces>;
    std::vector<double> memory(Stored::rows * faces);
    const Stored stored{memory.data()};
    stored.fill(faces, computed);
    const auto law = [&](int) {
      const auto [least, most] = std::minmax_element(q.begin(), q.begin() + size);
      return HorizontalFaces<scheme, double, Stored>{stored, *least, *most, carried.data(), carried.data() + 1};
    };
    const auto around = [&](int v) { return AlongRow<double>{&q[v * size + pad]}; };
    face_increments(faces, law(0), around(0), &p[0], &m[0]);
    std::vector<double> after = q;
    update_cells(cells, &q[pad], &p[1], &m[0], &inverse[1], &after[pad]);
    if (members > 1) {
      prepare_tags(faces, members - 1, law, around, TotalPassed<double, true>{&m[0], stored.flux(), stored.mixing()},
                   TagScratch<double>{amounts.data(), sum.data(), faces});
    }
    for (int v = 1; v < members; ++v) {
      const TagFaces<double> tag{&amounts[v * faces], sum.data(), stored.mixing()};
      for (int f = 0; f < faces; ++f) {
        passed[v * faces + f] = tag.passed(around(v), f);
      }
      update_tag(cells, tag, around(v), &mass[pad], &inverse[1], &after[v * size + pad]);
    }
    mass_after.assign(carried.begin() + 1, carried.end() - 1);
    return after;
  }

  static constexpr int faces = cells + 1;
  int members;
  std::vector<double> mass, flux, mixing, q, p, m, passed, mass_after; // passed: through faces, of tags
};

/// `reach`: how many neighbours on either side bound a cell.
template <Advection scheme> void expect_bounds(int reach) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Line<scheme> line(seed, 1, seed % 2 == 0 ? 0.0 : 0.5);
    const std::vector<double> after = line.sweep();
    for (int i = pad; i < size - pad; ++i) {
      const auto first = line.q.begin() + std::max(0, i - reach), last = line.q.begin() + std::min(size, i + reach + 1);
      const auto [least, most] = std::minmax_element(first, last);
      // Cells may lose nearly all of their air: round-off is that of the old mass over the new one.
      const double slack = 1e-15 * (1 + line.mass[i] / line.mass_after[i - pad]);
      ASSERT_GE(after[i], *least - slack) << seed;
      ASSERT_LE(after[i], *most + slack) << seed;
    }
  }
}

TEST(Sweep, StaysWithinTheBoundsOfThreeCellsInDivergentFlow) {
  expect_bounds<Advection::u5_universal>(1);
  expect_bounds<Advection::ppm>(1);
  expect_bounds<Advection::upwind>(1);
}

TEST(Sweep, RelaxedStaysWithinTheRangeOfTheLine) {
  expect_bounds<Advection::u5_relaxed>(size);
}

TEST(Sweep, RelaxedOpensTheBoundAtSmoothExtremaAlone) {
  // A smooth hill, moved by a fifth of a cell: the strict bound flattens its top. A front is left alone.
  const auto after = [](auto line, auto shape) {
    std::fill(line.flux.begin(), line.flux.end(), 0.2);
    std::fill(line.mass.begin(), line.mass.end(), 1.0);
    for (int i = 0; i < size; ++i) {
      line.q[i] = shape(i);
    }
    line.q[0] = 0;
    line.q[1] = 3; // the range that is open to it
    return line.sweep();
  };
  const Line<> strict(1, 1, 0.0);
  const Line<Advection::u5_relaxed> relaxed(1, 1, 0.0);
  const auto hill = [](double i) { return 1 + std::exp(-0.02 * (i - 23) * (i - 23)); };
  const auto front = [](int i) { return i < 23 ? 1.0 : 2.0; };
  const double exact = hill(22.8);
  EXPECT_LT(std::abs(after(relaxed, hill)[23] - exact), 0.2 * std::abs(after(strict, hill)[23] - exact));
  const std::vector<double> a = after(strict, front), b = after(relaxed, front);
  for (int i = 10; i < size - pad; ++i) {
    EXPECT_EQ(a[i], b[i]) << i;
  }
}

TEST(Sweep, ConservesTracerMass) {
  Line<> line(3, 1, 0.5);
  const std::vector<double> after = line.sweep();
  double before = 0, later = 0;
  for (int i = pad; i < size - pad; ++i) {
    before += line.q[i] * line.mass[i];
    later += after[i] * line.mass_after[i - pad];
  }
  const int last = pad + cells;
  const double in = line.m[0] + line.flux[pad] * line.q[pad];
  const double out = line.p[cells] + line.flux[last] * line.q[last - 1];
  EXPECT_NEAR(later, before + in - out, 1e-13 * before);
}

TEST(Sweep, NothingLeavesThatIsNotThere) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Line<> line(seed, 1, 0.0);
    line.sweep();
    for (int i = pad; i < size - pad; ++i) {
      const int f = i - pad;
      const double right = line.p[f + 1] + line.flux[i + 1] * line.q[i];
      const double left = line.m[f] + line.flux[i] * line.q[i];
      ASSERT_LE(std::max(right, 0.0) - std::min(left, 0.0), line.q[i] * line.mass[i] * (1 + 1e-14) + 1e-15) << seed;
    }
  }
}

TEST(Sweep, ExactForAConstant) {
  Line<> line(5, 1, 0.5);
  std::fill(line.q.begin(), line.q.end(), 0.3);
  for (const double q : line.sweep()) {
    EXPECT_EQ(q, 0.3);
  }
}

TEST(Sweep, TagsMoveAsMuchAsTheTotalWhichDoesNotKnowThem) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Line<> tagged(seed, 4, 0.2);
    for (int i = 0; i < size; ++i) {
      tagged.q[i] = tagged.q[size + i] + tagged.q[2 * size + i] + tagged.q[3 * size + i];
    }
    Line<> plain(seed, 1, 0.2);
    // The random numbers of a line depend on its members: only what matters is copied.
    plain.mass = tagged.mass;
    plain.flux = tagged.flux;
    plain.mixing = tagged.mixing;
    plain.q.assign(tagged.q.begin(), tagged.q.begin() + size);
    const std::vector<double> with = tagged.sweep(), without = plain.sweep();
    for (int f = 0; f <= cells; ++f) {
      const int i = f + pad, faces = cells + 1;
      double sum = 0;
      for (int v = 1; v < 4; ++v) {
        sum += tagged.passed[v * faces + f];
      }
      const double total = tagged.p[f] + tagged.flux[i] * tagged.q[i - 1];
      ASSERT_NEAR(sum, total, 1e-13) << seed;
    }
    for (int i = pad; i < size - pad; ++i) {
      ASSERT_EQ(with[i], without[i]);
    }
  }
}

TEST(RescaleTags, MakesThemSumToTheirTotal) {
  // total, two tags; the last cell has no tag left, the one before nothing at all.
  std::vector<double> q{3, 5, 0, 1, /**/ 1, 2, 0, 0, /**/ 1, 2, 0, 0};
  std::vector<double> scratch(4);
  rescale_tags(4, 2, q.data(), 4, scratch.data());
  const std::vector<double> expected{3, 5, 0, 1, /**/ 1.5, 2.5, 0, 0.5, /**/ 1.5, 2.5, 0, 0.5};
  EXPECT_EQ(q, expected);
}

} // namespace
} // namespace tq
