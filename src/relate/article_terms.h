// An article to the counts of its terms.
#pragma once

#include <string_view>
#include <vector>

#include "relate/shared_passages.h"
#include "relate/term_reader.h"
#include "relate/vocabulary.h"

namespace kithkin {

/// How much each field counts for; at most kMostFieldWeight.
struct FieldWeights {
  double title = 2, text = 1;
};
inline constexpr double kMostFieldWeight = 1000;

/// Scratch space: one per thread.
class ArticleTerms {
 public:
  /// Both outlive this; `shared` may be null.
  ArticleTerms(const FieldWeights& weights, const SharedPassages* shared)
      : weights_(weights), shared_(shared) {}

  /// Replaces `out` with the terms of an article, ascending, and says from kLeastCertainty to 1 how
  /// much they tell of it. Words in passages that other articles have too are left out. Where
  /// hardly any others are there, all are taken, and what they tell is little.
  float count(std::string_view title, std::string_view text, const Language& language,
              std::vector<TermCount>& out);

  static constexpr float kLeastCertainty = 0.3F;

 private:
  float mark_shared();
  void add(const TextTerms& field, double weight);
  const FieldWeights& weights_;
  const SharedPassages* shared_;
  TermReader reader_;
  TextTerms field_;
  std::vector<TokenHash> tokens_;
  std::vector<bool> taken_;
  std::vector<TermCount> all_;
};

}  // namespace kithkin
