#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tq::files {

/// The one lock around everything that enters the HDF5 library, netCDF reading included: neither netCDF nor parallel
/// HDF5 is thread-safe. Every member of Hdf5File takes it; it may be taken again by the thread that holds it.
std::unique_lock<std::recursive_mutex> lock_hdf5();

/// "1.10.8".
std::string hdf5_version();

enum class Hdf5Type { int32, int64, float32, float64, text };

/// What a dataset is made of. Its shape comes from its dimensions, so that no dataset can lack a scale: files with
/// scales on only some dimensions break ncdump, GDAL and xarray.
struct Hdf5Layout {
  Hdf5Type type = Hdf5Type::float64;
  /// Paths of the dimensions, slowest first; none: a scalar. If the first is unlimited, records are appended along it.
  std::vector<std::string> dimensions = {};
  /// Elements of a chunk along each dimension; required where the first dimension is unlimited, else empty: contiguous.
  std::vector<std::size_t> chunk = {};
  int compression = 0;     // deflate level 0 (off) to 9, with byte shuffle
  bool fill_missing = false; // floats: what was never written reads as NaN, and attribute _FillValue says so
};

using Hdf5Value = std::variant<std::string, std::int32_t, std::int64_t, float, double, std::vector<std::int32_t>,
                               std::vector<double>, std::vector<std::string>>;

/// An HDF5 file that netCDF-4 readers understand as well. Paths are absolute ("/cells/id"); groups are made as needed.
/// Failures while writing throw FileError `cannot write FILE: dataset /x: <HDF5's own cause>`; a file that cannot be
/// what the reader expects throws InputError with the file's name.
class Hdf5File {
public:
  /// A new file; an existing one of that name is removed first if `overwrite`, else a FileError. Others may read it
  /// while it grows (file locking is off); two runs that write the same values give the same bytes.
  static Hdf5File create(const std::filesystem::path& path, bool overwrite);
  /// For reading. Throws InputError if there is no such file or it is not HDF5.
  static Hdf5File open(const std::filesystem::path& path);
  ~Hdf5File();
  Hdf5File(Hdf5File&&) noexcept;
  Hdf5File& operator=(Hdf5File&&) noexcept;

  const std::filesystem::path& path() const;

  // Writing

  /// A dimension without coordinate values.
  void create_dimension(const std::string& path, std::size_t length);
  /// A dimension with a coordinate variable of its own name, to be written afterwards. Unlimited: begins with length 0;
  /// `chunk` elements are stored together.
  void create_coordinate(const std::string& path, Hdf5Type type, std::size_t length);
  void create_unlimited(const std::string& path, Hdf5Type type, std::size_t chunk);
  void create(const std::string& path, const Hdf5Layout& layout);

  /// The whole dataset; the number of values must be that of its shape. Numbers convert to the stored type.
  void write(const std::string& path, std::span<const float> values);
  void write(const std::string& path, std::span<const double> values);
  void write(const std::string& path, std::span<const std::int32_t> values);
  void write(const std::string& path, std::span<const std::int64_t> values);
  void write(const std::string& path, std::span<const std::string> values);
  void write(const std::string& path, double value) { write(path, std::span<const double>(&value, 1)); }
  void write(const std::string& path, const std::string& text) { write(path, std::span<const std::string>(&text, 1)); }

  /// Record `index` along the unlimited first dimension; the dataset grows as needed.
  void append(const std::string& path, std::size_t index, std::span<const float> values);
  void append(const std::string& path, std::size_t index, std::span<const double> values);
  void append(const std::string& path, std::size_t index, std::span<const std::int64_t> values);

  /// Sets or replaces an attribute of a dataset or group ("/" is the root; a path that ends in / is a group and made as
  /// needed). Texts are stored with fixed length, lists of texts with variable length.
  void set_attribute(const std::string& path, const std::string& name, const Hdf5Value& value);

  /// Gives everything to the system: from here on the file survives the end of the process by any means.
  void flush();
  /// Moves the file while it is written, onto an existing one too. Throws FileError.
  void move_to(const std::filesystem::path& target);
  /// Closes with every status checked; the destructor closes silently.
  void close();

  // Reading (also of a file being written)

  bool has(const std::string& path) const;
  bool has_attribute(const std::string& path, const std::string& name) const;
  std::vector<std::size_t> shape(const std::string& path) const;
  /// Names of what a group holds, in alphabetical order.
  std::vector<std::string> names(const std::string& group) const;
  /// All values in row order, converted to double.
  std::vector<double> read(const std::string& path) const;
  /// Records [first, first + count) along the first dimension.
  std::vector<double> read(const std::string& path, std::size_t first, std::size_t count) const;
  /// The same without the conversion to double, for what fills memory.
  std::vector<float> read_floats(const std::string& path, std::size_t first, std::size_t count) const;
  /// Integers, exactly.
  std::vector<std::int64_t> read_integers(const std::string& path) const;
  std::vector<std::string> read_texts(const std::string& path) const;
  std::string text_attribute(const std::string& path, const std::string& name) const;
  std::vector<double> number_attribute(const std::string& path, const std::string& name) const;

  struct State; // of the implementation

private:
  explicit Hdf5File(std::unique_ptr<State> state);
  void put(const std::string& path, const void* values, std::int64_t memory_type, std::size_t count);
  void put_record(const std::string& path, std::size_t index, const void* values, std::int64_t memory_type,
                  std::size_t count);
  std::size_t records_size(const std::string& path, std::size_t first, std::size_t count) const;
  void get(const std::string& path, std::size_t first, std::size_t count, std::int64_t memory_type, void* values) const;
  std::unique_ptr<State> state_;
};

} // namespace tq::files
