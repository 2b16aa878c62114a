// A family of 32-bit multiply-add hashes over the upper half of each 64-bit shingle hash:
//
//   h_i(x) = a_i * (x >> 32) + b_i  mod 2^32,   a_i odd,   (a_i, b_i) from splitmix64(seed)
//
// Why not a stronger family: the shingle hashes are mixed already, and on them this one shows the
// bias (none) and the spread (sqrt(J(1-J)/K)) of theory; tests/unit/sketch/minhash_test.cpp holds
// it to that from 20 to 5,000 shingles. Why multiply *and* add: multiplication alone leaves 0 at 0
// and trailing zeros where they are, in every function of the family at once.
//
// The loops are laid out for vectors: 64 minima stay in registers (or next to them) while the
// shingles pass by. On x86 the compiler makes copies for wider units and the loader picks one;
// integer arithmetic, so the bits are the same.
#include "sketch/minhash.h"

#include <algorithm>
#include <cassert>

#include "base/vector_clones.h"

namespace kithkin {
namespace {

constexpr std::uint32_t kLanes = 64;

KITHKIN_LOOPS void sign_lanes_loops(const ShingleHash* shingles, std::size_t count,
                                    const std::uint32_t* multipliers, const std::uint32_t* addends,
                                    std::uint32_t* minima) {
  std::uint32_t a[kLanes], b[kLanes], least[kLanes];
  for (std::uint32_t j = 0; j < kLanes; ++j) {
    a[j] = multipliers[j];
    b[j] = addends[j];
    least[j] = UINT32_MAX;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto x = static_cast<std::uint32_t>(shingles[i] >> 32);
    for (std::uint32_t j = 0; j < kLanes; ++j)
      least[j] = std::min(least[j], a[j] * x + b[j]);
  }
  for (std::uint32_t j = 0; j < kLanes; ++j)
    minima[j] = least[j];
}

KITHKIN_VECTOR_CLONES(void, sign_lanes,
                      (const ShingleHash* shingles, std::size_t count,
                       const std::uint32_t* multipliers, const std::uint32_t* addends,
                       std::uint32_t* minima),
                      (shingles, count, multipliers, addends, minima))

}  // namespace

Result<MinHasher> MinHasher::create(const MinHashOptions& options) {
  if (options.length < 1 || options.length > 1024) {
    return Error{ErrorCode::invalid_argument, "a MinHash signature has 1 to 1024 minima", "", 0};
  }
  return MinHasher(options);
}

MinHasher::MinHasher(const MinHashOptions& options) : options_(options) {
  std::uint64_t state = options.seed;
  const std::uint32_t padded = (options.length + kLanes - 1) / kLanes * kLanes;
  for (std::uint32_t i = 0; i < padded; ++i) {
    const std::uint64_t word = splitmix64(state);
    multipliers_.push_back(static_cast<std::uint32_t>(word >> 32) | 1);
    addends_.push_back(static_cast<std::uint32_t>(word));
  }
}

void MinHasher::sign(std::span<const ShingleHash> shingles,
                     std::span<std::uint32_t> signature) const noexcept {
  assert(signature.size() == options_.length);
  std::uint32_t lanes[kLanes];
  for (std::uint32_t begin = 0; begin < options_.length; begin += kLanes) {
    sign_lanes(shingles.data(), shingles.size(), &multipliers_[begin], &addends_[begin], lanes);
    const std::uint32_t wanted = std::min(kLanes, options_.length - begin);
    std::copy_n(lanes, wanted, signature.begin() + begin);
  }
}

double estimated_resemblance(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  assert(a.size() == b.size() && !a.empty());
  std::size_t equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    equal += a[i] == b[i] ? 1 : 0;
  return static_cast<double>(equal) / static_cast<double>(a.size());
}

}  // namespace kithkin
