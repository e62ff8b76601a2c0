#pragma once
// What both widths of x86-64 vectors share.

#include <immintrin.h>

#include "engines/sieve/kernel_loops.hpp"

namespace jiuzhu::sieve {
namespace {

inline __m128i load_16(const char* bytes) {
  __m128i loaded;
  __builtin_memcpy(&loaded, bytes, sizeof loaded);
  return loaded;
}

inline std::uint64_t vector_prefix_xor(std::uint64_t bits) {
  const __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(bits)), _mm_set1_epi8(-1), 0);
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
}

}  // namespace
}  // namespace jiuzhu::sieve
