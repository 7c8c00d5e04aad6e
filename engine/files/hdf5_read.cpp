#include "base/error.hpp"
#include "files/hdf5_id.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <hdf5.h>

namespace tq::files {

bool Hdf5File::has(const std::string& path) const {
  const Hdf5Guard guard;
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) { // H5Lexists wants all parents to be
    if (H5Lexists(state_->file, path.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) {
      return false;
    }
    if (slash == std::string::npos) {
      return true;
    }
  }
}

bool Hdf5File::has_attribute(const std::string& path, const std::string& name) const {
  const Hdf5Guard guard;
  return (path == "/" || has(path)) && H5Aexists_by_name(state_->file, path.c_str(), name.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::size_t> Hdf5File::shape(const std::string& path) const {
  const Hdf5Guard guard;
  const auto lengths = state_->shape(path);
  return {lengths.begin(), lengths.end()};
}

std::vector<std::string> Hdf5File::names(const std::string& group) const {
  const Hdf5Guard guard;
  const hid_t id = H5Gopen2(state_->file, group.c_str(), H5P_DEFAULT);
  if (id < 0) {
    throw InputError({state_->path.string()}, "has no group " + group);
  }
  const Hdf5Id opened(id, H5Gclose);
  std::vector<std::string> found;
  state_->check(H5Literate(
                    opened, H5_INDEX_NAME, H5_ITER_INC, nullptr,
                    [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
                      static_cast<std::vector<std::string>*>(list)->emplace_back(name);
                      return 0;
                    },
                    &found),
                "group " + group);
  return found;
}

void Hdf5File::get(const std::string& path, std::size_t first, std::size_t count, std::int64_t memory_type,
                   void* values) const {
  const std::string subject = "dataset " + path;
  Hdf5Id& dataset = state_->dataset(path);
  const Hdf5Id space(state_->check(H5Dget_space(dataset), subject), H5Sclose);
  const auto lengths = state_->shape(path);
  if (lengths.empty()) {
    state_->check(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), subject);
    return;
  }
  std::vector<hsize_t> start(lengths.size(), 0), extent(lengths.begin(), lengths.end());
  start[0] = first;
  extent[0] = count;
  if (std::find(extent.begin(), extent.end(), hsize_t(0)) != extent.end()) {
    return;
  }
  state_->check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr), subject);
  const Hdf5Id memory(state_->check(H5Screate_simple(int(extent.size()), extent.data(), nullptr), subject), H5Sclose);
  state_->check(H5Dread(dataset, memory_type, memory, space, H5P_DEFAULT, values), subject);
}

namespace {

std::size_t product(const std::vector<std::size_t>& shape, std::size_t from = 0) {
  std::size_t count = 1;
  for (std::size_t n = from; n < shape.size(); ++n) {
    count *= shape[n];
  }
  return count;
}

} // namespace

std::vector<double> Hdf5File::read(const std::string& path) const {
  const Hdf5Guard guard;
  const auto lengths = shape(path);
  std::vector<double> values(product(lengths));
  get(path, 0, lengths.empty() ? 1 : lengths[0], H5T_NATIVE_DOUBLE, values.data());
  return values;
}

/// Number of values in these records. Throws InputError if some are not there.
std::size_t Hdf5File::records_size(const std::string& path, std::size_t first, std::size_t count) const {
  const auto lengths = shape(path);
  if (lengths.empty() || first + count > lengths[0]) {
    throw InputError({state_->path.string()}, fmt::format("dataset {} has no records {} to {}", path, first, first + count));
  }
  return count * product(lengths, 1);
}

std::vector<double> Hdf5File::read(const std::string& path, std::size_t first, std::size_t count) const {
  const Hdf5Guard guard;
  std::vector<double> values(records_size(path, first, count));
  get(path, first, count, H5T_NATIVE_DOUBLE, values.data());
  return values;
}

std::vector<float> Hdf5File::read_floats(const std::string& path, std::size_t first, std::size_t count) const {
  const Hdf5Guard guard;
  std::vector<float> values(records_size(path, first, count));
  get(path, first, count, H5T_NATIVE_FLOAT, values.data());
  return values;
}

std::vector<std::int64_t> Hdf5File::read_integers(const std::string& path) const {
  const Hdf5Guard guard;
  const auto lengths = shape(path);
  std::vector<std::int64_t> values(product(lengths));
  get(path, 0, lengths.empty() ? 1 : lengths[0], H5T_NATIVE_INT64, values.data());
  return values;
}

std::vector<std::string> Hdf5File::read_texts(const std::string& path) const {
  const Hdf5Guard guard;
  const std::string subject = "dataset " + path;
  const auto lengths = shape(path);
  const Hdf5Id type(state_->check(H5Dget_type(state_->dataset(path)), subject), H5Tclose);
  if (H5Tis_variable_str(type) <= 0) {
    throw InputError({state_->path.string()}, subject + " does not hold texts of variable length");
  }
  std::vector<char*> pointers(product(lengths), nullptr);
  if (pointers.empty()) {
    return {};
  }
  get(path, 0, lengths.empty() ? 1 : lengths[0], type, pointers.data());
  std::vector<std::string> texts;
  for (const char* pointer : pointers) {
    texts.emplace_back(pointer == nullptr ? "" : pointer);
  }
  const Hdf5Id space(state_->check(H5Dget_space(state_->dataset(path)), subject), H5Sclose);
  state_->check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data()), subject);
  return texts;
}

std::string Hdf5File::text_attribute(const std::string& path, const std::string& name) const {
  const Hdf5Guard guard;
  const std::string subject = fmt::format("attribute {} of {}", name, path);
  if (!has_attribute(path, name)) {
    throw InputError({state_->path.string()}, "has no " + subject);
  }
  const Hdf5Id attribute(
      state_->check(H5Aopen_by_name(state_->file, path.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), subject), H5Aclose);
  const Hdf5Id type(state_->check(H5Aget_type(attribute), subject), H5Tclose);
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0) {
    throw InputError({state_->path.string()}, subject + " is not a text");
  }
  std::string text(H5Tget_size(type), '\0');
  state_->check(H5Aread(attribute, type, text.data()), subject);
  return text.substr(0, text.find('\0'));
}

std::vector<double> Hdf5File::number_attribute(const std::string& path, const std::string& name) const {
  const Hdf5Guard guard;
  const std::string subject = fmt::format("attribute {} of {}", name, path);
  if (!has_attribute(path, name)) {
    throw InputError({state_->path.string()}, "has no " + subject);
  }
  const Hdf5Id attribute(
      state_->check(H5Aopen_by_name(state_->file, path.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), subject), H5Aclose);
  const Hdf5Id space(state_->check(H5Aget_space(attribute), subject), H5Sclose);
  std::vector<double> values(std::size_t(H5Sget_simple_extent_npoints(space)));
  state_->check(H5Aread(attribute, H5T_NATIVE_DOUBLE, values.data()), subject);
  return values;
}

} // namespace tq::files
