#pragma once
#include "diagnostics/cell_means.hpp"
#include "files/hdf5.hpp"
#include "output/result_file.hpp"

#include <span>

namespace tq {

/// Lays out and fills a result file; knows nothing of threads.
class ResultWriter {
public:
  ResultWriter(const std::filesystem::path& file, const Grid& grid, const ManagementCells& cells,
               const ResultHeader& header, const ResultOptions& options);
  void write(const ResultHour& hour);
  void finish(const ResultSummary& summary);
  void close() { file_.close(); }

private:
  void create_grid(const Grid& grid);
  void create_crs(const Projection& projection);
  void create_levels(const Grid& grid);
  void create_fields();
  void create_cells(const Grid& grid);
  void create_geometry();
  void create_receptors(const Grid& grid);
  void create_budget();
  void create_run();
  void describe(const std::string& path, const std::string& standard_name, const std::string& long_name,
                const std::string& units);
  void create_field(const std::string& path, const std::string& standard_name, const std::string& long_name,
                    const std::string& units, bool all_layers = false);
  void create_series(const std::string& path, const std::string& standard_name, const std::string& long_name,
                     const std::string& units, const std::string& cell_methods);
  /// One record, whatever its number of layers.
  void append_field(const std::string& path, std::span<const double> values, double factor);
  void write_measures(const ResultSummary& summary);
  void write_cells_geojson(const ResultSummary& summary) const;

  files::Hdf5File file_;
  ManagementCells cells_;
  ResultHeader header_;
  ResultOptions options_;
  CellMeans cell_means_;
  ReceptorValues receptor_values_;
  std::size_t nx_, ny_, nz_;
  std::size_t hours_ = 0;
  std::vector<double> cell_sums_;  // kg m-3 h, [p * cells + c]
  std::vector<float> row_;         // one field on its way to the file
  std::vector<double> cell_row_, receptor_row_;
};

} // namespace tq
