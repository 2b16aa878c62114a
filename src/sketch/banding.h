// Bands: which documents may be copies, told by equal keys.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <kithkin/recipe.h>

namespace kithkin {

struct Banding {
  std::uint32_t bands = 0, rows = 0;
};

/// Bands and rows for a signature of `length` minima: the most rows (fewest chance meetings) with
/// which a pair at `threshold` shares a band with probability `recall` or more, and then all the
/// bands that the signature has room for. With no such rows, one row and `length` bands.
Banding choose_banding(std::uint32_t length, double threshold, double recall);

/// 1 - (1 - j^rows)^bands: the chance that a pair of resemblance j shares a band.
double band_recall(const Banding& banding, double j);

/// One 64-bit key per band: two documents share key b when their minima agree in all rows of band
/// b, and by chance with probability 2^-64. `keys` has banding.bands places.
void band_keys(std::span<const std::uint32_t> signature, const Banding& banding,
               std::span<std::uint64_t> keys) noexcept;

/// The tables of Manku, Jain and Das Sarma for fingerprints at Hamming distance `kMostDistance` or
/// less: six blocks of bits, three of which at least are equal in any such pair; so a key for each
/// choice of three blocks, twenty in all.
inline constexpr std::uint32_t kMostDistance = 3;
inline constexpr std::uint32_t kHammingTables = 20;
void hamming_keys(std::uint64_t fingerprint, std::span<std::uint64_t> keys) noexcept;

/// The chance that fingerprints of sets of equal size and resemblance j lie within kMostDistance.
double hamming_recall(double j);

}  // namespace kithkin
