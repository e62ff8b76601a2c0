#include "engines/sieve/kernel_vectors.hpp"

namespace jiuzhu::sieve {
namespace {

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
  static std::uint64_t number_key(const char* bytes) { return vector_number_key(bytes); }
};

}  // namespace

const Kernels avx2::kKernels = kernels_of<Vectors256>();

}  // namespace jiuzhu::sieve
