// The spine: a crawl on disk in, an output directory out. The input is walked for fingerprints, for
// the texts of candidates where the first walk's could not be held (both in crawl_reader.h), and
// for the kept lines, with the passes of job.h between. CrawlJob::run() is the list of passes.
#include <algorithm>
#include <map>

#include <kithkin/crawl.h>

#include "base/try.h"
#include "engine/crawl_output.h"
#include "engine/crawl_reader.h"
#include "engine/job.h"
#include "engine/kept_names.h"
#include "engine/output_directory.h"

namespace kithkin {
namespace {

struct KeepItem {
  LineBlock block;
  std::uint64_t consumed = 0;
  std::vector<PlacedLine> lines;
  std::string kept;
  std::uint64_t count = 0;  // lines in `kept`
};

class CrawlJob {
 public:
  CrawlJob(const CrawlInput& input, const DeduplicateCrawlOptions& options, JobContext context,
           OutputDirectory& out)
      : input_(input),
        options_(options),
        job_(std::move(context)),
        out_(out),
        reader_(job_, input),
        catalog_(reader_.catalog()),
        files_(reader_.files()) {}

  Result<CrawlSummary> run();

 private:
  Result<void> list();
  Result<void> read();
  Result<void> write_clusters(const Assignment& assignment, const ShingleSource& shingles);
  Result<void> write_pairs(const JudgedPairs& judged);
  Result<void> write_kept(const Assignment& assignment, const ShingleSource& shingles);
  Result<void> keep_lines(const Assignment& assignment, const ShingleSource& shingles,
                          KeepItem& item) const;
  Result<void> count(const Assignment& assignment);
  void note_spill(std::uint64_t bytes);

  const CrawlInput& input_;
  const DeduplicateCrawlOptions& options_;
  JobContext job_;
  OutputDirectory& out_;
  CrawlReader reader_;
  const Catalog& catalog_;
  const CrawlFiles& files_;
  CrawlSummary summary_;
};

Result<void> CrawlJob::list() {
  std::vector<std::string> against;
  for (const std::string& path : options_.against) {
    KITHKIN_TRY_ASSIGN(const auto former, former_output(path));
    if (former.empty()) against.push_back(path);
    against.insert(against.end(), former.begin(), former.end());
  }
  KITHKIN_TRY(reader_.list(against, input_.paths, options_.out));
  return out_.refuse_to_replace(files_.files);
}

Result<void> CrawlJob::read() {
  KITHKIN_TRY_ASSIGN(OutputFile rejected, out_.create("rejected.jsonl"));
  CrawlVisitor visitor;
  visitor.reject = [&](const Error& error) {
    std::string line;
    append_rejected(line, error.file, error.line, error.message);
    ++summary_.counts.rejected;
    return rejected.write(line);
  };
  KITHKIN_TRY(reader_.sketch(visitor));
  summary_.bytes = reader_.bytes();
  summary_.counts.read = reader_.rows();
  return rejected.close();
}

Result<void> CrawlJob::write_clusters(const Assignment& assignment, const ShingleSource& shingles) {
  const PassTimer timer(job_.timings, "write");
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("clusters.jsonl"));
  const auto visit = [&](const ClusterView& view) -> Result<void> {
    if (job_.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    return write_cluster(file, view, catalog_, files_, assignment, shingles, job_.options.match);
  };
  KITHKIN_TRY_ASSIGN(summary_.counts.clusters, for_each_cluster(job_, catalog_, assignment, visit));
  return file.close();
}

Result<void> CrawlJob::write_pairs(const JudgedPairs& judged) {
  const PassTimer timer(job_.timings, "write");
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("pairs.jsonl"));
  KITHKIN_TRY_ASSIGN(const auto words, reader_.spell(judged));
  KITHKIN_TRY(for_each_pair(job_, catalog_, judged, words, [&](const Pair& pair) -> Result<void> {
    std::string line;
    KITHKIN_TRY(append_pair(line, pair, catalog_));
    if (job_.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    return file.write(line);
  }));
  return file.close();
}

Result<void> CrawlJob::keep_lines(const Assignment& assignment, const ShingleSource& shingles,
                                  KeepItem& item) const {
  item.kept.clear();
  item.count = 0;
  if (reader_.is_old_file(item.block.file)) return {};
  for (const PlacedLine& placed : item.lines) {
    const std::uint32_t representative = assignment.representative(placed.document);
    const std::string_view line = item.block.text().substr(placed.begin, placed.size);
    if (options_.annotate) {
      const Member member =
          describe_member(catalog_, assignment, shingles, job_.options.match, placed.document);
      KITHKIN_TRY_ASSIGN(const std::string cluster, catalog_.id(representative));
      append_annotated(item.kept, line, cluster, member.relation);
    } else if (representative == placed.document) {
      item.kept += line;
    } else {
      continue;
    }
    item.kept += '\n';
    ++item.count;
  }
  return {};
}

Result<void> CrawlJob::write_kept(const Assignment& assignment, const ShingleSource& shingles) {
  const PassTimer timer(job_.timings, "keep");
  job_.progress->begin("write kept lines", files_.bytes());
  std::vector<std::string> names(files_.files.size(), "kept.jsonl");
  if (options_.split_like_input) {
    names = kept_names(std::span(files_.files).subspan(reader_.old_files()));
    names.insert(names.begin(), reader_.old_files(), "");
  }
  std::optional<OutputFile> file;
  std::string open_name;
  const auto switch_to = [&](const std::string& name) -> Result<void> {
    if (file && open_name == name) return {};
    if (file) KITHKIN_TRY(file->close());
    KITHKIN_TRY_ASSIGN(
        file, out_.create(name + std::string(suffix(options_.compress)), options_.compress));
    open_name = name;
    return {};
  };
  if (!options_.split_like_input) KITHKIN_TRY(switch_to("kept.jsonl"));
  LinePlacer placer(catalog_, files_);
  std::vector<Error> ignored;  // reported by the first walk
  KITHKIN_TRY(scan_blocks<KeepItem>(
      files_.files, job_.threads, *job_.progress, ignored,
      [&](KeepItem& item) { return placer.place(item.block, item.lines); },
      [&](unsigned, KeepItem& item) { return keep_lines(assignment, shingles, item); },
      [&](KeepItem& item) -> Result<void> {
        if (reader_.is_old_file(item.block.file)) return {};
        KITHKIN_TRY(switch_to(names[item.block.file]));
        summary_.counts.kept += item.count;
        return file->write(item.kept);
      }));
  return file ? file->close() : Result<void>();
}

/// The balance: rows read were counted by the first walk, kept ones where they were written,
/// removed ones by the assignment. Nothing may be lost between them.
Result<void> CrawlJob::count(const Assignment& assignment) {
  Counts& counts = summary_.counts;
  summary_.old_documents = catalog_.old_documents();
  for (std::uint32_t d = catalog_.old_documents(); d < catalog_.size(); ++d) {
    const bool removed = !options_.annotate && assignment.representative(d) != d;
    if (removed)
      ++counts.removed;
    else if (options_.clusters_only)
      ++counts.kept;
  }
  if (counts.read == counts.kept + counts.removed + counts.rejected) return {};
  return Error{ErrorCode::output,
               "the counts do not add up (" + std::to_string(counts.read) + " read, " +
                   std::to_string(counts.kept) + " kept, " + std::to_string(counts.removed) +
                   " removed, " + std::to_string(counts.rejected) +
                   " rejected): was an input changed while it was read?",
               options_.out, 0};
}

void CrawlJob::note_spill(std::uint64_t bytes) {
  summary_.spilled_bytes += bytes;
  if (summary_.spilled_bytes == 0) return;
  job_.progress->note("spilled " + std::to_string(summary_.spilled_bytes) +
                      " bytes to temporary files");
}

Result<CrawlSummary> CrawlJob::run() {
  auto whole = std::make_optional<PassTimer>(job_.timings, "total");
  KITHKIN_TRY(list());
  KITHKIN_TRY(read());
  KITHKIN_TRY_ASSIGN(Candidates candidates, reader_.propose());
  KITHKIN_TRY_ASSIGN(const TextSource* source, reader_.fetch_texts(candidates.documents));
  const TextSource& texts = *source;
  KITHKIN_TRY_ASSIGN(const VerifiedPairs verified, verify(job_, catalog_, candidates, texts));
  KITHKIN_TRY_ASSIGN(const JudgedPairs judged,
                     judge(job_, catalog_, {&verified.first, &verified.closed},
                           candidates.documents, texts, reader_.sample()));
  KITHKIN_TRY_ASSIGN(const Assignment assignment, assign_clusters(job_, catalog_, judged));
  KITHKIN_TRY(write_clusters(assignment, texts));
  if (job_.options.pairs) KITHKIN_TRY(write_pairs(judged));
  if (!options_.clusters_only) KITHKIN_TRY(write_kept(assignment, texts));
  KITHKIN_TRY(count(assignment));

  summary_.recipe = job_.recipe;
  summary_.candidate_pairs = candidates.count;
  summary_.verified_pairs = judged.copies.size();
  summary_.formula_pairs = judged.formulas.size();
  summary_.hot_buckets = candidates.buckets.hot_buckets;
  summary_.input_errors = std::move(reader_.input_errors());
  note_spill(reader_.spilled_bytes() + verified.spilled_bytes + judged.spilled_bytes);
  whole.reset();
  summary_.seconds = job_.timings;
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("summary.json"));
  KITHKIN_TRY(file.write(format_summary(summary_, options_, peak_memory())));
  KITHKIN_TRY(file.close());
  return std::move(summary_);
}

}  // namespace

Result<CrawlSummary> deduplicate_crawl(const CrawlInput& input,
                                       const DeduplicateCrawlOptions& options, Progress& progress) {
  if (input.paths.empty()) {
    return Error{ErrorCode::invalid_argument, "no input: name files, directories or -", "", 0};
  }
  if (options.out.empty()) {
    return Error{ErrorCode::invalid_argument, "an output directory is needed", "", 0};
  }
  if (options.clusters_only && options.annotate) {
    return Error{ErrorCode::invalid_argument,
                 "annotated lines and no lines at all: choose one of annotate and clusters-only",
                 "", 0};
  }
  KITHKIN_TRY(make_recipe(options.deduplicate));
  KITHKIN_TRY_ASSIGN(OutputDirectory out, OutputDirectory::open(options.out, options.overwrite));
  KITHKIN_TRY_ASSIGN(JobContext job, JobContext::make(options.deduplicate, options.out, progress));
  KITHKIN_TRY_ASSIGN(CrawlSummary summary, CrawlJob(input, options, std::move(job), out).run());
  KITHKIN_TRY(out.commit());
  return summary;
}

}  // namespace kithkin
