#pragma once
/// Exact solutions of the advection-diffusion equation. No grid, no engine.

namespace tq::validation {

/// Plume of a steady source at x = 0 and height H in wind u = a z^p [m s-1] with K = b z^n [m2 s-1] above ground that
/// reflects; nothing is diffused along the wind. alpha = 2 + p - n > 0.
struct PowerLaw {
  double a = 0, p = 0; // wind
  double b = 0, n = 0; // diffusivity
  double height = 0;   // H [m]

  double alpha() const { return 2 + p - n; }
  double wind(double z) const;
  double diffusivity(double z) const;
  /// Mean wind of a layer [m s-1].
  double mean_wind(double bottom, double top) const;
  /// Width of the plume at x in the coordinate z^(alpha/2), in which it is close to a Gaussian.
  double width(double x) const;

  /// Crosswind-integrated concentration over source strength [s m-2] at x > 0, z >= 0 [m].
  ///   H = 0: C = alpha / (a Gamma(s)) (a / (alpha^2 b x))^s exp(-a z^alpha / (alpha^2 b x)), s = (1 + p) / alpha
  ///   H > 0: C = (z H)^((1-n)/2) / (alpha b x) exp(-a (z^alpha + H^alpha) / (alpha^2 b x))
  ///              I_-nu(2 a (z H)^(alpha/2) / (alpha^2 b x)), nu = (1 - n) / alpha
  /// Sources: Roberts 1923, Proc. R. Soc. Lond. A 104, 640; Huang 1979, Atmos. Environ. 13, 453.
  double concentration(double x, double z) const;
};

/// exp(-x) I_order(x) for order > -1 and x >= 0, to 1e-13: the power series below x = 40, the expansion for large x
/// above. Source: Abramowitz and Stegun 1964, 9.6.10 and 9.7.1.
double scaled_bessel_i(double order, double x);

/// What a Gaussian distribution has at y from its middle [m-1]; sigma in m.
double gaussian(double y, double sigma);

/// Relative concentration at height z of particles that settle at `speed` [m s-1] through K = kappa u* z (1 - z/h), no
/// flux: ((z/za) (h - za)/(h - z))^(-speed / (kappa u*)); h = 0: K = kappa u* z without a top, (z/za)^(...). Source:
/// Rouse 1937, Trans. ASCE 102, 463.
struct Rouse {
  double kappa_ustar = 0; // m s-1
  double reference = 0;   // za [m]
  double depth = 0;       // h [m]

  double diffusivity(double z) const { return kappa_ustar * z * (depth > 0 ? 1 - z / depth : 1); }
  double concentration(double z, double speed) const;
};

/// Spread [m] after time t [s] of particles whose velocity has the standard deviation sigma_v [m s-1] and the time
/// scale T_L [s]: sqrt(2) sigma_v T_L sqrt(t/T_L - 1 + exp(-t/T_L)). Source: Taylor 1921, Proc. Lond. Math. Soc. 20,
/// 196.
double taylor_spread(double sigma_v, double time_scale, double t);

/// Effective diffusivity [m2 s-1] along a channel of depth h: K + factor U^2 h^2 / K. U: wind at the top and factor
/// 1/120 where it rises linearly from 0; mean wind and 1/210 where it is a parabola. Sources: Taylor 1953, Proc. R.
/// Soc. Lond. A 219, 186; Aris 1956, ibid. 235, 67.
double taylor_dispersion(double diffusivity, double wind, double depth, double factor);

/// Variances [m2] of a puff from a point in wind u = S z with diffusivity K in x and z, after t:
/// xx = 2 K t + 2/3 S^2 K t^3, xz = S K t^2, zz = 2 K t. Source: the moments of the equation; Saffman 1962, Q. J. R.
/// Meteorol. Soc. 88, 382.
struct PuffVariance {
  double xx, xz, zz;
};
PuffVariance shear_puff(double diffusivity, double shear, double t);

} // namespace tq::validation
