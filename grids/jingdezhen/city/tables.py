"""Tables of activities with their geometries."""
import csv
import io

from city.plane import area, degrees
from city.town import cell_at

PLACE = ["id", "sector", "department", "enterprise", "management_cell", "geometry", "lon", "lat", "profile"]


class Table:
    """One inventory: rows of a CSV file whose columns are PLACE and `columns`, "name" or "name [unit]"."""

    def __init__(self, columns):
        self.header = PLACE + columns
        self.names = [column.split(" [")[0] for column in self.header]
        self.rows = []

    def add(self, **values):
        unknown = set(values) - set(self.names)
        assert not unknown, unknown
        self.rows.append([written(values.get(name, "")) for name in self.names])

    def text(self):
        used = [c for c, name in enumerate(self.names) if any(row[c] for row in self.rows)]
        out = io.StringIO()
        out.write("# Made by make_city.py; README.md says what is measured and what is illustrative.\n")
        writer = csv.writer(out, lineterminator="\n")
        for row in [self.header] + self.rows:
            writer.writerow([row[c] for c in used])
        return out.getvalue()


def written(value):
    return f"{value:.5g}" if isinstance(value, float) else str(value)


class Geometry:
    """The features of all tables: (id, type, coordinates in degrees)."""

    def __init__(self, cells):
        self.cells = cells
        self.features = []

    def polygon(self, identity, ring):
        ring = ring if area(ring) > 0 else ring[::-1]
        self.features.append((identity, "Polygon", [[degrees(p) for p in ring + ring[:1]]]))
        return identity

    def line(self, identity, points):
        self.features.append((identity, "LineString", [degrees(p) for p in points]))
        return identity

    def lines(self, identity, lines):
        self.features.append((identity, "MultiLineString", [[degrees(p) for p in line] for line in lines]))
        return identity

    def at(self, point):
        """Columns of a source at a point in km."""
        lon, lat = degrees(point)
        return {"lon": str(lon), "lat": str(lat), "management_cell": cell_at(self.cells, point)}
