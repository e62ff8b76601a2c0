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

}  // namespace

const Kernels avx512::kKernels = kernels_of<Vectors512>();

}  // namespace jiuzhu::sieve
