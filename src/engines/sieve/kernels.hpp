#pragma once
// The loops that see every row of every register, for each width of vectors. What they prove regular they do
// themselves; everything else they hand back, to walk_row_ends (record.hpp) and parse_number (number_key.hpp), which
// know all the rules. So all widths give the same result. Free functions over plain arguments; any thread.
//
// Each width is compiled with its own flags (src/CMakeLists.txt), so nothing that other files use may be defined in
// them: kernels_*.cpp include no header of the C++ library that holds code.

#include <cstddef>
#include <cstdint>

namespace jiuzhu::sieve {

enum class Instructions : std::uint8_t { automatic, portable, avx2, avx512 };

/// Bytes that must be readable behind everything that is handed to a kernel.
inline constexpr std::size_t kPadding = 128;

/// Where in a record one stands between two bytes: after a separator or line end; inside a field without quotes (or
/// behind its closing quote); inside quotes; behind a quote that closes, unless it is the first of two.
enum class RecordState : std::uint8_t { field_begin, unquoted, quoted, closing };

struct RowSearch {
  const char* bytes = nullptr;
  std::uint32_t from = 0;
  std::uint32_t until = 0;
  char separator = ',';
  char quote = '"';  // 0: quotes mean nothing
  RecordState state = RecordState::field_begin;
};

struct RowsFound {
  std::size_t count = 0;
  RecordState state = RecordState::field_begin;  // at `until`
  bool is_regular = true;  // otherwise a quote stands where none may, and nothing else here counts
};

struct NumberColumn {
  std::size_t column = 0;  // from 0
  char separator = ',';
  char quote = '"';
};

struct SeparatorSearch {
  const char* row = nullptr;
  std::size_t size = 0;
  std::size_t most = 0;
  char separator = ',';
  char quote = '"';
};
inline constexpr std::size_t kQuoted = ~std::size_t{0};

/// A blocked Bloom filter: the word of a key is words[hash >> shift] (key_hash.hpp).
struct KeyFilter {
  const std::uint64_t* words = nullptr;
  unsigned shift = 63;
};

struct Kernels {
  /// Writes the place behind each line end that ends a record to `ends`, which has room for until - from and 64 more.
  RowsFound (*find_row_ends)(const RowSearch& search, std::uint32_t* ends);
  /// For each of `rows`: the key of its number, or kNoKey where it is not plainly a right number of 18 characters. Row
  /// i lies from begins[i] to begins[i + 1] - 1, where its line end is.
  void (*decode_numbers)(const NumberColumn& column, const char* bytes, const std::uint32_t* begins, std::size_t rows,
                         std::uint64_t* keys);
  /// Writes where the separators of a row stand, `most` at most, to `places`, which has room for 8 more; returns how
  /// many there are. kQuoted where there is a quote anywhere, and nothing else is said then.
  std::size_t (*find_separators)(const SeparatorSearch& search, std::uint32_t* places);
  /// Writes the places of the keys that the filter lets pass, and of those that are kNoKey, in order. Returns how many;
  /// `candidates` has room for `size` and 8 more.
  std::size_t (*sift_keys)(const KeyFilter& filter, const std::uint64_t* keys, std::size_t size,
                           std::uint32_t* candidates);
};

/// `automatic` is the widest that this processor has; a wider one than it has becomes that, too.
const Kernels& kernels(Instructions instructions);

namespace portable {
extern const Kernels kKernels;
}
#if defined(__x86_64__)
namespace avx2 {
extern const Kernels kKernels;
}
namespace avx512 {
extern const Kernels kKernels;
}
#endif

}  // namespace jiuzhu::sieve
