// How common terms are: in how many articles of their language each stands.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "relate/latent.h"
#include "relate/term_table.h"

namespace kithkin {

/// A term of an article and how often it stands there, in eighths: fields weigh differently.
struct TermCount {
  TermHash term = 0;
  std::uint32_t eighths = 0;
};

/// Counts the articles that terms stand in, of all languages: a term is a word of one. Two rows of
/// counters; a term's count is the lesser of its two, and too high only where it meets others in
/// both (Cormode and Muthukrishnan 2005). 8 bytes an expected term, 128 MB at most.
class Vocabulary {
 public:
  explicit Vocabulary(std::uint64_t expected_terms);

  void add(std::span<const TermCount> article);
  [[nodiscard]] std::uint32_t articles_with(TermHash term) const;

 private:
  [[nodiscard]] std::size_t first(TermHash term) const;
  [[nodiscard]] std::size_t second(TermHash term) const;
  std::size_t mask_;
  std::vector<std::uint32_t> counts_;  // two rows
};

/// What is known of a language's articles.
struct LanguageStatistics {
  std::uint32_t articles = 0;
  std::uint64_t eighths = 0;  ///< of all their terms

  [[nodiscard]] double mean_length() const {
    return articles == 0 ? 1 : static_cast<double>(eighths) / articles;
  }
};

/// Terms that a host's articles share as others do not: its name, its slogans, its sections. Their
/// share among its articles is what they are common by there.
class HostTerms {
 public:
  struct Entry {
    TermHash term;
    float share;  ///< of the host's articles
  };
  static constexpr std::size_t kLeastArticles = 8;
  static constexpr std::size_t kSampled = 64;  ///< articles of a host that are looked at

  /// From some articles of a host: the terms of a fifth of them and more, ascending.
  static std::vector<Entry> learn(const std::vector<std::vector<TermCount>>& articles);
};

/// Weights of an article's terms: saturated counts (BM25; Robertson and Zaragoza 2009) times the
/// root of how rare the term is, so that the product of two articles' weights holds it once. At
/// most kMost terms, the weightiest; of unit length; ascending. Terms in more than half
/// of a language's articles are its stop words and are left out.
class TermWeigher {
 public:
  static constexpr std::size_t kMost = 160;

  explicit TermWeigher(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  void weigh(std::span<const TermCount> article, const LanguageStatistics& language,
             std::span<const HostTerms::Entry> host, std::vector<TermWeight>& out) const;

  /// The same article as the latent space sees it: each weight times the root once more, since
  /// there rare terms cannot drown the others.
  void sharpen(std::vector<TermWeight>& article, const LanguageStatistics& language) const;

 private:
  [[nodiscard]] double rarity(double articles, const LanguageStatistics& language) const;
  const Vocabulary& vocabulary_;
};

}  // namespace kithkin
