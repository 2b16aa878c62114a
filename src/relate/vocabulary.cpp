// See vocabulary.h. Logarithms are rounded to 2^-20, so that the last bit of a machine's library
// does not show in any output.
#include "relate/vocabulary.h"

#include <algorithm>
#include <cmath>

namespace kithkin {
namespace {

// BM25's k1 and b. Its k1 of 1.2 is for queries of a few words; between whole articles, how often
// a word stands there tells more (docs/quality.md).
constexpr double kSaturation = 3.5, kLengthShare = 0.75;
constexpr double kStopShare = 0.5, kFewest = 2;  // what two articles share is no stop word
constexpr float kHostShare = 0.2F;

bool is_earlier(const TermWeight& a, const TermWeight& b) { return a.term < b.term; }

/// Keeps the weightiest; of equals the lesser hash.
void keep_most(std::vector<TermWeight>& terms, std::size_t most) {
  if (terms.size() <= most) return;
  const auto weightier = [](const TermWeight& a, const TermWeight& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
  };
  std::nth_element(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(most), terms.end(),
                   weightier);
  terms.resize(most);
}

void to_unit_length(std::vector<TermWeight>& terms) {
  double sum = 0;
  for (const TermWeight& entry : terms)
    sum += static_cast<double>(entry.weight) * entry.weight;
  if (sum <= 0) return terms.clear();
  const double by = 1 / std::sqrt(sum);
  for (TermWeight& entry : terms)
    entry.weight = static_cast<float>(entry.weight * by);
}

}  // namespace

Vocabulary::Vocabulary(std::uint64_t expected_terms)
    : mask_(std::clamp<std::uint64_t>(std::bit_ceil(expected_terms), 1 << 16, 1 << 24) - 1),
      counts_(2 * (mask_ + 1), 0) {}

std::size_t Vocabulary::first(TermHash term) const { return mix64(term) & mask_; }
std::size_t Vocabulary::second(TermHash term) const {
  return mask_ + 1 + (mix64(term ^ 0x9e3779b97f4a7c15ULL) & mask_);
}

void Vocabulary::add(std::span<const TermCount> article) {
  for (const TermCount& entry : article) {
    ++counts_[first(entry.term)];
    ++counts_[second(entry.term)];
  }
}

std::uint32_t Vocabulary::articles_with(TermHash term) const {
  return std::min(counts_[first(term)], counts_[second(term)]);
}

std::vector<HostTerms::Entry> HostTerms::learn(
    const std::vector<std::vector<TermCount>>& articles) {
  std::vector<TermHash> all;
  for (const auto& article : articles) {
    for (const TermCount& entry : article)
      all.push_back(entry.term);
  }
  std::sort(all.begin(), all.end());
  std::vector<Entry> out;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end] == all[begin])
      ++end;
    const float share = static_cast<float>(end - begin) / static_cast<float>(articles.size());
    if (share >= kHostShare) out.push_back({all[begin], share});
  }
  return out;
}

double TermWeigher::rarity(double articles, const LanguageStatistics& language) const {
  const double all = language.articles;
  const bool is_everywhere = all > 1 && articles >= all;
  if (is_everywhere || articles > std::max(kStopShare * all, kFewest)) return 0;
  const double value = std::log((all + 1) / (articles + 0.5));
  return std::nearbyint(value * 1048576) / 1048576;
}

void TermWeigher::weigh(std::span<const TermCount> article, const LanguageStatistics& language,
                        std::span<const HostTerms::Entry> host,
                        std::vector<TermWeight>& out) const {
  out.clear();
  double length = 0;
  for (const TermCount& entry : article)
    length += entry.eighths;
  const double norm =
      kSaturation * 8 * (1 - kLengthShare + kLengthShare * length / language.mean_length());
  for (const TermCount& entry : article) {
    double articles = vocabulary_.articles_with(entry.term);
    const auto at = std::lower_bound(
        host.begin(), host.end(), entry.term,
        [](const HostTerms::Entry& known, TermHash term) { return known.term < term; });
    if (at != host.end() && at->term == entry.term)
      articles = std::max(articles, static_cast<double>(at->share) * language.articles);
    const double rare = rarity(articles, language);
    if (rare <= 0) continue;
    const double saturated = entry.eighths / (entry.eighths + norm);
    out.push_back({entry.term, static_cast<float>(saturated * std::sqrt(rare))});
  }
  keep_most(out, kMost);
  to_unit_length(out);
  std::sort(out.begin(), out.end(), is_earlier);
}

void TermWeigher::sharpen(std::vector<TermWeight>& article,
                          const LanguageStatistics& language) const {
  for (TermWeight& entry : article) {
    const double rare = rarity(vocabulary_.articles_with(entry.term), language);
    entry.weight = static_cast<float>(entry.weight * std::sqrt(rare));
  }
  to_unit_length(article);
}

}  // namespace kithkin
