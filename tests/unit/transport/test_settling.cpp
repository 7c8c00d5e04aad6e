// The fall of particles through columns of unequal layers, against exact shifts.
#include "transport/settling.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace tq {
namespace {

/// n columns of nz layers with a total and its tags, rows of n.
template <class T> struct Columns {
  Columns(int n, int nz, int tags = 0)
      : n(n), nz(nz), tags(tags), mass(n * nz, T(1)), thickness(n * nz, T(10)), speed(nz), background(1 + tags),
        q((1 + tags) * n * nz), amounts((1 + tags) * n * (nz + 1)), factors_memory(SettlingFactors<T>::rows * n * nz),
        scratch_memory(((1 + tags) * (nz + 3) + 4) * n) {}

  void fall(double seconds) {
    const auto row_of = [this](std::vector<T>& values) {
      return [this, &values](int k) { return values.data() + k * n; };
    };
    const auto factors = SettlingFactors<T>::in(factors_memory.data(), n * nz, n);
    factor_settling(n, nz, row_of(thickness), factors);
    T* rows = scratch_memory.data() + (1 + tags) * (nz + 2) * n;
    settle(
        n, nz, T(seconds), speed.data(), row_of(mass), row_of(thickness), [this](int v) { return background[v]; }, tags,
        [this](int v, int k) { return q.data() + (v * nz + k) * n; }, factors, amounts.data(), n * (nz + 1),
        SettlingScratch<T>{scratch_memory.data(), rows, rows + n, rows + 2 * n, {rows + 4 * n, rows + 3 * n, n}});
  }

  double content(int k, int i = 0) const { return double(q[k * n + i]) * double(mass[k * n + i]); }
  double concentration(int k, int i = 0) const { return content(k, i) / double(thickness[k * n + i]); }
  double amount(int f, int i = 0) const { return double(amounts[f * n + i]); }

  int n, nz, tags;
  std::vector<T> mass, thickness, speed, background, q, amounts, factors_memory, scratch_memory;
};

TEST(Settling, DistancesOfWholeLayersShiftTheContentsExactly) {
  for (const int layers : {1, 2, 5}) {
    Columns<double> box(1, 12);
    box.background[0] = 7;
    for (int k = 0; k < box.nz; ++k) {
      box.thickness[k] = 5 + 3 * k;
      box.mass[k] = 100 * (2 + std::sin(k)) * box.thickness[k];
      box.q[k] = 1 + std::cos(2 * k);
    }
    std::vector<double> before;
    double leaves = 0;
    for (int k = 0; k < box.nz; ++k) {
      before.push_back(box.content(k));
      leaves += k < layers ? before[k] : 0;
      for (int m = k; m < k + layers; ++m) { // above the lid the layers continue
        box.speed[k] += box.thickness[std::min(m, box.nz - 1)] / 60;
      }
    }
    const double above = box.mass.back() * box.background[0];
    box.fall(60);
    EXPECT_NEAR(box.amount(0), leaves, 1e-14 * leaves);
    EXPECT_NEAR(box.amount(box.nz), layers * above, 1e-14 * layers * above);
    for (int k = 0; k < box.nz; ++k) {
      const double expected = k + layers < box.nz ? before[k + layers] : above;
      EXPECT_NEAR(box.content(k), expected, 2e-12 * above) << layers << " " << k;
    }
  }
}

TEST(Settling, NothingMovesBitForBitWithoutSpeed) {
  Columns<float> box(3, 6);
  for (int m = 0; m < 18; ++m) {
    box.q[m] = 0.1f * float(m + 1);
  }
  const std::vector<float> before = box.q;
  box.fall(300);
  EXPECT_EQ(box.q, before);
}

/// A front falls by 300 m through n layers that thicken by a factor of 9 over 1000 m, the air thinning by half; l2
/// error of the concentration per unit depth, in `steps_per_layer` steps for each mean layer.
double front_error(int n, double courant) {
  const double depth = 1000, fall = 300, width = 60;
  const auto edge = [&](int f) { return depth * (0.2 * f / n + 0.8 * std::pow(double(f) / n, 2)); };
  const auto mean = [&](int k, double middle) { // of (1 + tanh) / 2 over layer k
    const auto integral = [&](double z) { return 0.5 * (z + width * std::log(std::cosh((z - middle) / width))); };
    return (integral(edge(k + 1)) - integral(edge(k))) / (edge(k + 1) - edge(k));
  };
  Columns<double> box(1, n);
  for (int k = 0; k < n; ++k) {
    box.thickness[k] = edge(k + 1) - edge(k);
    box.mass[k] = box.thickness[k] * std::exp(-edge(k) / 1400);
    box.q[k] = mean(k, 700) * box.thickness[k] / box.mass[k];
    box.speed[k] = 1;
  }
  box.background[0] = box.thickness[n - 1] / box.mass[n - 1];
  const int steps = int(std::lround(fall / (courant * depth / n)));
  for (int s = 0; s < steps; ++s) {
    box.fall(fall / steps);
  }
  double sum = 0;
  for (int k = 0; k < n; ++k) {
    sum += std::pow(box.concentration(k) - mean(k, 400), 2) * box.thickness[k] / depth;
  }
  return std::sqrt(sum);
}

TEST(Settling, ThirdOrderOnUnequalLayersAtSmallAndLargeCourantNumbers) {
  for (const double courant : {0.15, 0.7, 3.3}) { // of the mean layer; 5 times that in the thinnest
    const double coarse = front_error(100, courant), fine = front_error(200, courant);
    EXPECT_LT(coarse, 2e-3) << courant;
    EXPECT_GT(std::log2(coarse / fine), 2.5) << courant << ": " << coarse << " " << fine;
  }
}

TEST(Settling, ALayerOfDustFallsAndReachesTheGroundOnTime) {
  // 1 kg of dust between 250 and 450 m, as 1 + cos, falls at 0.5 m/s through layers of 10 m, 4 m in each step.
  constexpr int n = 60;
  constexpr double speed = 0.5, dt = 8, pi = 3.14159265358979323846;
  const auto below = [&](double z) { // share of the dust below z at the start
    const double x = std::clamp((z - 350) / 100, -1.0, 1.0);
    return 0.5 * (1 + x + std::sin(pi * x) / pi);
  };
  Columns<double> box(1, n);
  std::fill(box.speed.begin(), box.speed.end(), speed);
  for (int k = 0; k < n; ++k) {
    box.q[k] = below(10 * (k + 1)) - below(10 * k);
  }
  double settled = 0;
  for (int step = 1; step * dt * speed <= 480; ++step) {
    box.fall(dt);
    settled += box.amount(0);
    double airborne = 0, moment = 0;
    for (int k = 0; k < n; ++k) {
      airborne += box.content(k);
      moment += box.content(k) * (10 * k + 5);
    }
    const double fallen = step * dt * speed;
    ASSERT_NEAR(airborne + settled, 1, 1e-13);
    ASSERT_NEAR(settled, below(fallen), 0.005) << fallen;
    if (fallen <= 240) {
      ASSERT_NEAR(moment / airborne, 350 - fallen, 0.2);
    }
  }
  EXPECT_NEAR(settled, 1, 1e-3);
}

TEST(Settling, UniformConcentrationStaysAndUniformMixingRatioThins) {
  // Where the air thins with height as exp(-z/H), q' = -q v/H while the concentration is carried unchanged.
  constexpr int n = 40;
  constexpr double height = 8000, dz = 25, fall = 90;
  Columns<double> box(1, n), mixed(1, n);
  for (int k = 0; k < n; ++k) {
    for (Columns<double>* b : {&box, &mixed}) {
      b->thickness[k] = dz;
      b->mass[k] = dz * std::exp(-(k + 0.5) * dz / height);
      b->speed[k] = 1;
    }
    box.q[k] = dz / box.mass[k];
    mixed.q[k] = 1;
  }
  box.background[0] = dz / box.mass[n - 1];
  mixed.background[0] = 1;
  box.fall(fall);
  mixed.fall(fall);
  for (int k = 0; k < n; ++k) {
    EXPECT_NEAR(box.concentration(k), 1, 1e-14);
    if (k > 0 && k < n - 5) {
      EXPECT_NEAR(mixed.q[k], std::exp(-fall / height), 1e-6);
    }
  }
}

TEST(Settling, GroundTakesTheLineThroughTheLowestCells) {
  // Concentration 1 - z/40 over layers of 10 m: the lowest 4 m hold 4 - 0.2.
  Columns<double> box(1, 3);
  box.q = {0.875, 0.625, 0.375};
  box.mass = {10, 10, 10};
  std::fill(box.speed.begin(), box.speed.end(), 0.4);
  box.fall(10);
  EXPECT_NEAR(box.amount(0), 3.8, 1e-14);
  EXPECT_NEAR(box.amount(1), 4 * 0.75 - 0.2, 1e-14);
}

TEST(Settling, ASlowerFallAloftIsClippedSoThatNothingIsTakenTwice) {
  // Particles that fall 45 m at the lowest face but 2 m above it: they meet those that stay.
  Columns<double> box(1, 5);
  box.q = {1, 2, 3, 4, 5};
  box.speed = {0.45, 0.02, 0.02, 0.02, 0.02};
  box.fall(100);
  EXPECT_EQ(box.content(0) + box.amount(0), 1 + box.amount(1));
  EXPECT_GE(box.content(0), 0);
  EXPECT_NEAR(box.content(0), 0, 1e-15) << "the lowest cell keeps nothing: its reach ends where the next begins";
}

template <class T> class RandomSettling : public testing::Test {};
using Precisions = testing::Types<float, double>;
TYPED_TEST_SUITE(RandomSettling, Precisions);

TYPED_TEST(RandomSettling, MassClosesAndMeansStayWithinWhatFell) {
  using T = TypeParam;
  constexpr int n = 21, nz = 24;
  const double eps = std::numeric_limits<T>::epsilon();
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    RandomStream random(seed, 0, 0);
    Columns<T> box(n, nz);
    for (int m = 0; m < n * nz; ++m) {
      box.thickness[m] = T(5 * std::pow(100, random.uniform()));
      box.mass[m] = box.thickness[m] * T(0.8 + 0.4 * random.uniform());
      const double r = random.uniform();
      box.q[m] = T(r > 0.5 ? r : r > 0.3 ? 1e-6 * r : 0);
    }
    const double seconds = 5 * random.uniform() * 30; // 0 to 150 m, with speeds of 0.8 to 1.2 m/s
    for (T& speed : box.speed) {
      speed = T(0.8 + 0.4 * random.uniform());
    }
    box.background[0] = T(random.uniform());
    const Columns<T> before = box;
    box.fall(seconds);
    for (int i = 0; i < n; ++i) {
      double least = double(before.background[0]) * double(before.mass[(nz - 1) * n + i]) /
                     double(before.thickness[(nz - 1) * n + i]);
      double most = least, start = 0, end = 0;
      for (int k = 0; k < nz; ++k) {
        least = std::min(least, before.concentration(k, i));
        most = std::max(most, before.concentration(k, i));
        start += before.content(k, i);
        end += box.content(k, i);
        ASSERT_GE(box.q[k * n + i], 0);
      }
      const double in = box.amount(nz, i), out = box.amount(0, i);
      ASSERT_NEAR(start + in, end + out, 200 * eps * (start + in)) << seed;
      ASSERT_LE(out, start + in);
      // Reaches of the faces, clipped from above: a cell receives what lay in an interval of air.
      double reach = seconds * double(box.speed[nz - 1]);
      for (int k = nz - 1; k >= 0; --k) {
        const double h = double(before.thickness[k * n + i]);
        const double lower = std::min(seconds * double(box.speed[k]), h + reach);
        const double depth = h + reach - lower, slack = 500 * eps * most * (h + reach);
        ASSERT_LE(box.content(k, i), most * depth + slack) << seed << " " << k;
        ASSERT_GE(box.content(k, i), least * depth - slack) << seed << " " << k;
        reach = lower;
      }
    }
  }
}

TYPED_TEST(RandomSettling, AShiftIsBoundedByTheNeighboursOfWhatItCut) {
  // One uniform speed: a cell's new concentration lies between the least and the greatest of the cells that its
  // interval touches and their neighbours.
  using T = TypeParam;
  constexpr int nz = 24;
  const double eps = std::numeric_limits<T>::epsilon();
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    RandomStream random(seed, 1, 0);
    Columns<T> box(1, nz);
    for (int k = 0; k < nz; ++k) {
      box.thickness[k] = T(5 * std::pow(100, random.uniform()));
      box.mass[k] = box.thickness[k];
      box.q[k] = T(random.uniform());
    }
    std::fill(box.speed.begin(), box.speed.end(), T(1));
    const Columns<T> before = box;
    const double distance = 200 * random.uniform();
    box.fall(distance);
    std::vector<double> edge(nz + 1, 0.0);
    for (int k = 0; k < nz; ++k) {
      edge[k + 1] = edge[k] + double(box.thickness[k]);
    }
    for (int k = 0; k + 1 < nz && edge[k + 1] + distance < edge[nz - 1]; ++k) {
      double least = 2, most = 0;
      for (int m = 0; m < nz; ++m) {
        const int above = std::min(m + 1, nz - 1), below = std::max(m - 1, 0);
        if (edge[above + 1] >= edge[k] + distance && edge[below] <= edge[k + 1] + distance) {
          least = std::min(least, double(before.q[m]));
          most = std::max(most, double(before.q[m]));
        }
      }
      const double slack = 20 * eps * (1 + distance / double(box.thickness[k]));
      ASSERT_GE(box.q[k], least - slack) << seed << " " << k;
      ASSERT_LE(box.q[k], most + slack) << seed << " " << k;
    }
  }
}

TYPED_TEST(RandomSettling, TagsSumToTheTotalAndLeaveItUntouched) {
  using T = TypeParam;
  constexpr int n = 9, nz = 12, tags = 3;
  const double eps = std::numeric_limits<T>::epsilon();
  Columns<T> alone(n, nz), with(n, nz, tags);
  RandomStream random(1, 2, 0);
  for (int m = 0; m < n * nz; ++m) {
    alone.thickness[m] = with.thickness[m] = T(5 + 100 * random.uniform());
    T sum = 0;
    for (int v = 1; v <= tags; ++v) {
      with.q[v * n * nz + m] = T(random.uniform());
      sum += with.q[v * n * nz + m];
    }
    with.q[m] = alone.q[m] = sum;
  }
  std::fill(alone.speed.begin(), alone.speed.end(), T(0.2));
  with.speed = alone.speed;
  alone.background[0] = with.background[0] = with.background[2] = T(1.5);
  alone.fall(100);
  with.fall(100);
  for (int m = 0; m < n * nz; ++m) {
    ASSERT_EQ(alone.q[m], with.q[m]);
    double sum = 0;
    for (int v = 1; v <= tags; ++v) {
      ASSERT_GE(with.q[v * n * nz + m], 0);
      sum += double(with.q[v * n * nz + m]);
    }
    ASSERT_NEAR(sum, double(with.q[m]), 100 * eps) << m;
  }
}

} // namespace
} // namespace tq
