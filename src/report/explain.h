// The part of explain() (kithkin/explain.h) that is about sequences and not about texts.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"

namespace kithkin {

/// `tokens` consecutive tokens that stand at `a` in one sequence and at `b` in the other.
struct SharedRun {
  std::uint32_t a = 0, b = 0, tokens = 0;
  bool operator==(const SharedRun&) const = default;
};

/// Covers two sequences with runs that they share, the longest first (of equal ones the first in
/// a, then in b), until no run of `least` tokens outside the taken ones is left; by position in a.
/// Runs share no token and need not be in the same order in both.
///
/// Near linear: a run of `least` tokens that stands n times in a and m times in b is not tried
/// n * m times. Its r-th place in a is tried against 16 places in b, those around the r-th. So the
/// result is exact as long as no such run stands in b more than 16 times, and beyond that it is
/// exact wherever a longer run around it is rarer.
std::vector<SharedRun> find_shared_runs(std::span<const TokenHash> a, std::span<const TokenHash> b,
                                        std::uint32_t least);

}  // namespace kithkin
