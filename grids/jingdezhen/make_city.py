#!/usr/bin/env python3
"""Makes the files of the default city: terrain, land cover, management cells, sources and their profiles' users.

usage: make_city.py            writes the files beside this script and the table of totals into README.md
       make_city.py --check    writes nothing; fails if a file differs from what the script would write

Needs nothing but Python's standard library. README.md says what is measured and what is illustrative; every number
below carries its source ([U]: unverified, illustrative).
"""
import csv
import gzip
import io
import json
import math
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CENTRE = (117.20, 29.29)  # as in grid.toml
HALF_WIDTH = 20000.0  # m, of the domain


# ---- projection: UTM zone 50 north, Krueger's series to n^4 (Karney 2011, eqs. 35 and 36); better than 1e-6 m here

SEMI_MAJOR, FLATTENING, SCALE, MERIDIAN = 6378137.0, 1 / 298.257223563, 0.9996, 117.0
N = FLATTENING / (2 - FLATTENING)
ECCENTRICITY = math.sqrt(FLATTENING * (2 - FLATTENING))
RADIUS = SEMI_MAJOR / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
ALPHA = (N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16 + 41 * N**4 / 180,
         13 * N**2 / 48 - 3 * N**3 / 5 + 557 * N**4 / 1440,
         61 * N**3 / 240 - 103 * N**4 / 140,
         49561 * N**4 / 161280)
BETA = (N / 2 - 2 * N**2 / 3 + 37 * N**3 / 96 - N**4 / 360,
        N**2 / 48 + N**3 / 15 - 437 * N**4 / 1440,
        17 * N**3 / 480 - 37 * N**4 / 840,
        4397 * N**4 / 161280)


def project(lon, lat):
    """Easting and northing in m."""
    phi, lam = math.radians(lat), math.radians(lon - MERIDIAN)
    conformal = math.sinh(math.atanh(math.sin(phi)) - ECCENTRICITY * math.atanh(ECCENTRICITY * math.sin(phi)))
    xi0 = math.atan2(conformal, math.cos(lam))
    eta0 = math.asinh(math.sin(lam) / math.hypot(conformal, math.cos(lam)))
    xi, eta = xi0, eta0
    for j, a in enumerate(ALPHA, 1):
        xi += a * math.sin(2 * j * xi0) * math.cosh(2 * j * eta0)
        eta += a * math.cos(2 * j * xi0) * math.sinh(2 * j * eta0)
    return 500000 + SCALE * RADIUS * eta, SCALE * RADIUS * xi


def unproject(x, y):
    """Longitude and latitude in degrees."""
    xi, eta = y / (SCALE * RADIUS), (x - 500000) / (SCALE * RADIUS)
    xi0, eta0 = xi, eta
    for j, b in enumerate(BETA, 1):
        xi0 -= b * math.sin(2 * j * xi) * math.cosh(2 * j * eta)
        eta0 -= b * math.cos(2 * j * xi) * math.sinh(2 * j * eta)
    conformal = math.sin(xi0) / math.hypot(math.sinh(eta0), math.cos(xi0))
    tangent = conformal
    for _ in range(6):  # Newton, Karney 2011, eqs. 19 to 21
        root = math.hypot(1, tangent)
        sigma = math.sinh(ECCENTRICITY * math.atanh(ECCENTRICITY * tangent / root))
        now = tangent * math.hypot(1, sigma) - sigma * root
        tangent += ((conformal - now) / math.hypot(1, now)
                    * (1 + (1 - ECCENTRICITY**2) * tangent**2) / ((1 - ECCENTRICITY**2) * root))
    return MERIDIAN + math.degrees(math.atan2(math.sinh(eta0), math.cos(xi0))), math.degrees(math.atan(tangent))


X_WEST = round(project(*CENTRE)[0] - HALF_WIDTH)
Y_SOUTH = round(project(*CENTRE)[1] - HALF_WIDTH)


def degrees(point):
    """A point in km from the domain's centre as [longitude, latitude], rounded to about 1 cm."""
    lon, lat = unproject(X_WEST + HALF_WIDTH + 1000 * point[0], Y_SOUTH + HALF_WIDTH + 1000 * point[1])
    return [round(lon, 7), round(lat, 7)]


# ---- plane geometry, km from the domain's centre

def area(ring):
    return 0.5 * sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]))


def length(line):
    return sum(math.dist(a, b) for a, b in zip(line, line[1:]))


def inside(point, ring):
    x, y = point
    odd = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            odd = not odd
    return odd


def mean_point(ring):
    return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)


def smooth(points, step=0.25):
    """A Catmull-Rom curve through the points, sampled about every `step` km."""
    padded = [points[0]] + list(points) + [points[-1]]
    line = [points[0]]
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:]):
        pieces = max(1, round(math.dist(p1, p2) / step))
        for i in range(1, pieces + 1):
            t = i / pieces
            line.append(tuple(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                                     + (3 * b - a - 3 * c + d) * t**3) for a, b, c, d in zip(p0, p1, p2, p3)))
    return line


# ---- terrain: an illustrative basin (science: valley floor near 30 m at the town, hills of 200 m in the south, mountains
# in the north-east; the shapes are made up)

def logistic(x):
    return 1 / (1 + math.exp(-x))


def distance_to(line, x, y):
    best = math.inf
    for (x0, y0), (x1, y1) in zip(line, line[1:]):
        t = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0)**2 + (y1 - y0)**2)
        t = min(1.0, max(0.0, t))
        best = min(best, math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0)))
    return best


VALLEY = math.radians(48)  # the Chang river's valley, from north-east to south-west
SOUTH_RIVER = [(21, -12), (13, -7.5), (7, -5), (2, -2)]
WEST_RIVER = [(-8, 21), (-6, 13), (-6.5, 7), (-3, 1)]


def river_offset(t):
    """Where the Chang river runs: km across the valley's axis at t km along it."""
    return 0.9 * math.sin(2 * math.pi * (t + 2) / 11.5) + 0.5 * math.sin(2 * math.pi * t / 6.1)


def across_river(x, y):
    """km along the valley's axis, and across it from the Chang river."""
    t = x * math.cos(VALLEY) + y * math.sin(VALLEY)
    return t, -x * math.sin(VALLEY) + y * math.cos(VALLEY) - river_offset(t)


def valley_floor(t):
    return 31 + (0.7 if t > 0 else 0.3) * t


def height(x, y):
    t, across = across_river(x, y)
    floor = valley_floor(t)
    mountain = logistic((t - 11) / 3.5)
    half_width = 0.9 + 3.4 * math.exp(-(t / 8)**2) + 1.8 * logistic((-t - 12) / 3)
    edge = 3.1 + 2.2 * mountain

    def side(distance, width, scale):
        return 1 - math.exp(-(max(0.0, distance - width) / scale)**2)

    relief = side(abs(across), half_width, edge)
    relief *= 0.3 + 0.7 * side(distance_to(SOUTH_RIVER, x, y), 0.6, 2.6 + mountain)
    relief *= 0.3 + 0.7 * side(distance_to(WEST_RIVER, x, y), 0.6, 2.6 + mountain)
    ridges = 1 + 0.22 * math.sin(2 * math.pi * (x + 0.3 * y) / 6.7) * math.sin(2 * math.pi * (y - 0.2 * x + 1) / 7.9)
    return floor + relief * (190 + 720 * mountain) * ridges


def terrain_text():
    cell, count = 0.25, 168
    out = io.StringIO()
    out.write(f"ncols {count}\nnrows {count}\nxllcorner {X_WEST - 1000}\nyllcorner {Y_SOUTH - 1000}\ncellsize 250\n"
              "NODATA_value -9999\n")
    for row in reversed(range(count)):
        y = -21 + (row + 0.5) * cell
        out.write(" ".join(f"{height(-21 + (i + 0.5) * cell, y):.1f}" for i in range(count)) + "\n")
    return out.getvalue()


# ---- management cells: a lattice of 8 x 6 quadrilaterals along the valley; the inner 4 x 4 are the old town

COLUMNS, ROWS = 8, 6
OLD_AREA, NEW_AREA = 36.0, 74.0  # km2, science 10.4
TOWN_CENTRE = (0.6, 0.1)
TOWN_AXIS = math.radians(33)


def is_old(p, q):
    return 2 <= p < 6 and 1 <= q < 5


class Town:
    """Maps lattice coordinates (p along the valley, q across it) to km."""

    def __init__(self):
        noise = random.Random(58527)
        self.jitter = {(p, q): (noise.uniform(-0.13, 0.13), noise.uniform(-0.13, 0.13))
                       for p in range(COLUMNS + 1) for q in range(ROWS + 1)}
        self.spacing, self.swell = 1.5, 0.0
        low, high = -0.2, 0.2  # the old town's share of the area grows with the swelling
        for _ in range(60):
            self.swell = 0.5 * (low + high)
            old, new = self.areas()
            low, high = (low, self.swell) if old / (old + new) > OLD_AREA / (OLD_AREA + NEW_AREA) else (self.swell, high)
        self.spacing *= math.sqrt((OLD_AREA + NEW_AREA) / sum(self.areas()))

    def place(self, p, q):
        u, v = p - COLUMNS / 2, q - ROWS / 2
        stretch = 1 + self.swell * math.exp(-(u * u + v * v) / 9)
        u, v = (u * stretch + 0.18 * math.sin(0.9 * v + 0.4) + 0.10 * math.sin(1.1 * u),
                v * stretch + 0.30 * math.sin(0.55 * u + 0.3) + 0.08 * math.sin(1.3 * v))
        return (TOWN_CENTRE[0] + self.spacing * (u * math.cos(TOWN_AXIS) - v * math.sin(TOWN_AXIS)),
                TOWN_CENTRE[1] + self.spacing * (u * math.sin(TOWN_AXIS) + v * math.cos(TOWN_AXIS)))

    def vertex(self, p, q):
        dx, dy = self.jitter[p, q]
        x, y = self.place(p, q)
        return x + self.spacing * dx, y + self.spacing * dy

    def quad(self, p, q):
        return [self.vertex(p, q), self.vertex(p + 1, q), self.vertex(p + 1, q + 1), self.vertex(p, q + 1)]

    def areas(self):
        old = new = 0.0
        for p in range(COLUMNS):
            for q in range(ROWS):
                if is_old(p, q):
                    old += area(self.quad(p, q))
                else:
                    new += area(self.quad(p, q))
        return old, new


# Offices bear the names of subdistricts and townships of the city; which cell belongs to which is illustrative.
OLD_UNITS = ["Licun subdistrict office", "Xincun subdistrict office", "Zhoulukou subdistrict office",
             "Zhushan subdistrict office", "Changjiang subdistrict office", "Shishibu subdistrict office",
             "Taibaiyuan subdistrict office", "Xinchang subdistrict office"]
NEW_UNITS = ["Xijiao subdistrict office", "High-tech zone management committee", "Ceramic industry park committee",
             "Lumeng township government", "Hongyuan township government", "Jingcheng town government",
             "Liyang town government", "Lotus pond development office"]
# national control stations, longitude and latitude (science 10.1); cells that hold one are key areas
STATIONS = [(117.2111, 29.2958), (117.1983, 29.2786), (117.1558, 29.2647), (117.2461, 29.2956)]
MORE_KEY_AREAS = {"ZS-06", "ZS-07", "CJ-15"}  # hospital, schools, the new town's centre: illustrative
SCENIC = {"CJ-05": "Kiln heritage park", "CJ-30": "Lake park"}  # function class I, illustrative


def make_cells(town):
    """The cells in reading order from the north-west: dicts with id, quad in km and properties."""
    cells = []
    counts = {"ZS": 0, "CJ": 0}
    for q in reversed(range(ROWS)):
        for p in range(COLUMNS):
            old = is_old(p, q)
            prefix = "ZS" if old else "CJ"
            counts[prefix] += 1
            number = counts[prefix]
            identity = f"{prefix}-{number:02d}"
            ring = town.quad(p, q)
            units = OLD_UNITS if old else NEW_UNITS
            station = any(inside(local(*s), ring) for s in STATIONS)
            cells.append({
                "id": identity,
                "ring": ring,
                "lattice": (p, q),
                "old": old,
                "properties": {
                    "id": identity,
                    "name": SCENIC.get(identity, f"{'Zhushan' if old else 'Changjiang'} {number}"),
                    "unit": units[(number - 1) * len(units) // (16 if old else 32)],
                    "parent": "",
                    "district": "Zhushan" if old else "Changjiang",
                    "key_area": station or identity in MORE_KEY_AREAS,
                    "function_class": 1 if identity in SCENIC else 2,
                },
            })
    return cells


def local(lon, lat):
    x, y = project(lon, lat)
    return (x - X_WEST - HALF_WIDTH) / 1000, (y - Y_SOUTH - HALF_WIDTH) / 1000


def cell_at(cells, point):
    for cell in cells:
        if inside(point, cell["ring"]):
            return cell["id"]
    return ""


# ---- emission factors and activities

# Species columns of the inventory, t per year. Particles are cumulative.
SPECIES = ["pm2_5", "pm10", "tsp", "so2", "nox", "co"]


def amounts(pm=(0.0, 0.0, 0.0), so2=0.0, nox=0.0, co=0.0):
    return dict(zip(SPECIES, [*pm, so2, nox, co]))


def scaled(a, factor):
    return {s: a[s] * factor for s in SPECIES}


# People: old and new town, illustrative split of the city's urban residents (Leping and Fuliang have the rest)
PEOPLE_OLD, PEOPLE_NEW, PEOPLE_VILLAGES = 360e3, 240e3, 100e3  # [U]
VEHICLES = 0.22 * (PEOPLE_OLD + PEOPLE_NEW)  # 0.20 to 0.25 per urban resident (science 10.5) [U]
KM_PER_VEHICLE = 12000.0  # a year [U]

# Construction and demolition: 269 g TSP per m2 and month, PM10 / TSP 0.49, PM2.5 / TSP 0.1 (science 2.4)
SITE_TSP = 2.69e-4  # t m-2 month-1


def site_amounts(hectares, months):
    tsp = SITE_TSP * hectares * 1e4 * months
    return amounts(pm=(0.10 * tsp, 0.49 * tsp, tsp))


# Paved roads: E = k sL^0.91 W^1.02 g per vehicle-km, W in short tons (AP-42 13.2.1, science 2.2); rain by AP-42's annual
# form 1 - P / (4 x 365) with 155 wet days (science 10.4)
PAVED_K = (0.15, 0.62, 3.23)
WET_DAYS = 155
SHORT_TON = 0.90718474

# Fleet: China II to V shares of petrol cars 0/5/18/45/30 (+2 % I) and diesel trucks 2/38/40/20 (II/III/IV/V) as in the
# checks of science 3.6, base factors of science 3.2. g per km: CO, NOx, PM2.5
FLEET = {
    "car": (0.9166, 0.06188, 0.00458),
    "light_truck": (0.02 * 3.22 + 0.38 * 1.88 + 0.40 * 1.48 + 0.20 * 1.48,
                    0.02 * 5.578 + 0.38 * 3.765 + 0.40 * 2.636 + 0.20 * 2.24,
                    0.02 * 0.261 + 0.38 * 0.13 + 0.40 * 0.058 + 0.20 * 0.012),
    "heavy_truck": (0.02 * 3.08 + 0.38 * 2.79 + 0.40 * 2.2 + 0.20 * 2.2,
                    0.02 * 7.934 + 0.38 * 7.934 + 0.40 * 5.554 + 0.20 * 4.721,
                    0.02 * 0.502 + 0.38 * 0.243 + 0.40 * 0.138 + 0.20 * 0.027),
    "bus": (0.02 * 8.68 + 0.38 * 6.74 + 0.40 * 3.25 + 0.20 * 1.62,
            0.02 * 9.892 + 0.38 * 9.892 + 0.40 * 9.892 + 0.20 * 8.64,
            0.02 * 0.882 + 0.38 * 0.395 + 0.40 * 0.252 + 0.20 * 0.126),
    "motorcycle": (1.11, 0.10, 0.003),
}
MASS = {"car": 1.6, "light_truck": 4.0, "heavy_truck": 25.0, "bus": 12.0, "motorcycle": 0.25}  # t [U]
FUEL = {"car": 0.06, "light_truck": 0.10, "heavy_truck": 0.25, "bus": 0.25, "motorcycle": 0.02}  # kg km-1 [U]
FUEL_SULPHUR = 10e-6  # kg kg-1 (science 3.2)

# Vehicles a day, silt loading (g m-2; between AP-42's defaults and the 0.99 to 1.45 measured in the Pearl River delta,
# science 2.2) and mix of vehicles: illustrative
ROAD_CLASSES = {
    "motorway": (14000, 0.03, {"car": 0.65, "light_truck": 0.08, "heavy_truck": 0.24, "bus": 0.03}),
    "through": (8000, 0.50, {"car": 0.65, "light_truck": 0.12, "heavy_truck": 0.15, "bus": 0.03, "motorcycle": 0.05}),
    "county": (2500, 0.60, {"car": 0.70, "light_truck": 0.12, "heavy_truck": 0.05, "bus": 0.03, "motorcycle": 0.10}),
    "ring": (16000, 0.50, {"car": 0.78, "light_truck": 0.08, "heavy_truck": 0.06, "bus": 0.03, "motorcycle": 0.05}),
    "arterial": (15000, 0.60, {"car": 0.84, "light_truck": 0.05, "heavy_truck": 0.015, "bus": 0.035, "motorcycle": 0.06}),
    "secondary": (8000, 0.80, {"car": 0.86, "light_truck": 0.04, "heavy_truck": 0.005, "bus": 0.025, "motorcycle": 0.07}),
    "minor": (0, 1.00, {"car": 0.87, "light_truck": 0.035, "heavy_truck": 0.0, "bus": 0.005, "motorcycle": 0.09}),
}
URBAN_CLASSES = ("ring", "arterial", "secondary", "minor")  # driven by the city's own fleet


def road_dust(kind, vehicle_km):
    _, silt, mix = ROAD_CLASSES[kind]
    weight = sum(share * MASS[v] for v, share in mix.items()) / SHORT_TON
    factor = silt**0.91 * weight**1.02 * (1 - WET_DAYS / (4 * 365)) * vehicle_km * 1e-6
    return amounts(pm=tuple(k * factor for k in PAVED_K))


def exhaust(kind, vehicle_km):
    mix = ROAD_CLASSES[kind][2]
    co, nox, fine = (sum(share * FLEET[v][i] for v, share in mix.items()) * vehicle_km * 1e-6 for i in range(3))
    sulphur = sum(share * FUEL[v] for v, share in mix.items()) * vehicle_km * 1e-3 * 2 * FUEL_SULPHUR
    return amounts(pm=(fine, fine / 0.9, fine / 0.9), so2=sulphur, nox=nox, co=co)  # PM10 = PM2.5 / 0.9 (science 3.2)


# Fixed combustion (science 4.1): SO2 = 2 S (1 - 0.15); PM = ash (1 - a_r) f; then (1 - control)
SULPHUR, ASH = 0.010, 0.22  # mass fractions of the coal: Jiangxi default, S 0.8 to 1.2 %, ash 20 to 25 % [U]


def coal(tonnes, bottom_ash, fine, pm10, nox_g_kg, co_g_kg, control, sulphur=SULPHUR):
    """`control`: efficiencies for SO2, NOx, PM2.5, PM2.5-10; the last is used above 10 um as well."""
    so2_control, nox_control, fine_control, coarse_control = control
    ash = ASH * (1 - bottom_ash)
    a = ash * fine * (1 - fine_control)
    b = a + ash * (pm10 - fine) * (1 - coarse_control)
    c = b + ash * (1 - pm10) * (1 - coarse_control)
    return scaled(amounts(pm=(a, b, c), so2=2 * sulphur * (1 - 0.15) * (1 - so2_control),
                          nox=nox_g_kg * 1e-3 * (1 - nox_control), co=co_g_kg * 1e-3), tonnes)


POWER_COAL = 500e3  # t of raw coal a year [U]
BOILER_COAL_LARGE, BOILER_COAL_SMALL = 140e3, 60e3  # [U]
HOUSEHOLD_COAL = 20e3  # t a year in town and villages [U]


def power_amounts(tonnes):
    # pulverised coal; limestone-gypsum at 95 % by permit, LNB + SCR 64 %, high-efficiency precipitator and the scrubber
    return coal(tonnes, 0.25, 0.06, 0.23, 8.0, 2.0, (0.95, 0.64, 1 - 0.04 * 0.43, 1 - 0.01 * 0.25))


def large_boiler_amounts(tonnes):  # automatic grate; double alkali 80/0/57/75 and bag filter 94.5/95
    return coal(tonnes, 0.85, 0.07, 0.20, 4.0, 15.0, (0.80, 0.0, 1 - 0.43 * 0.055, 1 - 0.25 * 0.05))


def small_boiler_amounts(tonnes):  # automatic grate; wet scrubber 20/0/50/56
    return coal(tonnes, 0.85, 0.07, 0.20, 4.0, 15.0, (0.20, 0.0, 0.50, 0.56))


def stove_amounts(tonnes):  # residential grate, hand-fired, S 0.8 %
    return coal(tonnes, 0.85, 0.07, 0.20, 3.8, 124.3, (0.0, 0.0, 0.0, 0.0), sulphur=0.008)


# Kilns: kg per t of product (science 4.2); CO of the gas that ceramics burn: 1.3 g m-3 x 823 m3 per t (1 t of standard
# coal per t of product, 29.3 GJ / 35.6 MJ m-3) [U]. No more than PM10 is tabulated, so TSP = PM10.
CERAMICS, BRICKS = 100e3, 240e3  # t of product a year [U]


def ceramics_amounts(tonnes):
    return scaled(amounts(pm=(0.67e-3, 2.43e-3, 2.43e-3), so2=2.25e-3, nox=5e-3, co=1.3e-3 * 0.823), tonnes)


def brick_amounts(tonnes):
    return scaled(amounts(pm=(0.27e-3, 0.71e-3, 0.71e-3), so2=0.6e-3, nox=0.05e-3, co=4.04e-3), tonnes)


WOOD_PER_VILLAGER = 0.4  # t a year [U]
WOOD = amounts(pm=(6e-3, 6.5e-3, 6.5e-3), so2=0.2e-3, nox=1.2e-3, co=60e-3)  # t per t [U]
COOKING_PER_PERSON = 0.2e-3  # t of PM2.5 a year, kitchens and restaurants [U]


# Yards: handling k 0.0016 (u / 2.2)^1.3 / (M / 2)^1.4 kg per t (science 2.5), wind 1.74 m/s (10.4), moisture 1 % [U]
def yard_amounts(tonnes_handled):
    factor = 0.0016 * (1.74 / 2.2)**1.3 / (1.0 / 2)**1.4 * 1e-3 * tonnes_handled
    return amounts(pm=(0.053 * factor, 0.35 * factor, 0.74 * factor))


# ---- where the sources lie

# hectares of the building sites by cell, 80 ha in all, and of the demolition sites, 30 ha (300 000 m2, science 10.4)
CONSTRUCTION = [("CJ-14", 9.5), ("CJ-15", 8.0), ("CJ-17", 7.0), ("CJ-19", 6.5), ("CJ-24", 6.0), ("CJ-23", 5.5),
                ("CJ-16", 5.0), ("CJ-04", 4.5), ("CJ-10", 4.0), ("CJ-27", 4.0), ("CJ-28", 3.5), ("CJ-12", 3.0),
                ("CJ-20", 3.0), ("CJ-07", 2.5), ("ZS-04", 2.5), ("ZS-09", 2.0), ("ZS-16", 1.5), ("ZS-07", 1.0),
                ("ZS-12", 1.0)]
DEMOLITION = [("ZS-01", 8.0), ("ZS-05", 6.0), ("ZS-10", 5.0), ("CJ-11", 5.0), ("ZS-14", 4.0), ("CJ-18", 2.0)]
CONSTRUCTION_MONTHS, DEMOLITION_MONTHS = 12, 6


def site_ring(cell, hectares, noise, taken):
    """A rectangle (sides 3 : 2) somewhere inside the cell, clear of the cell's other sites."""
    long_side = math.sqrt(hectares / 100 * 1.5)
    short_side = hectares / 100 / long_side
    ring = cell["ring"]
    for _ in range(1000):
        weights = [noise.uniform(0.2, 1.0) for _ in ring]
        x = sum(w * p[0] for w, p in zip(weights, ring)) / sum(weights)
        y = sum(w * p[1] for w, p in zip(weights, ring)) / sum(weights)
        turn = noise.uniform(0, math.pi)
        c, s = math.cos(turn), math.sin(turn)
        corners = [(x + c * a * long_side / 2 - s * b * short_side / 2, y + s * a * long_side / 2 + c * b * short_side / 2)
                   for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        clear = all(math.dist((x, y), mean_point(other)) > 0.6 for other in taken)
        if clear and all(inside(p, ring) for p in corners):
            return corners
    raise RuntimeError(f"no room for a site in {cell['id']}")


def make_roads(town):
    """(name, class, line in km)."""
    def along(q, first=-0.05, last=COLUMNS + 0.05):
        return [town.place(first + (last - first) * i / 32, q) for i in range(33)]

    def across(p, first=-0.05, last=ROWS + 0.05):
        return [town.place(p, first + (last - first) * i / 24) for i in range(25)]

    def loop(p0, p1, q0, q1):
        corners = [(p0, q0), (p1, q0), (p1, q1), (p0, q1), (p0, q0)]
        return [town.place(a[0] + (b[0] - a[0]) * i / 12, a[1] + (b[1] - a[1]) * i / 12)
                for a, b in zip(corners, corners[1:]) for i in range(12)] + [town.place(p0, q0)]

    roads = [("inner-ring", "ring", loop(1.7, 6.3, 0.7, 5.3)), ("outer-ring", "ring", loop(0.3, 7.7, 0.25, 5.75))]
    for i, q in enumerate((1.45, 2.55, 3.45, 4.55), 1):
        roads.append((f"avenue-{i}", "arterial", along(q)))
    for i, p in enumerate((1.4, 2.55, 3.5, 4.45, 5.5, 6.6), 1):
        roads.append((f"street-{i}", "arterial", across(p)))
    for i, q in enumerate((1.95, 3.05, 4.05), 1):
        roads.append((f"lane-along-{i}", "secondary", along(q, 1.7, 6.3)))
    for i, p in enumerate((2.2, 3.05, 3.95, 4.9, 5.85), 1):
        roads.append((f"lane-across-{i}", "secondary", across(p, 0.7, 5.3)))
    for i, (q, first, last) in enumerate(((0.8, 0.3, 3.5), (5.2, 0.3, 3.5), (0.8, 4.5, 7.7), (5.2, 4.5, 7.7)), 1):
        roads.append((f"new-town-{i}", "secondary", along(q, first, last)))
    edge = 19.9
    gate = {"w": town.place(0.3, 2.55), "sw": town.place(0.3, 0.25), "s": town.place(4.45, 0.25), "se": town.place(7.7, 0.25),
            "ne": town.place(7.7, 4.55), "n": town.place(3.5, 5.75), "nw": town.place(0.3, 5.75), "e": town.place(7.7, 2.0)}
    through = [
        ("national-road-north-east", "through", [gate["ne"], (9.0, 9.2), (12.5, 13.4), (15.8, 16.5), (18.3, edge)]),
        ("national-road-south-west", "through", [gate["sw"], (-9.0, -9.5), (-12.5, -14.0), (-15.6, -16.5), (-17.5, -edge)]),
        ("national-road-south", "through", [gate["s"], (5.0, -9.0), (4.2, -14.0), (6.0, -edge)]),
        ("provincial-road-east", "through", [gate["e"], (11.0, -4.0), (15.5, -7.5), (edge, -9.8)]),
        ("provincial-road-north-west", "through", [gate["nw"], (-6.5, 9.0), (-6.0, 13.5), (-8.0, edge)]),
        ("provincial-road-west", "through", [gate["w"], (-10.0, -3.2), (-15.0, -2.2), (-edge, -3.5)]),
        ("motorway-east-west", "motorway", [(-edge, -9.0), (-12.0, -8.0), (-6.0, -8.6), (1.0, -8.2), (8.0, -6.8),
                                            (14.0, -9.6), (edge, -13.0)]),
        ("motorway-north-south", "motorway", [(-11.0, edge), (-9.5, 12.0), (-8.8, 4.0), (-9.2, -4.0), (-9.0, -12.0),
                                              (-11.5, -edge)]),
        ("county-road-1", "county", [gate["n"], (0.5, 9.8), (2.5, 14.0), (1.5, edge)]),
        ("county-road-2", "county", [gate["ne"], (11.5, 6.5), (15.5, 6.2), (edge, 8.0)]),
        ("county-road-3", "county", [gate["se"], (9.5, -5.0), (12.0, -11.0), (13.5, -edge)]),
        ("county-road-4", "county", [(-9.0, -9.5), (-4.5, -12.5), (-1.0, -17.0), (-2.0, -edge)]),
        ("county-road-5", "county", [gate["nw"], (-11.0, 6.5), (-15.0, 9.5), (-edge, 9.0)]),
        ("county-road-6", "county", [(12.5, 13.4), (8.5, 15.5), (6.0, edge)]),
        ("county-road-7", "county", [(-10.0, -3.2), (-13.5, -8.0), (-edge, -12.5)]),
        ("county-road-8", "county", [(5.0, -9.0), (0.5, -11.5), (-4.5, -12.5)]),
    ]
    roads += [(name, kind, smooth(points)) for name, kind, points in through]
    return roads


LONGEST_PIECE = 4.0  # km, outside the management cells: so that a piece that touches a cell does not reach far beyond it


def cut_by_cell(line, cells):
    """The line as pieces [(cell id or "", points)] in order."""
    pieces = []
    for a, b in zip(line, line[1:]):
        parts = max(1, round(math.dist(a, b) / 0.05))
        points = [(a[0] + (b[0] - a[0]) * i / parts, a[1] + (b[1] - a[1]) * i / parts) for i in range(parts + 1)]
        for start, end in zip(points, points[1:]):
            cell = cell_at(cells, (0.5 * (start[0] + end[0]), 0.5 * (start[1] + end[1])))
            if pieces and pieces[-1][0] == cell and (cell or length(pieces[-1][1]) < LONGEST_PIECE):
                pieces[-1][1].append(end)
            else:
                pieces.append((cell, [start, end]))
    return [(cell, thinned(points)) for cell, points in pieces]


def thinned(points, tolerance=0.002):
    """Without the points that lie within 2 m of the chord (Douglas and Peucker)."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    chord = math.hypot(x1 - x0, y1 - y0)
    worst, index = 0.0, 0
    for i in range(1, len(points) - 1):
        dx, dy = points[i][0] - x0, points[i][1] - y0
        off = abs(dx * (y1 - y0) - dy * (x1 - x0)) / chord if chord > 0 else math.hypot(dx, dy)
        if off > worst:
            worst, index = off, i
    if worst <= tolerance:
        return [points[0], points[-1]]
    return thinned(points[:index + 1])[:-1] + thinned(points[index:])


# km from the centre; share of the coal or product; stack height in m
LARGE_BOILERS = [((-6.2, -3.4), 0.22, 50), ((-5.0, -4.6), 0.18, 45), ((-3.4, -5.0), 0.15, 45), ((7.2, 3.0), 0.15, 45),
                 ((-5.6, 0.6), 0.12, 45), ((6.4, -0.6), 0.10, 45), ((0.8, -4.4), 0.08, 45)]
SMALL_BOILERS = [((-3.0, -2.2), 0.16, 30), ((-1.6, -3.0), 0.13, 30), ((2.6, -2.4), 0.12, 30), ((5.2, 2.4), 0.12, 30),
                 ((3.6, 4.2), 0.11, 30), ((-2.6, 2.6), 0.10, 30), ((0.4, 3.8), 0.10, 30), ((1.6, -0.6), 0.08, 30),
                 ((6.8, 4.6), 0.08, 30)]
CERAMIC_WORKS = [((-5.6, -2.6), 0.15, 30), ((-4.2, -3.4), 0.13, 30), ((-4.7, -1.6), 0.11, 25), ((-2.4, -4.0), 0.10, 25),
                 ((4.6, 0.2), 0.08, 20), ((3.2, -1.6), 0.08, 20), ((5.9, 1.5), 0.07, 20), ((-0.8, -1.8), 0.06, 20),
                 ((2.0, 1.4), 0.05, 15), ((0.2, 1.0), 0.05, 15), ((-1.8, 0.4), 0.04, 15), ((3.9, 2.8), 0.04, 15),
                 ((-7.3, -6.1), 0.02, 25), ((1.2, -3.2), 0.02, 20)]
BRICK_WORKS = [((-11.0, -10.6), 0.4, 30), ((6.6, -11.6), 0.35, 30), ((12.6, -4.6), 0.25, 30)]
POWER_PLANT = ((-11.6, -6.4), 210)
YARDS = [((-7.6, -3.0), 3.0, 0.30), ((8.6, 4.2), 2.5, 0.25), ((4.8, -6.2), 2.0, 0.20), ((-5.0, 5.6), 2.0, 0.15),
         ((-2.2, -6.6), 1.5, 0.10)]  # km, hectares, share
YARD_TONNES = 4 * 1.5e6  # sand, gravel and clay a year, each tonne moved four times [U]
VILLAGES = [(10.2, 10.4), (13.6, 14.2), (16.8, 17.2), (-11.8, -12.8), (-15.4, -15.6), (-16.0, -2.6), (5.2, -13.0),
            (12.4, -5.0), (16.6, -8.4), (-6.0, 12.0), (0.4, 9.6), (-13.0, 7.9), (12.0, 6.6), (-3.6, -12.2), (-8.2, -8.0)]


def hexagon(centre, square_km):
    radius = math.sqrt(square_km / (1.5 * math.sqrt(3)))
    return [(centre[0] + radius * math.cos(math.pi / 3 * i + 0.2), centre[1] + radius * math.sin(math.pi / 3 * i + 0.2))
            for i in range(6)]


# ---- the inventory

HEADER = ["id", "sector", "department", "enterprise", "management_cell", "geometry", "lon", "lat", "profile",
          "base [m]", "top [m]", "pm2_5 [t yr-1]", "pm10 [t yr-1]", "tsp [t yr-1]", "so2 [t yr-1]", "nox [t yr-1]",
          "no2_share [1]", "co [t yr-1]"]


class Inventory:
    def __init__(self, cells):
        self.cells = cells
        self.rows = []
        self.features = []
        self.totals = {}

    def polygon(self, identity, ring):
        ring = ring if area(ring) > 0 else ring[::-1]
        self.features.append((identity, "Polygon", [[degrees(p) for p in ring + ring[:1]]]))
        return identity

    def line(self, identity, points):
        self.features.append((identity, "LineString", [degrees(p) for p in points]))
        return identity

    def add(self, identity, sector, department, what, profile, enterprise="", cell="", geometry="", point=None,
            heights=None, no2_share=0.1):
        place = degrees(point) if point else ("", "")
        low, high = heights if heights else ("", "")
        number = lambda v: f"{v:.5g}" if v else "0"
        pm = [what["pm2_5"], what["pm10"], what["tsp"]]
        rest = [number(what["so2"]), number(what["nox"]), no2_share if what["nox"] else "", number(what["co"])]
        self.rows.append([identity, sector, department, enterprise, cell, geometry, *place, profile, low, high,
                          *map(number, pm), *rest])
        total = self.totals.setdefault(sector, dict.fromkeys(SPECIES, 0.0))
        for species in SPECIES:
            total[species] += what[species]

    def stack(self, identity, sector, department, enterprise, what, profile, point, stack_height, no2_share=0.05):
        # the plume is spread from the mouth to twice that height: rise and spread together [U]
        self.add(identity, sector, department, what, profile, enterprise=enterprise, cell=cell_at(self.cells, point),
                 point=point, heights=(stack_height, 2 * stack_height), no2_share=no2_share)


def make_inventory(town, cells):
    inventory = Inventory(cells)
    by_id = {cell["id"]: cell for cell in cells}
    noise = random.Random(2017)

    taken = []
    for sector, sites, months, profile, department in (
            ("construction", CONSTRUCTION, CONSTRUCTION_MONTHS, "construction", "housing"),
            ("demolition", DEMOLITION, DEMOLITION_MONTHS, "demolition", "urban management")):
        for i, (cell, hectares) in enumerate(sites, 1):
            ring = site_ring(by_id[cell], hectares, noise, taken)
            taken.append(ring)
            identity = f"{'site' if sector == 'construction' else 'demolition'}-{i:02d}"
            inventory.add(identity, sector, department, site_amounts(hectares, months), profile,
                          enterprise=f"{'Builder' if sector == 'construction' else 'Clearance company'} {i}", cell=cell,
                          geometry=inventory.polygon(identity, ring))

    urban_km = 0.0
    for name, kind, line in make_roads(town):
        count = {}
        for cell, points in cut_by_cell(line, cells):
            vehicle_km = length(points) * ROAD_CLASSES[kind][0] * 365
            if kind in URBAN_CLASSES:
                urban_km += vehicle_km
            where = cell if cell else "out"
            count[where] = count.get(where, 0) + 1
            identity = f"{name}-{where.lower()}" + (f"-{count[where]}" if count[where] > 1 else "")
            geometry = inventory.line(identity, points)
            cleaner = "urban management" if kind in URBAN_CLASSES else "transport"
            inventory.add(f"dust-{identity}", "road_dust", cleaner, road_dust(kind, vehicle_km), "road_dust", cell=cell,
                          geometry=geometry)
            inventory.add(f"cars-{identity}", "traffic", "transport", exhaust(kind, vehicle_km), "traffic", cell=cell,
                          geometry=geometry)

    # what the city's own fleet drives beyond the roads drawn: minor streets, spread over the cells by residents
    minor_km = VEHICLES * KM_PER_VEHICLE - urban_km
    assert minor_km > 0, "the roads drawn carry more than the fleet drives"
    stoves_in_town = 0.4 * HOUSEHOLD_COAL
    town_people = PEOPLE_OLD + PEOPLE_NEW
    for cell in cells:
        people = (PEOPLE_OLD * area(cell["ring"]) / OLD_AREA if cell["old"] else PEOPLE_NEW * area(cell["ring"]) / NEW_AREA)
        share = people / town_people
        identity = cell["id"].lower()
        geometry = inventory.polygon(f"area-{identity}", cell["ring"])
        place = dict(cell=cell["id"], geometry=geometry)
        inventory.add(f"dust-minor-{identity}", "road_dust", "urban management", road_dust("minor", minor_km * share),
                      "road_dust", **place)
        inventory.add(f"cars-minor-{identity}", "traffic", "transport", exhaust("minor", minor_km * share), "traffic", **place)
        inventory.add(f"stoves-{identity}", "household", "subdistricts", stove_amounts(stoves_in_town * share), "household",
                      heights=(0, 20), **place)
        fumes = COOKING_PER_PERSON * people
        inventory.add(f"cooking-{identity}", "cooking", "urban management", amounts(pm=(fumes, fumes, fumes)), "cooking",
                      heights=(0, 20), **place)
    for i, centre in enumerate(VILLAGES, 1):
        geometry = inventory.polygon(f"village-{i:02d}", hexagon(centre, 2.0))
        what = scaled(WOOD, WOOD_PER_VILLAGER * PEOPLE_VILLAGES / len(VILLAGES))
        stoves = stove_amounts(0.6 * HOUSEHOLD_COAL / len(VILLAGES))
        inventory.add(f"stoves-village-{i:02d}", "household", "subdistricts", {s: what[s] + stoves[s] for s in SPECIES},
                      "household", geometry=geometry)

    inventory.stack("power-plant", "power", "industry", "Heat and power plant", power_amounts(POWER_COAL), "power",
                    *POWER_PLANT)
    for i, (point, share, stack_height) in enumerate(LARGE_BOILERS, 1):
        inventory.stack(f"boiler-large-{i}", "boiler", "ecology", f"Boiler house {i}",
                        large_boiler_amounts(BOILER_COAL_LARGE * share), "boiler", point, stack_height)
    for i, (point, share, stack_height) in enumerate(SMALL_BOILERS, 1):
        inventory.stack(f"boiler-small-{i}", "boiler", "ecology", f"Boiler house {len(LARGE_BOILERS) + i}",
                        small_boiler_amounts(BOILER_COAL_SMALL * share), "boiler", point, stack_height)
    for i, (point, share, stack_height) in enumerate(CERAMIC_WORKS, 1):
        inventory.stack(f"kiln-{i:02d}", "ceramics", "industry", f"Kiln works {i}", ceramics_amounts(CERAMICS * share), "kiln",
                        point, stack_height)
    for i, (point, share, stack_height) in enumerate(BRICK_WORKS, 1):
        inventory.stack(f"brick-{i}", "bricks", "industry", f"Brick works {i}", brick_amounts(BRICKS * share), "kiln", point,
                        stack_height)
    for i, (centre, hectares, share) in enumerate(YARDS, 1):
        geometry = inventory.polygon(f"yard-{i}", hexagon(centre, hectares / 100))
        inventory.add(f"yard-{i}", "stockpile", "industry", yard_amounts(YARD_TONNES * share), "industry",
                      enterprise=f"Gravel yard {i}", cell=cell_at(cells, centre), geometry=geometry)
    inventory.vehicle_km = (urban_km, minor_km)
    return inventory


# ---- land cover: codes of grid.toml. The towns are those of the management cells; parks, villages, works and the rivers'
# width are illustrative. Of the land, 65.73 % is forest (science 10.4): what lies highest above the valley floor; fields
# have the rest.

DENSE_TOWN, LOW_TOWN, WORKS, FOREST, CROPS, GRASS, WATER = 1, 2, 3, 4, 5, 6, 7
FOREST_SHARE = 0.6573
RIVER_HALF_WIDTH, SIDE_RIVER_HALF_WIDTH = 0.10, 0.05  # km [U]
WORKS_RADIUS, POWER_RADIUS = 0.25, 0.45  # km [U]


def land_cover_text(cells):
    step, count = 0.1, 400
    works = [(POWER_PLANT[0], POWER_RADIUS)] + [(point, WORKS_RADIUS) for point, _, _ in
                                                LARGE_BOILERS + CERAMIC_WORKS + BRICK_WORKS] + [
        (centre, WORKS_RADIUS) for centre, _, _ in YARDS]
    shapes = [(cell["ring"], GRASS if cell["id"] in SCENIC else DENSE_TOWN if cell["old"] else LOW_TOWN) for cell in cells]
    shapes += [(hexagon(centre, 2.0), LOW_TOWN) for centre in VILLAGES]
    boxes = [(min(p[0] for p in ring), max(p[0] for p in ring), min(p[1] for p in ring), max(p[1] for p in ring), ring, code)
             for ring, code in shapes]
    codes, relief = {}, []
    for row in range(count):
        for column in range(count):
            x, y = -20 + (column + 0.5) * step, -20 + (row + 0.5) * step
            t, across = across_river(x, y)
            if abs(across) < RIVER_HALF_WIDTH or min(distance_to(SOUTH_RIVER, x, y),
                                                     distance_to(WEST_RIVER, x, y)) < SIDE_RIVER_HALF_WIDTH:
                codes[row, column] = WATER
            elif any(math.dist((x, y), point) < radius for point, radius in works):
                codes[row, column] = WORKS
            else:
                town = next((code for west, east, south, north, ring, code in boxes
                             if west <= x <= east and south <= y <= north and inside((x, y), ring)), None)
                if town:
                    codes[row, column] = town
                else:
                    relief.append((round(height(x, y) - valley_floor(t), 6), row, column))
    land = count * count - sum(code == WATER for code in codes.values())
    relief.sort(reverse=True)
    forest = round(FOREST_SHARE * land)
    for n, (_, row, column) in enumerate(relief):
        codes[row, column] = FOREST if n < forest else CROPS
    out = io.StringIO()
    out.write(f"ncols {count}\nnrows {count}\nxllcorner {X_WEST}\nyllcorner {Y_SOUTH}\ncellsize 100\nNODATA_value 0\n")
    for row in reversed(range(count)):
        out.write(" ".join(str(codes[row, column]) for column in range(count)) + "\n")
    return out.getvalue()


# ---- files

def geojson(features):
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def cells_text(cells):
    return geojson([{"type": "Feature", "properties": c["properties"],
                     "geometry": {"type": "Polygon", "coordinates": [[degrees(p) for p in c["ring"] + c["ring"][:1]]]}}
                    for c in cells])


def features_text(inventory):
    return geojson([{"type": "Feature", "properties": {"id": identity}, "geometry": {"type": kind, "coordinates": places}}
                    for identity, kind, places in inventory.features])


def sources_text(inventory):
    out = io.StringIO()
    out.write("# Made by make_city.py; README.md says what is measured and what is illustrative.\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(inventory.rows)
    return out.getvalue()


BEGIN, END = "<!-- totals: made by make_city.py -->\n", "<!-- end of totals -->\n"


def totals_text(inventory):
    out = ["| sector | PM2.5 | PM10 | TSP | SO2 | NOx | CO |", "|---|---:|---:|---:|---:|---:|---:|"]
    whole = dict.fromkeys(SPECIES, 0.0)
    for sector, total in inventory.totals.items():
        out.append(f"| {sector} | " + " | ".join(f"{total[s]:.0f}" for s in SPECIES) + " |")
        for species in SPECIES:
            whole[species] += total[species]
    out.append("| all | " + " | ".join(f"{whole[s]:.0f}" for s in SPECIES) + " |")
    return "\n".join(out) + "\n"


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    town = Town()
    cells = make_cells(town)
    inventory = make_inventory(town, cells)
    readme = (HERE / "README.md").read_text()
    head, rest = readme.split(BEGIN)
    files = {"terrain.asc.gz": terrain_text(), "land_cover.asc.gz": land_cover_text(cells), "management_cells.geojson": cells_text(cells),
             "sources.csv": sources_text(inventory), "sources.geojson": features_text(inventory),
             "README.md": head + BEGIN + totals_text(inventory) + END + rest.split(END)[1]}
    wrong = []
    for name, text in files.items():
        path = HERE / name
        if check:
            there = gzip.decompress(path.read_bytes()).decode() if name.endswith(".gz") else path.read_text()
            if there != text:
                wrong.append(name)
        elif name.endswith(".gz"):
            path.write_bytes(gzip.compress(text.encode(), mtime=0))
        else:
            path.write_text(text)
    if wrong:
        sys.exit(f"not what make_city.py makes: {', '.join(wrong)}; edit the script and run it again")
    if not check:
        own, minor = inventory.vehicle_km
        print(f"{len(cells)} cells, {len(inventory.rows)} sources, {len(inventory.features)} features")
        print(f"vehicle-km a year on drawn urban roads {own:.3g}, on minor streets {minor:.3g}")
        print(totals_text(inventory), end="")


if __name__ == "__main__":
    main()
