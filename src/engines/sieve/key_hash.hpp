#pragma once
// Where a key lies in the filter and the table. Each file has its own copy, since the kernels are compiled for
// processors that others may not be (kernels.hpp).

#include <cstdint>

namespace jiuzhu::sieve {

/// Multiplied so that all digits reach the high bits, which choose the word and the slot; folded, so that the low ones
/// choose bits in the word.
static inline std::uint64_t key_hash(std::uint64_t key) {
  const std::uint64_t product = key * 0x9E3779B97F4A7C15;
  return product ^ product >> 32;
}

static inline std::uint64_t filter_bits(std::uint64_t hash) {
  return std::uint64_t{1} << (hash & 63) | std::uint64_t{1} << (hash >> 6 & 63) |
         std::uint64_t{1} << (hash >> 12 & 63) | std::uint64_t{1} << (hash >> 18 & 63);
}

}  // namespace jiuzhu::sieve
