// See relater.h. Relater::read() is the list of passes.
#include "engine/relater.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "base/try.h"
#include "engine/learn.h"

namespace kithkin {
namespace {

constexpr std::size_t kRandomPairs = 50000;
constexpr std::size_t kAtOnce = 256;            // articles of a task
constexpr std::uint64_t kTermsPerArticle = 16;  // new to the vocabulary

struct PassageItem : WalkItem {
  std::vector<std::vector<std::uint64_t>> articles;  // the passages of each
};

}  // namespace

struct Relater::TermsItem : WalkItem {
  std::vector<ArticleFacts> facts;
  std::vector<Language> languages;
  std::vector<std::uint32_t> ends;  // of each article's terms
  std::vector<TermCount> terms;
  std::vector<std::string> cards;
  ReadVectors vectors;
};

Relater::Relater(JobContext& job, CrawlReader& reader, const RelatedOptions& options,
                 std::string vector_field)
    : job_(job),
      reader_(reader),
      options_(options),
      fields_{options.title_weight, options.text_weight},
      counts_(job.directory.file("term-counts"), job.memory.shingles / 2),
      weights_(job.directory.file("term-weights"), job.memory.shingles / 2),
      cards_(job.directory.file("cards"), job.memory.catalog),
      vector_field_(std::move(vector_field)),
      places_(job.directory.file("places"), job.memory.bands) {
  if (vector_field_.empty()) return;
  vector_space_.emplace(job.directory.file("vectors"), job.memory.results);
  vectors_.emplace().field = vector_field_;
}

Result<void> Relater::read(const DocumentSet& articles, std::uint32_t first_query) {
  documents_ = &articles;
  first_query_ = first_query;
  KITHKIN_TRY(find_shared_passages());
  KITHKIN_TRY(count_terms());
  passages_.reset();
  KITHKIN_TRY(learn_hosts());
  KITHKIN_TRY(weigh_terms());
  const PassTimer timer(job_.timings, "place");
  job_.progress->begin("place articles", languages_.size());
  for (LanguageArticles& language : languages_) {
    const std::vector<std::uint32_t> sample = sample_of(language);
    KITHKIN_TRY(place(language, sample));
    KITHKIN_TRY(calibrate(language.articles, sample, language.calibration));
  }
  vocabulary_.reset();  // what follows needs its memory
  if (!vector_space_) return {};
  KITHKIN_TRY(place_vectors());
  return calibrate_vectors();
}

Result<void> Relater::find_shared_passages() {
  const PassTimer timer(job_.timings, "passages");
  passages_.emplace(job_.directory.file("passages-"), job_.memory.bands + job_.memory.pairs);
  struct Worker {
    Tokenizer tokenizer;
    std::vector<TokenHash> tokens;
  };
  std::vector<Worker> workers(job_.threads);
  KITHKIN_TRY(reader_.walk<PassageItem>(
      "find shared passages", documents_,
      [](unsigned, PassageItem& item) { item.articles.clear(); },
      [&](unsigned thread, PassageItem& item, const CrawlReader::Met& met) -> Result<void> {
        if (met.document >= first_query_) return {};
        Worker& worker = workers[thread];
        worker.tokenizer.hash(met.text, worker.tokens);
        SharedPassages::choose(worker.tokens, item.articles.emplace_back());
        return {};
      },
      [&](PassageItem& item) -> Result<void> {
        for (const auto& passages : item.articles)
          KITHKIN_TRY(passages_->add(passages));
        return {};
      }));
  KITHKIN_TRY(passages_->freeze());
  spilled_passages_ = passages_->spilled_bytes();
  return {};
}

Result<void> Relater::count_terms() {
  const PassTimer timer(job_.timings, "terms");
  vocabulary_.emplace(documents_->count() * kTermsPerArticle);
  std::vector<ArticleTerms> workers;
  for (unsigned i = 0; i < job_.threads; ++i)
    workers.emplace_back(fields_, &*passages_);
  std::vector<std::vector<TermCount>> terms(job_.threads);
  KITHKIN_TRY(reader_.walk<TermsItem>(
      "count terms", documents_,
      [](unsigned, TermsItem& item) {
        item.facts.clear(), item.languages.clear(), item.ends.clear(), item.terms.clear();
        item.cards.clear(), item.vectors.clear();
      },
      [&](unsigned thread, TermsItem& item, const CrawlReader::Met& met) -> Result<void> {
        const Language language = language_of(met.row.lang, met.text);
        const float certainty =
            workers[thread].count(met.row.title, met.text, language, terms[thread]);
        item.terms.insert(item.terms.end(), terms[thread].begin(), terms[thread].end());
        item.ends.push_back(static_cast<std::uint32_t>(item.terms.size()));
        item.languages.push_back(language);
        item.cards.push_back(std::string(met.row.title) + '\0' + std::string(met.row.url));
        item.facts.push_back({met.document, host_of(met.row),
                              met.row.date.value_or(DocumentRecord::kNoDate), 0, 0, certainty});
        if (vector_space_) item.vectors.add(met.row.vector);
        return {};
      },
      [&](TermsItem& item) -> Result<void> {
        std::uint32_t begin = 0;
        for (std::size_t i = 0; i < item.facts.size(); ++i) {
          const std::span own(item.terms.data() + begin, item.ends[i] - begin);
          begin = item.ends[i];
          commit_article(item.languages[i], item.facts[i], own);
          KITHKIN_TRY(counts_.append(own));
          KITHKIN_TRY(cards_.append(item.cards[i]));
          if (vector_space_) KITHKIN_TRY(append_vector(item.vectors, i));
        }
        return {};
      }));
  if (facts_.size() == documents_->count()) return {};
  return Error{ErrorCode::input, "an input has changed while it was read", "", 0};
}

void Relater::commit_article(const Language& language, ArticleFacts facts,
                             std::span<const TermCount> terms) {
  const auto same = [&](const LanguageArticles& known) {
    return known.language.name() == language.name() &&
           (language.is_known() || known.language == language);
  };
  auto at = std::find_if(languages_.begin(), languages_.end(), same);
  if (at == languages_.end()) {
    at = languages_.emplace(languages_.end());
    at->language = language;
    at->articles.terms = &weights_;
  }
  facts.language = static_cast<std::uint32_t>(at - languages_.begin());
  facts.place = static_cast<std::uint32_t>(at->articles.size());
  at->articles.numbers.push_back(static_cast<std::uint32_t>(facts_.size()));
  facts_.push_back(facts);
  if (facts.document >= first_query_) return;
  vocabulary_->add(terms);
  ++at->statistics.articles;
  for (const TermCount& entry : terms)
    at->statistics.eighths += entry.eighths;
}

Result<void> Relater::learn_hosts() {
  std::vector<std::uint32_t> by_host;
  for (std::uint32_t i = 0; i < facts_.size(); ++i) {
    if (!is_query(i)) by_host.push_back(i);
  }
  std::stable_sort(by_host.begin(), by_host.end(), [&](std::uint32_t a, std::uint32_t b) {
    return facts_[a].host < facts_[b].host;
  });
  std::vector<std::vector<TermCount>> articles;
  for (std::size_t begin = 0, end = 0; begin < by_host.size(); begin = end) {
    const HostKey host = facts_[by_host[begin]].host;
    while (end < by_host.size() && facts_[by_host[end]].host == host)
      ++end;
    if (host == 0 || end - begin < HostTerms::kLeastArticles) continue;
    const auto sample = spread(std::span(by_host).subspan(begin, end - begin), HostTerms::kSampled);
    articles.resize(sample.size());
    for (std::size_t i = 0; i < sample.size(); ++i)
      KITHKIN_TRY(counts_.read(sample[i], articles[i]));
    hosts_[host] = HostTerms::learn(articles);
  }
  return {};
}

std::span<const HostTerms::Entry> Relater::host_terms(HostKey host) const {
  const auto at = hosts_.find(host);
  return at == hosts_.end() ? std::span<const HostTerms::Entry>() : at->second;
}

namespace {

struct WeighItem {
  std::size_t first = 0, last = 0;
  std::vector<std::vector<TermWeight>> weights;
};

}  // namespace

Result<void> Relater::weigh_terms() {
  const PassTimer timer(job_.timings, "terms");
  const TermWeigher weigher(*vocabulary_);
  std::size_t next = 0;
  return ordered_pipeline<WeighItem>(
      job_.threads,
      [&](WeighItem& item) -> Result<bool> {
        item.first = next;
        item.last = next = std::min(facts_.size(), next + kAtOnce);
        item.weights.resize(item.last - item.first);
        return item.first < item.last;
      },
      [&](unsigned, WeighItem& item) -> Result<void> {
        std::vector<TermCount> counts;
        for (std::size_t i = item.first; i < item.last; ++i) {
          KITHKIN_TRY(counts_.read(i, counts));
          weigher.weigh(counts, languages_[facts_[i].language].statistics,
                        host_terms(facts_[i].host), item.weights[i - item.first]);
          for (TermWeight& entry : item.weights[i - item.first])
            entry.weight *= facts_[i].certainty;
        }
        return {};
      },
      [&](WeighItem& item) -> Result<void> {
        for (const auto& weights : item.weights)
          KITHKIN_TRY(weights_.append(weights));
        return {};
      });
}

std::vector<std::uint32_t> Relater::spread(std::span<const std::uint32_t> all, std::size_t most) {
  if (all.size() <= most) return {all.begin(), all.end()};
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < most; ++i)
    out.push_back(all[i * all.size() / most]);
  return out;
}

/// Articles to learn from: all, or so many, spread over the crawl.
std::vector<std::uint32_t> Relater::sample_of(const LanguageArticles& language) const {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < language.articles.size(); ++i) {
    if (!is_query(language.articles.numbers[i])) all.push_back(i);
  }
  return spread(all, kMostLearned);
}

Result<void> Relater::place(LanguageArticles& language, std::span<const std::uint32_t> sample) {
  const TermWeigher weigher(*vocabulary_);
  ArticleSet& articles = language.articles;
  std::vector<std::vector<TermWeight>> learned(sample.size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    KITHKIN_TRY(weights_.read(articles.numbers[sample[i]], learned[i]));
    weigher.sharpen(learned[i], language.statistics);
  }
  const LatentSpace space = LatentSpace::learn(learned);
  if (space.is_empty()) return {};
  constexpr std::size_t kDimensions = LatentSpace::kDimensions;
  articles.coordinates.assign(articles.size() * kDimensions, 0);
  const std::size_t tasks = (articles.size() + kAtOnce - 1) / kAtOnce;
  KITHKIN_TRY(parallel_for(job_.threads, tasks, [&](unsigned, std::size_t task) -> Result<void> {
    std::vector<TermWeight> terms;
    std::vector<float> coordinates(kDimensions);
    const std::size_t last = std::min(articles.size(), (task + 1) * kAtOnce);
    for (std::size_t i = task * kAtOnce; i < last; ++i) {
      KITHKIN_TRY(weights_.read(articles.numbers[i], terms));
      weigher.sharpen(terms, language.statistics);
      space.project(terms, coordinates);
      for (float& coordinate : coordinates)
        coordinate *= facts_[articles.numbers[i]].certainty;
      quantize(coordinates, std::span(articles.coordinates).subspan(i * kDimensions, kDimensions));
    }
    return {};
  }));
  return draw_together(articles, sample, {job_.threads, job_.progress});
}

Result<std::vector<float>> Relater::random_similarities(const ArticleSet& a,
                                                        std::span<const std::uint32_t> sample_a,
                                                        const ArticleSet& b,
                                                        std::span<const std::uint32_t> sample_b,
                                                        std::size_t pairs) const {
  const bool is_within = &a == &b;
  std::vector<float> similarities(pairs);
  const std::size_t tasks = (pairs + kAtOnce - 1) / kAtOnce;
  KITHKIN_TRY(parallel_for(job_.threads, tasks, [&](unsigned, std::size_t task) -> Result<void> {
    ArticleBuffer buffer_a, buffer_b;
    std::uint64_t state = task;
    for (std::size_t i = task * kAtOnce; i < std::min(pairs, (task + 1) * kAtOnce); ++i) {
      const std::uint64_t one = splitmix64(state) % sample_a.size();
      const std::uint64_t other =
          is_within ? (one + 1 + splitmix64(state) % (sample_b.size() - 1)) % sample_b.size()
                    : splitmix64(state) % sample_b.size();
      KITHKIN_TRY_ASSIGN(const ArticleView view_a, a.view(sample_a[one], buffer_a));
      KITHKIN_TRY_ASSIGN(const ArticleView view_b, b.view(sample_b[other], buffer_b));
      similarities[i] = similarity(view_a, view_b);
    }
    return {};
  }));
  return similarities;
}

/// Leaves the curve of typical crawls where there are too few different pairs.
Result<void> Relater::calibrate(const ArticleSet& articles, std::span<const std::uint32_t> sample,
                                Calibration& out) const {
  const std::uint64_t size = sample.size();
  if (size * (size - std::min<std::uint64_t>(size, 1)) / 2 < Calibration::kLeastPairs) return {};
  const std::size_t pairs =
      static_cast<std::size_t>(std::min<std::uint64_t>(kRandomPairs, 4 * size * (size - 1) / 2));
  KITHKIN_TRY_ASSIGN(std::vector<float> similarities,
                     random_similarities(articles, sample, articles, sample, pairs));
  out = Calibration(std::move(similarities));
  return {};
}

Result<Relater::Card> Relater::card(std::uint32_t article) const {
  std::vector<char> bytes;
  KITHKIN_TRY(cards_.read(article, bytes));
  const std::string_view both(bytes.data(), bytes.size());
  const std::size_t end = both.rfind('\0');  // an address holds none, a title may
  return Card{std::string(both.substr(0, end)), std::string(both.substr(end + 1))};
}

Result<float> Relater::score(std::uint32_t a, std::uint32_t b) const {
  const std::optional<Basis> basis = basis_of(a, b);
  if (!basis) return 0.0F;
  const ArticleFacts &of_a = facts_[a], &of_b = facts_[b];
  ArticleBuffer buffer_a, buffer_b;
  KITHKIN_TRY_ASSIGN(const ArticleView view_a,
                     languages_[of_a.language].articles.view(of_a.place, *basis, buffer_a));
  KITHKIN_TRY_ASSIGN(const ArticleView view_b,
                     languages_[of_b.language].articles.view(of_b.place, *basis, buffer_b));
  return calibration(of_a.language, of_b.language, *basis).score(similarity(view_a, view_b));
}

}  // namespace kithkin
