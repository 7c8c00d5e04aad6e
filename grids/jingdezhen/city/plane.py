"""The plane of the domain: its projection, and geometry in km from its centre."""
import math

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


def local(lon, lat):
    x, y = project(lon, lat)
    return (x - X_WEST - HALF_WIDTH) / 1000, (y - Y_SOUTH - HALF_WIDTH) / 1000


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


def distance_to(line, x, y):
    best = math.inf
    for (x0, y0), (x1, y1) in zip(line, line[1:]):
        t = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0)**2 + (y1 - y0)**2)
        t = min(1.0, max(0.0, t))
        best = min(best, math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0)))
    return best


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


def hexagon(centre, square_km):
    radius = math.sqrt(square_km / (1.5 * math.sqrt(3)))
    return [(centre[0] + radius * math.cos(math.pi / 3 * i + 0.2), centre[1] + radius * math.sin(math.pi / 3 * i + 0.2))
            for i in range(6)]
