#include "files/netcdf.hpp"

#include "base/error.hpp"
#include "files/geo.hpp"
#include "files/hdf5_id.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#if !TIANQING_GEO

namespace tq::files {

NetcdfFile NetcdfFile::open(const std::filesystem::path& path) {
  refuse_without_geo(path, "a netCDF file");
}

// Nobody has a file that was never opened.
NetcdfFile::~NetcdfFile() = default;
NetcdfFile::NetcdfFile(NetcdfFile&&) noexcept = default;
NetcdfFile& NetcdfFile::operator=(NetcdfFile&&) noexcept = default;
bool NetcdfFile::has(const std::string&) const {
  return false;
}
std::vector<std::size_t> NetcdfFile::shape(const std::string&) const {
  return {};
}
std::vector<std::string> NetcdfFile::dimensions(const std::string&) const {
  return {};
}
std::vector<double> NetcdfFile::read(const std::string&, const std::vector<std::size_t>&,
                                     const std::vector<std::size_t>&) const {
  return {};
}
std::vector<std::string> NetcdfFile::read_texts(const std::string&) const {
  return {};
}
std::optional<double> NetcdfFile::number_attribute(const std::string&) const {
  return {};
}
std::optional<double> NetcdfFile::number_attribute(const std::string&, const std::string&) const {
  return {};
}
std::optional<std::string> NetcdfFile::text_attribute(const std::string&, const std::string&) const {
  return {};
}

} // namespace tq::files

#else

#include <netcdf.h>

namespace tq::files {

namespace {

constexpr std::size_t padded(std::size_t bytes) {
  return (bytes + 3) / 4 * 4;
}

/// Bytes that the attributes of a variable take in the header of a classic file.
std::size_t attribute_bytes(int file, int variable, int count) {
  std::size_t bytes = 8;
  for (int n = 0; n < count; ++n) {
    char name[NC_MAX_NAME + 1] = {};
    nc_type type = NC_NAT;
    std::size_t length = 0, size = 0;
    if (nc_inq_attname(file, variable, n, name) == NC_NOERR &&
        nc_inq_att(file, variable, name, &type, &length) == NC_NOERR &&
        nc_inq_type(file, type, nullptr, &size) == NC_NOERR) {
      bytes += 12 + padded(std::string_view(name).size()) + padded(length * size);
    }
  }
  return bytes;
}

/// Bytes that a classic file has at the least, by its header (netCDF User's Guide, "File format specifications").
std::size_t classic_bytes(int file) {
  int dimensions = 0, variables = 0, attributes = 0;
  nc_inq(file, &dimensions, &variables, &attributes, nullptr);
  std::size_t bytes = 16 + attribute_bytes(file, NC_GLOBAL, attributes) + 8;
  for (int d = 0; d < dimensions; ++d) {
    char name[NC_MAX_NAME + 1] = {};
    nc_inq_dimname(file, d, name);
    bytes += 8 + padded(std::string_view(name).size());
  }
  for (int v = 0; v < variables; ++v) {
    char name[NC_MAX_NAME + 1] = {};
    nc_type type = NC_NAT;
    int rank = 0, count = 0, shape[NC_MAX_VAR_DIMS] = {};
    nc_inq_var(file, v, name, &type, &rank, shape, &count);
    std::size_t size = 0;
    nc_inq_type(file, type, nullptr, &size);
    for (int d = 0; d < rank; ++d) {
      std::size_t length = 0;
      nc_inq_dimlen(file, shape[d], &length);
      size *= length;
    }
    bytes +=
        20 + padded(std::string_view(name).size()) + 4 * std::size_t(rank) + attribute_bytes(file, v, count) + size;
  }
  return bytes;
}

} // namespace

NetcdfFile NetcdfFile::open(const std::filesystem::path& path) {
  const Hdf5Guard guard;
  if (!std::filesystem::exists(path)) {
    throw InputError({path.string()}, "no such file");
  }
  int id = -1;
  const int status = nc_open(path.c_str(), NC_NOWRITE, &id);
  if (status != NC_NOERR) {
    throw InputError({path.string()}, fmt::format("cannot be opened as a netCDF file: {}", nc_strerror(status)));
  }
  NetcdfFile file(path, id);
  file.check_length();
  return file;
}

NetcdfFile::~NetcdfFile() {
  if (id_ >= 0) {
    const Hdf5Guard guard;
    nc_close(id_);
  }
}

NetcdfFile::NetcdfFile(NetcdfFile&& other) noexcept
    : path_(std::move(other.path_)), id_(std::exchange(other.id_, -1)) {}

NetcdfFile& NetcdfFile::operator=(NetcdfFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(id_, other.id_);
  return *this;
}

void NetcdfFile::check(int status, const std::string& subject) const {
  if (status != NC_NOERR) {
    throw InputError({path_.string()}, fmt::format("{} cannot be read: {}", subject, nc_strerror(status)));
  }
}

/// The library reads zeros beyond the end of a classic file that was cut off.
void NetcdfFile::check_length() const {
  int format = 0;
  check(nc_inq_format(id_, &format), "its format");
  if (format == NC_FORMAT_NETCDF4 || format == NC_FORMAT_NETCDF4_CLASSIC) {
    return; // HDF5 looks itself
  }
  const std::size_t least = classic_bytes(id_), length = std::filesystem::file_size(path_);
  if (length < least) {
    throw InputError({path_.string()},
                     fmt::format("is cut off: it has {} bytes, its variables need {} at the least", length, least));
  }
}

int NetcdfFile::find(const std::string& variable) const {
  int id = -1;
  if (nc_inq_varid(id_, variable.c_str(), &id) != NC_NOERR) {
    throw InputError({path_.string()}, "has no variable " + variable);
  }
  return id;
}

bool NetcdfFile::has(const std::string& variable) const {
  const Hdf5Guard guard;
  int id = -1;
  return nc_inq_varid(id_, variable.c_str(), &id) == NC_NOERR;
}

std::vector<std::size_t> NetcdfFile::shape(const std::string& variable) const {
  const Hdf5Guard guard;
  const int id = find(variable);
  int rank = 0, dimensions[NC_MAX_VAR_DIMS] = {};
  check(nc_inq_var(id_, id, nullptr, nullptr, &rank, dimensions, nullptr), "variable " + variable);
  std::vector<std::size_t> lengths(static_cast<std::size_t>(rank));
  for (std::size_t d = 0; d < lengths.size(); ++d) {
    check(nc_inq_dimlen(id_, dimensions[d], &lengths[d]), "variable " + variable);
  }
  return lengths;
}

std::vector<std::string> NetcdfFile::dimensions(const std::string& variable) const {
  const Hdf5Guard guard;
  const int id = find(variable);
  int rank = 0, dimensions[NC_MAX_VAR_DIMS] = {};
  check(nc_inq_var(id_, id, nullptr, nullptr, &rank, dimensions, nullptr), "variable " + variable);
  std::vector<std::string> names;
  for (int d = 0; d < rank; ++d) {
    char name[NC_MAX_NAME + 1] = {};
    check(nc_inq_dimname(id_, dimensions[d], name), "variable " + variable);
    names.emplace_back(name);
  }
  return names;
}

std::vector<double> NetcdfFile::read(const std::string& variable, const std::vector<std::size_t>& start,
                                     const std::vector<std::size_t>& count) const {
  const Hdf5Guard guard;
  const int id = find(variable);
  std::size_t size = 1;
  for (const std::size_t length : count) {
    size *= length;
  }
  std::vector<double> values(size);
  check(nc_get_vara_double(id_, id, start.data(), count.data(), values.data()), "variable " + variable);
  double fill = NC_FILL_FLOAT;
  if (nc_get_att_double(id_, id, "_FillValue", &fill) != NC_NOERR) {
    fill = NC_FILL_FLOAT;
  }
  const auto missing = std::find_if(values.begin(), values.end(),
                                    [&](double value) { return !std::isfinite(value) || value == fill; });
  if (missing != values.end()) {
    std::size_t rest = std::size_t(missing - values.begin());
    std::string place;
    for (std::size_t d = count.size(); d-- > 0; rest /= count[d]) {
      place = fmt::format("[{}]", start[d] + rest % count[d]) + place;
    }
    throw InputError({path_.string()}, fmt::format("variable {}{}: has no value, must have one", variable, place));
  }
  return values;
}

std::vector<std::string> NetcdfFile::read_texts(const std::string& variable) const {
  const Hdf5Guard guard;
  const std::vector<std::size_t> lengths = shape(variable);
  if (lengths.size() != 2) {
    throw InputError({path_.string()}, "variable " + variable + " does not hold texts");
  }
  std::string all(lengths[0] * lengths[1], '\0');
  check(nc_get_var_text(id_, find(variable), all.data()), "variable " + variable);
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < lengths[0]; ++row) {
    const std::string text = all.substr(row * lengths[1], lengths[1]);
    texts.push_back(text.substr(0, text.find('\0')));
  }
  return texts;
}

std::optional<double> NetcdfFile::number_of(int variable, const std::string& name) const {
  double value = 0;
  std::size_t length = 0;
  if (nc_inq_attlen(id_, variable, name.c_str(), &length) != NC_NOERR || length != 1 ||
      nc_get_att_double(id_, variable, name.c_str(), &value) != NC_NOERR) {
    return std::nullopt;
  }
  return value;
}

std::optional<double> NetcdfFile::number_attribute(const std::string& name) const {
  const Hdf5Guard guard;
  return number_of(NC_GLOBAL, name);
}

std::optional<double> NetcdfFile::number_attribute(const std::string& variable, const std::string& name) const {
  const Hdf5Guard guard;
  return number_of(find(variable), name);
}

std::optional<std::string> NetcdfFile::text_attribute(const std::string& variable, const std::string& name) const {
  const Hdf5Guard guard;
  const int id = find(variable);
  nc_type type = NC_NAT;
  std::size_t length = 0;
  if (nc_inq_att(id_, id, name.c_str(), &type, &length) != NC_NOERR) {
    return std::nullopt;
  }
  if (type == NC_CHAR) {
    std::string text(length, '\0');
    check(nc_get_att_text(id_, id, name.c_str(), text.data()), "attribute " + name);
    return text.substr(0, text.find('\0'));
  }
  if (type != NC_STRING || length != 1) {
    return std::nullopt;
  }
  char* held = nullptr;
  check(nc_get_att_string(id_, id, name.c_str(), &held), "attribute " + name);
  std::string text = held == nullptr ? "" : held;
  nc_free_string(1, &held);
  return text;
}

} // namespace tq::files

#endif
