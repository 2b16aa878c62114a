// Related lists for a crawl on disk: copies are found as deduplication finds them, articles are
// placed (relater.h), and each language's neighbors become lists (related_lists.h) and stories. A
// last walk writes a line for every document. RelateJob::run() is the list of passes.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <kithkin/related.h>

#include "base/json_writer.h"
#include "base/parallel.h"
#include "base/try.h"
#include "engine/crawl_output.h"
#include "engine/crawl_reader.h"
#include "engine/output_directory.h"
#include "engine/related_lists.h"
#include "engine/related_output.h"
#include "engine/relater.h"
#include "engine/story_teller.h"
#include "engine/vector_neighbors.h"
#include "evaluate/labelled_ids.h"

namespace kithkin {
namespace {

struct WriteItem : WalkItem {
  std::string out;
};

class RelateJob {
 public:
  RelateJob(const CrawlInput& input, const RelatedCrawlOptions& options, JobContext context,
            OutputDirectory& out)
      : input_(input),
        options_(options),
        job_(std::move(context)),
        out_(out),
        reader_(job_, input),
        relater_(job_, reader_, options.related, input.fields.vector),
        chooser_(relater_, copies_, options.related),
        lists_(job_.directory.file("lists"), job_.memory.results),
        stories_(job_, relater_) {}

  Result<RelatedSummary> run();

 private:
  [[nodiscard]] bool has_queries() const { return !options_.queries.empty(); }
  Result<void> list();
  Result<void> read();
  Result<void> find_articles();
  void choose_articles(const Assignment& assignment);
  Result<void> note_copies(const JudgedPairs& judged);
  Result<void> relate(LanguageArticles& language);
  Result<void> relate_with_vectors();
  Result<void> choose_lists(std::span<const std::uint32_t> articles,
                            const NeighborsOf& neighbors_of);
  Result<void> write_lists();
  Result<void> write_stories();
  Result<void> write_log();
  Result<void> measure();
  void summarize();

  /// The article that speaks for a document.
  [[nodiscard]] std::uint32_t voice_of(std::uint32_t document) const {
    return relater_.article_of(voice_[document]);
  }
  [[nodiscard]] const Catalog& catalog() const { return reader_.catalog(); }

  const CrawlInput& input_;
  const RelatedCrawlOptions& options_;
  JobContext job_;
  OutputDirectory& out_;
  CrawlReader reader_;
  Relater relater_;
  std::vector<std::uint32_t> voice_;  // by document: that of its article
  DocumentSet articles_;
  CopyPairs copies_;
  RelatedLists chooser_;
  ListStore<RelatedEntry> lists_;
  std::vector<std::uint32_t> list_of_;  // by article: its number in lists_
  StoryTeller stories_;
  LabelledIds labels_;
  RelatedSummary summary_;
};

Result<void> RelateJob::list() {
  const std::vector<std::string> none;
  KITHKIN_TRY(reader_.list(has_queries() ? input_.paths : none,
                           has_queries() ? options_.queries : input_.paths, options_.out));
  return out_.refuse_to_replace(reader_.files().files);
}

Result<void> RelateJob::read() {
  KITHKIN_TRY_ASSIGN(OutputFile rejected, out_.create("rejected.jsonl"));
  CrawlVisitor visitor;
  visitor.reject = [&](const Error& error) {
    std::string line;
    append_rejected(line, error.file, error.line, error.message);
    ++summary_.rejected;
    return rejected.write(line);
  };
  KITHKIN_TRY(reader_.sketch(visitor));
  summary_.bytes = reader_.bytes();
  summary_.read = reader_.rows();
  return rejected.close();
}

/// The passes of deduplication.
Result<void> RelateJob::find_articles() {
  KITHKIN_TRY_ASSIGN(Candidates candidates, reader_.propose());
  KITHKIN_TRY_ASSIGN(const TextSource* texts, reader_.fetch_texts(candidates.documents));
  KITHKIN_TRY_ASSIGN(const VerifiedPairs verified, verify(job_, catalog(), candidates, *texts));
  KITHKIN_TRY_ASSIGN(const JudgedPairs judged,
                     judge(job_, catalog(), {&verified.first, &verified.closed},
                           candidates.documents, *texts, reader_.sample()));
  KITHKIN_TRY_ASSIGN(const Assignment assignment, assign_clusters(job_, catalog(), judged));
  choose_articles(assignment);
  return note_copies(judged);
}

/// The representative speaks for its cluster. Where there are queries, each speaks for itself, and
/// the first of the crawl for a cluster whose representative is one.
void RelateJob::choose_articles(const Assignment& assignment) {
  voice_.resize(catalog().size());
  articles_ = DocumentSet(catalog().size());
  std::unordered_map<std::uint32_t, std::uint32_t> first_old;
  for (std::uint32_t d = 0; d < catalog().size(); ++d) {
    const std::uint32_t representative = assignment.representative(d);
    voice_[d] = representative;
    if (has_queries()) {
      if (!catalog().is_old(d))
        voice_[d] = d;
      else if (!catalog().is_old(representative))
        voice_[d] = first_old.emplace(representative, d).first->second;
    }
    articles_.insert(voice_[d]);
  }
  articles_.freeze();
  if (!has_queries()) return;
  std::unordered_map<std::uint32_t, std::uint32_t> voices;  // by representative
  for (std::uint32_t d = 0; d < catalog().old_documents(); ++d)
    voices.emplace(assignment.representative(d), voice_[d]);
  for (std::uint32_t d = catalog().old_documents(); d < catalog().size(); ++d) {
    const auto at = voices.find(assignment.representative(d));
    if (at != voices.end()) copies_.add(articles_.place(d), articles_.place(at->second));
  }
}

Result<void> RelateJob::note_copies(const JudgedPairs& judged) {
  KITHKIN_TRY(judged.copies.for_each([&](const VerifiedPair& pair) -> Result<void> {
    copies_.add(articles_.place(voice_[pair.pair.hub]), articles_.place(voice_[pair.pair.other]));
    return {};
  }));
  copies_.freeze();
  return {};
}

Result<void> RelateJob::relate(LanguageArticles& language) {
  const ArticleSet& articles = language.articles;
  NeighborSearch search{job_.threads, job_.progress};
  search.weigh = [&](std::uint32_t a, std::uint32_t b, float similarity) {
    return chooser_.weigh(articles.numbers[a], articles.numbers[b], similarity,
                          language.calibration);
  };
  if (has_queries()) {
    const auto is_crawl = [&](std::uint32_t number) { return !relater_.is_query(number); };
    search.first_query = static_cast<std::size_t>(
        std::partition_point(articles.numbers.begin(), articles.numbers.end(), is_crawl) -
        articles.numbers.begin());
    if (search.first_query == 0 || search.first_query == articles.size()) return {};
  }
  NeighborLists neighbors(articles.size(), chooser_.pool());
  {
    const PassTimer timer(job_.timings, "neighbors");
    KITHKIN_TRY(find_neighbors(articles, search, neighbors));
    KITHKIN_TRY(measure_again(articles, articles, search, neighbors));
  }
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (Neighbor& neighbor : neighbors.of(i))
      neighbor.article = articles.numbers[neighbor.article];
  }
  const auto neighbors_of = [&](std::uint32_t article, std::vector<Neighbor>&) {
    return std::span<const Neighbor>(neighbors.of(relater_.facts(article).place));
  };
  KITHKIN_TRY(choose_lists(std::span(articles.numbers).subspan(search.first_query), neighbors_of));
  return has_queries() ? Result<void>() : stories_.tell(language, neighbors_of);
}

/// Stories are told before neighbors of other languages displace those of their own.
Result<void> RelateJob::relate_with_vectors() {
  NeighborLists neighbors(relater_.size(), chooser_.pool());
  VectorNeighbors finder(job_, relater_, chooser_, has_queries(), neighbors);
  const auto neighbors_of = [&](std::uint32_t article, std::vector<Neighbor>& buffer) {
    buffer.assign(neighbors.of(article).begin(), neighbors.of(article).end());
    std::sort(buffer.begin(), buffer.end(), is_nearer);
    return std::span<const Neighbor>(buffer);
  };
  for (std::uint32_t language = 0; language < relater_.languages().size(); ++language) {
    {
      const PassTimer timer(job_.timings, "neighbors");
      KITHKIN_TRY(finder.find_within(language));
    }
    if (!has_queries()) KITHKIN_TRY(stories_.tell(relater_.languages()[language], neighbors_of));
  }
  {
    const PassTimer timer(job_.timings, "neighbors");
    KITHKIN_TRY(finder.find_across());
  }
  if (!has_queries()) stories_.unite_languages(neighbors);
  std::vector<std::uint32_t> asking;
  for (std::uint32_t i = 0; i < relater_.size(); ++i) {
    if (!has_queries() || relater_.is_query(i)) asking.push_back(i);
  }
  return choose_lists(asking, neighbors_of);
}

Result<void> RelateJob::choose_lists(std::span<const std::uint32_t> articles,
                                     const NeighborsOf& neighbors_of) {
  const PassTimer timer(job_.timings, "lists");
  struct ListItem {
    std::size_t first = 0, last = 0;
    std::vector<std::vector<RelatedEntry>> lists;
    std::vector<Neighbor> buffer;
  };
  constexpr std::size_t kAtOnce = 64;
  std::size_t next = 0;
  return ordered_pipeline<ListItem>(
      job_.threads,
      [&](ListItem& item) -> Result<bool> {
        item.first = next;
        item.last = next = std::min(articles.size(), next + kAtOnce);
        item.lists.clear();
        return item.first < item.last;
      },
      [&](unsigned, ListItem& item) -> Result<void> {
        for (std::size_t i = item.first; i < item.last; ++i) {
          KITHKIN_TRY_ASSIGN(auto list,
                             chooser_.choose(articles[i], neighbors_of(articles[i], item.buffer)));
          item.lists.push_back(std::move(list));
        }
        return {};
      },
      [&](ListItem& item) -> Result<void> {
        for (std::size_t i = item.first; i < item.last; ++i) {
          const auto& list = item.lists[i - item.first];
          list_of_[articles[i]] = static_cast<std::uint32_t>(lists_.size());
          KITHKIN_TRY(lists_.append(list));
          summary_.lists += list.empty() ? 0 : 1;
          summary_.entries += list.size();
        }
        return {};
      });
}

Result<void> RelateJob::write_lists() {
  const PassTimer timer(job_.timings, "write");
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("related.jsonl"));
  const RelatedOutput output(relater_, catalog(), stories_.founders());
  std::vector<RelatedOutput::Scratch> scratch(job_.threads);
  const std::uint32_t first = has_queries() ? catalog().old_documents() : 0;
  KITHKIN_TRY(reader_.walk<WriteItem>(
      "write lists", nullptr, [](unsigned, WriteItem& item) { item.out.clear(); },
      [&](unsigned thread, WriteItem& item, const CrawlReader::Met& met) -> Result<void> {
        if (met.document < first) return {};
        const std::uint32_t article = voice_of(met.document);
        std::vector<RelatedEntry>& list = scratch[thread].list;
        list.clear();
        if (list_of_[article] != UINT32_MAX) KITHKIN_TRY(lists_.read(list_of_[article], list));
        return output.append_line(met, article, scratch[thread], item.out);
      },
      [&](WriteItem& item) { return file.write(item.out); }));
  return file.close();
}

Result<void> RelateJob::write_stories() {
  struct Member {
    std::uint32_t founder;
    std::int64_t date;
    std::uint32_t document;
    bool operator<(const Member& o) const {
      return std::tie(founder, date, document) < std::tie(o.founder, o.date, o.document);
    }
  };
  const std::vector<std::uint32_t>& founders = stories_.founders();
  std::vector<std::uint32_t> sizes(relater_.size());
  for (std::uint32_t a = 0; a < relater_.size(); ++a)
    ++sizes[founders[a]];
  std::vector<Member> members;
  for (std::uint32_t d = 0; d < catalog().size(); ++d) {
    const std::uint32_t founder = founders[voice_of(d)];
    if (sizes[founder] < 2) continue;
    KITHKIN_TRY_ASSIGN(const DocumentRecord record, catalog().record(d));
    members.push_back({founder, record.date, d});
  }
  std::sort(members.begin(), members.end());
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("stories.jsonl"));
  for (std::size_t begin = 0, end = 0; begin < members.size(); begin = end) {
    std::vector<StoryMember> story;
    for (; end < members.size() && members[end].founder == members[begin].founder; ++end)
      story.push_back({members[end].document, voice_[members[end].document], members[end].date});
    std::string line;
    KITHKIN_TRY(append_story(line, members[begin].founder, story, relater_, catalog()));
    KITHKIN_TRY(file.write(line));
    ++summary_.stories;
  }
  return file.close();
}

Result<void> RelateJob::write_log() {
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("stories_log.jsonl"));
  for (const StoryEvent& event : stories_.events()) {
    ++(event.kind == StoryEvent::Kind::merge ? summary_.merges : summary_.splits);
    std::string line;
    KITHKIN_TRY(append_event(line, event, relater_, catalog()));
    KITHKIN_TRY(file.write(line));
  }
  return file.close();
}

/// The share of the first entries that bear a label of their list's article; what is missing in a
/// list is wrong.
Result<void> RelateJob::measure() {
  if (options_.measure == 0) return {};
  double right = 0;
  std::uint64_t asked = 0;
  std::vector<RelatedEntry> list;
  for (std::uint32_t d = has_queries() ? catalog().old_documents() : 0; d < catalog().size(); ++d) {
    KITHKIN_TRY_ASSIGN(const std::string id, catalog().id(d));
    if (!labels_.has(id)) continue;
    ++asked;
    const std::uint32_t number = list_of_[voice_of(d)];
    if (number == UINT32_MAX) continue;
    KITHKIN_TRY(lists_.read(number, list));
    for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), options_.measure); ++i) {
      KITHKIN_TRY_ASSIGN(const std::string other,
                         catalog().id(relater_.facts(list[i].article).document));
      right += labels_.share(id, other) ? 1 : 0;
    }
  }
  summary_.precision = asked == 0 ? 0 : right / static_cast<double>(asked) / options_.measure;
  return {};
}

void RelateJob::summarize() {
  summary_.articles = relater_.size();
  for (const LanguageArticles& language : relater_.languages()) {
    std::string name(language.language.name());
    if (!language.language.is_known()) name += "-" + std::string(language.language.script_name());
    summary_.languages.emplace_back(name, language.articles.size());
  }
  std::stable_sort(summary_.languages.begin(), summary_.languages.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  summary_.vectors = relater_.vectors();
  summary_.input_errors = std::move(reader_.input_errors());
  summary_.spilled_bytes =
      reader_.spilled_bytes() + relater_.spilled_bytes() + lists_.spilled_bytes();
}

Result<RelatedSummary> RelateJob::run() {
  auto whole = std::make_optional<PassTimer>(job_.timings, "total");
  if (options_.measure > 0) {
    KITHKIN_TRY_ASSIGN(labels_, LabelledIds::read(options_.labels));
  }
  KITHKIN_TRY(list());
  KITHKIN_TRY(read());
  KITHKIN_TRY(find_articles());
  KITHKIN_TRY(relater_.read(articles_, has_queries() ? catalog().old_documents() : UINT32_MAX));
  list_of_.assign(relater_.size(), UINT32_MAX);
  stories_.begin();
  std::uint64_t work = 0;
  for (const LanguageArticles& language : relater_.languages())
    work += static_cast<std::uint64_t>(language.articles.size()) * language.articles.size() / 2;
  job_.progress->begin("find neighbors", work);
  if (relater_.vectors()) {
    KITHKIN_TRY(relate_with_vectors());
  } else {
    for (LanguageArticles& language : relater_.languages())
      KITHKIN_TRY(relate(language));
  }
  KITHKIN_TRY(write_lists());
  if (!has_queries()) {
    KITHKIN_TRY(write_stories());
    KITHKIN_TRY(write_log());
  }
  KITHKIN_TRY(measure());
  summarize();
  whole.reset();
  summary_.seconds = job_.timings;
  KITHKIN_TRY_ASSIGN(OutputFile file, out_.create("summary.json"));
  KITHKIN_TRY(file.write(format_summary(summary_, job_.recipe, job_.options, peak_memory())));
  KITHKIN_TRY(file.close());
  return std::move(summary_);
}

}  // namespace

Result<void> check_related_options(const RelatedOptions& options) {
  const auto wrong = [](const std::string& what) {
    return Error{ErrorCode::invalid_argument, what, "", 0};
  };
  const auto within = [](double value, double most) { return value >= 0 && value <= most; };
  if (options.top < 1 || options.top > 1000) return wrong("top must be from 1 to 1000");
  if (!within(options.min_score, 1)) return wrong("the least score must be from 0 to 1");
  if (!within(options.window, 1e6)) return wrong("the window must be from 0 to 1000000 days");
  if (!within(options.half_life, 1e6)) return wrong("the half-life must be from 0 to 1000000 days");
  if (!within(options.diversity, 1)) return wrong("the diversity must be from 0 to 1");
  if (!within(options.title_weight, kMostFieldWeight) ||
      !within(options.text_weight, kMostFieldWeight) ||
      options.title_weight + options.text_weight <= 0)
    return wrong("the weights of fields must be from 0 to 1000, one of them more than 0");
  return {};
}

Result<RelatedSummary> relate_crawl(const CrawlInput& input, const RelatedCrawlOptions& options,
                                    Progress& progress) {
  const auto wrong = [](const std::string& what) {
    return Error{ErrorCode::invalid_argument, what, "", 0};
  };
  if (input.paths.empty()) return wrong("no input: name files, directories or -");
  if (options.out.empty()) return wrong("an output directory is needed");
  if ((options.measure > 0) != !options.labels.empty())
    return wrong("to measure, both what and labels are needed");
  if (options.measure > options.related.top)
    return wrong("more entries are to be measured than lists have");
  KITHKIN_TRY(check_related_options(options.related));
  KITHKIN_TRY(make_recipe(options.related.deduplicate));
  KITHKIN_TRY_ASSIGN(OutputDirectory out, OutputDirectory::open(options.out, options.overwrite));
  KITHKIN_TRY_ASSIGN(JobContext job,
                     JobContext::make(options.related.deduplicate, options.out, progress));
  KITHKIN_TRY_ASSIGN(RelatedSummary summary, RelateJob(input, options, std::move(job), out).run());
  KITHKIN_TRY(out.commit());
  return summary;
}

}  // namespace kithkin
