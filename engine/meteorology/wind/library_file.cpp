// The file of a wind library: written whole, read only if everything in it is as it must be.
#include "base/checksum.hpp"
#include "base/durable.hpp"
#include "base/error.hpp"
#include "files/hdf5.hpp"
#include "meteorology/wind/library.hpp"

#include <algorithm>
#include <unistd.h>

namespace tq {
namespace {

constexpr const char* schema = "wind_library/2";

/// A field's values in row order.
std::vector<float> values_of(const Field<float>& field) {
  std::vector<float> values;
  for (int k = 0; k < field.nz(); ++k) {
    for (int j = 0; j < field.ny(); ++j) {
      const float* line = field.view3().line(j, k);
      values.insert(values.end(), line, line + field.nx());
    }
  }
  return values;
}

std::int64_t sum_of(const std::vector<float>& values) {
  return checksum(std::as_bytes(std::span(values)));
}

void put_back(const std::vector<float>& values, Field<float>& field) {
  auto from = values.begin();
  for (int k = 0; k < field.nz(); ++k) {
    for (int j = 0; j < field.ny(); ++j, from += field.nx()) {
      std::copy(from, from + field.nx(), field.view3().line(j, k));
    }
  }
}

} // namespace

bool WindLibrary::read() const {
  if (!std::filesystem::exists(file_)) {
    return false;
  }
  try {
    const files::Hdf5File file = files::Hdf5File::open(file_);
    if (file.text_attribute("/", "tianqing_schema") != schema || file.text_attribute("/", "key") != key_) {
      return false;
    }
    const std::vector<std::int64_t> sums_x = file.read_integers("/checksum_x"),
                                    sums_y = file.read_integers("/checksum_y");
    if (sums_x.size() != std::size_t(wind::unit_count) || sums_y.size() != sums_x.size()) {
      return false;
    }
    std::vector<Unit> units;
    for (std::size_t n = 0; n < sums_x.size(); ++n) {
      units.push_back({Field<float>(grid_.nx() + 1, grid_.ny(), grid_.nz(), 1, 0),
                       Field<float>(grid_.nx(), grid_.ny() + 1, grid_.nz(), 1, 0)});
      const auto take = [&](const char* name, Field<float>& field, std::int64_t sum) {
        const std::vector<double> stored = file.read(name, n, 1);
        const std::vector<float> values(stored.begin(), stored.end());
        if (values.size() != std::size_t(field.nx()) * field.ny() * field.nz() || sum_of(values) != sum) {
          return false;
        }
        put_back(values, field);
        return true;
      };
      if (!take("/x", units.back().x, sums_x[n]) || !take("/y", units.back().y, sums_y[n])) {
        return false;
      }
    }
    report_ = {0, file.number_attribute("/", "residual").at(0), file.number_attribute("/", "divergence").at(0)};
    units_ = std::move(units);
    return true;
  } catch (const InputError&) { // not a library
    return false;
  } catch (const FileError&) { // or not a whole one
    return false;
  }
}

void WindLibrary::write() const {
  if (file_.empty()) {
    return;
  }
  if (file_.has_parent_path()) {
    std::error_code error;
    std::filesystem::create_directories(file_.parent_path(), error);
    if (error) {
      throw FileError("cannot make the folder " + file_.parent_path().string() + ": " + error.message());
    }
  }
  std::filesystem::path part = file_; // of this process: another may write the same library
  part += ".part" + std::to_string(::getpid());
  try {
    files::Hdf5File file = files::Hdf5File::create(part, true);
    file.set_attribute("/", "tianqing_schema", schema);
    file.set_attribute(
        "/", "title",
        std::string("adjusted unit winds as horizontal air-mass fluxes, kg s-1 per m s-1; the last, slope "
                    "winds, per m^(2/3) s-1"));
    file.set_attribute("/", "key", key_);
    file.set_attribute("/", "residual", report_.residual);
    file.set_attribute("/", "divergence", report_.divergence);
    file.create_dimension("/unit", units_.size());
    file.create_dimension("/level", std::size_t(grid_.nz()));
    for (const auto& [name, row, column] : {std::array{"/x", "/row", "/x_face"}, {"/y", "/y_face", "/column"}}) {
      const bool along_x = name[1] == 'x';
      file.create_dimension(row, std::size_t(grid_.ny() + (along_x ? 0 : 1)));
      file.create_dimension(column, std::size_t(grid_.nx() + (along_x ? 1 : 0)));
      file.create(name, {.type = files::Hdf5Type::float32, .dimensions = {"/unit", "/level", row, column}});
      std::vector<float> all;
      std::vector<std::int64_t> sums;
      for (const Unit& unit : units_) {
        const std::vector<float> values = values_of(along_x ? unit.x : unit.y);
        sums.push_back(sum_of(values));
        all.insert(all.end(), values.begin(), values.end());
      }
      file.write(name, std::span<const float>(all));
      const std::string checksums = std::string("/checksum_") + (name + 1);
      file.create(checksums, {.type = files::Hdf5Type::int64, .dimensions = {"/unit"}});
      file.write(checksums, std::span<const std::int64_t>(sums));
    }
    file.close();
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw;
  }
  replace_file(part, file_);
}

} // namespace tq
