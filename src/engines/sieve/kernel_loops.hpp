#pragma once
// The loops of kernels.hpp over one width of vectors. `Vector` has
//   std::uint64_t equal(const char* bytes, char c)    bit i: bytes[i] == c, for 64 bytes
//   std::uint64_t prefix_xor(std::uint64_t bits)      bit i: parity of bits 0..i
//   std::uint32_t* append_ends(std::uint64_t line_ends, std::uint32_t block, std::uint32_t* next)
//       writes the place behind each of these bits, and up to 64 places more; returns the end of what counts
//   void number_keys(const char* const* numbers, std::uint64_t* keys)
//       of kTogether times exactly 18 characters: the key, or all ones
// Benchmark: make bench-sieve.

#include "engines/sieve/kernels.hpp"
#include "engines/sieve/key_hash.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::uint32_t kBlock = 64;
constexpr std::uint64_t kNone = ~std::uint64_t{0};
constexpr std::size_t kNumberLength = 18;
constexpr std::size_t kTogether = 4;  // numbers

/// Of no bits: anything.
inline std::uint32_t lowest(std::uint64_t bits) {
  return static_cast<std::uint32_t>(__builtin_ctzll(bits | std::uint64_t{1} << 63));
}

inline std::uint64_t bits_below(std::uint64_t count) { return count < 64 ? (std::uint64_t{1} << count) - 1 : kNone; }

/// Writes four places whether they are there or not: how many there are is hard to foretell, and rarely more.
inline std::uint32_t* append_ends_singly(std::uint64_t line_ends, std::uint32_t block, std::uint32_t* next) {
  const int count = __builtin_popcountll(line_ends);
  std::uint32_t* const end = next + count;
  for (int i = 0; i < 4; ++i) {
    next[i] = block + lowest(line_ends) + 1;
    line_ends &= line_ends - 1;
  }
  for (next += 4; next < end; ++next) {
    *next = block + lowest(line_ends) + 1;
    line_ends &= line_ends - 1;
  }
  return end;
}

/// Whether an opening quote may stand behind this byte, if that is outside quotes: a quote there has just closed.
inline bool may_open_after(char before, const RowSearch& search) {
  return before == search.separator || before == '\n' || before == search.quote;
}

inline RecordState state_after(char last, const RowSearch& search) {
  if (last == search.quote) return RecordState::closing;
  return last == search.separator || last == '\n' ? RecordState::field_begin : RecordState::unquoted;
}

template <class Vector>
RowsFound find_rows_without_quotes(const RowSearch& search, std::uint32_t* ends) {
  std::uint32_t* next = ends;
  for (std::uint32_t block = search.from; block < search.until; block += kBlock) {
    const std::uint64_t line_ends = Vector::equal(search.bytes + block, '\n') & bits_below(search.until - block);
    next = Vector::append_ends(line_ends, block, next);
  }
  return {.count = static_cast<std::size_t>(next - ends), .state = RecordState::unquoted};
}

template <class Vector>
RowsFound find_rows(const RowSearch& search, std::uint32_t* ends) {
  if (search.quote == 0) return find_rows_without_quotes<Vector>(search, ends);
  if (search.from == search.until) return {.state = search.state};
  std::uint32_t* next = ends;
  std::uint64_t inside_before = search.state == RecordState::quoted ? kNone : 0;  // of the last byte, in all bits
  for (std::uint32_t block = search.from; block < search.until; block += kBlock) {
    const char* const bytes = search.bytes + block;
    const std::uint64_t here = bits_below(search.until - block);
    std::uint64_t line_ends = Vector::equal(bytes, '\n') & here;
    const std::uint64_t quotes = Vector::equal(bytes, search.quote) & here;
    if ((quotes | inside_before) != 0) {
      const std::uint64_t inside = Vector::prefix_xor(quotes) ^ inside_before;  // an opening quote counts as inside
      const std::uint64_t opening = quotes & inside;
      const bool may_open_first =
          block > search.from ? may_open_after(bytes[-1], search)
                              : search.state == RecordState::field_begin || search.state == RecordState::closing;
      const std::uint64_t may_open = (line_ends | quotes | Vector::equal(bytes, search.separator)) << 1 |
                                     static_cast<std::uint64_t>(may_open_first);
      if ((opening & ~may_open) != 0) return {.is_regular = false};
      line_ends &= ~inside;
      inside_before = (inside >> 63) != 0 ? kNone : 0;
      if (search.until - block < kBlock)
        inside_before = (inside & (std::uint64_t{1} << (search.until - block - 1))) != 0 ? kNone : 0;
    }
    next = Vector::append_ends(line_ends, block, next);
  }
  const RecordState state =
      inside_before != 0 ? RecordState::quoted : state_after(search.bytes[search.until - 1], search);
  return {.count = static_cast<std::size_t>(next - ends), .state = state};
}

/// Whether a field ends before `end`: there is a separator, or the line's end.
inline bool is_field_end(const char* end, const char* row_end, char separator) {
  return *end == separator || end == row_end || (*end == '\r' && end + 1 == row_end);
}

/// Where the column begins, if that can be seen within 64 bytes, and no quote stands before it that does not open a
/// field or close one: such a quote means nothing, and would turn inside and outside around.
template <class Vector>
const char* find_column(const NumberColumn& column, const char* row) {
  if (column.column == 0) return row;
  if (column.column > kBlock) return nullptr;
  const std::uint64_t all = Vector::equal(row, column.separator);
  const std::uint64_t quotes = column.quote == 0 ? 0 : Vector::equal(row, column.quote);
  const std::uint64_t inside = quotes == 0 ? 0 : Vector::prefix_xor(quotes);
  std::uint64_t separators = all & ~inside;
  for (std::size_t before = 1; before < column.column; ++before) separators &= separators - 1;
  if (separators == 0) return nullptr;
  const std::uint32_t place = lowest(separators);
  if (quotes != 0) {
    const std::uint64_t may_open = (all | quotes) << 1 | 1;
    if ((quotes & inside & ~may_open & bits_below(place)) != 0) return nullptr;
  }
  return row + place + 1;
}

/// What stands where no number can be: nothing that is one.
constexpr char kNowhere[kBlock] = {};

/// The 18 characters of the column, or kNowhere.
template <class Vector>
const char* find_number(const NumberColumn& column, const char* row, const char* row_end) {
  const char* number = find_column<Vector>(column, row);
  if (number == nullptr) return kNowhere;
  const bool is_quoted = column.quote != 0 && *number == column.quote;
  if (is_quoted) ++number;
  if (number + kNumberLength + (is_quoted ? 1 : 0) > row_end) return kNowhere;
  const char* end = number + kNumberLength;
  if (is_quoted && *end++ != column.quote) return kNowhere;
  return is_field_end(end, row_end, column.separator) ? number : kNowhere;
}

template <class Vector>
void decode_numbers(const NumberColumn& column, const char* bytes, const std::uint32_t* begins, std::size_t rows,
                    std::uint64_t* keys) {
  const NumberColumn wanted = column;
  const auto number_of = [&](std::size_t i) {
    return find_number<Vector>(wanted, bytes + begins[i], bytes + begins[i + 1] - 1);
  };
  std::size_t i = 0;
  for (; i + kTogether <= rows; i += kTogether) {
    const char* const numbers[kTogether] = {number_of(i), number_of(i + 1), number_of(i + 2), number_of(i + 3)};
    Vector::number_keys(numbers, keys + i);
  }
  const char* numbers[kTogether] = {kNowhere, kNowhere, kNowhere, kNowhere};
  std::uint64_t last[kTogether];
  for (std::size_t k = i; k < rows; ++k) numbers[k - i] = number_of(k);
  Vector::number_keys(numbers, last);
  for (std::size_t k = i; k < rows; ++k) keys[k] = last[k - i];
}

template <class Vector>
std::size_t find_separators(const SeparatorSearch& search, std::uint32_t* places) {
  std::uint32_t* next = places;
  const std::uint32_t* const most = places + search.most;
  for (std::size_t block = 0; block < search.size; block += kBlock) {
    const std::uint64_t here = bits_below(search.size - block);
    if (search.quote != 0 && (Vector::equal(search.row + block, search.quote) & here) != 0) return kQuoted;
    std::uint64_t separators = Vector::equal(search.row + block, search.separator) & here;
    for (; separators != 0 && next < most; separators &= separators - 1) {
      *next++ = static_cast<std::uint32_t>(block) + lowest(separators);
    }
  }
  return static_cast<std::size_t>(next - places);
}

/// One key after the other, the words of those ahead on their way into the cache.
inline std::size_t sift_keys_singly(const KeyFilter& filter, const std::uint64_t* keys, std::size_t size,
                                    std::uint32_t* candidates) {
  constexpr std::size_t kAhead = 16;
  const std::uint64_t* const words = filter.words;
  const unsigned shift = filter.shift;
  std::size_t found = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t later = keys[i + kAhead < size ? i + kAhead : i];
    __builtin_prefetch(words + (key_hash(later) >> shift));
    const std::uint64_t hash = key_hash(keys[i]);
    const std::uint64_t bits = filter_bits(hash);
    candidates[found] = static_cast<std::uint32_t>(i);
    const bool may_be_ours = (words[hash >> shift] & bits) == bits;
    found += static_cast<std::size_t>(may_be_ours || keys[i] == kNone);
  }
  return found;
}

template <class Vector>
constexpr Kernels kernels_of() {
  return {.find_row_ends = find_rows<Vector>,
          .decode_numbers = decode_numbers<Vector>,
          .find_separators = find_separators<Vector>,
          .sift_keys = sift_keys_singly};
}

// The check character by the weighted sum of the 17 digits, which is 900 at most.
struct CheckCharacters {
  char of_sum[901] = {};
  constexpr CheckCharacters() {
    for (int sum = 0; sum <= 900; ++sum) of_sum[sum] = "10X98765432"[sum % 11];
  }
};
constexpr CheckCharacters kCheck;

inline bool is_check_character(char c, std::uint32_t sum) {
  const char right = kCheck.of_sum[sum];
  return c == right || (c == 'x' && right == 'X');
}

}  // namespace
}  // namespace jiuzhu::sieve
