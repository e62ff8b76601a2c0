#include "engines/sieve/kernel_vectors.hpp"

namespace jiuzhu::sieve {
namespace {

struct Vectors512 {
  static std::uint64_t equal(const char* bytes, char c) {
    return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes), _mm512_set1_epi8(c));
  }
  static std::uint64_t prefix_xor(std::uint64_t bits) { return vector_prefix_xor(bits); }

  /// A block rarely has more than a few line ends, and never more than 64.
  static std::uint32_t* append_ends(std::uint64_t line_ends, std::uint32_t block, std::uint32_t* next) {
    const __m512i counting =
        _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40,
                        39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16,
                        15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i behind = _mm512_set1_epi32(static_cast<int>(block + 1));
    __m512i places = _mm512_maskz_compress_epi8(line_ends, counting);
    const int count = __builtin_popcountll(line_ends);
    std::uint32_t* const end = next + count;
    for (;;) {
      const __m512i sixteen = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
      _mm512_storeu_si512(next, _mm512_add_epi32(sixteen, behind));
      next += 16;
      if (next >= end) return end;
      places = _mm512_shuffle_i64x2(places, places, _MM_SHUFFLE(0, 3, 2, 1));  // the next sixteen
    }
  }

  /// Four numbers in the four parts of a vector: their first 16 characters, and 14 to 17 apart.
  static void number_keys(const char* const* numbers, std::uint64_t* keys) {
    const auto end_of = [](const char* number) {
      int end = 0;
      __builtin_memcpy(&end, number + 14, sizeof end);
      return end;
    };
    const __m256i low = _mm256_inserti128_si256(_mm256_castsi128_si256(load_16(numbers[0])), load_16(numbers[1]), 1);
    const __m256i high = _mm256_inserti128_si256(_mm256_castsi128_si256(load_16(numbers[2])), load_16(numbers[3]), 1);
    const __m512i texts = _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
    const __m128i ends = _mm_setr_epi32(end_of(numbers[0]), end_of(numbers[1]), end_of(numbers[2]), end_of(numbers[3]));

    const __m512i nine = _mm512_set1_epi8(9);
    const __m512i digits = _mm512_sub_epi8(texts, _mm512_set1_epi8('0'));
    const unsigned eights_right = _mm512_cmpeq_epi64_mask(_mm512_max_epu8(digits, nine), nine);
    const __m128i seventeenth =
        _mm_sub_epi32(_mm_and_si128(_mm_srli_epi32(ends, 16), _mm_set1_epi32(0xFF)), _mm_set1_epi32('0'));

    // The check character. A pair weighs 144 at most, so that it fits into the byte that is summed.
    const __m512i weights = _mm512_broadcast_i32x4(_mm_setr_epi8(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4));
    const __m512i halves = _mm512_sad_epu8(_mm512_maddubs_epi16(digits, weights), _mm512_setzero_si512());
    const __m512i wholes = _mm512_add_epi64(halves, _mm512_shuffle_epi32(halves, _MM_PERM_BADC));
    const __m128i sum =
        _mm_add_epi32(_mm256_cvtepi64_epi32(first_of_parts(wholes)), _mm_add_epi32(seventeenth, seventeenth));
    const __m128i elevenths = _mm_srli_epi32(_mm_madd_epi16(sum, _mm_set1_epi32(5958)), 16);  // exact up to 900
    const __m128i rest = _mm_sub_epi32(sum, _mm_madd_epi16(elevenths, _mm_set1_epi32(11)));
    const __m128i by_rest = _mm_setr_epi8('1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2', 0, 0, 0, 0, 0);
    const __m128i right = _mm_shuffle_epi8(by_rest, _mm_or_si128(rest, _mm_set1_epi32(static_cast<int>(0x80808000))));
    const __m128i last = _mm_srli_epi32(ends, 24);
    const __mmask8 is_small_x = _mm_cmpeq_epi32_mask(last, _mm_set1_epi32('x'));
    const __m128i capital = _mm_mask_mov_epi32(last, is_small_x, _mm_set1_epi32('X'));
    const unsigned are_checked = _mm_cmpeq_epi32_mask(right, capital) &
                                 _mm_cmple_epu32_mask(seventeenth, _mm_set1_epi32(9)) &
                                 _pext_u32(eights_right & eights_right >> 1, 0x55);

    const __m512i pairs = _mm512_maddubs_epi16(digits, _mm512_set1_epi16(0x010A));  // 10, 1
    const __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00010064));  // 100, 1
    const __m512i eights = _mm512_madd_epi16(_mm512_packus_epi32(fours, fours), _mm512_set1_epi32(0x00012710));
    const __m256i both = first_of_parts(eights);  // the first eight digits, then the others, as 32 bits each
    const __m256i sixteen =
        _mm256_add_epi64(_mm256_mul_epu32(both, _mm256_set1_epi64x(100'000'000)), _mm256_srli_epi64(both, 32));
    const __m256i tenfold = _mm256_add_epi64(_mm256_slli_epi64(sixteen, 3), _mm256_slli_epi64(sixteen, 1));
    const __m256i all = _mm256_add_epi64(tenfold, _mm256_cvtepu32_epi64(seventeenth));
    const __m256i found = _mm256_mask_mov_epi64(_mm256_set1_epi64x(-1), static_cast<__mmask8>(are_checked), all);
    __builtin_memcpy(keys, &found, sizeof found);
  }

 private:
  /// The first 64 bits of each of the four parts.
  static __m256i first_of_parts(__m512i parts) {
    return _mm512_castsi512_si256(_mm512_permutexvar_epi64(_mm512_setr_epi64(0, 2, 4, 6, 0, 0, 0, 0), parts));
  }
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
