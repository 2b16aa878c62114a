// Which vector instructions the inner loops use. Results do not depend on it, only time does.
#pragma once

#include <cstdint>

#include <kithkin/result.h>

namespace kithkin {

/// `scalar` takes every loop in the plain form that the vectors are tested against, as the compiler
/// makes it; `avx2` and `avx512` (as Ice Lake has it; less is used where the machine has less) keep
/// all loops to these instructions.
enum class Simd : std::uint8_t { automatic, scalar, avx2, avx512 };

/// Chooses for the whole program; without a call it is the best that the machine has. Call it while
/// nothing of the library runs. Fails with `invalid_argument` when the machine has no such thing.
Result<void> use_simd(Simd simd);

}  // namespace kithkin
