// Loops that the compiler turns into vector code, in copies for several widths.
#pragma once

/// Before a function of integer loops: on x86 the compiler makes copies for wider units and the
/// loader picks one. The bits are the same.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define KITHKIN_VECTOR_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "avx512f", "avx2", "default")))
#else
#define KITHKIN_VECTOR_CLONES
#endif
