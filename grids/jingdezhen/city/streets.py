"""Building sites, roads and what drives on them. Areas and traffic are illustrative but where a source is named."""
import math
import random

from city.plane import area, inside, length, mean_point
from city.tables import Table
from city.town import SCENIC, cut_by_cell, make_roads

# People: old and new town, illustrative split of the city's urban residents (Leping and Fuliang have the rest)
PEOPLE_OLD, PEOPLE_NEW, PEOPLE_VILLAGES = 360e3, 240e3, 100e3  # [U]
VEHICLES = 0.22 * (PEOPLE_OLD + PEOPLE_NEW)  # 0.20 to 0.25 per urban resident (science 10.5) [U]
KM_PER_VEHICLE = 12000.0  # a year [U]

# hectares of the building sites by cell, 80 ha in all, and of the demolition sites, 30 ha (300 000 m2, science 10.4)
CONSTRUCTION = [("CJ-14", 9.5), ("CJ-15", 8.0), ("CJ-17", 7.0), ("CJ-19", 6.5), ("CJ-24", 6.0), ("CJ-23", 5.5),
                ("CJ-16", 5.0), ("CJ-04", 4.5), ("CJ-10", 4.0), ("CJ-27", 4.0), ("CJ-28", 3.5), ("CJ-12", 3.0),
                ("CJ-20", 3.0), ("CJ-07", 2.5), ("ZS-04", 2.5), ("ZS-09", 2.0), ("ZS-16", 1.5), ("ZS-07", 1.0),
                ("ZS-12", 1.0)]
DEMOLITION = [("ZS-01", 8.0), ("ZS-05", 6.0), ("ZS-10", 5.0), ("CJ-11", 5.0), ("ZS-14", 4.0), ("CJ-18", 2.0)]
# All sites are open in 2017, in different phases: months in which earthworks end and building ends
PHASES = [(3, 12), (6, 12), (9, 12), (1, 6), (12, 12)]
DIESEL_PER_HECTARE = 15.0  # t a year, machines of building sites [U]

# Vehicles a day, mean speed in km/h, silt in g m-2 (between AP-42's defaults and the 0.99 to 1.45 measured in the Pearl River
# delta, science 2.2), lanes, class of the fleet's mix: illustrative
ROAD_CLASSES = {
    "motorway": (14000, 90, 0.03, 4, "motorway"),
    "through": (8000, 60, 0.50, 2, "trunk"),
    "county": (2500, 50, 0.60, 2, "tertiary"),
    "ring": (16000, 45, 0.50, 6, "primary"),
    "arterial": (15000, 35, 0.60, 4, "primary"),
    "secondary": (8000, 30, 0.80, 2, "secondary"),
    "minor": (0, 22, 1.00, 2, "residential"),
}
URBAN_CLASSES = ("ring", "arterial", "secondary", "minor")  # driven by the city's own fleet
MUCK_ROUTES = ("street-2", "street-5", "avenue-1", "new-town-3")  # from sites to the new town's edge
MUCK_TRIPS = 160.0  # a day on each [U]


def people_of(cells):
    """(cell, persons) of the cells where people live: by area within each town, nobody in the parks."""
    homes = [cell for cell in cells if cell["id"] not in SCENIC]
    lived_in = {old: sum(area(cell["ring"]) for cell in homes if cell["old"] == old) for old in (True, False)}
    return [(cell, (PEOPLE_OLD if cell["old"] else PEOPLE_NEW) * area(cell["ring"]) / lived_in[cell["old"]]) for cell in homes]


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


def sites(geometry):
    """Tables of sites by phase, and of the diesel that their machines burn."""
    work, machines = Table(["phase", "from", "to"]), Table(["machine", "fuel_use [t yr-1]"])
    by_id = {cell["id"]: cell for cell in geometry.cells}
    noise, taken = random.Random(2017), []
    for i, (cell, hectares) in enumerate(CONSTRUCTION, 1):
        taken.append(site_ring(by_id[cell], hectares, noise, taken))
        identity = geometry.polygon(f"site-{i:02d}", taken[-1])
        common = dict(department="housing", enterprise=f"Builder {i}", management_cell=cell, geometry=identity)
        dug, built = PHASES[i % len(PHASES)]
        months = [("earthworks", 1, dug), ("building", dug + 1, built), ("finishing", built + 1, 12)]
        for phase, first, last in months:
            if first <= last:
                work.add(id=f"{identity}-{phase}", profile="construction", phase=phase, **common,
                         **{"from": f"2017-{first:02d}-01", "to": f"2017-{last:02d}-{(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[last - 1]}"})
        machines.add(id=f"machines-{identity}", profile="construction", machine="construction", fuel_use=DIESEL_PER_HECTARE * hectares, **common)
    for i, (cell, hectares) in enumerate(DEMOLITION, 1):
        taken.append(site_ring(by_id[cell], hectares, noise, taken))
        identity = geometry.polygon(f"demolition-{i:02d}", taken[-1])
        work.add(id=identity, sector="demolition", department="urban management", enterprise=f"Clearance company {i}",
                 management_cell=cell, geometry=identity, profile="demolition", phase="demolition",
                 **{"from": "2017-09-01", "to": "2018-02-28"})
    return work, machines


def roads(geometry, town):
    """Table of roads, and of trucks that carry muck. What the city's fleet drives beyond the roads drawn goes to minor streets."""
    table = Table(["road_class", "traffic [day-1]", "speed [km h-1]", "silt [g m-2]", "lanes"])
    muck = Table(["trips [day-1]", "load [t]"])
    urban_km = 0.0

    def add(identity, kind, cell, place, traffic):
        _, speed, silt, lanes, road_class = ROAD_CLASSES[kind]
        table.add(id=identity, department="urban management" if kind in URBAN_CLASSES else "transport", management_cell=cell,
                  geometry=place, profile="traffic", road_class=road_class, traffic=float(traffic), speed=speed, silt=silt, lanes=lanes)

    for name, kind, line in make_roads(town):
        count = {}
        for cell, points in cut_by_cell(line, geometry.cells):
            if kind in URBAN_CLASSES:
                urban_km += length(points) * ROAD_CLASSES[kind][0] * 365
            where = cell if cell else "out"
            count[where] = count.get(where, 0) + 1
            identity = f"{name}-{where.lower()}" + (f"-{count[where]}" if count[where] > 1 else "")
            add(identity, kind, cell, geometry.line(identity, points), ROAD_CLASSES[kind][0])
            if name in MUCK_ROUTES and cell.startswith("CJ"):
                muck.add(id=f"muck-{identity}", sector="muck_trucks", department="urban management", management_cell=cell,
                         geometry=identity, profile="muck", trips=MUCK_TRIPS, load=20.0)
    minor_km = VEHICLES * KM_PER_VEHICLE - urban_km
    assert minor_km > 0, "the roads drawn carry more than the fleet drives"
    everyone = PEOPLE_OLD + PEOPLE_NEW
    for cell, people in people_of(geometry.cells):
        p, q = cell["lattice"]
        steps = [0.1, 0.3, 0.5, 0.7, 0.9]
        lines = [[town.place(p + s, q + t) for t in steps] for s in (0.25, 0.5, 0.75)]
        lines += [[town.place(p + s, q + t) for s in steps] for t in (0.25, 0.5, 0.75)]
        kept = [[point for point in line if inside(point, cell["ring"])] for line in lines]
        kept = [line for line in kept if len(line) > 1]
        identity = f"minor-{cell['id'].lower()}"
        traffic = minor_km * people / everyone / 365 / sum(length(line) for line in kept)
        add(identity, "minor", cell["id"], geometry.lines(identity, kept), traffic)
    return table, muck, (urban_km, minor_km)
