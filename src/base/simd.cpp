// See simd.h. Highway chooses among the loops that are written for vectors and is told here what it
// may use; the compiler's copies of the others are chosen by vector_level().
// Tests: tests/unit/base/simd_test.cpp, tests/cli/determinism_test.py.
#include "base/simd.h"

#include <hwy/targets.h>

#include <kithkin/simd.h>

namespace kithkin {
namespace {

#if defined(__x86_64__)
constexpr std::int64_t kWider = HWY_AVX3 | HWY_AVX3_DL;

VectorLevel best_level() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return VectorLevel::avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma"))
    return VectorLevel::avx2;
  return VectorLevel::plain;
}
#else
constexpr std::int64_t kWider = 0;
VectorLevel best_level() { return VectorLevel::plain; }
#endif

}  // namespace

namespace detail {
std::atomic<VectorLevel> vector_level = best_level();
std::atomic<bool> is_scalar = false;
}  // namespace detail

Result<void> use_simd(Simd simd) {
  const VectorLevel best = best_level();
  const auto missing = [](const char* what) {
    return Error{ErrorCode::invalid_argument,
                 std::string("this machine has no ") + what + ": leave the choice to kithkin", "",
                 0};
  };
  if (simd == Simd::avx512 && best != VectorLevel::avx512) return missing("AVX-512");
  if (simd == Simd::avx2 && best == VectorLevel::plain) return missing("AVX2");
  detail::is_scalar = simd == Simd::scalar;
  detail::vector_level = simd == Simd::avx2 ? VectorLevel::avx2 : best;
  hwy::DisableTargets(simd == Simd::avx2 ? kWider : 0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  return {};
}

}  // namespace kithkin
