// Copy or formula, in two rounds: see judge() in job.h and match/formula.h. The first walk over the
// pairs aligns them and notes where they differ; a second asks which of these places are slots, and
// a third sums up how rare what pairs share is, each once for each part of its table. Sums are
// integers, so that neither threads nor parts change them.
#include <algorithm>
#include <utility>

#include "base/components.h"
#include "base/parallel.h"
#include "base/try.h"
#include "engine/job.h"
#include "engine/noted_places.h"
#include "match/align.h"
#include "match/passage_set.h"

namespace kithkin {
namespace {

/// Whether one text lacks so little of the other that nothing can have been put for anything: a
/// word put for another costs each text all the shingles that hold it.
bool is_beyond_doubt(const VerifiedPair& pair, std::uint32_t shingle) {
  return std::min(pair.size_hub, pair.size_other) - pair.shared < shingle;
}

struct Batch {
  std::vector<PendingPair> pairs;
  std::vector<Place> places;  // of one pair after another
};
constexpr std::size_t kBatch = 1024;

/// Aligns pairs, those of one hub one after another.
class PairAligner {
 public:
  PairAligner(const TextSource& texts, const WordWeights& weights)
      : texts_(&texts), weights_(&weights) {}

  Result<void> align(Batch& batch) {
    hub_ = UINT32_MAX;
    batch.places.clear();
    for (PendingPair& pair : batch.pairs) {
      if (pair.is_beyond_doubt) continue;
      const CandidatePair ids = pair.verified.pair;
      if (std::exchange(hub_, ids.hub) != ids.hub) {
        KITHKIN_TRY_ASSIGN(const auto hub, texts_->words(ids.hub, hub_buffer_));
        aligner_.set_hub(hub);
      }
      KITHKIN_TRY_ASSIGN(const auto other, texts_->words(ids.other, other_buffer_));
      aligner_.align(other);
      pair.substitution = aligner_.substitution(*weights_);
      pair.numbers = aligner_.number_slots();
      pair.missing = aligner_.missing(*weights_);
      aligner_.find_places(places_);
      pair.places = static_cast<std::uint32_t>(places_.size());
      batch.places.insert(batch.places.end(), places_.begin(), places_.end());
    }
    return {};
  }

 private:
  const TextSource* texts_;
  const WordWeights* weights_;
  Aligner aligner_;
  std::uint32_t hub_ = UINT32_MAX;
  TextBuffer hub_buffer_, other_buffer_;
  std::vector<Place> places_;
};

/// Adds up the rarity of what pairs share.
class RaritySummer {
 public:
  RaritySummer(const TextSource& texts, const ArticleCounts& counts,
               const std::vector<std::uint32_t>& article)
      : texts_(&texts), counts_(&counts), article_(&article) {}

  Result<void> sum(Batch& batch) {
    in_set_ = UINT32_MAX;
    for (PendingPair& pair : batch.pairs) {
      if (!pair.is_copy()) KITHKIN_TRY(sum(pair));
    }
    return {};
  }

 private:
  Result<void> sum(PendingPair& pair) {
    const CandidatePair ids = pair.verified.pair;
    if (std::exchange(in_set_, ids.hub) != ids.hub) {
      KITHKIN_TRY_ASSIGN(hub_, texts_->distinct_shingles(ids.hub, hub_buffer_));
      set_.fill(hub_);
    }
    KITHKIN_TRY_ASSIGN(const auto other, texts_->distinct_shingles(ids.other, other_buffer_));
    const std::uint32_t own = (*article_)[ids.hub] == (*article_)[ids.other] ? 1 : 2;
    const std::size_t size = std::min(hub_.size(), other.size());
    for (const ShingleHash shingle : hub_) {
      if (judges(shingle, size) && counts_->has(shingle))
        pair.hub_rarity += counts_->rarity(shingle, own);
    }
    set_.for_each(other, [&](ShingleHash shingle, bool is_shared) {
      if (!judges(shingle, size) || !counts_->has(shingle)) return;
      const std::uint32_t rarity = counts_->rarity(shingle, own);
      pair.other_rarity += rarity;
      if (!is_shared) return;
      pair.shared_rarity += rarity;
      ++pair.shared;
    });
    return {};
  }

  const TextSource* texts_;
  const ArticleCounts* counts_;
  const std::vector<std::uint32_t>* article_;
  PassageSet set_;
  std::uint32_t in_set_ = UINT32_MAX;  // the hub
  std::span<const ShingleHash> hub_;
  TextBuffer hub_buffer_, other_buffer_;
};

/// Runs batches of pairs through `work` on all threads and hands them on in order.
Result<void> for_batches(JobContext& job, const std::function<Result<bool>(PendingPair&)>& next,
                         const std::function<Result<void>(unsigned, Batch&)>& work,
                         const std::function<Result<void>(const Batch&)>& keep) {
  const auto produce = [&](Batch& batch) -> Result<bool> {
    batch.pairs.clear();
    PendingPair pair;
    while (batch.pairs.size() < kBatch) {
      KITHKIN_TRY_ASSIGN(const bool any, next(pair));
      if (!any) break;
      batch.pairs.push_back(pair);
    }
    return !batch.pairs.empty();
  };
  const auto commit = [&](const Batch& batch) -> Result<void> {
    if (job.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    return keep(batch);
  };
  return ordered_pipeline<Batch>(job.threads, produce, work, commit);
}

/// The article of each document: documents that differ in next to nothing are one.
class Articles {
 public:
  explicit Articles(std::size_t documents) : of_(documents), components_(of_) {}

  void join(const PendingPair& pair) {
    const Measures m = pair.verified.measures();
    if (is_one_article(m.resemblance, std::max(m.containment_a, m.containment_b),
                       pair.of_alignment()))
      components_.join(pair.verified.pair.hub, pair.verified.pair.other);
  }
  const std::vector<std::uint32_t>& finish() {
    for (std::uint32_t d = 0; d < of_.size(); ++d)
      of_[d] = components_.find(d);
    return of_;
  }

 private:
  std::vector<std::uint32_t> of_;
  Components components_;
};

/// The articles that are counted: one document of each among the candidates, and the sampled ones
/// that are no candidates.
class CountedArticles {
 public:
  CountedArticles(const Catalog& catalog, const DocumentSet& candidates, const TextSource& texts,
                  const CrawlSample& sample, const std::vector<std::uint32_t>& article)
      : catalog_(catalog),
        candidates_(candidates),
        texts_(texts),
        sample_(sample),
        article_(article) {}

  [[nodiscard]] std::uint64_t shingles() const {
    std::uint64_t sum = 0;
    for (std::uint32_t d = 0; d < article_.size(); ++d)
      sum += is_counted(d) ? judging(texts_.count(d)) : 0;
    for (std::uint32_t i = 0; i < sample_.documents().size(); ++i)
      sum += is_sampled(i) ? sample_.shingles().count(i) : 0;
    return sum;
  }

  Result<void> count(ArticleCounts& counts, const Progress& progress) const {
    TextBuffer buffer;
    const auto add = [&](std::span<const ShingleHash> shingles) -> Result<void> {
      if (progress.cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
      counts.add(shingles);
      return {};
    };
    for (std::uint32_t d = 0; d < article_.size(); ++d) {
      if (!is_counted(d)) continue;
      KITHKIN_TRY_ASSIGN(const auto shingles, texts_.shingles(d, buffer));
      KITHKIN_TRY(add(keep_judging(shingles, texts_.count(d), buffer.set)));
    }
    for (std::uint32_t i = 0; i < sample_.documents().size(); ++i) {
      if (!is_sampled(i)) continue;
      KITHKIN_TRY_ASSIGN(const auto shingles, sample_.shingles().read(i, buffer.shingles));
      KITHKIN_TRY(add(shingles));
    }
    return {};
  }

 private:
  /// About how many of so many shingles judge.
  static std::uint64_t judging(std::uint32_t shingles) {
    return judges(1ULL << 24, shingles) ? shingles : shingles / 4;
  }
  [[nodiscard]] bool is_counted(std::uint32_t document) const {
    return article_[document] == document && candidates_.contains(document);
  }
  [[nodiscard]] bool is_sampled(std::uint32_t place) const {
    return !candidates_.contains(catalog_.twin(sample_.documents()[place]));
  }

  const Catalog& catalog_;
  const DocumentSet& candidates_;
  const TextSource& texts_;
  const CrawlSample& sample_;
  const std::vector<std::uint32_t>& article_;
};

Result<void> append(const Batch& batch, PendingStore& out) {
  for (const PendingPair& pair : batch.pairs)
    KITHKIN_TRY(out.append(pair));
  return {};
}

Result<PendingStore> align_pairs(JobContext& job, const std::vector<const VerifiedStore*>& verified,
                                 const TextSource& texts, const WordWeights& weights,
                                 NotedPlaces& noted) {
  PendingStore out(job.directory.file("aligned"), job.memory.results);
  std::vector<PairAligner> aligners(job.threads, PairAligner(texts, weights));
  for (const VerifiedStore* store : verified) {
    VerifiedStore::Cursor cursor(*store);
    KITHKIN_TRY(for_batches(
        job,
        [&](PendingPair& pair) {
          pair = {};
          auto any = cursor.next(pair.verified);
          pair.is_beyond_doubt = is_beyond_doubt(pair.verified, job.recipe.shingle);
          return any;
        },
        [&](unsigned thread, Batch& batch) { return aligners[thread].align(batch); },
        [&](const Batch& batch) -> Result<void> {
          KITHKIN_TRY(noted.note(batch.pairs, batch.places));
          return append(batch, out);
        }));
  }
  return out;
}

Result<PendingStore> sum_rarity(JobContext& job, PendingStore pairs, const CountedArticles& counted,
                                const TextSource& texts,
                                const std::vector<std::uint32_t>& article) {
  const std::uint64_t shingles = counted.shingles();
  const std::uint32_t parts = ArticleCounts::parts_for(shingles, job.memory.pairs);
  for (std::uint32_t part = 0; part < parts; ++part) {
    ArticleCounts counts(shingles, part, parts);
    KITHKIN_TRY(counted.count(counts, *job.progress));
    PendingStore summed(job.directory.file("summed-" + std::to_string(part)), job.memory.results);
    PendingStore::Cursor cursor(pairs);
    std::vector<RaritySummer> summers(job.threads, RaritySummer(texts, counts, article));
    KITHKIN_TRY(for_batches(
        job, [&](PendingPair& pair) { return cursor.next(pair); },
        [&](unsigned thread, Batch& batch) { return summers[thread].sum(batch); },
        [&](const Batch& batch) { return append(batch, summed); }));
    pairs = std::move(summed);
  }
  return pairs;
}

/// The twelve aligned words in a row (or fewer) that weigh most.
void find_shared(Aligner& aligner, std::span<const WordKey> hub, std::span<const WordKey> other,
                 const WordWeights& weights, DifferingTokens& out) {
  constexpr std::uint32_t kMost = 12;
  aligner.set_hub(hub);
  aligner.align(other);
  std::uint64_t best = 0;
  for (const AlignedRun& run : aligner.runs()) {
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < run.size; ++i) {
      sum += weights.of(hub[run.a + i]) - WordWeights::kLeast;
      if (i >= kMost) sum -= weights.of(hub[run.a + i - kMost]) - WordWeights::kLeast;
      if (sum <= best) continue;
      best = sum;
      out.shared_size = std::min(i + 1, kMost);
      out.shared = run.a + i + 1 - out.shared_size;
    }
  }
}

Result<std::vector<DifferingTokens>> find_differing(const RecordStore<JudgedPair>& formulas,
                                                    const TextSource& texts,
                                                    const WordWeights& weights) {
  std::vector<DifferingTokens> out;
  TextBuffer hub_buffer, other_buffer;
  Aligner aligner;
  RecordStore<JudgedPair>::Cursor cursor(formulas);
  JudgedPair pair;
  while (out.size() < kMostExplained) {
    KITHKIN_TRY_ASSIGN(const bool any, cursor.next(pair));
    if (!any) break;
    KITHKIN_TRY_ASSIGN(const auto hub, texts.words(pair.verified.pair.hub, hub_buffer));
    KITHKIN_TRY_ASSIGN(const auto other, texts.words(pair.verified.pair.other, other_buffer));
    out.push_back({find_missing(hub, other, DifferingTokens::kMost, weights),
                   find_missing(other, hub, DifferingTokens::kMost, weights)});
    find_shared(aligner, hub, other, weights, out.back());
  }
  return out;
}

}  // namespace

Result<JudgedPairs> judge(JobContext& job, const Catalog& catalog,
                          const std::vector<const VerifiedStore*>& verified,
                          const DocumentSet& documents, const TextSource& texts,
                          CrawlSample& sample) {
  const PassTimer timer(job.timings, "judge");
  job.progress->begin("tell copies from formulas", 0);
  JudgedPairs out{{job.directory.file("copies"), job.memory.results},
                  {job.directory.file("formulas"), job.memory.results},
                  {},
                  0};
  if (job.options.keep_formula) {
    for (const VerifiedStore* store : verified)
      KITHKIN_TRY(store->for_each([&](const VerifiedPair& p) { return out.copies.append(p); }));
  } else {
    Articles articles(documents.size());
    const WordWeights weights = sample.weigh_words();
    NotedPlaces places(job);
    KITHKIN_TRY_ASSIGN(PendingStore aligned, align_pairs(job, verified, texts, weights, places));
    KITHKIN_TRY_ASSIGN(aligned, places.count_slots(job, std::move(aligned)));
    KITHKIN_TRY(aligned.for_each([&](const PendingPair& pair) -> Result<void> {
      articles.join(pair);
      return {};
    }));
    const std::vector<std::uint32_t>& article = articles.finish();
    const CountedArticles counted(catalog, documents, texts, sample, article);
    KITHKIN_TRY_ASSIGN(const PendingStore summed,
                       sum_rarity(job, std::move(aligned), counted, texts, article));
    KITHKIN_TRY(summed.for_each([&](const PendingPair& pair) -> Result<void> {
      const Evidence evidence = pair.evidence();
      if (pair.is_copy() || !is_formula(pair.containment(), evidence))
        return out.copies.append(pair.verified);
      return out.formulas.append({pair.verified, evidence});
    }));
    if (job.options.pairs) {
      KITHKIN_TRY_ASSIGN(out.differing, find_differing(out.formulas, texts, weights));
    }
    out.spilled_bytes = summed.spilled_bytes() + places.spilled_bytes();
  }
  out.spilled_bytes += out.copies.spilled_bytes() + out.formulas.spilled_bytes();
  return out;
}

}  // namespace kithkin
