#pragma once
#include "files/hdf5.hpp"

#include <map>
#include <utility>

namespace tq::files {

/// An HDF5 identifier (hid_t, 64 bits since HDF5 1.10) that is closed at the end of its scope.
class Hdf5Id {
public:
  using Close = int (*)(std::int64_t);

  Hdf5Id() = default;
  Hdf5Id(std::int64_t id, Close close) : id_(id), close_(close) {}
  Hdf5Id(Hdf5Id&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Id& operator=(Hdf5Id&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Hdf5Id() {
    if (id_ >= 0) {
      close_(id_);
    }
  }
  operator std::int64_t() const { return id_; }
  /// Closes now and gives the status.
  int close() { return id_ >= 0 ? close_(std::exchange(id_, -1)) : 0; }

private:
  std::int64_t id_ = -1;
  Close close_ = nullptr;
};

/// Holds the lock, and keeps HDF5 from printing its error stack: what failed goes into our exceptions instead.
class Hdf5Guard {
public:
  Hdf5Guard();
  ~Hdf5Guard();
  Hdf5Guard(const Hdf5Guard&) = delete;
  Hdf5Guard& operator=(const Hdf5Guard&) = delete;

private:
  std::unique_lock<std::recursive_mutex> lock_;
  int (*printer_)(std::int64_t, void*) = nullptr;
  void* printer_data_ = nullptr;
};

/// The innermost entry of HDF5's error stack of the call that just failed, with the system's message where it has one.
std::string hdf5_cause();

struct Hdf5Dimension {
  std::size_t length = 0;
  bool unlimited = false;
};

struct Hdf5File::State {
  std::filesystem::path path;
  bool writing = false;
  Hdf5Id file;
  std::map<std::string, Hdf5Dimension> dimensions; // by path, of a file being written
  std::map<std::string, Hdf5Id> datasets;          // kept open: chunk caches, and no search by name per record

  /// Throws the FileError of `subject` ("dataset /x") with HDF5's cause if the status or id is negative.
  std::int64_t check(std::int64_t status, const std::string& subject) const;
  /// The open dataset; a name that is not there is an InputError when reading.
  Hdf5Id& dataset(const std::string& name);
  /// Makes the groups above `name`.
  void make_groups(const std::string& name);
  void make_dataset(const std::string& name, std::int64_t type, const std::vector<std::uint64_t>& shape, bool unlimited,
                    const std::vector<std::uint64_t>& chunk, int compression, bool fill_missing);
  void make_scale(const std::string& name, const std::string& label, Hdf5Dimension dimension);
  std::vector<std::uint64_t> shape(const std::string& name);
};

} // namespace tq::files
