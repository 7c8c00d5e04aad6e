#pragma once
#include "base/archive.hpp"
#include "diagnostics/cell_means.hpp"
#include "files/hdf5.hpp"
#include "output/result_file.hpp"

#include <map>
#include <span>

namespace tq {

/// Lays out and fills a result file; knows nothing of threads.
class ResultWriter {
public:
  ResultWriter(const std::filesystem::path& file, const Grid& grid, const ManagementCells& cells,
               const ResultHeader& header, const ResultOptions& options);
  void write(const ResultHour& hour);
  /// Number of hours and the sums over them.
  void serialise(Archive& archive);
  /// Reads these, copies the hours from `result` and takes its place. Throws DamagedResult if they cannot be read back as they
  /// were written, FileError if there is no such file.
  void take_over(const std::filesystem::path& result, Archive& archive);
  void finish(const ResultSummary& summary);
  void close() { file_.close(); }
  const std::filesystem::path& path() const { return file_.path(); }

private:
  void create_fields();
  void create_cells(const Grid& grid);
  void create_deposition();
  void write_deposition(const ResultHour& hour);
  void create_geometry();
  void create_receptors(const Grid& grid);
  void create_budget();
  void create_attribution();
  void write_attribution(const ResultHour& hour);
  void write_tag_budget(const ResultSummary& summary);
  void create_quality(const Grid& grid);
  void create_quality_days();
  void create_quality_periods();
  void create_quality_maps();
  void write_quality(const ResultQuality& quality);
  void write_day(const ResultDay& day);
  void write_period(const ResultPeriod& period);
  void create_run();
  void create_field(const std::string& path, const std::string& standard_name, const std::string& long_name,
                    const std::string& units, bool all_layers = false);
  void create_series(const std::string& path, const std::string& standard_name, const std::string& long_name,
                     const std::string& units, const std::string& cell_methods);
  /// A dataset to which each hour appends; or each day or period, by its first dimension.
  void create_record(const std::string& path, const files::Hdf5Layout& layout);
  /// The record of an hour, day or period: factor * values, in the type of the dataset, rounded to `bits` of the mantissa.
  void append(const std::string& path, std::size_t record, std::span<const double> values, double factor = 1,
              int bits = 0);
  /// append() of a field of the new hour, whatever its number of layers.
  void append_field(const std::string& path, std::span<const double> values, double factor) {
    append(path, hours_, values, factor, options_.mantissa_bits);
  }
  void write_measures(const ResultSummary& summary);
  void write_factors(const ResultSummary& summary);
  void write_cells_geojson(const ResultSummary& summary) const;

  files::Hdf5File file_;
  ManagementCells cells_;
  ResultHeader header_;
  ResultOptions options_;
  CellMeans cell_means_;
  ReceptorValues receptor_values_;
  std::size_t nx_, ny_, nz_;
  struct Record {
    files::Hdf5Type type;
    std::size_t ResultWriter::*count; // of records: hours_, days_ or periods_
    std::uint32_t sum = 0;            // checksum of them all
  };
  std::map<std::string, Record> records_; // by path
  std::size_t hours_ = 0, days_ = 0, periods_ = 0;
  std::vector<double> cell_sums_;  // kg m-3 h, [p * cells + c]
  std::vector<double> dry_deposition_, wet_deposition_; // kg, since the start, [p * cells + c]
  std::vector<float> row_;         // one field on its way to the file
  std::vector<double> cell_row_, receptor_row_;
};

} // namespace tq
