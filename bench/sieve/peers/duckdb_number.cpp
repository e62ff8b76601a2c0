// The citizen number normaliser as a native function of DuckDB: citizen_key(VARCHAR) gives the first 17 digits, or NULL
// for a malformed number. An extension of DuckDB's C interface; duckdb_native.mjs loads it.
//
// The interface is declared here by hand: the eleven functions are stable since DuckDB 1.2, and the only npm package
// with the header is 100 MB of sources. They are looked up in the libduckdb.so that is asking for the extension, since
// Node.js loads that one privately, where the linker would not find it.

#include <dlfcn.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace {

// --- DuckDB's C interface, as far as it is needed.

using Handle = void*;
using Index = std::uint64_t;
using ScalarFunction = void (*)(Handle call, Handle input, Handle output);
constexpr int kTypeBigint = 5;
constexpr int kTypeVarchar = 17;

struct Text {  // duckdb_string_t: up to twelve bytes lie in it, longer ones elsewhere
  std::uint32_t length;
  char begin[4];
  const char* elsewhere;
  std::string_view view() const {
    if (length > 12) return {elsewhere, length};
    return {reinterpret_cast<const char*>(this) + offsetof(Text, begin), length};
  }
};

struct ExtensionAccess {
  void (*set_error)(Handle extension, const char* message);
  Handle* (*get_database)(Handle extension);
  const void* (*get_interface)(Handle extension, const char* version);
};

struct Interface {
  int (*connect)(Handle database, Handle* connection);
  void (*disconnect)(Handle* connection);
  Handle (*create_scalar_function)();
  void (*set_name)(Handle function, const char* name);
  void (*set_function)(Handle function, ScalarFunction pointer);
  void (*add_parameter)(Handle function, Handle type);
  void (*set_return_type)(Handle function, Handle type);
  int (*register_function)(Handle connection, Handle function);
  Handle (*create_logical_type)(int type);
  Index (*chunk_size)(Handle chunk);
  Handle (*chunk_vector)(Handle chunk, Index column);
  void* (*vector_content)(Handle vector);
  std::uint64_t* (*vector_validity)(Handle vector);
  void (*make_validity_writable)(Handle vector);
};
Interface duckdb;

template <typename Function>
bool find(Handle library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

bool find_interface() {
  const Handle library = ::dlopen("libduckdb.so", RTLD_NOW | RTLD_NOLOAD);
  return library != nullptr && find(library, "duckdb_connect", duckdb.connect) &&
         find(library, "duckdb_disconnect", duckdb.disconnect) &&
         find(library, "duckdb_create_scalar_function", duckdb.create_scalar_function) &&
         find(library, "duckdb_scalar_function_set_name", duckdb.set_name) &&
         find(library, "duckdb_scalar_function_set_function", duckdb.set_function) &&
         find(library, "duckdb_scalar_function_add_parameter", duckdb.add_parameter) &&
         find(library, "duckdb_scalar_function_set_return_type", duckdb.set_return_type) &&
         find(library, "duckdb_register_scalar_function", duckdb.register_function) &&
         find(library, "duckdb_create_logical_type", duckdb.create_logical_type) &&
         find(library, "duckdb_data_chunk_get_size", duckdb.chunk_size) &&
         find(library, "duckdb_data_chunk_get_vector", duckdb.chunk_vector) &&
         find(library, "duckdb_vector_get_data", duckdb.vector_content) &&
         find(library, "duckdb_vector_get_validity", duckdb.vector_validity) &&
         find(library, "duckdb_vector_ensure_validity_writable", duckdb.make_validity_writable);
}

// --- The number. Eight digits at a time in one register, least significant byte first.

struct EightDigits {
  std::uint64_t bytes;  // each 0 to 9 if they are digits

  explicit EightDigits(const char* text) {
    std::memcpy(&bytes, text, sizeof bytes);
    bytes ^= 0x3030303030303030U;
  }
  bool are_digits() const { return (((bytes + 0x7676767676767676U) | bytes) & 0x8080808080808080U) == 0; }
  std::uint64_t value() const {
    const std::uint64_t pairs = (bytes * (1 + (10U << 8))) >> 8 & 0x00FF00FF00FF00FFU;
    const std::uint64_t fours = (pairs * (1 + (100U << 16))) >> 16 & 0x0000FFFF0000FFFFU;
    return (fours * (1 + (std::uint64_t{10000} << 32))) >> 32;
  }
  /// The top lane of a product of four 16-bit lanes is the sum of the products; the weights stand in reverse.
  std::uint64_t weighted(std::uint64_t weights_of_even, std::uint64_t weights_of_odd) const {
    return ((bytes & 0x00FF00FF00FF00FFU) * weights_of_even >> 48) +
           ((bytes >> 8 & 0x00FF00FF00FF00FFU) * weights_of_odd >> 48);
  }
};

constexpr std::uint64_t lanes(std::uint64_t first, std::uint64_t second, std::uint64_t third, std::uint64_t fourth) {
  return first << 48 | second << 32 | third << 16 | fourth;
}

std::optional<std::int64_t> key_of_18(const char* text) {
  const EightDigits high(text);
  const EightDigits low(text + 8);
  const auto last = static_cast<std::uint64_t>(text[16] - '0');
  if (!high.are_digits() || !low.are_digits() || last > 9) return std::nullopt;
  // GB 11643: 7 9 10 5 8 4 2 1, 6 3 7 9 10 5 8 4, 2.
  const std::uint64_t sum = high.weighted(lanes(7, 10, 8, 2), lanes(9, 5, 4, 1)) +
                            low.weighted(lanes(6, 7, 10, 8), lanes(3, 9, 5, 4)) + last * 2;
  const char check = text[17] == 'x' ? 'X' : text[17];
  if (check != "10X98765432"[sum % 11]) return std::nullopt;
  return static_cast<std::int64_t>((high.value() * 100'000'000 + low.value()) * 10 + last);
}

std::optional<std::int64_t> key_of(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.size() == 18) return key_of_18(text.data());
  if (text.size() != 15) return std::nullopt;
  std::int64_t key = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    if (i == 6) key = key * 100 + 19;
    key = key * 10 + (text[i] - '0');
  }
  return key;
}

// DuckDB itself answers NULL for NULL: it overwrites what is computed for such a row, whose text is empty.
void citizen_key(Handle, Handle input, Handle output) {
  const Handle texts_vector = duckdb.chunk_vector(input, 0);
  const auto* texts = static_cast<const Text*>(duckdb.vector_content(texts_vector));
  const std::uint64_t* known = duckdb.vector_validity(texts_vector);
  auto* keys = static_cast<std::int64_t*>(duckdb.vector_content(output));
  duckdb.make_validity_writable(output);
  std::uint64_t* validity = duckdb.vector_validity(output);
  for (Index row = 0; row < duckdb.chunk_size(input); ++row) {
    const bool is_known = known == nullptr || (known[row / 64] >> row % 64 & 1) != 0;
    const std::optional<std::int64_t> key = is_known ? key_of(texts[row].view()) : std::nullopt;
    keys[row] = key.value_or(0);
    if (!key) validity[row / 64] &= ~(std::uint64_t{1} << row % 64);
  }
}

}  // namespace

extern "C" __attribute__((visibility("default"))) bool duckdb_number_init_c_api(Handle extension,
                                                                                const ExtensionAccess* access) {
  Handle connection = nullptr;
  if (!find_interface() || duckdb.connect(*access->get_database(extension), &connection) != 0) {
    access->set_error(extension, "duckdb_number: no libduckdb.so with the functions it needs");
    return false;
  }
  const Handle function = duckdb.create_scalar_function();
  duckdb.set_name(function, "citizen_key");
  duckdb.add_parameter(function, duckdb.create_logical_type(kTypeVarchar));
  duckdb.set_return_type(function, duckdb.create_logical_type(kTypeBigint));
  duckdb.set_function(function, citizen_key);
  const bool is_registered = duckdb.register_function(connection, function) == 0;
  duckdb.disconnect(&connection);
  if (!is_registered) access->set_error(extension, "duckdb_number: citizen_key was not accepted");
  return is_registered;
}
