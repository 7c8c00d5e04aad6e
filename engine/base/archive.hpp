#pragma once
#include <cstddef>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace tq {

/// Serialisation of state. One function `void serialise(Archive&)` per class serves both directions: each
/// `archive(name, value)` writes or reads, in the same order. The name is stored and compared on reading, so that
/// a mismatch is reported by name. Bytes are in the machine's own order; they lie in memory, unless a derived class
/// keeps them elsewhere. Throws FileError where names or sizes do not fit.
class Archive {
public:
  /// An empty archive to write into.
  Archive() = default;
  /// An archive to read from.
  explicit Archive(std::vector<std::byte> bytes) : bytes_(std::move(bytes)), reading_(true) {}
  virtual ~Archive() = default;

  bool reading() const { return reading_; }
  const std::vector<std::byte>& bytes() const { return bytes_; }
  /// True once everything has been read.
  bool at_end() const { return position_ == bytes_.size(); }

  template <class T>
    requires std::is_trivially_copyable_v<T>
  void operator()(const char* name, T& value) {
    (*this)(name, std::span<T>(&value, 1));
  }

  /// The span's length must be the same on reading as on writing.
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void operator()(const char* name, std::span<T> values) {
    head(name, values.size_bytes());
    raw(values.data(), values.size_bytes());
  }

  template <class T>
    requires std::is_trivially_copyable_v<T>
  void operator()(const char* name, std::vector<T>& values) {
    std::size_t count = values.size();
    (*this)(name, count);
    values.resize(count);
    raw(values.data(), count * sizeof(T));
  }

  void operator()(const char* name, std::string& text) {
    std::size_t count = text.size();
    (*this)(name, count);
    text.resize(count);
    raw(text.data(), count);
  }

protected:
  explicit Archive(bool reading) : reading_(reading) {}
  /// Writes or reads the next bytes.
  virtual void raw(void* data, std::size_t size);

private:
  void head(const char* name, std::size_t size);

  std::vector<std::byte> bytes_;
  std::size_t position_ = 0;
  bool reading_ = false;
};

} // namespace tq
