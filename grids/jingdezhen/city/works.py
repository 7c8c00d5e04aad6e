"""Works with chimneys, yards and quarries: who burns, fires, piles and crushes what, and where. Places and names are made up."""
import math

from city.plane import hexagon
from city.tables import Table
from city.town import cell_at

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
POWER_PLANT = (-11.6, -6.4)
YARDS = [((-7.6, -3.0), 3.0, 0.30), ((8.6, 4.2), 2.5, 0.25), ((4.8, -6.2), 2.0, 0.20), ((-5.0, 5.6), 2.0, 0.15),
         ((-2.2, -6.6), 1.5, 0.10)]  # km, hectares, share
QUARRIES = [((-15.2, 4.6), 0.45), ((10.4, 12.8), 0.30), ((7.6, -14.4), 0.25)]
# Key energy users beside the power plant: t of standard coal a year, stack height
KEY_USERS = [("Heat plant of the high-tech zone", (-7.4, -1.2), 40e3, 80), ("Paper works", (9.4, -2.6), 26e3, 60),
             ("Pharmaceutical works", (-8.4, -7.0), 20e3, 60)]
WORKS_RADIUS, POWER_RADIUS = 0.25, 0.45  # km [U]

RAW_COAL, STANDARD_COAL = 20.9, 29.307  # MJ per kg (GB/T 2589-2020)
POWER_COAL = 500e3  # t of raw coal a year [U]
BOILER_COAL_LARGE, BOILER_COAL_SMALL = 140e3, 60e3  # [U]
CERAMICS, BRICKS = 100e3, 240e3  # t of product a year [U]
GRAVEL, STONE = 1.5e6, 1.2e6  # t a year through yards and quarries [U]
SECONDS = 365 * 86400.0
STACK = ["stack_height [m]", "stack_diameter [m]", "exit_velocity [m s-1]", "exit_temperature [degC]"]


def discs():
    """The ground of works as (centre, radius) in km."""
    points = [point for point, _, _ in LARGE_BOILERS + CERAMIC_WORKS + BRICK_WORKS + YARDS]
    return [(POWER_PLANT, POWER_RADIUS)] + [(point, WORKS_RADIUS) for point in points]


def stack(height, flue, velocity, celsius):
    """A chimney that lets `flue` [m3 s-1 at 0 degC] go at `velocity` when it carries twice the year's mean."""
    wide = math.sqrt(4 * 2 * flue * (273.15 + celsius) / 273.15 / (math.pi * velocity))
    return {"stack_height": height, "stack_diameter": max(0.3, round(wide, 1)), "exit_velocity": velocity,
            "exit_temperature": celsius}


def flue_of_coal(tonnes):
    return tonnes * 1e3 / SECONDS * 10.0  # m3 s-1: 10 m3 per kg of coal with the usual excess of air [U]


def boilers(geometry):
    table = Table(["technology", "controls", "fuel_use [t yr-1]"] + STACK)
    groups = (("large", LARGE_BOILERS, BOILER_COAL_LARGE, "double_alkali+bag_filter", 60.0),
              ("small", SMALL_BOILERS, BOILER_COAL_SMALL, "wet_scrubber", 70.0))
    house = 0
    for size, places, coal, controls, celsius in groups:
        for i, (point, share, height) in enumerate(places, 1):
            house += 1
            table.add(id=f"boiler-{size}-{i}", department="ecology", enterprise=f"Boiler house {house}", profile="boiler",
                      technology="grate", controls=controls, fuel_use=coal * share,
                      **geometry.at(point), **stack(height, flue_of_coal(coal * share), 8.0, celsius))
    return table


def energy(geometry):
    table = Table(["use", "technology", "controls", "so2_removal [%]", "standard_coal [t yr-1]"] + STACK)
    # wet desulphurisation by permit: 95 %
    table.add(id="power-plant", sector="power", department="industry", enterprise="Heat and power plant", profile="power",
              use="power", technology="pulverised", controls="low_nox_burner+scr+high_electrostatic+wet_limestone",
              so2_removal=95.0, standard_coal=POWER_COAL * RAW_COAL / STANDARD_COAL,
              **geometry.at(POWER_PLANT), **stack(210, flue_of_coal(POWER_COAL), 20.0, 50.0))
    for i, (name, point, tonnes, height) in enumerate(KEY_USERS, 1):
        table.add(id=f"key-user-{i}", department="industry", enterprise=name, profile="key_user", use="industry",
                  technology="fluidised_bed", controls="sncr+double_alkali+bag_filter", standard_coal=tonnes,
                  **geometry.at(point), **stack(height, flue_of_coal(tonnes * STANDARD_COAL / RAW_COAL), 12.0, 60.0))
    return table


def kilns(geometry):
    """Ceramics burn gas today: large works in tunnels and rollers, small ones in shuttle kilns. Bricks burn coal."""
    table = Table(["kiln", "product [t yr-1]"] + STACK)
    for i, (point, share, height) in enumerate(CERAMIC_WORKS, 1):
        kiln, gas = ("gas_tunnel", 0.55) if share >= 0.1 else ("gas_roller", 0.35) if share >= 0.06 else ("gas_shuttle", 1.1)
        flue = CERAMICS * share * 1e3 / SECONDS * gas * 25.0  # m3 per m3 of gas, air for cooling included [U]
        table.add(id=f"kiln-{i:02d}", sector="ceramics", department="industry", enterprise=f"Kiln works {i}", profile="kiln",
                  kiln=kiln, product=CERAMICS * share, **geometry.at(point), **stack(height, flue, 8.0, 150.0))
    for i, (point, share, height) in enumerate(BRICK_WORKS, 1):
        flue = BRICKS * share * 1e3 / SECONDS * 3.0  # m3 per kg of bricks [U]
        table.add(id=f"brick-{i}", sector="bricks", department="industry", enterprise=f"Brick works {i}", profile="kiln",
                  kiln="brick", product=BRICKS * share, **geometry.at(point), **stack(height, flue, 6.0, 90.0))
    return table


def stockpiles(geometry):
    table = Table(["material", "throughput [t yr-1]", "drops", "area [ha]", "disturbance [day]"])
    for i, (centre, hectares, share) in enumerate(YARDS, 1):
        table.add(id=f"yard-{i}", department="industry", enterprise=f"Gravel yard {i}", management_cell=cell_at(geometry.cells, centre),
                  profile="yard", geometry=geometry.polygon(f"yard-{i}", hexagon(centre, hectares / 100)), material="sand" if i % 2 else "gravel",
                  throughput=GRAVEL * share, drops=4, area=0.5 * hectares, disturbance=1)
    return table


def quarries(geometry):
    table = Table(["production [t yr-1]", "processing", "area [ha]"])
    for i, (centre, share) in enumerate(QUARRIES, 1):
        table.add(id=f"quarry-{i}", sector="quarry", department="natural resources", enterprise=f"Quarry {i}", profile="yard",
                  geometry=geometry.polygon(f"quarry-{i}", hexagon(centre, 0.12)), production=STONE * share,
                  processing="wet" if i == 1 else "dry", area=2.0)
    return table


def haul_roads(geometry):
    """The tracks from the quarries' faces to their gates: trucks of 30 t on the mean, watered every twelve hours."""
    table = Table(["use", "traffic [day-1]", "mass [t]", "silt [%]", "watering [mm]"])
    for i, ((x, y), share) in enumerate(QUARRIES, 1):
        trips = 2 * STONE * share / 30 / 365  # laden and empty, 30 t each
        table.add(id=f"haul-road-{i}", sector="quarry_haulage", department="natural resources", enterprise=f"Quarry {i}", profile="yard",
                  geometry=geometry.line(f"haul-road-{i}", [(x, y), (x + 0.4, y - 0.3), (x + 0.7, y - 0.9)]), use="industrial",
                  traffic=trips, mass=30.0, silt=8.0, watering=1.0)
    return table
