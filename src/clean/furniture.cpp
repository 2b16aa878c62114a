// See furniture.h. One walk hands over every line of every page. Sorted by line and host, they tell
// which recur and which are titles; then each page's own lines tell which article it is, so that an
// article at three addresses makes no furniture of its sentences:
//
//   line "Subscribe" on pages 1..40 of a host      -> 40 pages -> 38 articles -> furniture
//   line "He said ..." on pages 7, 8, 9 of a host  ->  3 pages ->  1 article  -> nothing
//
// A page's article is its longest line that does not recur on the host, provided that such lines
// are a third of the page; else it is a copy, a text of a template or all furniture, its longest
// line of any kind stands for it, and it teaches nothing: what is all of a page is no furniture.
// Tests: tests/unit/clean/furniture_test.cpp.
#include "clean/furniture.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"
#include "base/try.h"

namespace kithkin {
namespace {

constexpr HostKey kLinkOnly = 0;            // a use that counts for titles and for no host
constexpr HostKey kTitle = UINT32_MAX;      // a document's own title
constexpr std::uint64_t kLeastOwn = 3;      // the part of a page that is its own, at least
constexpr std::uint64_t kProseBytes = 100;  // bytes of a line that is a paragraph
constexpr std::size_t kMostNamesakes = 64;  // documents of one title, beyond which it tells nothing

constexpr std::uint64_t kBytesASlot = 128;  // of the crawl: about two lines

/// Slots of a filter for a crawl of so many bytes (0: who knows), at most `most`.
std::size_t filter_size(std::uint64_t crawl, std::size_t most) {
  constexpr std::uint64_t kUnknown = std::uint64_t{1} << 26;
  const std::uint64_t slots = std::bit_ceil((crawl == 0 ? kUnknown : crawl) / kBytesASlot + 1);
  return static_cast<std::size_t>(std::min<std::uint64_t>(slots, most));
}

/// By what an article is known: its longest line.
std::uint32_t article_key(std::uint64_t line) { return static_cast<std::uint32_t>(mix64(line)); }

/// The ends of a line as keys of their own.
std::uint64_t first_end(std::uint64_t ends) { return mix64(ends >> 32 | std::uint64_t{1} << 40); }
std::uint64_t last_end(std::uint64_t ends) {
  return mix64((ends & UINT32_MAX) | std::uint64_t{1} << 41);
}

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos && url.find_first_of("/?#") == scheme + 1)
    url.remove_prefix(scheme + 3);
  else if (url.starts_with("//"))
    url.remove_prefix(2);
  else
    return {};
  url = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t user = url.rfind('@'); user != std::string_view::npos)
    url.remove_prefix(user + 1);
  if (const std::size_t port = url.rfind(':'); port != std::string_view::npos && url.back() != ']')
    url = url.substr(0, port);
  return url;
}

}  // namespace

HostKey host_key(std::string_view url, std::string_view source) {
  std::string name(host_of(url));
  std::transform(name.begin(), name.end(), name.begin(), lower_case);
  if (name.starts_with("www.")) name.erase(0, 4);
  if (name.empty()) name = source;
  const auto key = static_cast<HostKey>(hash_bytes(name.data(), name.size()));
  return std::clamp<HostKey>(key, kLinkOnly + 1, kTitle - 1);
}

std::uint32_t least_articles(std::uint32_t articles_of_host) {
  constexpr std::uint32_t kSmall = 12;
  const std::uint32_t share =
      articles_of_host < kSmall ? (articles_of_host + 1) / 2 : (articles_of_host + 7) / 8;
  return std::max<std::uint32_t>(share, 3);
}

Result<void> Furniture::removals_of(std::uint32_t document, std::vector<Removal>& removals) const {
  removals.clear();
  if (!loses_[document]) return {};
  Kept kept;
  KITHKIN_TRY(kept_->read(offsets_[document], &kept, sizeof kept));
  removals.resize(kept.removals);
  return kept_->read(offsets_[document] + sizeof kept, removals.data(),
                     removals.size() * sizeof(Removal));
}

Result<std::uint64_t> Furniture::lines_of(std::uint32_t document,
                                          std::vector<std::uint64_t>& keys) const {
  keys.clear();
  if (offsets_[document] == kNothing) return std::uint64_t{0};
  Kept kept;
  KITHKIN_TRY(kept_->read(offsets_[document], &kept, sizeof kept));
  keys.resize(kept.keys);
  KITHKIN_TRY(kept_->read(offsets_[document] + sizeof kept + kept.removals * sizeof(Removal),
                          keys.data(), keys.size() * sizeof(std::uint64_t)));
  return kept.prose;
}

bool Furniture::knows(const std::vector<std::uint64_t>& keys, const OutlineLine& line) {
  const auto has = [&](std::uint64_t key) {
    return std::binary_search(keys.begin(), keys.end(), key);
  };
  if (has(line.key)) return true;
  return line.ends != 0 && (has(first_end(line.ends)) || has(last_end(line.ends)));
}

const RepeatedLine* Furniture::recurs(HostKey host, std::uint64_t key) const {
  const RepeatedLine* line = repeated(host, key);
  return line && line->articles >= least_articles(articles(host)) ? line : nullptr;
}

/// Whether anything that was learned may take a line off a page. The cleaner looks closer.
bool Furniture::bears_on(const LearnedPage& page, std::span<const LineKeys> lines) const {
  const auto is_link = [&](std::uint64_t key) { return key != page.title && titles_.find(key); };
  return std::any_of(lines.begin(), lines.end(), [&](const LineKeys& line) {
    if (recurs(page.host, line.shape) || is_link(line.key) || is_link(line.rest)) return true;
    if (line.kind == LineKeys::Label::name) return names_behind(page.host, line.label) != nullptr;
    return line.kind == LineKeys::Label::label && recurs(page.host, line.label);
  });
}

FurnitureLearner::FurnitureLearner(const std::string& prefix, std::size_t sorting,
                                   std::size_t outlines, std::uint64_t crawl)
    : prefix_(prefix),
      outlines_memory_(outlines),
      pages_(std::in_place, prefix + "pages", outlines),
      lines_of_host_(filter_size(crawl, sorting / 8)),
      titles_(filter_size(crawl / 4, sorting / 32)),
      uses_(std::in_place, prefix + "uses-", sorting / 2),
      standings_(std::in_place, prefix + "standings-", sorting / 3, true) {}

/// Calls visit(use) for all that sorting may bring together.
template <class Visit>
Result<void> FurnitureLearner::for_each_use(std::uint32_t document, const LearnedPage& page,
                                            std::span<const LineKeys> lines, Visit visit) const {
  if (page.title != 0) KITHKIN_TRY(visit(Use{page.title, kTitle, document}));
  for (const LineKeys& line : lines) {
    if (line.key == 0) continue;
    KITHKIN_TRY(visit(Use{line.shape, page.host, document}));
    if (line.key != line.shape) KITHKIN_TRY(visit(Use{line.key, kLinkOnly, document}));
    if (line.label != 0 && line.label != line.shape)
      KITHKIN_TRY(visit(Use{line.label, page.host, document}));
    if (line.rest != 0) KITHKIN_TRY(visit(Use{line.rest, kLinkOnly, document}));
  }
  return {};
}

Result<void> FurnitureLearner::add(HostKey host, std::uint64_t title,
                                   std::span<const LineKeys> lines,
                                   std::span<const Removal> removals) {
  const std::uint32_t document = pages_->size();
  out_.open_.push_back(false);
  out_.loses_.push_back(!removals.empty());
  const std::uint32_t least = least_articles(++pages_of_host_[host]);
  LearnedPage page{.title = title, .host = host};
  std::uint32_t most = 0;
  for (const LineKeys& line : lines) {
    if (line.key == 0 || line.bytes <= most) continue;
    most = line.bytes;
    page.longest = line.key;
  }
  bool repeats = false;
  KITHKIN_TRY(for_each_use(document, page, lines, [&](const Use& use) -> Result<void> {
    if (use.host == kTitle)
      titles_.add(use.key);
    else if (use.host != kLinkOnly)
      repeats |= lines_of_host_.add(use.key ^ mix64(use.host)) >= least;
    return {};
  }));
  repeating_ += repeats ? 1 : 0;
  return pages_->add(page, lines, removals);
}

/// Hands over for sorting what may recur on its host or be a title.
Result<void> FurnitureLearner::collect_uses() {
  LearnedPage page;
  for (std::uint32_t document = 0; document < pages_->size(); ++document) {
    KITHKIN_TRY(pages_->read(document, page, scratch_));
    const std::uint32_t least = least_articles(*pages_of_host_.find(page.host));
    const auto is_of_host = [](const Use& use) {
      return use.host != kLinkOnly && use.host != kTitle;
    };
    KITHKIN_TRY(for_each_use(document, page, scratch_, [&](const Use& use) -> Result<void> {
      if (is_of_host(use)) lines_of_host_.prefetch(use.key ^ mix64(use.host));
      titles_.prefetch(use.key);
      return {};
    }));
    KITHKIN_TRY(for_each_use(document, page, scratch_, [&](const Use& use) -> Result<void> {
      const bool may_recur =
          is_of_host(use) && lines_of_host_.may_have(use.key ^ mix64(use.host), least);
      return may_recur || titles_.may_have(use.key, 1) ? uses_->add(use) : Result<void>();
    }));
  }
  return {};
}

/// The uses of one key, as they come: lines of no host, lines by host, titles. Documents whose
/// lines turn out to recur or to be titles are noted.
class FurnitureLearner::UseGroup {
 public:
  UseGroup(FurnitureLearner& learner, std::uint64_t key) : learner_(learner), key_(key) {}

  void add(const Use& use) {
    if (use.host == kTitle) {
      if (titled_.size() <= kMostNamesakes) titled_.push_back(use.document);
      return;
    }
    if (use.host == host_ && use.document == document_) return;
    if (use.host != host_) end_host();
    host_ = use.host;
    document_ = use.document;
    ++pages_;
    lines_.push_back(use.document);
  }

  void end() {
    end_host();
    if (titled_.empty() || titled_.size() > kMostNamesakes) return;
    bool elsewhere = false;
    for (const std::uint32_t document : lines_) {
      if (std::binary_search(titled_.begin(), titled_.end(), document)) continue;
      learner_.repeats_[document] = elsewhere = true;
    }
    if (!elsewhere) return;
    Furniture::Titled& titled = learner_.out_.titles_[key_];
    titled.count = static_cast<std::uint32_t>(std::min(titled_.size(), Furniture::kMostTitled));
    std::copy_n(titled_.begin(), titled.count, titled.documents.begin());
    for (std::uint32_t i = 0; i < titled.count; ++i)
      learner_.linked_[titled_[i]] = true;
  }

 private:
  void end_host() {
    if (host_ != kLinkOnly && pages_ >= least_articles(*learner_.pages_of_host_.find(host_))) {
      learner_.out_.lines_[key_ ^ mix64(host_)] = {};
      // That prose begins so is all that is asked of it; it takes nothing off its page.
      const std::size_t first = is_prose_word(key_) ? lines_.size() : lines_.size() - pages_;
      for (std::size_t i = first; i < lines_.size(); ++i)
        learner_.repeats_[lines_[i]] = true;
    }
    pages_ = 0;
  }

  FurnitureLearner& learner_;
  std::uint64_t key_;
  HostKey host_ = kLinkOnly;
  std::uint32_t document_ = UINT32_MAX, pages_ = 0;
  std::vector<std::uint32_t> titled_, lines_;
};

Result<void> FurnitureLearner::find_repeats() {
  KITHKIN_TRY(uses_->sort());
  repeats_.resize(pages_->size());
  linked_.resize(pages_->size());
  Use use;
  KITHKIN_TRY_ASSIGN(bool any, uses_->next(use));
  while (any) {
    const std::uint64_t key = use.key;
    UseGroup group(*this, key);
    do {
      group.add(use);
      KITHKIN_TRY_ASSIGN(any, uses_->next(use));
    } while (any && use.key == key);
    group.end();
  }
  out_.spilled_ += uses_->spilled_bytes();
  uses_.reset();
  return {};
}

Result<void> FurnitureLearner::stand_page(const LearnedPage& page,
                                          std::span<const LineKeys> lines) {
  std::uint64_t all = 0, own = 0;
  const LineKeys* longest = nullptr;
  const LineKeys* longest_own = nullptr;
  for (const LineKeys& line : lines) {
    if (line.key == 0) continue;  // signs without words
    all += line.bytes;
    if (!longest || line.bytes > longest->bytes) longest = &line;
    if (out_.repeated(page.host, line.shape)) continue;
    own += line.bytes;
    if (!longest_own || line.bytes > longest_own->bytes) longest_own = &line;
  }
  if (!longest) return {};
  const bool has_own = longest_own && kLeastOwn * own >= all;
  const std::uint32_t article = article_key(has_own ? longest_own->key : longest->key);
  KITHKIN_TRY(standings_->add({page.host, article}));
  if (!has_own) return {};
  const auto is_link = [&](const LineKeys& line) {
    return line.key != page.title && !out_.titled(line.key).empty();
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const std::uint64_t key : {lines[i].shape, lines[i].label}) {
      RepeatedLine* repeated = key == 0 ? nullptr : out_.lines_.find(key ^ mix64(page.host));
      if (!repeated || 4 * lines[i].bytes >= all)
        continue;  // a great part of a page is no furniture
      KITHKIN_TRY(standings_->add({key ^ mix64(page.host), article}));
      if (i + 1 < lines.size() && is_link(lines[i + 1])) ++repeated->before_links;
      if (lines[i].label == lines[i].shape) break;
    }
  }
  return {};
}

Result<void> FurnitureLearner::stand_on_articles() {
  LearnedPage page;
  for (std::uint32_t document = 0; document < pages_->size(); ++document) {
    if (repeats_[document]) {
      KITHKIN_TRY(pages_->read(document, page, scratch_));
      KITHKIN_TRY(stand_page(page, scratch_));
      continue;
    }
    KITHKIN_TRY(pages_->read(document, page));
    if (page.longest == 0) continue;
    KITHKIN_TRY(standings_->add({page.host, article_key(page.longest)}));
  }
  return {};
}

Result<void> FurnitureLearner::count_articles() {
  KITHKIN_TRY(standings_->sort());
  Standing standing;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const bool any, standings_->next(standing));
    if (!any) break;
    if (RepeatedLine* line = out_.lines_.find(standing.where))
      ++line->articles;
    else
      ++out_.articles_[standing.where];
  }
  out_.spilled_ += standings_->spilled_bytes();
  standings_.reset();
  return {};
}

Result<void> FurnitureLearner::find_open() {
  LearnedPage page;
  for (std::uint32_t document = 0; document < pages_->size(); ++document) {
    if (!repeats_[document]) continue;
    KITHKIN_TRY(pages_->read(document, page, scratch_));
    out_.open_[document] = out_.bears_on(page, scratch_);
  }
  return {};
}

/// Keeps what cleaning may ask for of the document's page, which is little or nothing.
Result<void> FurnitureLearner::keep_page(std::uint32_t document) {
  LearnedPage page;
  Furniture::Kept kept;
  std::vector<std::uint64_t> keys;
  if (linked_[document]) {
    KITHKIN_TRY(pages_->read(document, page, scratch_));
    for (const LineKeys& line : scratch_) {
      if (line.key == 0) continue;
      keys.push_back(line.key);
      if (line.bytes >= kProseBytes) kept.prose += line.bytes;
      if (line.ends == 0) continue;
      keys.push_back(first_end(line.ends));
      keys.push_back(last_end(line.ends));
    }
    std::sort(keys.begin(), keys.end());
  }
  std::vector<Removal> removals;
  const bool loses = out_.loses_[document] && !out_.open_[document];
  if (loses) KITHKIN_TRY(pages_->read(document, removals));
  kept.removals = static_cast<std::uint32_t>(removals.size());
  kept.keys = static_cast<std::uint32_t>(keys.size());
  out_.offsets_[document] = out_.kept_->size();
  KITHKIN_TRY(out_.kept_->append(&kept, sizeof kept));
  KITHKIN_TRY(out_.kept_->append(removals.data(), removals.size() * sizeof(Removal)));
  return out_.kept_->append(keys.data(), keys.size() * sizeof(std::uint64_t));
}

Result<void> FurnitureLearner::keep_pages() {
  out_.kept_ = std::make_unique<Spill>(prefix_ + "outlines", outlines_memory_);
  out_.offsets_.resize(pages_->size(), Furniture::kNothing);
  for (std::uint32_t document = 0; document < pages_->size(); ++document) {
    const bool loses = out_.loses_[document] && !out_.open_[document];
    if (loses || linked_[document]) KITHKIN_TRY(keep_page(document));
  }
  out_.spilled_ += pages_->spilled_bytes() + out_.kept_->spilled_bytes();
  pages_.reset();
  return {};
}

Result<Furniture> FurnitureLearner::finish() {
  KITHKIN_TRY(collect_uses());
  KITHKIN_TRY(find_repeats());
  KITHKIN_TRY(stand_on_articles());
  KITHKIN_TRY(count_articles());
  KITHKIN_TRY(find_open());
  KITHKIN_TRY(keep_pages());
  return std::move(out_);
}

}  // namespace kithkin
