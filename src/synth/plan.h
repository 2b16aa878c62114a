// What each document of a synthetic corpus is, as a pure function of seed and number: any thread
// can make any document, in any order, and nothing grows with the corpus.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <kithkin/synth.h>

#include "synth/article.h"
#include "synth/random.h"

namespace kithkin {

enum class Role : std::uint8_t {
  article,      ///< a text of its own
  copy,         ///< made of an earlier document
  form_page,    ///< one form filled with facts of its own
  translation,  ///< an earlier article in another language
};

struct DocumentPlan {
  Role role = Role::article;
  CopyKind kind = CopyKind::exact;  ///< of a copy
  /// The document that its pair is with: a copy's original, a translation's source, the first page
  /// of a form. Its own number where it has no pair.
  std::uint64_t source = 0;
  std::uint32_t language = 0;  ///< index into languages()
  Subject subject;
  std::optional<std::uint64_t> story;  ///< number of the event that several articles are on
  std::uint32_t host = 0;              ///< of its language, in [0, kHosts)
  std::int64_t date = 0;               ///< seconds since 1970

  static constexpr std::uint32_t kHosts = 64;

  /// The document that its true cluster goes by.
  [[nodiscard]] std::uint64_t cluster(std::uint64_t number) const {
    return role == Role::copy ? source : number;
  }
};

/// Language and weight; weights are 1 to 1,000,000.
using LanguageWeights = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Reads "ar:3,en:2"; a code alone has weight 1. Fails with invalid_argument, naming what is wrong
/// and the languages there are.
Result<LanguageWeights> parse_languages(std::string_view text);

/// Immutable; safe to share between threads.
class CorpusPlan {
 public:
  /// `options` are valid. `texts` is how many of the user's own articles come first, 0 for none:
  /// then the others are copies of them.
  CorpusPlan(const SynthOptions& options, LanguageWeights languages, std::uint64_t texts);

  /// Expected time O(1 / (1 - share of copies)); allocates nothing.
  [[nodiscard]] DocumentPlan of(std::uint64_t number) const;

  /// A key for further draws about a document.
  [[nodiscard]] std::uint64_t key(std::uint64_t number, std::uint64_t purpose) const {
    return synth_key(seed_, number, purpose);
  }
  [[nodiscard]] std::uint64_t texts() const { return texts_; }

 private:
  static constexpr std::uint64_t kFormDistance = 1024;  // every so many documents a form begins

  [[nodiscard]] Role drawn_role(std::uint64_t number) const;
  [[nodiscard]] std::uint64_t original_of(std::uint64_t copy) const;
  [[nodiscard]] std::uint64_t translated_by(std::uint64_t translation) const;
  [[nodiscard]] std::optional<std::uint64_t> story_of(std::uint64_t article) const;
  [[nodiscard]] std::uint32_t language_of(std::uint64_t article) const;
  [[nodiscard]] std::uint32_t draw_language(std::uint64_t key) const;
  void plan_article(std::uint64_t number, DocumentPlan& plan) const;
  void plan_form_page(std::uint64_t number, DocumentPlan& plan) const;
  bool plan_translation(std::uint64_t number, DocumentPlan& plan) const;

  std::uint64_t seed_;
  LanguageWeights languages_;
  std::uint32_t weights_ = 0;                         // their sum
  std::uint64_t copies_, form_pages_, translations_;  // shares of 2^32, each added to the last
  std::uint64_t texts_;
};

}  // namespace kithkin
