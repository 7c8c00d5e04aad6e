#pragma once
#include "meteorology/wind/basis.hpp"
#include "meteorology/wind/face_flow.hpp"
#include "meteorology/wind/metric.hpp"

#include <span>

namespace tq {

/// Face fluxes [kg s-1] of a horizontal wind u, v [m s-1] given at the cells' centres (w = 0), as the adjustment takes
/// them:
///   F_x = dy (m_w + m_e)/2 (u_w + u_e)/2,  F_y alike,  m = rho J dzeta,
///   F_zeta = -dx dy (1 - zeta/H) (mean over both cells, by depth, of rho (h_x u + h_y v)).
/// At the domain's sides the cell inside stands for both. A uniform wind in air of constant density is free of
/// divergence over any terrain, but for what blows into the ground.
FaceFlow horizontal_flow(const WindMetric& metric, View3<const double> u, View3<const double> v);

/// One of several stations.
struct WindStation {
  double x = 0, y = 0; // m, in the grid's coordinates
  double height = 0;   // m above sea, of the ground
  wind::StationWind wind;
};

/// What 1 m of height counts as in the distance between a station and a place: a station 100 m higher is as far as one
/// that is 2 km away. A choice; air on slopes and valley floors differs more than along them.
inline constexpr double height_weight = 20;

/// The wind of several stations at the cells' centres [m s-1], for a first guess: the mean of their profiles at the
/// cell's height above ground, weighted by 1/r^2, r^2 = dx^2 + dy^2 + (height_weight dh)^2 from station to column, at
/// least a cell's width. One station gives its profile everywhere. Throws std::invalid_argument without stations.
void blend_stations(const Grid& grid, std::span<const WindStation> stations, View3<double> u, View3<double> v);

} // namespace tq
