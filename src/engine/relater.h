// What is known of how a crawl's articles relate: their terms, their places in the latent space of
// their language, and what a likeness there is worth. What `related` and `compare` share.
#pragma once

#include <cstdint>
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
  Calibration calibration;
};

class Relater {
 public:
  /// All outlive this.
  Relater(JobContext& job, CrawlReader& reader, const RelatedOptions& options);

  /// Reads the articles (a frozen set of documents) and places them. Those from document
  /// `first_query` on are placed but teach nothing.
  Result<void> read(const DocumentSet& articles, std::uint32_t first_query);

  [[nodiscard]] std::size_t size() const { return facts_.size(); }
  [[nodiscard]] const ArticleFacts& facts(std::uint32_t article) const { return facts_[article]; }
  /// The number of an article's document among all. Precondition: it is one.
  [[nodiscard]] std::uint32_t article_of(std::uint32_t document) const {
    return documents_->place(document);
  }
  [[nodiscard]] std::vector<LanguageArticles>& languages() { return languages_; }
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

  /// The score of two articles, 0 where their languages differ. Fails with `input`.
  Result<float> score(std::uint32_t a, std::uint32_t b) const;

  [[nodiscard]] std::uint64_t spilled_bytes() const {
    return spilled_passages_ + counts_.spilled_bytes() + weights_.spilled_bytes() +
           cards_.spilled_bytes();
  }

 private:
  struct TermsItem;
  Result<void> find_shared_passages();
  Result<void> count_terms();
  void commit_article(const Language& language, ArticleFacts facts,
                      std::span<const TermCount> terms);
  Result<void> learn_hosts();
  Result<void> weigh_terms();
  Result<void> place(LanguageArticles& language, std::span<const std::uint32_t> sample);
  Result<void> calibrate(LanguageArticles& language, std::span<const std::uint32_t> sample);
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
  std::optional<Vocabulary> vocabulary_;
  std::unordered_map<HostKey, std::vector<HostTerms::Entry>> hosts_;
  ListStore<TermCount> counts_;
  ListStore<TermWeight> weights_;
  ListStore<char> cards_;  // title, 0, url
  std::vector<ArticleFacts> facts_;
  std::vector<LanguageArticles> languages_;
};

}  // namespace kithkin
