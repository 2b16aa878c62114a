// Documents in memory and in a stream: the passes of job.h with shingles spilled as they come.
#include <string>

#include <kithkin/deduplicate.h>

#include "base/try.h"
#include "engine/fingerprint.h"
#include "engine/job.h"
#include "engine/text_store.h"

namespace kithkin {

struct Deduplicator::State {
  State(JobContext context, Fingerprinter printer)
      : job(std::move(context)),
        fingerprinter(std::move(printer)),
        catalog(job.directory, job.memory.catalog, job.memory.sorting),
        keys(job.recipe.bands, job.directory.file("band-"), job.memory.keys()),
        index(job.directory.file("index-"), job.memory.index()),
        texts(job.recipe.shingle, nullptr, job.directory.file("texts"), job.memory.shingles),
        sample(job.directory.file("sample"), job.memory.sample) {}

  Result<void> add(const Document& document);
  Result<Report> finish();
  Result<void> report_clusters(const Assignment& assignment, Report& report);
  Result<void> report_pairs(const JudgedPairs& judged, Report& report);

  Progress silent;
  JobContext job;
  Fingerprinter fingerprinter;
  Catalog catalog;
  BandStore keys;
  ShingleIndex index;
  TextStore texts;
  CrawlSample sample;
  std::vector<std::uint64_t> scratch;
  std::vector<WordKey> packed;
};

Result<void> Deduplicator::State::add(const Document& document) {
  if (document.text.size() > UINT32_MAX) {
    return Error{ErrorCode::limit, "a text is longer than 4 GiB", "", 0};
  }
  fingerprinter.read(document.text);
  DocumentRecord record;
  record.date = document.date.value_or(DocumentRecord::kNoDate);
  record.source_rank = source_rank(job.options, document.source);
  const std::string id = document.id.empty() ? std::to_string(catalog.size() + 1) : document.id;
  KITHKIN_TRY(catalog.add(record, id));
  KITHKIN_TRY(catalog.describe(fingerprinter.tokens(), fingerprinter.content()));
  scratch.clear();
  fingerprinter.append_keys(scratch);
  KITHKIN_TRY(keys.append(scratch));
  const std::uint32_t number = catalog.size() - 1;
  if (job.options.match.containment > 0) {
    scratch.clear();
    ShingleIndex::select_looked_up(fingerprinter.shingles(), scratch);
    KITHKIN_TRY(index.look_up(scratch));
  }
  packed.resize(fingerprinter.packed_size());
  fingerprinter.pack(packed);
  KITHKIN_TRY(
      texts.append(packed, static_cast<std::uint32_t>(fingerprinter.distinct_shingles().size())));
  if (!job.options.keep_formula && WordSample::takes(fingerprinter.content(), number)) {
    KITHKIN_TRY(sample.add(number, fingerprinter.content(), fingerprinter.distinct_words(),
                           fingerprinter.judging_shingles()));
  }
  return {};
}

Result<Report> Deduplicator::State::finish() {
  KITHKIN_TRY(catalog.find_exact(job.options));
  if (job.options.match.containment > 0) KITHKIN_TRY(hold_shingles(job, catalog, texts, index));
  KITHKIN_TRY_ASSIGN(Candidates candidates, propose(job, catalog, keys, index));
  keys = BandStore(job.recipe.bands, job.directory.file("band-"), 0);
  index = ShingleIndex(job.directory.file("index-"), 0);
  KITHKIN_TRY_ASSIGN(const VerifiedPairs verified, verify(job, catalog, candidates, texts));
  KITHKIN_TRY_ASSIGN(const JudgedPairs judged,
                     judge(job, catalog, {&verified.first, &verified.closed}, candidates.documents,
                           texts, sample));
  KITHKIN_TRY_ASSIGN(const Assignment assignment, assign_clusters(job, catalog, judged));
  Report report;
  report.recipe = job.recipe;
  KITHKIN_TRY(report_clusters(assignment, report));
  if (job.options.pairs) KITHKIN_TRY(report_pairs(judged, report));
  for (std::uint32_t d = 0; d < catalog.size(); ++d) {
    if (assignment.representative(d) != d) report.removed.push_back(d);
  }
  report.counts.read = catalog.size();
  report.counts.removed = report.removed.size();
  report.counts.kept = report.counts.read - report.counts.removed;
  report.counts.clusters = report.clusters.size();
  return report;
}

Result<void> Deduplicator::State::report_clusters(const Assignment& assignment, Report& report) {
  const auto visit = [&](const ClusterView& view) -> Result<void> {
    Cluster cluster;
    const auto add_member = [&](std::uint32_t document) -> Result<void> {
      Member member = describe_member(catalog, assignment, texts, job.options.match, document);
      KITHKIN_TRY_ASSIGN(member.id, catalog.id(document));
      cluster.min_resemblance = std::min(cluster.min_resemblance, member.resemblance);
      cluster.members.push_back(std::move(member));
      return {};
    };
    KITHKIN_TRY(add_member(view.representative));
    for (const std::uint32_t document : view.documents) {
      if (document != view.representative) KITHKIN_TRY(add_member(document));
    }
    report.clusters.push_back(std::move(cluster));
    return {};
  };
  KITHKIN_TRY_ASSIGN(report.counts.clusters, for_each_cluster(job, catalog, assignment, visit));
  return {};
}

Result<void> Deduplicator::State::report_pairs(const JudgedPairs& judged, Report& report) {
  return for_each_pair(job, catalog, judged, {}, [&](const Pair& pair) -> Result<void> {
    report.pairs.push_back(pair);
    return {};
  });
}

Deduplicator::Deduplicator(std::unique_ptr<State> state) : state_(std::move(state)) {}
Deduplicator::Deduplicator(Deduplicator&&) noexcept = default;
Deduplicator& Deduplicator::operator=(Deduplicator&&) noexcept = default;
Deduplicator::~Deduplicator() = default;

Result<Deduplicator> Deduplicator::create(const DeduplicateOptions& options) {
  Progress unheard;
  KITHKIN_TRY_ASSIGN(JobContext job, JobContext::make(options, options.temporary_dir, unheard));
  KITHKIN_TRY_ASSIGN(Fingerprinter fingerprinter, Fingerprinter::create(job.recipe));
  return Deduplicator(std::make_unique<State>(std::move(job), std::move(fingerprinter)));
}

Result<void> Deduplicator::add(const Document& document) { return state_->add(document); }

Result<Report> Deduplicator::finish(Progress* progress) {
  state_->job.progress = progress != nullptr ? progress : &state_->silent;
  return state_->finish();
}

Result<Report> deduplicate(std::span<const Document> documents, const DeduplicateOptions& options) {
  KITHKIN_TRY_ASSIGN(Deduplicator deduplicator, Deduplicator::create(options));
  for (const Document& document : documents)
    KITHKIN_TRY(deduplicator.add(document));
  return deduplicator.finish();
}

}  // namespace kithkin
