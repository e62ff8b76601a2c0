#include "engines/sieve/kernel_vectors.hpp"

namespace jiuzhu::sieve {
namespace {

/// 18 characters are little: 16 bytes hold all but two.
std::uint64_t number_key(const char* bytes) {
  const __m128i nine = _mm_set1_epi8(9);
  const __m128i digits = _mm_sub_epi8(load_16(bytes), _mm_set1_epi8('0'));
  const bool are_digits = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(digits, nine), nine)) == 0xFFFF;
  const auto seventeenth = static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[16])) - '0';
  if (!are_digits || seventeenth > 9) return kNone;

  // A pair weighs 144 at most, so that it fits into the byte that is summed.
  const __m128i weighted = _mm_maddubs_epi16(digits, _mm_setr_epi8(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4));
  const __m128i halves = _mm_sad_epu8(weighted, _mm_setzero_si128());
  const auto sum =
      static_cast<std::uint32_t>(_mm_cvtsi128_si32(halves) + _mm_extract_epi16(halves, 4)) + 2 * seventeenth;
  if (!is_check_character(bytes[17], sum)) return kNone;

  const __m128i pairs = _mm_maddubs_epi16(digits, _mm_set1_epi16(0x010A));                            // 10, 1
  const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00010064));                            // 100, 1
  const __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(0x00012710));  // 10000, 1
  const auto both = static_cast<std::uint64_t>(_mm_cvtsi128_si64(eights));
  return ((both & 0xFFFFFFFF) * 100'000'000 + (both >> 32)) * 10 + seventeenth;
}

struct Vectors256 {
  static std::uint64_t equal_32(const char* bytes, __m256i wanted) {
    __m256i loaded;
    __builtin_memcpy(&loaded, bytes, sizeof loaded);
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(loaded, wanted)));
  }
  static std::uint64_t equal(const char* bytes, char c) {
    const __m256i wanted = _mm256_set1_epi8(c);
    return equal_32(bytes, wanted) | equal_32(bytes + 32, wanted) << 32;
  }
  static std::uint64_t prefix_xor(std::uint64_t bits) { return vector_prefix_xor(bits); }
  static std::uint32_t* append_ends(std::uint64_t line_ends, std::uint32_t block, std::uint32_t* next) {
    return append_ends_singly(line_ends, block, next);
  }
  static void number_keys(const char* const* numbers, std::uint64_t* keys) {
    for (std::size_t i = 0; i < kTogether; ++i) keys[i] = number_key(numbers[i]);
  }
};

}  // namespace

const Kernels avx2::kKernels = kernels_of<Vectors256>();

}  // namespace jiuzhu::sieve
