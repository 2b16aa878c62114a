// What was chosen by use_simd() (kithkin/simd.h), for the loops that ask.
#pragma once

#include <atomic>

namespace kithkin {

/// How wide the copies are that the compiler made of a loop (base/vector_clones.h).
enum class VectorLevel : int { plain, avx2, avx512 };

namespace detail {
extern std::atomic<VectorLevel> vector_level;
extern std::atomic<bool> is_scalar;
}  // namespace detail

inline VectorLevel vector_level() { return detail::vector_level.load(std::memory_order_relaxed); }

/// Whether loops that are written for vectors are to be taken in their scalar form.
inline bool is_scalar() { return detail::is_scalar.load(std::memory_order_relaxed); }

}  // namespace kithkin
