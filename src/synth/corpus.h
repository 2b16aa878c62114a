// A synthetic corpus by ranges of documents: their lines and the truth about them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/deduplicate.h>
#include <kithkin/document.h>
#include <kithkin/synth.h>

#include "match/passage_set.h"
#include "match/shingle_set.h"
#include "synth/article.h"
#include "synth/mutation.h"
#include "synth/plan.h"
#include "text/tokenize.h"

namespace kithkin {

inline constexpr std::size_t kPairLabels = kCopyKinds + 2;  ///< copies, then these two
inline constexpr std::size_t kTemplateLabel = kCopyKinds, kTranslationLabel = kCopyKinds + 1;

/// The name of a label in truth.pairs.tsv.
constexpr std::string_view pair_label(std::size_t label) noexcept {
  if (label == kTemplateLabel) return "template";
  if (label == kTranslationLabel) return "translation";
  return to_string(static_cast<CopyKind>(label));
}

/// The headers of the three files of truth.
inline constexpr std::string_view kPairsHeader = "id_a\tid_b\tlabel\tresemblance\n";
inline constexpr std::string_view kClustersHeader = "id\tcluster\n";
inline constexpr std::string_view kStoriesHeader = "id\tcluster\n";

/// What all documents are made of. Immutable; safe to share between threads.
class SynthCorpus {
 public:
  /// `options` are valid. `texts` are the user's own articles; empty: all is invented.
  SynthCorpus(const SynthOptions& options, const LanguageWeights& languages,
              std::vector<Document> texts);

  [[nodiscard]] const CorpusPlan& plan() const { return plan_; }
  [[nodiscard]] const std::vector<Document>& texts() const { return texts_; }
  /// Another of the user's articles than this one; empty where there is none.
  [[nodiscard]] std::string_view donor_of(std::uint64_t text, std::uint64_t key) const;
  [[nodiscard]] bool furniture() const { return furniture_; }
  [[nodiscard]] bool has(std::uint32_t language) const { return lexicons_[language] != nullptr; }
  /// Precondition: has(language).
  [[nodiscard]] const Lexicon& lexicon(std::uint32_t language) const {
    return *lexicons_[language];
  }

 private:
  CorpusPlan plan_;
  std::vector<Document> texts_;
  std::vector<std::unique_ptr<Lexicon>> lexicons_;  // by language; only those in use
  bool furniture_;
};

/// Whole lines of each file, for consecutive documents.
struct SynthBlock {
  std::uint64_t first = 0, last = 0;  ///< half-open
  std::string documents, pairs, clusters, stories;
  std::array<std::uint64_t, kPairLabels> labels{};
  std::uint64_t originals = 0;  ///< documents that are no copies
};

/// The exact resemblance of two texts by shingles of so many tokens. Scratch space.
class ResemblanceMeter {
 public:
  explicit ResemblanceMeter(std::uint32_t shingle = DeduplicateOptions{}.shingle)
      : shingle_(shingle) {}

  double measure(std::string_view a, std::string_view b);

 private:
  std::uint32_t shingle_;
  Tokenizer tokenizer_;
  std::vector<TokenHash> tokens_;
  std::vector<ShingleHash> shingles_a_, shingles_b_;
  ShingleSet scratch_;
  PassageSet set_;
};

/// Fills blocks; one a thread. The corpus outlives it.
class SynthWriter {
 public:
  explicit SynthWriter(const SynthCorpus& corpus);

  /// Replaces all but the range of the block.
  void write(SynthBlock& block);

 private:
  void write_document(std::uint64_t number, SynthBlock& block);
  void write_truth(std::uint64_t number, const DocumentPlan& plan, SynthBlock& block);
  void write_user_document(std::uint64_t number, const DocumentPlan& plan, SynthBlock& block);
  void make_text(std::uint64_t number, const DocumentPlan& plan);
  void make_own_text(std::uint64_t number, const DocumentPlan& plan, std::string& out);
  void make_title(std::uint64_t number, const DocumentPlan& plan, std::string& out);
  void put_furniture(std::uint64_t number, const DocumentPlan& plan, const std::string& host);
  [[nodiscard]] ArticleWriter& writer(std::uint32_t language) { return *writers_[language]; }

  const SynthCorpus& corpus_;
  std::vector<std::unique_ptr<ArticleWriter>> writers_, title_writers_;  // by language
  Mutator mutator_;
  ResemblanceMeter meter_;
  std::string text_, source_text_, donor_, page_, title_, url_, date_;
};

}  // namespace kithkin
