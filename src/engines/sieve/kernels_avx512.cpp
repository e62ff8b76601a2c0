#include "engines/sieve/kernel_vectors.hpp"

namespace jiuzhu::sieve {
namespace {

struct Vectors512 {
  static std::uint64_t equal(const char* bytes, char c) {
    return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes), _mm512_set1_epi8(c));
  }
  static std::uint64_t prefix_xor(std::uint64_t bits) { return vector_prefix_xor(bits); }
  static std::uint64_t number_key(const char* bytes) { return vector_number_key(bytes); }
};

/// Eight keys at a time: their words are fetched together.
std::size_t sift_keys_by_eight(const KeyFilter& filter, const std::uint64_t* keys, std::size_t size,
                               std::uint32_t* candidates) {
  const __m512i factor = _mm512_set1_epi64(static_cast<long long>(0x9E3779B97F4A7C15));
  const __m512i one = _mm512_set1_epi64(1);
  const __m512i low_six = _mm512_set1_epi64(63);
  const __m512i none = _mm512_set1_epi64(-1);
  const __m128i shift = _mm_cvtsi32_si128(static_cast<int>(filter.shift));
  __m256i places = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  std::size_t found = 0;
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    const __m512i key = _mm512_loadu_si512(keys + i);
    const __m512i product = _mm512_mullo_epi64(key, factor);
    const __m512i hash = _mm512_xor_si512(product, _mm512_srli_epi64(product, 32));
    const __m512i word = _mm512_i64gather_epi64(_mm512_srl_epi64(hash, shift), filter.words, 8);
    const auto bit = [&](__m512i shifted) { return _mm512_sllv_epi64(one, _mm512_and_si512(shifted, low_six)); };
    const __m512i first = _mm512_or_si512(bit(hash), bit(_mm512_srli_epi64(hash, 6)));
    const __m512i second = _mm512_or_si512(bit(_mm512_srli_epi64(hash, 12)), bit(_mm512_srli_epi64(hash, 18)));
    const __m512i bits = _mm512_or_si512(first, second);
    const auto passed = static_cast<__mmask8>(_mm512_cmpeq_epi64_mask(_mm512_and_si512(word, bits), bits) |
                                              _mm512_cmpeq_epi64_mask(key, none));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(candidates + found), _mm256_maskz_compress_epi32(passed, places));
    found += static_cast<std::size_t>(__builtin_popcount(passed));
    places = _mm256_add_epi32(places, _mm256_set1_epi32(8));
  }
  const std::size_t rest = sift_keys_singly(filter, keys + i, size - i, candidates + found);
  for (std::size_t k = 0; k < rest; ++k) candidates[found + k] += static_cast<std::uint32_t>(i);
  return found + rest;
}

constexpr Kernels kernels_512() {
  Kernels kernels = kernels_of<Vectors512>();
  kernels.sift_keys = sift_keys_by_eight;
  return kernels;
}

}  // namespace

const Kernels avx512::kKernels = kernels_512();

}  // namespace jiuzhu::sieve
