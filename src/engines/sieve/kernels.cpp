#include "engines/sieve/kernels.hpp"

namespace jiuzhu::sieve {
namespace {

Instructions widest() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool has_avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
                        __builtin_cpu_supports("pclmul") != 0 && __builtin_cpu_supports("popcnt") != 0;
  if (!has_avx2) return Instructions::portable;
  // With VBMI2: since 2019 with Intel, with AMD ever since it has AVX-512.
  const bool has_avx512 = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                          __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
                          __builtin_cpu_supports("avx512vbmi2") != 0 && __builtin_cpu_supports("bmi2") != 0;
  return has_avx512 ? Instructions::avx512 : Instructions::avx2;
#else
  return Instructions::portable;
#endif
}

}  // namespace

const Kernels& kernels(Instructions instructions) {
  static const Instructions most = widest();
  const Instructions chosen = instructions == Instructions::automatic || instructions > most ? most : instructions;
#if defined(__x86_64__)
  if (chosen == Instructions::avx512) return avx512::kKernels;
  if (chosen == Instructions::avx2) return avx2::kKernels;
#endif
  return portable::kKernels;
}

}  // namespace jiuzhu::sieve
