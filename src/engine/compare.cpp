// Pairs by id: the passes of deduplication up to the judgement, with the named pairs among those
// that are judged.
#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include <kithkin/crawl.h>

#include "base/try.h"
#include "clean/cleaner.h"
#include "corpus/byte_source.h"
#include "engine/crawl_reader.h"
#include "engine/job.h"
#include "engine/learn.h"
#include "engine/relater.h"
#include "match/passage_set.h"
#include "text/shingle.h"
#include "text/tokenize.h"

namespace kithkin {
namespace {

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

/// A pair by the numbers of its documents.
struct NumberedPair {
  std::optional<std::uint32_t> a, b;
};

/// Decides named pairs as deduplication decides all: the crawl is read and its own pairs are judged
/// too, since what is a formula only the crawl can tell.
class Comparer {
 public:
  Comparer(JobContext& job, const CrawlInput& input) : job_(job), reader_(job, input) {}

  /// Has run() score the pairs too, which takes three more walks.
  void score() { scores_ = true; }

  Result<CompareResult> run(const CrawlInput& input, const std::vector<IdPair>& pairs) {
    KITHKIN_TRY(reader_.list({}, input.paths, ""));
    KITHKIN_TRY(read(pairs));
    KITHKIN_TRY_ASSIGN(Candidates candidates, reader_.propose());
    for (const NumberedPair& pair : pairs_) {
      if (pair.a) candidates.documents.insert(twin(*pair.a));
      if (pair.b) candidates.documents.insert(twin(*pair.b));
    }
    candidates.documents.freeze();
    KITHKIN_TRY_ASSIGN(const TextSource* texts, reader_.fetch_texts(candidates.documents));
    KITHKIN_TRY_ASSIGN(const VerifiedPairs verified,
                       verify(job_, reader_.catalog(), candidates, *texts));
    VerifiedStore named(job_.directory.file("named"), job_.memory.results);
    CompareResult out;
    for (const NumberedPair& pair : pairs_) {
      out.comparisons.emplace_back();
      KITHKIN_TRY(measure_pair(pair, *texts, named, out.comparisons.back()));
    }
    KITHKIN_TRY_ASSIGN(const JudgedPairs judged,
                       judge(job_, reader_.catalog(), {&verified.first, &verified.closed, &named},
                             candidates.documents, *texts, reader_.sample()));
    KITHKIN_TRY(mark_formulas(judged, out.comparisons));
    if (scores_) KITHKIN_TRY(relate_pairs(judged, out.comparisons));
    std::unordered_set<std::string> unknown;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (!pairs_[i].a && unknown.insert(pairs[i].id_a).second)
        out.unknown_ids.push_back(pairs[i].id_a);
      if (!pairs_[i].b && unknown.insert(pairs[i].id_b).second)
        out.unknown_ids.push_back(pairs[i].id_b);
    }
    out.input_errors = std::move(reader_.input_errors());
    return out;
  }

 private:
  [[nodiscard]] std::uint32_t twin(std::uint32_t document) const {
    return reader_.catalog().twin(document);
  }
  [[nodiscard]] CandidatePair in_one_form(const NumberedPair& pair) const {
    return make_candidate(twin(*pair.a), twin(*pair.b), {reader_.catalog().tokens()});
  }

  Result<void> read(const std::vector<IdPair>& pairs) {
    std::unordered_map<std::string, std::optional<std::uint32_t>> numbers;
    for (const IdPair& pair : pairs) {
      numbers[pair.id_a] = std::nullopt;
      numbers[pair.id_b] = std::nullopt;
    }
    CrawlVisitor visitor;
    visitor.document = [&](std::uint32_t document, const std::string& id) {
      const auto at = numbers.find(id);
      if (at != numbers.end() && !at->second) at->second = document;  // the first of an id counts
    };
    KITHKIN_TRY(reader_.sketch(visitor));
    for (const IdPair& pair : pairs)
      pairs_.push_back({numbers[pair.id_a], numbers[pair.id_b]});
    return {};
  }

  /// Measures and decides, and puts what may be a formula among the pairs to be judged.
  Result<void> measure_pair(const NumberedPair& pair, const TextSource& texts, VerifiedStore& named,
                            Comparison& out) {
    out.found_a = pair.a.has_value();
    out.found_b = pair.b.has_value();
    if (!out.found_a || !out.found_b) return {};
    const std::uint32_t a = twin(*pair.a), b = twin(*pair.b);
    KITHKIN_TRY_ASSIGN(const auto in_a, texts.distinct_shingles(a, a_));
    set_.fill(in_a);
    const auto size_a = static_cast<std::uint32_t>(in_a.size());
    KITHKIN_TRY_ASSIGN(const auto in_b, texts.distinct_shingles(b, b_));
    const auto size_b = static_cast<std::uint32_t>(in_b.size());
    const std::uint32_t shared = set_.count_shared(in_b);
    out.measures = measure(size_a, size_b, shared);
    out.relation = decide(out.measures, a == b && size_a > 0, job_.options.match);
    if (a == b || out.relation == Relation::none) return {};
    const CandidatePair ids = in_one_form(pair);
    return ids.hub == a ? named.append({ids, shared, size_a, size_b})
                        : named.append({ids, shared, size_b, size_a});
  }

  Result<void> mark_formulas(const JudgedPairs& judged,
                             std::vector<Comparison>& comparisons) const {
    std::unordered_map<std::uint64_t, Evidence> formulas;
    KITHKIN_TRY(judged.formulas.for_each([&](const JudgedPair& pair) -> Result<void> {
      formulas.emplace(pair.verified.pair.packed(), pair.evidence);
      return {};
    }));
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      if (!pairs_[i].a || !pairs_[i].b) continue;
      const auto at = formulas.find(in_one_form(pairs_[i]).packed());
      if (at == formulas.end()) continue;
      comparisons[i].relation = Relation::formula;
      comparisons[i].reason = at->second.reason();
    }
    return {};
  }

  /// Scores the pairs by the articles that speak for their clusters.
  Result<void> relate_pairs(const JudgedPairs& judged, std::vector<Comparison>& comparisons) {
    KITHKIN_TRY_ASSIGN(const Assignment assignment,
                       assign_clusters(job_, reader_.catalog(), judged));
    DocumentSet articles(reader_.catalog().size());
    for (std::uint32_t d = 0; d < reader_.catalog().size(); ++d)
      articles.insert(assignment.representative(d));
    articles.freeze();
    const RelatedOptions options;
    Relater relater(job_, reader_, options);
    KITHKIN_TRY(relater.read(articles, UINT32_MAX));
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      if (!pairs_[i].a || !pairs_[i].b) continue;
      KITHKIN_TRY_ASSIGN(comparisons[i].related_score,
                         relater.score(articles.place(assignment.representative(*pairs_[i].a)),
                                       articles.place(assignment.representative(*pairs_[i].b))));
    }
    return {};
  }

  JobContext& job_;
  CrawlReader reader_;
  bool scores_ = false;
  std::vector<NumberedPair> pairs_;
  PassageSet set_;
  TextBuffer a_, b_;
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
  KITHKIN_TRY_ASSIGN(JobContext job, JobContext::make(options, options.temporary_dir, progress));
  Comparer comparer(job, input);
  comparer.score();
  return comparer.run(input, pairs);
}

Result<void> explain_in_crawl(const CrawlInput& input, const Document& a, const Document& b,
                              const DeduplicateOptions& options, Progress& progress,
                              Explanation& explanation) {
  KITHKIN_TRY_ASSIGN(JobContext job, JobContext::make(options, options.temporary_dir, progress));
  KITHKIN_TRY_ASSIGN(const CompareResult compared, Comparer(job, input).run(input, {{a.id, b.id}}));
  const Comparison& comparison = compared.comparisons.front();
  if (comparison.relation == Relation::formula) {
    explanation.relation = Relation::formula;
    explanation.reason = comparison.reason;
  }
  Tokenizer tokenizer;
  std::vector<TokenHash> tokens;
  std::vector<ShingleHash> shingles;
  const auto read = [&](std::string_view text) {
    tokenizer.hash(text, tokens);
    make_shingles(tokens, options.shingle, shingles);
  };
  std::unordered_map<ShingleHash, std::uint64_t> documents;  // by shingle of a passage
  const auto text_of = [&](const SharedPassage& passage) {
    return std::string_view(a.text).substr(passage.a.begin, passage.a.end - passage.a.begin);
  };
  for (const SharedPassage& passage : explanation.shared) {
    read(text_of(passage));
    for (const ShingleHash shingle : shingles)
      documents.emplace(shingle, 0);
  }
  ShingleSet scratch;
  KITHKIN_TRY(for_each_row(input, progress, [&](const Row& row, const std::string&) {
    read(row.text);
    const std::uint32_t distinct = scratch.keep_distinct(shingles);
    for (std::uint32_t i = 0; i < distinct; ++i) {
      const auto at = documents.find(shingles[i]);
      if (at != documents.end()) ++at->second;
    }
    return Result<bool>(true);
  }));
  for (SharedPassage& passage : explanation.shared) {
    read(text_of(passage));
    passage.documents = UINT64_MAX;
    for (const ShingleHash shingle : shingles)
      passage.documents = std::min(passage.documents, documents[shingle]);
  }
  return {};
}

namespace {

/// Takes off the documents what the crawl teaches to be furniture.
Result<void> clean_documents(const CrawlInput& input, Progress& progress,
                             std::map<std::string, Document>& documents) {
  KITHKIN_TRY_ASSIGN(JobContext job, JobContext::make({}, "", progress));
  KITHKIN_TRY_ASSIGN(const InputList list,
                     list_inputs(input.paths, job.directory, [&] { return progress.cancelled(); }));
  KITHKIN_TRY_ASSIGN(const Learned learned, learn_furniture(job, list.files, input, {}));
  Cleaner cleaner(&learned.furniture);
  CleanedPage page;
  for (auto& [id, document] : documents) {
    const HostKey host = host_key(document.url, document.source);
    KITHKIN_TRY(cleaner.clean(document.text, document.title, host, page));
    std::string article;
    remove(document.text, page.removals, article);
    document.text = std::move(article);
  }
  return {};
}

}  // namespace

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
  if (input.clean && !needs_spill(input.paths))
    KITHKIN_TRY(clean_documents(input, progress, found));
  return found;
}

}  // namespace kithkin
