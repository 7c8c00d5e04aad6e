"""Terrain and land cover, both illustrative, as ESRI ASCII grids."""
import io
import math

from city.plane import X_WEST, Y_SOUTH, distance_to, inside


# ---- terrain: an illustrative basin (science: valley floor near 30 m at the town, hills of 200 m in the south, mountains
# in the north-east; the shapes are made up)

def logistic(x):
    return 1 / (1 + math.exp(-x))


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


# ---- land cover: codes of grid.toml. The towns are those of the management cells; parks, villages, works and the rivers'
# width are illustrative. Of the land, 65.73 % is forest (science 10.4): what lies highest above the valley floor; fields
# have the rest.

DENSE_TOWN, LOW_TOWN, WORKS, FOREST, CROPS, GRASS, WATER = 1, 2, 3, 4, 5, 6, 7
FOREST_SHARE = 0.6573
STEP, COLUMNS = 0.1, 400  # km, and as many rows
RIVER_HALF_WIDTH, SIDE_RIVER_HALF_WIDTH = 0.10, 0.05  # km [U]


def land_cover(towns, works):
    """Codes by (row, column), rows from the south; `towns`: rings with their codes, `works`: discs (centre, radius)."""
    step, count = STEP, COLUMNS
    boxes = [(min(p[0] for p in ring), max(p[0] for p in ring), min(p[1] for p in ring), max(p[1] for p in ring), ring, code)
             for ring, code in towns]
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
    return codes


def land_cover_text(codes):
    count = COLUMNS
    out = io.StringIO()
    out.write(f"ncols {count}\nnrows {count}\nxllcorner {X_WEST}\nyllcorner {Y_SOUTH}\ncellsize 100\nNODATA_value 0\n")
    for row in reversed(range(count)):
        out.write(" ".join(str(codes[row, column]) for column in range(count)) + "\n")
    return out.getvalue()
