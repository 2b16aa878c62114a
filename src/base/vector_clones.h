// Loops that the compiler turns into vector code, in copies for several widths.
#pragma once

#include "base/simd.h"

/// Behind `name##_loops`, an inline function of integer loops: defines `name`, which calls copies
/// of it for wider units where the machine has them. The bits are the same. Why not the compiler's
/// own clones, which the loader picks: they cannot be chosen by use_simd(), and sanitizers run
/// before their resolvers may.
///
///     KITHKIN_LOOPS void add_loops(int* to, int count) { ... }
///     KITHKIN_VECTOR_CLONES(void, add, (int* to, int count), (to, count))
#define KITHKIN_LOOPS [[gnu::always_inline]] inline
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define KITHKIN_VECTOR_CLONES(result, name, parameters, arguments)           \
  [[gnu::target("arch=x86-64-v4")]] static result name##_avx512 parameters { \
    return name##_loops arguments;                                           \
  }                                                                          \
  [[gnu::target("arch=x86-64-v3")]] static result name##_avx2 parameters {   \
    return name##_loops arguments;                                           \
  }                                                                          \
  result name parameters {                                                   \
    switch (vector_level()) {                                                \
      case VectorLevel::avx512: return name##_avx512 arguments;              \
      case VectorLevel::avx2: return name##_avx2 arguments;                  \
      default: return name##_loops arguments;                                \
    }                                                                        \
  }
#else
#define KITHKIN_VECTOR_CLONES(result, name, parameters, arguments) \
  result name parameters { return name##_loops arguments; }
#endif
