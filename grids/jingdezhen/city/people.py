"""What people do at home and in the fields: stoves, kitchens, paint, animals, fireworks, burning; and what grows and lies bare."""
from city.land import COLUMNS, FOREST, STEP
from city.plane import hexagon
from city.streets import PEOPLE_NEW, PEOPLE_OLD, PEOPLE_VILLAGES, people_of
from city.tables import Table
from city.works import CERAMIC_WORKS, CERAMICS

VILLAGES = [(10.2, 10.4), (13.6, 14.2), (16.8, 17.2), (-11.8, -12.8), (-15.4, -15.6), (-16.0, -2.6), (5.2, -13.0),
            (12.4, -5.0), (16.6, -8.4), (-6.0, 12.0), (0.4, 9.6), (-13.0, 7.9), (12.0, 6.6), (-3.6, -12.2), (-8.2, -8.0)]
HOUSEHOLD_COAL, COAL_IN_TOWN = 20e3, 0.4  # t a year; the share burned in town [U]
WOOD_PER_VILLAGER, GAS_PER_PERSON = 0.4, 25.0  # t of wood, kg of liquefied gas a year [U]
PERSONS_PER_STOVE = 150  # of restaurants [U]
FIELD_AREA = 16.0  # km2 of fields and farms around each village [U]
NITROGEN, UREA_SHARE = 0.02, 0.6  # kg m-2 a year [U]
PIGS, HENS, CATTLE = 6000, 40000, 400  # around each village [U]
FARM_DIESEL = 6e-3  # kg m-2 a year [U]
FIREWORKS = {"new_years_eve": 0.45, "new_years_day": 0.08, "fifth_day": 0.05, "lantern_festival": 0.15, "qingming": 0.10}  # kg a head [U]
CRACKERS = 0.6  # of the mass; the rest are shells (the mixture behind the hours of data/emission/fireworks.toml) [U]
STRAW_BURNED = 40.0  # t around each village in October, against the ban [U]
BARE = [((-9.6, 1.6), 20.0, "clay_loam"), ((6.2, 7.4), 15.0, "clay_loam"), ((-2.0, -9.2), 25.0, "loam"), ((-6.2, 7.6), 10.0, "sandy_loam"),
        ((8.9, -0.4), 12.0, "loam")]  # slopes cut open and cleared land; ha [U]


def town_cells(geometry):
    """(cell, its polygon's id, persons)."""
    return [(cell, geometry.polygon(f"area-{cell['id'].lower()}", cell["ring"]), people) for cell, people in people_of(geometry.cells)]


def villages(geometry):
    """(name, polygon of the houses, polygon of the fields)."""
    return [(f"village-{i:02d}", geometry.polygon(f"village-{i:02d}", hexagon(centre, 2.0)),
             geometry.polygon(f"fields-{i:02d}", hexagon(centre, FIELD_AREA))) for i, centre in enumerate(VILLAGES, 1)]


def homes(towns, hamlets):
    """Tables of households and of kitchens."""
    stoves = Table(["fuel", "fuel_use [t yr-1]", "heating_share", "base [m]", "top [m]"])
    kitchens = Table(["kitchen", "stoves", "persons", "base [m]", "top [m]"])
    low = {"base": 0, "top": 20}
    for cell, polygon, people in towns:
        name, place = cell["id"].lower(), dict(management_cell=cell["id"], geometry=polygon, **low)
        share = people / (PEOPLE_OLD + PEOPLE_NEW)
        stoves.add(id=f"coal-{name}", department="subdistricts", fuel="coal", fuel_use=HOUSEHOLD_COAL * COAL_IN_TOWN * share, **place)
        stoves.add(id=f"gas-{name}", department="subdistricts", fuel="lpg", fuel_use=GAS_PER_PERSON * 1e-3 * people, heating_share=0.1, **place)
        kitchens.add(id=f"restaurants-{name}", department="urban management", profile="cooking", kitchen="restaurant",
                     stoves=float(people / PERSONS_PER_STOVE), **place)
        kitchens.add(id=f"kitchens-{name}", department="subdistricts", profile="cooking", kitchen="household", persons=float(people), **place)
    for name, polygon, _ in hamlets:
        place = dict(department="subdistricts", geometry=polygon, **low)
        stoves.add(id=f"coal-{name}", fuel="coal", fuel_use=HOUSEHOLD_COAL * (1 - COAL_IN_TOWN) / len(VILLAGES), **place)
        stoves.add(id=f"wood-{name}", fuel="firewood", fuel_use=WOOD_PER_VILLAGER * PEOPLE_VILLAGES / len(VILLAGES), heating_share=0.4, **place)
    return stoves, kitchens


def solvents(geometry, towns):
    table = Table(["product", "use [t yr-1]", "persons"])
    for cell, polygon, people in towns:
        name, place = cell["id"].lower(), dict(management_cell=cell["id"], geometry=polygon)
        table.add(id=f"products-{name}", department="subdistricts", profile="residential", product="consumer_products", persons=float(people), **place)
        table.add(id=f"paint-{name}", department="housing", product="water_wall_paint", use=4e-3 * people, **place)
        table.add(id=f"repair-{name}", department="transport", product="vehicle_refinish", use=0.2e-3 * people, **place)
    for i, (point, share, _) in enumerate(CERAMIC_WORKS, 1):
        table.add(id=f"decoration-{i:02d}", department="industry", enterprise=f"Kiln works {i}", product="ceramic_decoration",
                  use=2e-3 * CERAMICS * share, **geometry.at(point))
    return table


def farms(hamlets):
    """Tables of ammonia, of farm machines and of straw that is burned."""
    ammonia, machines = Table(["activity", "heads", "nitrogen [t yr-1]"]), Table(["machine", "fuel_use [t yr-1]"])
    burning = Table(["matter", "amount [t]", "date", "days", "first_hour", "last_hour"])
    nitrogen = NITROGEN * FIELD_AREA * 1e3  # t
    for i, (name, _, fields) in enumerate(hamlets):
        place = dict(department="agriculture", geometry=fields)
        for animal, heads in (("fattening_pig", PIGS), ("laying_hen", HENS), ("cattle", CATTLE)):
            ammonia.add(id=f"{animal.replace('_', '-')}-{name}", activity=animal, heads=heads, **place)
        ammonia.add(id=f"urea-{name}", activity="urea", nitrogen=nitrogen * UREA_SHARE, profile="fertiliser", **place)
        ammonia.add(id=f"compound-{name}", activity="compound_fertiliser", nitrogen=nitrogen * (1 - UREA_SHARE), profile="fertiliser", **place)
        machines.add(id=f"farm-{name}", sector="farm_machines", profile="farm", machine="farm", fuel_use=FARM_DIESEL * FIELD_AREA * 1e3, **place)
        burning.add(id=f"straw-{name}", matter="straw", amount=STRAW_BURNED, date=f"2017-10-{8 + i:02d}", days=3, first_hour=15, last_hour=20, **place)
    return ammonia, machines, burning


def fireworks(towns, hamlets):
    table = Table(["festival", "product", "amount [kg]", "base [m]", "top [m]"])
    heights = {"firecrackers": (0, 30), "shells": (30, 150)}
    places = [(cell["id"].lower(), people, dict(management_cell=cell["id"], geometry=polygon)) for cell, polygon, people in towns]
    places += [(name, PEOPLE_VILLAGES / len(VILLAGES), dict(geometry=polygon)) for name, polygon, _ in hamlets]
    for name, people, place in places:
        for festival, mass in FIREWORKS.items():
            for product, share in (("firecrackers", CRACKERS), ("shells", 1 - CRACKERS)):
                low, high = heights[product]
                table.add(id=f"{festival.replace('_', '-')}-{product}-{name}", department="public security", festival=festival, product=product,
                          amount=float(people * mass * share), base=low, top=high, **place)
    return table


def forest(geometry, codes):
    """Blocks of 4 km, 10 m short of each side so that none reaches out of the domain, with their share of forest in the land cover."""
    table = Table(["vegetation", "cover"])
    side = round(4 / STEP)
    for row in range(0, COLUMNS, side):
        for column in range(0, COLUMNS, side):
            trees = sum(codes[r, c] == FOREST for r in range(row, row + side) for c in range(column, column + side))
            if trees:
                x, y = -20 + column * STEP, -20 + row * STEP
                name = f"forest-{row // side}{column // side}"
                ring = [(x + a, y + b) for a, b in ((0.01, 0.01), (3.99, 0.01), (3.99, 3.99), (0.01, 3.99))]
                table.add(id=name, department="forestry", geometry=geometry.polygon(name, ring), vegetation="mixed",
                          cover=min(1.0, trees / side**2 * (4 / 3.98)**2))
    return table


def bare_soil(geometry):
    table = Table(["soil", "bare"])
    for i, (centre, hectares, soil) in enumerate(BARE, 1):
        table.add(id=f"bare-{i}", department="natural resources", geometry=geometry.polygon(f"bare-{i}", hexagon(centre, hectares / 100)),
                  soil=soil, bare=0.8)
    return table
