// What is known of how a crawl's articles relate: their terms, their places in the latent space of
// their language and in that of the user's vectors, and what a likeness there is worth. What
// `related` and `compare` share.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <kithkin/related.h>

#include "engine/crawl_reader.h"
#include "engine/job.h"
#include "relate/article_terms.h"
#include "relate/calibration.h"
#include "relate/list_store.h"
#include "relate/neighbors.h"
#include "relate/shared_passages.h"
#include "relate/vector_space.h"
#include "relate/vocabulary.h"

namespace kithkin {

/// An article: one document for all its copies.
struct ArticleFacts {
  std::uint32_t document = 0;
  HostKey host = 0;
  std::int64_t date = DocumentRecord::kNoDate;
  std::uint32_t language = 0;  ///< place in Relater::languages()
  std::uint32_t place = 0;     ///< among the articles of its language
  float certainty = 1;         ///< how much its terms tell of it
};

/// The articles of a language and what likeness means there.
struct LanguageArticles {
  Language language;
  LanguageStatistics statistics;  ///< of those that are learned from
  ArticleSet articles;
  Calibration calibration;   ///< of texts
  Calibration with_vectors;  ///< of texts and vectors together
};

class Relater {
 public:
  /// All outlive this. `vector_field` names what the reader finds as vectors; empty: they take no
  /// part.
  Relater(JobContext& job, CrawlReader& reader, const RelatedOptions& options,
          std::string vector_field = {});

  /// Reads the articles (a frozen set of documents) and places them. Those from document
  /// `first_query` on are placed but teach nothing. Fails with `input` where vectors are to take
  /// part and no article that teaches has one.
  Result<void> read(const DocumentSet& articles, std::uint32_t first_query);

  [[nodiscard]] std::size_t size() const { return facts_.size(); }
  [[nodiscard]] const ArticleFacts& facts(std::uint32_t article) const { return facts_[article]; }
  /// The number of an article's document among all. Precondition: it is one.
  [[nodiscard]] std::uint32_t article_of(std::uint32_t document) const {
    return documents_->place(document);
  }
  [[nodiscard]] std::vector<LanguageArticles>& languages() { return languages_; }
  [[nodiscard]] const std::vector<LanguageArticles>& languages() const { return languages_; }
  [[nodiscard]] bool are_of_one_language(std::uint32_t a, std::uint32_t b) const {
    return facts_[a].language == facts_[b].language;
  }
  [[nodiscard]] const Language& language_of_article(std::uint32_t article) const {
    return languages_[facts_[article].language].language;
  }
  [[nodiscard]] const ListStore<TermWeight>& weights() const { return weights_; }
  /// Of its language, articles that may be learned from and found.
  [[nodiscard]] bool is_query(std::uint32_t article) const {
    return facts_[article].document >= first_query_;
  }

  /// The title and the url of an article.
  struct Card {
    std::string title, url;
  };
  Result<Card> card(std::uint32_t article) const;

  /// Whether an article's vector takes part.
  [[nodiscard]] bool has_vector(std::uint32_t article) const {
    const ArticleSet& articles = languages_[facts_[article].language].articles;
    return articles.vector_size > 0 && places_.length(article) > articles.latent_size;
  }
  /// How vectors were found; where none take part, nothing.
  [[nodiscard]] const std::optional<RelatedVectors>& vectors() const { return vectors_; }

  /// What two articles can be compared by; nothing where their languages differ and one of them has
  /// no vector.
  [[nodiscard]] std::optional<Basis> basis_of(std::uint32_t a, std::uint32_t b) const;
  /// What similarities of articles of two languages, or of one, mean.
  [[nodiscard]] const Calibration& calibration(std::uint32_t language_a, std::uint32_t language_b,
                                               Basis basis) const;

  /// The score of two articles, 0 where nothing can be compared. Fails with `input`.
  Result<float> score(std::uint32_t a, std::uint32_t b) const;

  [[nodiscard]] std::uint64_t spilled_bytes() const {
    return spilled_passages_ + counts_.spilled_bytes() + weights_.spilled_bytes() +
           cards_.spilled_bytes() + places_.spilled_bytes() + spilled_vectors_;
  }

 private:
  struct TermsItem;
  /// The vectors of some articles as their rows hold them.
  class ReadVectors {
   public:
    void clear();
    /// The next article's, by the value of its field (Row::vector).
    void add(std::string_view token);
    /// Of unit length; empty where there is no usable one.
    [[nodiscard]] std::span<const float> of(std::size_t i) const {
      const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
      return std::span(numbers_).subspan(begin, ends_[i] - begin);
    }
    /// Why there is none; empty where there is.
    [[nodiscard]] const std::string& flaw(std::size_t i) const { return flaws_[i]; }

   private:
    std::vector<float> numbers_;
    std::vector<std::size_t> ends_;
    std::vector<std::string> flaws_;
    std::vector<double> parsed_;
    std::vector<float> unit_;
  };
  /// The first article without a vector, and why it has none.
  struct Flaw {
    std::uint32_t article = UINT32_MAX;
    std::string reason{};
  };
  Result<void> find_shared_passages();
  Result<void> count_terms();
  void commit_article(const Language& language, ArticleFacts facts,
                      std::span<const TermCount> terms);
  Result<void> learn_hosts();
  Result<void> weigh_terms();
  Result<void> place(LanguageArticles& language, std::span<const std::uint32_t> sample);
  Result<void> calibrate(const ArticleSet& articles, std::span<const std::uint32_t> sample,
                         Calibration& out) const;
  Result<void> append_vector(const ReadVectors& vectors, std::size_t i);
  void note_flaw(std::uint32_t article, std::string reason);
  Result<void> place_vectors();
  Result<void> tell_of_flaws() const;
  Result<void> calibrate_vectors();
  [[nodiscard]] std::vector<std::uint32_t> sample_with_vectors(
      const LanguageArticles& language) const;
  /// Pairs drawn at random, the same ones on every run: of one set, or of two.
  Result<std::vector<float>> random_similarities(const ArticleSet& a,
                                                 std::span<const std::uint32_t> sample_a,
                                                 const ArticleSet& b,
                                                 std::span<const std::uint32_t> sample_b,
                                                 std::size_t pairs) const;
  static constexpr std::size_t kMostLearned = 8192;  // articles of a language
  /// Up to `most` of `all`, spread over them.
  static std::vector<std::uint32_t> spread(std::span<const std::uint32_t> all, std::size_t most);
  [[nodiscard]] std::vector<std::uint32_t> sample_of(const LanguageArticles& language) const;
  [[nodiscard]] std::span<const HostTerms::Entry> host_terms(HostKey host) const;

  JobContext& job_;
  CrawlReader& reader_;
  const RelatedOptions& options_;
  FieldWeights fields_;
  const DocumentSet* documents_ = nullptr;
  std::uint32_t first_query_ = UINT32_MAX;
  std::optional<SharedPassages> passages_;
  std::uint64_t spilled_passages_ = 0;
  std::optional<Vocabulary> vocabulary_;  // until all are placed
  std::unordered_map<HostKey, std::vector<HostTerms::Entry>> hosts_;
  ListStore<TermCount> counts_;
  ListStore<TermWeight> weights_;
  ListStore<char> cards_;  // title, 0, url
  std::vector<ArticleFacts> facts_;
  std::vector<LanguageArticles> languages_;
  std::string vector_field_;
  std::optional<VectorSpace> vector_space_;  // until all are placed
  std::optional<RelatedVectors> vectors_;
  Flaw flaw_;
  ListStore<std::int16_t> places_;  // where vectors take part: ArticleSet::places
  std::uint64_t spilled_vectors_ = 0;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Calibration> across_;  // the lesser first
  Calibration across_small_;  // of languages with too few articles for one of their own
};

}  // namespace kithkin
