// Eight bytes at a time in ordinary registers, for processors that have nothing better or are unknown.

#include "engines/sieve/kernel_loops.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::uint64_t kEach = 0x0101010101010101;
constexpr std::uint64_t kHigh = kEach * 0x80;
constexpr std::uint64_t kLow = kEach * 0x7F;

std::uint64_t word_at(const char* bytes) {
  std::uint64_t word = 0;
  __builtin_memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/// Digits as numbers 0 to 9 in eight bytes; false where one is none.
bool are_digits(std::uint64_t word) {
  constexpr std::uint64_t kHalf = kEach * 0xF0;
  constexpr std::uint64_t kZero = kEach * 0x30;
  return (word & kHalf) == kZero && ((word + kEach * 6) & kHalf) == kZero;
}

/// Eight digits as one number: pairs, then fours, then all.
std::uint64_t eight_digits(std::uint64_t word) {
  word -= kEach * 0x30;
  word = word * 10 + (word >> 8);
  return ((word & 0x000000FF000000FF) * 0x000F424000000064 +
          ((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >>
         32;
}

struct Words {
  static std::uint64_t equal(const char* bytes, char c) {
    const std::uint64_t wanted = kEach * static_cast<unsigned char>(c);
    std::uint64_t found = 0;
    for (unsigned i = 0; i < 8; ++i) {
      const std::uint64_t word = word_at(bytes + 8 * i) ^ wanted;
      const std::uint64_t zeros = ~(((word & kLow) + kLow) | word) & kHigh;
      found |= ((zeros >> 7) * 0x0102040810204080 >> 56) << (8 * i);
    }
    return found;
  }

  static std::uint64_t prefix_xor(std::uint64_t bits) {
    for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
    return bits;
  }

  static std::uint32_t* append_ends(std::uint64_t line_ends, std::uint32_t block, std::uint32_t* next) {
    return append_ends_singly(line_ends, block, next);
  }

  static void number_keys(const char* const* numbers, std::uint64_t* keys) {
    for (std::size_t i = 0; i < kTogether; ++i) keys[i] = number_key(numbers[i]);
  }

  static std::uint64_t number_key(const char* bytes) {
    constexpr std::uint32_t kWeights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    const std::uint64_t first = word_at(bytes);
    const std::uint64_t second = word_at(bytes + 8);
    if (!are_digits(first) || !are_digits(second) || bytes[16] < '0' || bytes[16] > '9') return kNone;
    std::uint32_t sum = 0;
    for (unsigned i = 0; i < 17; ++i) sum += static_cast<std::uint32_t>(bytes[i] - '0') * kWeights[i];
    if (!is_check_character(bytes[17], sum)) return kNone;
    return (eight_digits(first) * 100'000'000 + eight_digits(second)) * 10 +
           static_cast<std::uint64_t>(bytes[16] - '0');
  }
};

}  // namespace

const Kernels portable::kKernels = kernels_of<Words>();

}  // namespace jiuzhu::sieve
