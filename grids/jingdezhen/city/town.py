"""The two towns: management cells, and the roads through and around them."""
import math
import random

from city.plane import area, inside, length, local, smooth


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


def cell_at(cells, point):
    for cell in cells:
        if inside(point, cell["ring"]):
            return cell["id"]
    return ""


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
