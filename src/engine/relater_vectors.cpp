// How vectors take part; see relater.h. Read with the terms, they wait in a VectorSpace until all
// are there, are placed behind the coordinates of the latent space, and calibrated: each language
// by texts and vectors together, each two languages by vectors alone.
#include <algorithm>

#include "base/try.h"
#include "corpus/number_array.h"
#include "engine/relater.h"

namespace kithkin {
namespace {

constexpr std::size_t kRandomPairsAcross = 20000;  // of each two languages
constexpr std::size_t kRandomPairsOfSmall = 1000;  // where one has few articles
constexpr std::size_t kLeastOfLanguage = 21;       // fewer are few
constexpr const char* kMissing = "is missing";

}  // namespace

void Relater::ReadVectors::clear() {
  numbers_.clear();
  ends_.clear();
  flaws_.clear();
}

void Relater::ReadVectors::add(std::string_view token) {
  std::string reason;
  if (token.empty() || token == "null") {
    reason = kMissing;
  } else if (read_number_array(token, VectorSpace::kMostDimensions, parsed_, reason)) {
    if (parsed_.empty())
      reason = "is empty";
    else if (!unit_vector(parsed_, unit_))
      reason = "is all zeros";
    else
      numbers_.insert(numbers_.end(), unit_.begin(), unit_.end());
  }
  ends_.push_back(numbers_.size());
  flaws_.push_back(std::move(reason));
}

Result<void> Relater::append_vector(const ReadVectors& vectors, std::size_t i) {
  if (!vectors.flaw(i).empty())
    note_flaw(static_cast<std::uint32_t>(vector_space_->size()), vectors.flaw(i));
  return vector_space_->append(vectors.of(i));
}

void Relater::note_flaw(std::uint32_t article, std::string reason) {
  ++(reason == kMissing ? vectors_->missing : vectors_->unusable);
  if (article < flaw_.article) flaw_ = {article, std::move(reason)};
}

/// Puts the vectors behind the coordinates of the latent spaces. Those of another length than most
/// take no part.
Result<void> Relater::place_vectors() {
  std::vector<std::uint32_t> languages;
  for (std::uint32_t i = 0; i < size(); ++i)
    languages.push_back(is_query(i) ? VectorSpace::kNotLearned : facts_[i].language);
  KITHKIN_TRY(vector_space_->learn(languages));
  vectors_->dimensions = vector_space_->dimensions();
  std::vector<std::int16_t> place, vector;
  for (std::uint32_t i = 0; i < size(); ++i) {
    const auto latent = languages_[facts_[i].language].articles.place(facts_[i].place);
    place.assign(latent.begin(), latent.end());
    const std::size_t length = vector_space_->length(i);
    if (length > 0 && length == vector_space_->dimensions()) {
      KITHKIN_TRY(vector_space_->place(i, facts_[i].language, vector));
      place.insert(place.end(), vector.begin(), vector.end());
      ++vectors_->used;
    } else if (length > 0 && vectors_->dimensions > 0) {
      note_flaw(i, "holds " + std::to_string(length) + " numbers where most hold " +
                       std::to_string(vector_space_->dimensions()));
    }
    KITHKIN_TRY(places_.append(place));
  }
  for (LanguageArticles& language : languages_) {
    ArticleSet& articles = language.articles;
    articles.latent_size = articles.dimensions();
    articles.vector_size = vector_space_->place_size();
    articles.places = &places_;
    articles.coordinates = {};
  }
  spilled_vectors_ = vector_space_->spilled_bytes();
  vector_space_.reset();
  return tell_of_flaws();
}

/// A crawl without any vector is a mistake in the name of the field; single ones are bound to be
/// missing.
Result<void> Relater::tell_of_flaws() const {
  if (flaw_.article == UINT32_MAX) return {};
  Error error{ErrorCode::input, "\"" + vector_field_ + "\" " + flaw_.reason + "; ", "", 0};
  KITHKIN_TRY(reader_.locate(facts_[flaw_.article].document, error));
  if (vectors_->dimensions == 0) {
    error.message += "no article to be related to has a usable vector";
    return error;
  }
  error.message += std::to_string(size() - vectors_->used) + " of " + std::to_string(size()) +
                   " articles have no usable vector and are related by their texts";
  job_.progress->warn(error);
  return {};
}

std::vector<std::uint32_t> Relater::sample_with_vectors(const LanguageArticles& language) const {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < language.articles.size(); ++i) {
    const std::uint32_t number = language.articles.numbers[i];
    if (!is_query(number) && has_vector(number)) all.push_back(i);
  }
  return spread(all, kMostLearned);
}

/// Each language by itself, and each two of them. Pairs of languages that have few articles share a
/// curve.
Result<void> Relater::calibrate_vectors() {
  std::vector<std::vector<std::uint32_t>> samples;
  std::vector<ArticleSet> sets;
  for (LanguageArticles& language : languages_) {
    samples.push_back(sample_with_vectors(language));
    sets.push_back(language.articles);
    sets.back().basis = Basis::both;
    KITHKIN_TRY(calibrate(sets.back(), samples.back(), language.with_vectors));
    sets.back().basis = Basis::vectors;
  }
  std::vector<float> small;
  std::uint64_t small_pairs = 0;
  for (std::uint32_t a = 0; a < sets.size(); ++a) {
    for (std::uint32_t b = a + 1; b < sets.size(); ++b) {
      const std::uint64_t pairs = std::uint64_t{samples[a].size()} * samples[b].size();
      if (pairs == 0) continue;
      const bool is_small = std::min(samples[a].size(), samples[b].size()) < kLeastOfLanguage;
      const std::uint64_t most = is_small ? kRandomPairsOfSmall : kRandomPairsAcross;
      KITHKIN_TRY_ASSIGN(std::vector<float> similarities,
                         random_similarities(sets[a], samples[a], sets[b], samples[b],
                                             std::min<std::uint64_t>(most, 4 * pairs)));
      if (is_small) {
        small.insert(small.end(), similarities.begin(), similarities.end());
        small_pairs += pairs;
      } else {
        across_.emplace(std::pair(a, b), Calibration(std::move(similarities)));
      }
    }
  }
  if (small_pairs >= Calibration::kLeastPairs) across_small_ = Calibration(std::move(small));
  return {};
}

std::optional<Basis> Relater::basis_of(std::uint32_t a, std::uint32_t b) const {
  const bool have_vectors = has_vector(a) && has_vector(b);
  if (are_of_one_language(a, b)) return have_vectors ? Basis::both : Basis::text;
  return have_vectors ? std::optional(Basis::vectors) : std::nullopt;
}

const Calibration& Relater::calibration(std::uint32_t language_a, std::uint32_t language_b,
                                        Basis basis) const {
  if (basis == Basis::text) return languages_[language_a].calibration;
  if (basis == Basis::both) return languages_[language_a].with_vectors;
  const auto at = across_.find(std::minmax(language_a, language_b));
  return at == across_.end() ? across_small_ : at->second;
}

}  // namespace kithkin
