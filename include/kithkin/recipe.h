// Every choice that decides a fingerprint, as one value. Two runs with the same recipe give the
// same fingerprints on any machine; files of fingerprints store it and refuse to mix with another.
#pragma once

#include <cstdint>
#include <string>

namespace kithkin {

enum class SketchKind : std::uint8_t { minhash, simhash };

struct Recipe {
  std::string normalizer = "nfkc-casefold+marks+arabic/1";
  std::string unicode;  ///< Unicode version of the tables, "15.0"
  std::string cleaning = "none";
  std::string tokenizer = "uax29+bigrams/2";
  std::uint32_t shingle = 5;  ///< tokens in a shingle, 1 to 64
  SketchKind sketch = SketchKind::minhash;
  std::uint64_t seed = 1;
  std::uint32_t length = 128;  ///< minima in a signature (minhash) or bits in a fingerprint (64)
  std::uint32_t bands = 32;    ///< band keys per document
  std::uint32_t rows = 4;      ///< minima folded into a band key; for simhash the largest distance

  bool operator==(const Recipe&) const = default;
};

/// Empty when equal; else the first field that differs and both of its values, for a message.
std::string first_difference(const Recipe& a, const Recipe& b);

}  // namespace kithkin
