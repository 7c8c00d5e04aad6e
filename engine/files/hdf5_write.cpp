#include "base/error.hpp"
#include "files/hdf5_id.hpp"

#include <cmath>
#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <limits>
#include <stdexcept>

namespace tq::files {

namespace {

constexpr unsigned keep_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

/// Variable length: netCDF reads fixed-length ones back broken from the second element on.
Hdf5Id text_type(std::size_t length = H5T_VARIABLE) {
  Hdf5Id type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type, length);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

Hdf5Id stored_type(Hdf5Type type) {
  switch (type) {
  case Hdf5Type::int32: return Hdf5Id(H5Tcopy(H5T_STD_I32LE), H5Tclose);
  case Hdf5Type::int64: return Hdf5Id(H5Tcopy(H5T_STD_I64LE), H5Tclose);
  case Hdf5Type::float32: return Hdf5Id(H5Tcopy(H5T_IEEE_F32LE), H5Tclose);
  case Hdf5Type::float64: return Hdf5Id(H5Tcopy(H5T_IEEE_F64LE), H5Tclose);
  case Hdf5Type::text: return text_type();
  }
  throw std::logic_error("unknown HDF5 type");
}

std::size_t product(std::span<const std::uint64_t> shape) {
  std::size_t count = 1;
  for (const std::uint64_t length : shape) {
    count *= length;
  }
  return count;
}

std::vector<hsize_t> extents(const std::vector<std::uint64_t>& lengths) { return {lengths.begin(), lengths.end()}; }

} // namespace

void Hdf5File::State::make_groups(const std::string& name) {
  for (std::size_t slash = name.find('/', 1); slash != std::string::npos; slash = name.find('/', slash + 1)) {
    const std::string group = name.substr(0, slash);
    if (check(H5Lexists(file, group.c_str(), H5P_DEFAULT), "group " + group) == 0) {
      const Hdf5Id creation(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
      check(H5Pset_link_creation_order(creation, keep_order), "group " + group);
      check(H5Pset_obj_track_times(creation, false), "group " + group);
      const Hdf5Id made(check(H5Gcreate2(file, group.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), "group " + group),
                        H5Gclose);
    }
  }
}

void Hdf5File::State::make_dataset(const std::string& name, std::int64_t type, const std::vector<std::uint64_t>& shape,
                                   bool unlimited, const std::vector<std::uint64_t>& chunk, int compression,
                                   bool fill_missing) {
  const std::string subject = "dataset " + name;
  make_groups(name);
  const Hdf5Id creation(check(H5Pcreate(H5P_DATASET_CREATE), subject), H5Pclose);
  check(H5Pset_obj_track_times(creation, false), subject);
  check(H5Pset_attr_creation_order(creation, keep_order), subject);
  if (!chunk.empty()) {
    check(H5Pset_chunk(creation, int(chunk.size()), extents(chunk).data()), subject);
    if (compression > 0) {
      check(H5Pset_shuffle(creation), subject);
      check(H5Pset_deflate(creation, unsigned(compression)), subject);
    }
  }
  if (fill_missing) {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    check(H5Pset_fill_value(creation, H5T_NATIVE_DOUBLE, &missing), subject);
  }
  Hdf5Id space;
  if (shape.empty()) {
    space = Hdf5Id(check(H5Screate(H5S_SCALAR), subject), H5Sclose);
  } else {
    std::vector<hsize_t> limits = extents(shape);
    limits[0] = unlimited ? H5S_UNLIMITED : limits[0];
    space = Hdf5Id(check(H5Screate_simple(int(shape.size()), extents(shape).data(), limits.data()), subject), H5Sclose);
  }
  datasets[name] =
      Hdf5Id(check(H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, creation, H5P_DEFAULT), subject), H5Dclose);
}

void Hdf5File::State::make_scale(const std::string& name, const std::string& label, Hdf5Dimension dimension) {
  check(H5DSset_scale(dataset(name), label.c_str()), "dataset " + name);
  const std::int32_t order = int(dimensions.size()); // netCDF numbers dimensions by it rather than by guessing
  const Hdf5Id space(H5Screate(H5S_SCALAR), H5Sclose);
  const Hdf5Id attribute(check(H5Acreate2(dataset(name), "_Netcdf4Dimid", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT),
                               "dataset " + name),
                         H5Aclose);
  check(H5Awrite(attribute, H5T_NATIVE_INT32, &order), "dataset " + name);
  dimensions[name] = dimension;
}

void Hdf5File::create_dimension(const std::string& path, std::size_t length) {
  const Hdf5Guard guard;
  const Hdf5Id type = stored_type(Hdf5Type::float32);
  state_->make_dataset(path, type, {length}, false, {}, 0, false);
  // The label by which netCDF knows that the dimension is no variable (netCDF-4 file format, "dimension scales").
  state_->make_scale(path, fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", length),
                     {length, false});
}

void Hdf5File::create_coordinate(const std::string& path, Hdf5Type type, std::size_t length) {
  const Hdf5Guard guard;
  state_->make_dataset(path, stored_type(type), {length}, false, {}, 0, false);
  state_->make_scale(path, path.substr(path.rfind('/') + 1), {length, false});
}

void Hdf5File::create_unlimited(const std::string& path, Hdf5Type type, std::size_t chunk) {
  const Hdf5Guard guard;
  state_->make_dataset(path, stored_type(type), {0}, true, {chunk}, 0, false);
  state_->make_scale(path, path.substr(path.rfind('/') + 1), {0, true});
}

void Hdf5File::create(const std::string& path, const Hdf5Layout& layout) {
  const Hdf5Guard guard;
  std::vector<std::uint64_t> shape;
  bool unlimited = false;
  for (const std::string& name : layout.dimensions) {
    const auto found = state_->dimensions.find(name);
    if (found == state_->dimensions.end()) {
      throw std::logic_error(fmt::format("dataset {}: there is no dimension {}", path, name));
    }
    unlimited = unlimited || (shape.empty() && found->second.unlimited);
    shape.push_back(found->second.length);
  }
  if (layout.chunk.size() != (layout.chunk.empty() && !unlimited ? 0 : shape.size())) {
    throw std::logic_error(fmt::format("dataset {}: chunk does not fit its dimensions", path));
  }
  state_->make_dataset(path, stored_type(layout.type), shape, unlimited, {layout.chunk.begin(), layout.chunk.end()},
                       layout.compression, layout.fill_missing);
  for (std::size_t n = 0; n < layout.dimensions.size(); ++n) {
    state_->check(H5DSattach_scale(state_->dataset(path), state_->dataset(layout.dimensions[n]), unsigned(n)),
                  "dataset " + path);
  }
  if (layout.fill_missing) {
    if (layout.type == Hdf5Type::float32) {
      set_attribute(path, "_FillValue", std::numeric_limits<float>::quiet_NaN());
    } else {
      set_attribute(path, "_FillValue", std::numeric_limits<double>::quiet_NaN());
    }
  }
}

void Hdf5File::put(const std::string& path, const void* values, std::int64_t memory_type, std::size_t count) {
  Hdf5Id& dataset = state_->dataset(path);
  if (count != product(state_->shape(path))) {
    throw std::logic_error(fmt::format("dataset {}: {} values do not fill its shape", path, count));
  }
  state_->check(H5Dwrite(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "dataset " + path);
}

void Hdf5File::write(const std::string& path, std::span<const float> values) {
  const Hdf5Guard guard;
  put(path, values.data(), H5T_NATIVE_FLOAT, values.size());
}

void Hdf5File::write(const std::string& path, std::span<const double> values) {
  const Hdf5Guard guard;
  put(path, values.data(), H5T_NATIVE_DOUBLE, values.size());
}

void Hdf5File::write(const std::string& path, std::span<const std::int32_t> values) {
  const Hdf5Guard guard;
  put(path, values.data(), H5T_NATIVE_INT32, values.size());
}

void Hdf5File::write(const std::string& path, std::span<const std::int64_t> values) {
  const Hdf5Guard guard;
  put(path, values.data(), H5T_NATIVE_INT64, values.size());
}

void Hdf5File::write(const std::string& path, std::span<const std::string> values) {
  const Hdf5Guard guard;
  std::vector<const char*> pointers;
  for (const std::string& text : values) {
    pointers.push_back(text.c_str());
  }
  put(path, pointers.data(), text_type(), pointers.size());
}

void Hdf5File::put_record(const std::string& path, std::size_t index, const void* values, std::int64_t memory_type,
                          std::size_t count) {
  const std::string subject = "dataset " + path;
  Hdf5Id& dataset = state_->dataset(path);
  std::vector<hsize_t> shape = extents(state_->shape(path));
  if (shape.empty()) {
    throw std::logic_error("a record cannot be appended to the scalar " + path);
  }
  if (shape[0] <= index) {
    shape[0] = index + 1;
    state_->check(H5Dset_extent(dataset, shape.data()), subject);
  }
  std::vector<hsize_t> start(shape.size(), 0), extent = shape;
  start[0] = index;
  extent[0] = 1;
  const hsize_t length = count;
  if (count != product(std::vector<std::uint64_t>(extent.begin(), extent.end()))) {
    throw std::logic_error(fmt::format("dataset {}: {} values do not fill a record", path, count));
  }
  const Hdf5Id space(state_->check(H5Dget_space(dataset), subject), H5Sclose);
  state_->check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr), subject);
  const Hdf5Id memory(state_->check(H5Screate_simple(1, &length, nullptr), subject), H5Sclose);
  state_->check(H5Dwrite(dataset, memory_type, memory, space, H5P_DEFAULT, values), subject);
}

void Hdf5File::append(const std::string& path, std::size_t index, std::span<const float> values) {
  const Hdf5Guard guard;
  put_record(path, index, values.data(), H5T_NATIVE_FLOAT, values.size());
}

void Hdf5File::append(const std::string& path, std::size_t index, std::span<const double> values) {
  const Hdf5Guard guard;
  put_record(path, index, values.data(), H5T_NATIVE_DOUBLE, values.size());
}

void Hdf5File::append(const std::string& path, std::size_t index, std::span<const std::int64_t> values) {
  const Hdf5Guard guard;
  put_record(path, index, values.data(), H5T_NATIVE_INT64, values.size());
}

namespace {

/// Type, shape and address of a value, as H5Awrite wants them.
struct AttributeParts {
  Hdf5Id stored, memory, space;
  const void* data = nullptr;
  std::vector<const char*> pointers;
};

template <class T> void number_parts(AttributeParts& parts, Hdf5Type type, hid_t memory, const T* data) {
  parts.stored = stored_type(type);
  parts.memory = Hdf5Id(H5Tcopy(memory), H5Tclose);
  parts.data = data;
}

AttributeParts attribute_parts(const Hdf5Value& value) {
  AttributeParts parts;
  parts.space = Hdf5Id(H5Screate(H5S_SCALAR), H5Sclose);
  const auto row = [&](hsize_t length) { parts.space = Hdf5Id(H5Screate_simple(1, &length, nullptr), H5Sclose); };
  if (const auto* text = std::get_if<std::string>(&value)) {
    parts.stored = text_type(std::max<std::size_t>(text->size(), 1));
    parts.memory = text_type(std::max<std::size_t>(text->size(), 1));
    parts.data = text->c_str();
  } else if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
    parts.stored = text_type();
    parts.memory = text_type();
    row(texts->size());
    for (const std::string& one : *texts) {
      parts.pointers.push_back(one.c_str());
    }
    parts.data = parts.pointers.data();
  } else if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
    number_parts(parts, Hdf5Type::float64, H5T_NATIVE_DOUBLE, numbers->data());
    row(numbers->size());
  } else if (const auto* integers = std::get_if<std::vector<std::int32_t>>(&value)) {
    number_parts(parts, Hdf5Type::int32, H5T_NATIVE_INT32, integers->data());
    row(integers->size());
  } else if (const auto* number = std::get_if<double>(&value)) {
    number_parts(parts, Hdf5Type::float64, H5T_NATIVE_DOUBLE, number);
  } else if (const auto* single = std::get_if<float>(&value)) {
    number_parts(parts, Hdf5Type::float32, H5T_NATIVE_FLOAT, single);
  } else if (const auto* integer = std::get_if<std::int32_t>(&value)) {
    number_parts(parts, Hdf5Type::int32, H5T_NATIVE_INT32, integer);
  } else {
    number_parts(parts, Hdf5Type::int64, H5T_NATIVE_INT64, &std::get<std::int64_t>(value));
  }
  return parts;
}

} // namespace

void Hdf5File::set_attribute(const std::string& path, const std::string& name, const Hdf5Value& value) {
  const Hdf5Guard guard;
  const std::string subject = fmt::format("attribute {} of {}", name, path);
  state_->make_groups(path);
  const Hdf5Id object(state_->check(H5Oopen(state_->file, path.c_str(), H5P_DEFAULT), subject), H5Oclose);
  if (state_->check(H5Aexists(object, name.c_str()), subject) > 0) {
    state_->check(H5Adelete(object, name.c_str()), subject);
  }
  const AttributeParts parts = attribute_parts(value);
  Hdf5Id attribute(
      state_->check(H5Acreate2(object, name.c_str(), parts.stored, parts.space, H5P_DEFAULT, H5P_DEFAULT), subject),
      H5Aclose);
  state_->check(H5Awrite(attribute, parts.memory, parts.data), subject);
}

} // namespace tq::files
