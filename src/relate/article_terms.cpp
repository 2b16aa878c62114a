// See article_terms.h.
#include "relate/article_terms.h"

#include <algorithm>
#include <cmath>

namespace kithkin {
namespace {

constexpr std::size_t kLeastOwn = 5;  // one word in so many has to be an article's own

}  // namespace

void ArticleTerms::add(const TextTerms& field, double weight) {
  for (std::size_t i = 0; i < field.tokens.size(); ++i) {
    if (taken_[i]) continue;
    const auto terms = field.of(i);
    if (terms.empty()) continue;
    // A word taken apart into n pieces counts for about two words: each piece tells less.
    const double each = terms.size() == 1 ? 8 : 16 / static_cast<double>(terms.size() + 1);
    const auto eighths = static_cast<std::uint32_t>(std::lround(weight * each));
    if (eighths == 0) continue;
    for (const TermHash term : terms)
      all_.push_back({term, eighths});
  }
}

/// Marks the words of the text that are not its own.
float ArticleTerms::mark_shared() {
  taken_.assign(field_.tokens.size(), false);
  if (shared_ == nullptr) return 1;
  tokens_.clear();
  for (const TokenSpan& token : field_.tokens)
    tokens_.push_back(token.hash);
  shared_->mark(tokens_, taken_);
  const auto own = static_cast<std::size_t>(std::count(taken_.begin(), taken_.end(), false));
  if (own * kLeastOwn >= tokens_.size()) return 1;
  taken_.assign(tokens_.size(), false);
  const float share = static_cast<float>(own) / static_cast<float>(tokens_.size());
  return std::max(kLeastCertainty, share * kLeastOwn);
}

float ArticleTerms::count(std::string_view title, std::string_view text, const Language& language,
                          std::vector<TermCount>& out) {
  all_.clear();
  reader_.read(title, language, field_);
  taken_.assign(field_.tokens.size(), false);
  add(field_, weights_.title);
  reader_.read(text, language, field_);
  const float certainty = mark_shared();
  add(field_, weights_.text);

  std::sort(all_.begin(), all_.end(),
            [](const TermCount& a, const TermCount& b) { return a.term < b.term; });
  out.clear();
  for (const TermCount& entry : all_) {
    if (!out.empty() && out.back().term == entry.term)
      out.back().eighths += entry.eighths;
    else
      out.push_back(entry);
  }
  return certainty;
}

}  // namespace kithkin
