// What two texts are to each other, with the measures that decide it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {

enum class Relation : std::uint8_t {
  none,            ///< not copies
  representative,  ///< the kept member of a cluster
  exact,           ///< the same tokens in the same order
  near,            ///< resemblance at or over the threshold
  contained,       ///< the shorter text's containment at or over its threshold
  formula,         ///< as alike as copies, but one template filled with different facts
};

/// The name above.
constexpr std::string_view to_string(Relation relation) noexcept {
  switch (relation) {
    case Relation::none: return "none";
    case Relation::representative: return "representative";
    case Relation::exact: return "exact";
    case Relation::near: return "near";
    case Relation::contained: return "contained";
    case Relation::formula: return "formula";
  }
  return "none";
}

/// Exact set measures of two shingle sets A and B. Each lies in [0, 1]; 0 where a set is empty.
struct Measures {
  double resemblance = 0;    ///< |A∩B| / |A∪B|
  double containment_a = 0;  ///< |A∩B| / |A|: the share of a that stands in b
  double containment_b = 0;  ///< |A∩B| / |B|
};

/// Why two texts that are alike enough to be copies are called a formula; docs/formats.md says how
/// each is measured.
struct FormulaReason {
  double substituted = 0;  ///< weight of words put for others, by the weight of what is aligned
  double rarity = 1;       ///< of what they share: 1 stands nowhere else, 0 in a hundred articles
  double rare_share = 1;   ///< what is shared of the rare in the text that has less of it
  double missing = 0;      ///< weight of words that each has and the other lacks, by length
  std::uint64_t numbers = 0;  ///< places where a number was put for a number
  std::uint64_t slots = 0;    ///< places that differ where many texts of the crawl do
  /// The weightiest of these words, as they are written, in order; where pairs are listed for a
  /// crawl on disk, and for the first kMostExplained formula pairs of it.
  std::vector<std::string> only_a{}, only_b{};
  /// The twelve aligned words in a row (or fewer) that weigh most; where the words above are given.
  std::string shared{};
};

/// The two thresholds at which texts are called copies.
struct MatchOptions {
  double threshold = 0.6;    ///< least resemblance of `near`, in (0, 1]
  double containment = 0.8;  ///< least containment of `contained`, in [0, 1]; 0 turns it off
};

/// For crawls of pages, and the defaults above.
inline constexpr MatchOptions kWebProfile{};
/// For news: agency copy that outlets have cut and rewritten.
inline constexpr MatchOptions kNewsProfile{.threshold = 0.3, .containment = 0.5};

}  // namespace kithkin
