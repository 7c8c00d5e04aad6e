#include "files/raster_gdal.hpp"

#include "base/error.hpp"
#include "files/geo.hpp"

#if !TIANQING_GEO

namespace tq::files {

PlacedRaster read_gdal_raster(const std::filesystem::path& file, const CellLattice&, int) {
  refuse_without_geo(file, "no ESRI ASCII grid in the CRS of the grid, without a .prj");
}

} // namespace tq::files

#else

#include "files/gdal_handles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace tq::files {

namespace {

constexpr double most_pixels = 4e8; // 3.2 GB: beyond it a raster is too fine for its purpose
constexpr int margin = 2;           // pixels around the cells, for interpolation

class Reader {
 public:
  Reader(const std::filesystem::path& file, const CellLattice& cells, int epsg)
      : file_(file), cells_(cells), epsg_(epsg), dataset_(open_gdal(file, "raster", GDAL_OF_RASTER)) {}

  PlacedRaster read() {
    if (GDALGetRasterCount(dataset_.get()) < 1) {
      refuse("has no band of values");
    }
    PlacedRaster placed;
    const GdalCrs crs = raster_crs();
    placed.crs = OSRGetName(crs.get());
    placed.corners = transformed_corners(crs.get(), placed.crs);
    placed.cells = extent_of(placed.corners);
    to_pixels(placed);
    if (placed.columns > 0) {
      read_band(placed);
    }
    return placed;
  }

 private:
  [[noreturn]] void refuse(const std::string& text) const { throw InputError({file_.string(), 0, 0}, text); }

  GdalCrs crs_of_code(int epsg) const {
    GdalCrs crs(OSRNewSpatialReference(nullptr));
    if (OSRImportFromEPSG(crs.get(), epsg) != OGRERR_NONE) {
      refuse(fmt::format("EPSG:{} is not a CRS that GDAL knows", epsg));
    }
    OSRSetAxisMappingStrategy(crs.get(), OAMS_TRADITIONAL_GIS_ORDER); // x is always east
    return crs;
  }

  GdalCrs raster_crs() const {
    const OGRSpatialReferenceH own = GDALGetSpatialRef(dataset_.get());
    if (own == nullptr) {
      if (epsg_ == 0) {
        refuse("does not name its CRS: give its EPSG code as `epsg` beside `file`");
      }
      return crs_of_code(epsg_);
    }
    GdalCrs crs(OSRClone(own));
    OSRSetAxisMappingStrategy(crs.get(), OAMS_TRADITIONAL_GIS_ORDER);
    if (epsg_ != 0) {
      const GdalCrs said = crs_of_code(epsg_);
      if (OSRIsSame(crs.get(), said.get()) == 0) {
        refuse(fmt::format("lies in {}, not in EPSG:{} ({}) as `epsg` says", OSRGetName(crs.get()), epsg_,
                           OSRGetName(said.get())));
      }
    }
    return crs;
  }

  /// The cells' corners in the raster's CRS.
  std::vector<Position> transformed_corners(OGRSpatialReferenceH crs, const std::string& name) const {
    std::vector<Position> corners = corners_of(cells_);
    const GdalCrs own = crs_of_code(cells_.epsg);
    const GdalTransformation transformation(OCTNewCoordinateTransformation(own.get(), crs));
    if (!transformation) {
      refuse(fmt::format("lies in {}, which cannot be reached from EPSG:{}", name, cells_.epsg));
    }
    for (Position& corner : corners) {
      if (OCTTransform(transformation.get(), 1, &corner.x, &corner.y, nullptr) == 0 || !std::isfinite(corner.x) ||
          !std::isfinite(corner.y)) {
        refuse(fmt::format("lies in {}, which does not reach the whole grid", name));
      }
    }
    return corners;
  }

  /// Corners in columns and rows of the part of the raster that they reach; that part is empty where they reach none.
  void to_pixels(PlacedRaster& placed) {
    std::array<double, 6> forward{}, inverse{};
    if (GDALGetGeoTransform(dataset_.get(), forward.data()) != CE_None ||
        GDALInvGeoTransform(forward.data(), inverse.data()) == 0) {
      refuse("does not say where its pixels lie");
    }
    const int columns = GDALGetRasterXSize(dataset_.get()), rows = GDALGetRasterYSize(dataset_.get());
    std::vector<Position> outline;
    for (const Position at : {Position{0, 0}, Position{double(columns), 0}, Position{0, double(rows)},
                              Position{double(columns), double(rows)}}) {
      Position& corner = outline.emplace_back();
      GDALApplyGeoTransform(forward.data(), at.x, at.y, &corner.x, &corner.y);
    }
    placed.extent = extent_of(outline);
    for (Position& corner : placed.corners) {
      const Position at = corner;
      GDALApplyGeoTransform(inverse.data(), at.x, at.y, &corner.x, &corner.y);
    }
    placed.aligned = is_aligned(placed.corners);
    const Extent reach = extent_of(placed.corners);
    const auto clipped = [](double value, int count) { return int(std::clamp(value, 0.0, double(count))); };
    first_column_ = clipped(std::floor(reach.west) - margin, columns);
    first_row_ = clipped(std::floor(reach.south) - margin, rows);
    placed.columns = clipped(std::ceil(reach.east) + margin, columns) - first_column_;
    placed.rows = clipped(std::ceil(reach.north) + margin, rows) - first_row_;
    if (reach.east <= 0 || reach.west >= columns || reach.north <= 0 || reach.south >= rows) {
      placed.columns = placed.rows = 0;
    }
    for (Position& corner : placed.corners) {
      corner.x -= first_column_;
      corner.y -= first_row_;
    }
  }

  /// Whether x depends on i alone and y on j alone, to a millionth of a pixel.
  bool is_aligned(const std::vector<Position>& corners) const {
    const std::size_t width = std::size_t(cells_.nx) + 1;
    for (std::size_t n = 0; n < corners.size(); ++n) {
      if (std::abs(corners[n].x - corners[n % width].x) > 1e-6 ||
          std::abs(corners[n].y - corners[n / width * width].y) > 1e-6) {
        return false;
      }
    }
    return true;
  }

  void read_band(PlacedRaster& placed) const {
    if (double(placed.columns) * placed.rows > most_pixels) {
      refuse(fmt::format("has {} x {} pixels on the grid, at most {:.0e} can be read: make it coarser (gdalwarp -tr)",
                         placed.columns, placed.rows, most_pixels));
    }
    const GDALRasterBandH band = GDALGetRasterBand(dataset_.get(), 1);
    placed.unit = GDALGetRasterUnitType(band);
    const std::size_t count = std::size_t(placed.columns) * std::size_t(placed.rows);
    placed.values.resize(count);
    std::vector<unsigned char> mask(count);
    const auto read = [&](GDALRasterBandH from, void* into, GDALDataType type) {
      if (GDALRasterIO(from, GF_Read, first_column_, first_row_, placed.columns, placed.rows, into, placed.columns,
                       placed.rows, type, 0, 0) != CE_None) {
        refuse(fmt::format("is damaged: {}", CPLGetLastErrorMsg()));
      }
    };
    read(band, placed.values.data(), GDT_Float64);
    read(GDALGetMaskBand(band), mask.data(), GDT_Byte);
    int has_scale = 0, has_offset = 0;
    const double scale = GDALGetRasterScale(band, &has_scale), offset = GDALGetRasterOffset(band, &has_offset);
    for (std::size_t n = 0; n < count; ++n) {
      double& value = placed.values[n];
      value = mask[n] == 0 || !std::isfinite(value)
                  ? std::numeric_limits<double>::quiet_NaN()
                  : value * (has_scale != 0 ? scale : 1) + (has_offset != 0 ? offset : 0);
    }
  }

  std::filesystem::path file_;
  CellLattice cells_;
  int epsg_;
  GdalDataset dataset_;
  int first_column_ = 0, first_row_ = 0;
};

} // namespace

PlacedRaster read_gdal_raster(const std::filesystem::path& file, const CellLattice& cells, int epsg) {
  const GdalQuiet quiet;
  return Reader(file, cells, epsg).read();
}

} // namespace tq::files

#endif
