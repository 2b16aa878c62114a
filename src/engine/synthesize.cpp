// A synthetic corpus on disk: blocks of documents are made on any thread and written in order.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>

#include <kithkin/synth.h>

#include "base/parallel.h"
#include "base/try.h"
#include "engine/crawl_scan.h"
#include "engine/output_directory.h"
#include "synth/corpus.h"
#include "synth/languages.h"

namespace kithkin {
namespace {

constexpr std::uint64_t kMostDocuments = 1'000'000'000'000;
constexpr std::uint32_t kMostShards = 100'000;
constexpr std::uint64_t kBlockDocuments = 128;

Error wrong(std::string message) {
  return {ErrorCode::invalid_argument, std::move(message), "", 0};
}

Result<void> check(const SynthOptions& options) {
  if (options.out.empty()) return wrong("an output directory is needed");
  if (options.documents < 1 || options.documents > kMostDocuments)
    return wrong("--documents must be from 1 to 1,000,000,000,000");
  if (options.shards < 1 || options.shards > kMostShards || options.shards > options.documents)
    return wrong("--shards must be from 1 to 100,000, and no more than there are documents");
  const double shares[] = {options.duplicates, options.templates, options.translations};
  for (const double share : shares) {
    if (!(share >= 0 && share <= 0.9)) return wrong("a share must be from 0 to 0.9");
  }
  if (shares[0] + shares[1] + shares[2] > 0.95)
    return wrong("--duplicates, --templates and --translations leave no room for articles");
  return {};
}

/// Fails when an article to build on lies where the corpus will be put.
Result<void> refuse_to_replace(const std::vector<std::string>& paths, const OutputDirectory& out) {
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (!out.would_replace(path) && !std::filesystem::equivalent(path, out.path(), ignored))
      continue;
    return Error{ErrorCode::invalid_argument,
                 "is an input and would be replaced: choose another --out", path, 0};
  }
  return {};
}

/// The user's articles, those with a text. As many as leave room for the share of copies.
Result<std::vector<Document>> read_texts(const SynthOptions& options, Progress& progress) {
  std::vector<Document> texts;
  if (options.seed_texts.paths.empty()) return texts;
  const auto most = static_cast<std::uint64_t>(
      std::max(1.0, std::floor(static_cast<double>(options.documents) * (1 - options.duplicates))));
  progress.begin("read the articles to build on", 0);
  KITHKIN_TRY_ASSIGN(
      const CrawlRows rows,
      for_each_row(options.seed_texts, progress, [&](const Row& row, const std::string&) {
        if (!row.text.empty()) {
          texts.push_back({.url = std::string(row.url),
                           .title = std::string(row.title),
                           .text = std::string(row.text),
                           .date = row.date && *row.date >= 0 ? row.date : std::nullopt,
                           .lang = std::string(row.lang),
                           .source = std::string(row.source)});
        }
        return Result<bool>(texts.size() < most);
      }));
  if (!rows.input_errors.empty()) return rows.input_errors.front();
  if (texts.empty()) {
    return Error{ErrorCode::input, "has no article with a text to build on",
                 options.seed_texts.paths.front(), 0};
  }
  return texts;
}

/// The files of a corpus, filled in order of documents.
class CorpusFiles {
 public:
  CorpusFiles(const SynthOptions& options, OutputDirectory& out) : options_(options), out_(out) {}

  Result<void> open() {
    KITHKIN_TRY_ASSIGN(pairs_, out_.create("truth.pairs.tsv"));
    KITHKIN_TRY_ASSIGN(clusters_, out_.create("truth.clusters.tsv"));
    KITHKIN_TRY_ASSIGN(stories_, out_.create("truth.stories.tsv"));
    KITHKIN_TRY(pairs_->write(kPairsHeader));
    KITHKIN_TRY(clusters_->write(kClustersHeader));
    return stories_->write(kStoriesHeader);
  }

  /// Documents of a shard are consecutive.
  [[nodiscard]] std::uint64_t end_of_shard(std::uint32_t shard) const {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>(Wide{options_.documents} * (shard + 1) / options_.shards);
  }

  /// No block reaches into two shards.
  Result<void> write(const SynthBlock& block) {
    if (documents_ && block.first == end_of_shard(shard_)) {
      KITHKIN_TRY(documents_->close());
      documents_.reset();
      ++shard_;
    }
    if (!documents_) {
      KITHKIN_TRY_ASSIGN(documents_, out_.create(name(), options_.compress));
    }
    KITHKIN_TRY(documents_->write(block.documents));
    KITHKIN_TRY(pairs_->write(block.pairs));
    KITHKIN_TRY(clusters_->write(block.clusters));
    return stories_->write(block.stories);
  }

  Result<void> close() {
    KITHKIN_TRY(documents_->close());
    KITHKIN_TRY(pairs_->close());
    KITHKIN_TRY(clusters_->close());
    return stories_->close();
  }

 private:
  [[nodiscard]] std::string name() const {
    const std::string end = ".jsonl" + std::string(suffix(options_.compress));
    if (options_.shards == 1) return "documents" + end;
    const std::string number = std::to_string(shard_);
    return "documents/" + std::string(5 - number.size(), '0') + number + end;
  }

  const SynthOptions& options_;
  OutputDirectory& out_;
  std::optional<OutputFile> documents_, pairs_, clusters_, stories_;
  std::uint32_t shard_ = 0;
};

Result<SynthSummary> write_corpus(const SynthOptions& options, const SynthCorpus& corpus,
                                  CorpusFiles& files, Progress& progress) {
  SynthSummary summary;
  std::array<std::uint64_t, kPairLabels> labels{};
  const unsigned threads = options.threads == 0 ? hardware_threads() : options.threads;
  std::vector<SynthWriter> writers;
  for (unsigned i = 0; i < threads; ++i)
    writers.emplace_back(corpus);
  std::uint64_t next = 0;
  std::uint32_t shard = 0;
  progress.begin("write documents", options.documents);
  KITHKIN_TRY(ordered_pipeline<SynthBlock>(
      threads,
      [&](SynthBlock& block) -> Result<bool> {
        const bool any = next < options.documents;
        if (any && next == files.end_of_shard(shard)) ++shard;
        block.first = next;
        next = block.last = std::min(next + kBlockDocuments, files.end_of_shard(shard));
        return any;
      },
      [&](unsigned thread, SynthBlock& block) -> Result<void> {
        writers[thread].write(block);
        return {};
      },
      [&](SynthBlock& block) -> Result<void> {
        if (progress.cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
        KITHKIN_TRY(files.write(block));
        summary.documents += block.last - block.first;
        summary.clusters += block.originals;
        summary.bytes += block.documents.size();
        for (std::size_t i = 0; i < labels.size(); ++i)
          labels[i] += block.labels[i];
        progress.advance(summary.documents);
        return {};
      }));
  for (std::size_t i = 0; i < labels.size(); ++i)
    summary.pairs.emplace_back(pair_label(i), labels[i]);
  return summary;
}

}  // namespace

Result<SynthSummary> synthesize_crawl(const SynthOptions& options, Progress& progress) {
  KITHKIN_TRY(check(options));
  KITHKIN_TRY_ASSIGN(
      const LanguageWeights languages,
      parse_languages(options.languages.empty() ? kDefaultLanguages : options.languages));
  KITHKIN_TRY_ASSIGN(OutputDirectory out,
                     OutputDirectory::open(options.out, options.overwrite, OutputKind::corpus));
  KITHKIN_TRY(refuse_to_replace(options.seed_texts.paths, out));
  KITHKIN_TRY_ASSIGN(std::vector<Document> texts, read_texts(options, progress));
  const SynthCorpus corpus(options, languages, std::move(texts));
  CorpusFiles files(options, out);
  KITHKIN_TRY(files.open());
  KITHKIN_TRY_ASSIGN(SynthSummary summary, write_corpus(options, corpus, files, progress));
  KITHKIN_TRY(files.close());
  KITHKIN_TRY(out.commit());
  return summary;
}

}  // namespace kithkin
