// Pairs by id: one walk over the input gathers the documents that the pairs name, then each pair is
// decided by the same rule as everywhere.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <kithkin/crawl.h>

#include "base/try.h"
#include "corpus/byte_source.h"
#include "engine/crawl_scan.h"
#include "engine/fingerprint.h"
#include "engine/job.h"
#include "engine/text_store.h"

namespace kithkin {
namespace {

/// What a comparison needs of a document; its shingles are in a store under `number`.
struct Known {
  std::uint32_t number = 0;
  ContentHash content;
  std::uint32_t tokens = 0;
};
using KnownById = std::unordered_map<std::string, Known>;

std::string read_all(ByteSource& source, Result<void>& status) {
  std::string out;
  std::vector<char> buffer(std::size_t{1} << 16);
  for (;;) {
    const auto got = source.read(buffer.data(), buffer.size());
    if (!got) status = got.error();
    if (!got || *got == 0) return out;
    out.append(buffer.data(), *got);
  }
}

/// The cells of a line, up to `most`; the last one ends at the next tab.
std::vector<std::string> cells(std::string_view line, std::size_t most) {
  std::vector<std::string> out;
  while (out.size() < most) {
    const std::size_t tab = line.find('\t');
    out.emplace_back(line.substr(0, tab));
    if (tab == std::string_view::npos) break;
    line.remove_prefix(tab + 1);
  }
  return out;
}

class Comparer {
 public:
  Comparer(const JobContext& job, Fingerprinter fingerprinter)
      : job_(job),
        fingerprinter_(std::move(fingerprinter)),
        shingles_(nullptr, job.directory.file("texts"), job.memory.shingles) {}

  Result<void> take(const std::string& id, std::string_view text) {
    if (known_.contains(id)) return {};  // the first document of an id counts
    fingerprinter_.read(text);
    known_.emplace(id,
                   Known{shingles_.documents(), fingerprinter_.content(), fingerprinter_.tokens()});
    return shingles_.append({}, fingerprinter_.distinct_shingles());
  }

  Result<Comparison> compare(const IdPair& ids) {
    Comparison out;
    const auto a = known_.find(ids.id_a);
    const auto b = known_.find(ids.id_b);
    out.found_a = a != known_.end();
    out.found_b = b != known_.end();
    if (!out.found_a || !out.found_b) return out;
    KITHKIN_TRY_ASSIGN(const auto in_a, shingles_.shingles(a->second.number, a_));
    KITHKIN_TRY_ASSIGN(const auto in_b, shingles_.shingles(b->second.number, b_));
    set_.reset(in_a.size());
    for (const ShingleHash shingle : in_a)
      set_.insert(shingle);
    out.measures = measure(in_a.size(), in_b.size(), count_shared(set_, in_b));
    const bool exact = a->second.tokens > 0 && a->second.content == b->second.content;
    out.relation = decide(out.measures, exact, job_.options.match);
    return out;
  }

 private:
  const JobContext& job_;
  Fingerprinter fingerprinter_;
  TextStore shingles_;
  KnownById known_;
  ShingleSet set_;
  std::vector<ShingleHash> a_, b_;
};

}  // namespace

Result<std::vector<IdPair>> read_id_pairs(const std::string& path) {
  KITHKIN_TRY_ASSIGN(const auto source, ByteSource::open(path));
  Result<void> status;
  const std::string content = read_all(*source, status);
  KITHKIN_TRY(std::move(status));
  std::string_view text = content;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<IdPair> pairs;
  std::uint64_t number = 0;
  bool has_header = false;
  LineCursor lines(text);
  std::string_view line;
  std::size_t offset = 0;
  while (lines.next(line, offset)) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    std::vector<std::string> row = cells(line, 2);
    if (!std::exchange(has_header, true)) {
      if (row.size() == 2 && row[0] == "id_a" && row[1] == "id_b") continue;
      return Error{ErrorCode::input, "the header must begin \"id_a<tab>id_b\"", path, number};
    }
    if (row.size() < 2)
      return Error{ErrorCode::input, "two ids with a tab between are needed", path, number};
    pairs.push_back({std::move(row[0]), std::move(row[1])});
  }
  if (!has_header)
    return Error{ErrorCode::input, "is empty: a header \"id_a<tab>id_b\" is needed", path, 0};
  return pairs;
}

Result<CompareResult> compare_crawl(const CrawlInput& input, const std::vector<IdPair>& pairs,
                                    const DeduplicateOptions& options, Progress& progress) {
  KITHKIN_TRY_ASSIGN(const JobContext job,
                     JobContext::make(options, options.temporary_dir, progress));
  KITHKIN_TRY_ASSIGN(Fingerprinter fingerprinter, Fingerprinter::create(job.recipe));
  std::unordered_set<std::string> wanted;
  for (const IdPair& pair : pairs)
    wanted.insert({pair.id_a, pair.id_b});
  Comparer comparer(job, std::move(fingerprinter));
  KITHKIN_TRY_ASSIGN(
      CrawlRows rows,
      for_each_row(input, progress, [&](const Row& row, const std::string& id) -> Result<bool> {
        if (wanted.contains(id)) KITHKIN_TRY(comparer.take(id, row.text));
        return true;
      }));
  CompareResult out;
  out.input_errors = std::move(rows.input_errors);
  std::unordered_set<std::string> unknown;
  for (const IdPair& pair : pairs) {
    KITHKIN_TRY_ASSIGN(const Comparison comparison, comparer.compare(pair));
    out.comparisons.push_back(comparison);
    if (!comparison.found_a && unknown.insert(pair.id_a).second)
      out.unknown_ids.push_back(pair.id_a);
    if (!comparison.found_b && unknown.insert(pair.id_b).second)
      out.unknown_ids.push_back(pair.id_b);
  }
  return out;
}

Result<std::map<std::string, Document>> find_documents(const CrawlInput& input,
                                                       const std::vector<std::string>& ids,
                                                       Progress& progress) {
  std::map<std::string, Document> found;
  const std::unordered_set<std::string> wanted(ids.begin(), ids.end());
  KITHKIN_TRY_ASSIGN(
      const CrawlRows rows,
      for_each_row(input, progress, [&](const Row& row, const std::string& id) -> Result<bool> {
        if (!wanted.contains(id) || found.contains(id)) return true;
        found[id] = {id,       std::string(row.url),  std::string(row.title), std::string(row.text),
                     row.date, std::string(row.lang), std::string(row.source)};
        return found.size() < wanted.size();
      }));
  for (const Error& error : rows.input_errors)
    progress.warn(error);
  return found;
}

}  // namespace kithkin
