// The inner loops of finding neighbors, in vectors: integers and single steps of IEEE floats
// only, so that every instruction set gives the same bits (kernels.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kithkin {

inline constexpr std::size_t kRowsAtOnce = 4;  ///< queries that share each load of a block
inline constexpr std::size_t kLanes = 16;      ///< articles that lie side by side in a block

/// Places articles' coordinates for dot_rows(): groups of kLanes articles; in a group, pairs of
/// coordinates; for each pair, the articles. `dimensions` is even; what is missing in the last
/// group is 0.
std::vector<std::int16_t> interleave(std::span<const std::int16_t> rows, std::size_t dimensions);

/// For each of kRowsAtOnce rows of `dimensions` coordinates its dot product with every article of
/// an interleaved block: `dots` holds kRowsAtOnce times as many as the block has places. Sums stay
/// below 2^31 when all rows have a length of at most 2^15 (and a little).
void dot_rows(const std::int16_t* const* rows, std::span<const std::int16_t> block,
              std::size_t dimensions, std::int32_t* dots);

/// What a term of a row weighs, and the weights of the term in every article of a block.
struct TermColumn {
  const std::uint8_t* weights = nullptr;
  std::uint16_t weight = 0;
};

/// Replaces the sums of some articles, a multiple of kLanes, by those of their products with a
/// row's terms, whose `weights` begin with the first of these articles. Modulo 2^16.
void add_columns(std::span<const TermColumn> terms, std::span<std::uint16_t> sums);

/// What a row measured of a block, by place. `dots` may be null.
struct Measured {
  std::span<const std::uint16_t> terms;
  const std::int32_t* dots = nullptr;
};

/// How they make a similarity: sqrt(terms) * root + dots * linear.
struct Mixture {
  float root = 0, linear = 0;
};

/// Something a row has found: the place of an article and its similarity.
struct Hit {
  std::uint32_t place = 0;
  float similarity = 0;
};

/// Appends the places whose similarity is at least `row_least`, or at least their own in `least`.
/// The sizes of `terms` and `least` are equal and multiples of kLanes.
void select_hits(const Measured& measured, Mixture mixture, float row_least,
                 std::span<const float> least, std::vector<Hit>& hits);

namespace scalar {  // what the vectors are held against
void dot_rows(const std::int16_t* const* rows, std::span<const std::int16_t> block,
              std::size_t dimensions, std::int32_t* dots);
void add_columns(std::span<const TermColumn> terms, std::span<std::uint16_t> sums);
void select_hits(const Measured& measured, Mixture mixture, float row_least,
                 std::span<const float> least, std::vector<Hit>& hits);
}  // namespace scalar

}  // namespace kithkin
