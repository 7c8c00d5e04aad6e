#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tq::files {

/// A netCDF file (classic or netCDF-4) for reading, by the netCDF C library. Every call holds the lock of hdf5.hpp.
/// What is wrong with the file throws InputError that names it.
class NetcdfFile {
 public:
  /// Throws InputError if there is no such file, if it is not netCDF, if it is shorter than its header says, or if the
  /// program is built without component GEO.
  static NetcdfFile open(const std::filesystem::path& path);
  ~NetcdfFile();
  NetcdfFile(NetcdfFile&& other) noexcept;
  NetcdfFile& operator=(NetcdfFile&& other) noexcept;

  const std::filesystem::path& path() const { return path_; }
  bool has(const std::string& variable) const;
  /// Lengths of the dimensions, slowest first.
  std::vector<std::size_t> shape(const std::string& variable) const;
  /// Their names.
  std::vector<std::string> dimensions(const std::string& variable) const;
  /// The block of `count` values along each dimension from `start`, in row order, as double. Throws
  /// InputError if there is no such variable, if the block does not lie in it, if it is not of numbers or damaged, or if
  /// a value is missing: the fill value (of the variable, else of netCDF's floats) or not finite.
  std::vector<double> read(const std::string& variable, const std::vector<std::size_t>& start,
                           const std::vector<std::size_t>& count) const;
  /// The rows of a character variable of two dimensions, up to a first null character.
  std::vector<std::string> read_texts(const std::string& variable) const;
  /// A global attribute of one number; nothing if there is none.
  std::optional<double> number_attribute(const std::string& name) const;
  /// Attributes of a variable, of one number or one text.
  std::optional<double> number_attribute(const std::string& variable, const std::string& name) const;
  std::optional<std::string> text_attribute(const std::string& variable, const std::string& name) const;

 private:
  NetcdfFile(std::filesystem::path path, int id) : path_(std::move(path)), id_(id) {}
  void check(int status, const std::string& subject) const;
  void check_length() const;
  int find(const std::string& variable) const;
  std::optional<double> number_of(int variable, const std::string& name) const;

  std::filesystem::path path_;
  int id_ = -1;
};

} // namespace tq::files
