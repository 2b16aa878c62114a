// See catalog.h. Tests: tests/unit/engine/catalog_test.cpp.
#include "engine/catalog.h"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "base/try.h"

namespace kithkin {

std::uint32_t source_rank(const DeduplicateOptions& options, std::string_view source) {
  const auto at = std::find(options.sources.begin(), options.sources.end(), source);
  return static_cast<std::uint32_t>(at - options.sources.begin());
}

Catalog::Catalog(const TemporaryDirectory& directory, std::size_t memory, std::size_t sorting)
    : records_(directory.file("records"), memory / 4 * 3),
      ids_(directory.file("ids"), memory / 4),
      contents_(std::in_place, directory.file("contents-"), sorting) {}

Result<void> Catalog::add(DocumentRecord record, std::string_view id) {
  if (size() >= kMostDocuments) {
    return Error{ErrorCode::limit, "more than 4,294,967,294 documents: split the crawl", "", 0};
  }
  record.id_offset = ids_.size();
  record.id_size = static_cast<std::uint32_t>(id.size());
  KITHKIN_TRY(ids_.append(id.data(), id.size()));
  KITHKIN_TRY(records_.append(&record, sizeof record));
  ++size_;
  return {};
}

Result<void> Catalog::describe(std::uint32_t tokens, const ContentHash& content) {
  assert(described() < size());
  if (tokens > 0) KITHKIN_TRY(contents_->add({content.high, content.low, described()}));
  tokens_.push_back(tokens);
  return {};
}

Result<DocumentRecord> Catalog::record(std::uint32_t document) const {
  DocumentRecord record;
  KITHKIN_TRY(records_.read(std::uint64_t{document} * sizeof record, &record, sizeof record));
  return record;
}

Result<std::string> Catalog::id(std::uint32_t document) const {
  KITHKIN_TRY_ASSIGN(const DocumentRecord r, record(document));
  if (r.id_offset > ids_.size() || r.id_size > ids_.size() - r.id_offset) return records_.damaged();
  std::string id(r.id_size, '\0');
  KITHKIN_TRY(ids_.read(r.id_offset, id.data(), id.size()));
  return id;
}

Result<void> Catalog::find_exact(const DeduplicateOptions& options) {
  twin_.resize(size());
  for (std::uint32_t d = 0; d < size(); ++d)
    twin_[d] = d;
  KITHKIN_TRY(contents_->sort());
  std::vector<std::uint32_t> group;
  Content last, next;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const bool any, contents_->next(next));
    if (any && next.document >= size()) return contents_->damaged();
    if (!any || !next.same_text(last)) {
      KITHKIN_TRY(settle_group(group, options));
      group.clear();
    }
    if (!any) break;
    group.push_back(next.document);
    last = next;
  }
  spilled_before_ += contents_->spilled_bytes();
  contents_.reset();
  return {};
}

Result<void> Catalog::settle_group(const std::vector<std::uint32_t>& group,
                                   const DeduplicateOptions& options) {
  if (group.size() < 2) return {};
  KITHKIN_TRY_ASSIGN(Preference best, Preference::of(group[0], *this, options));
  for (std::size_t i = 1; i < group.size(); ++i) {
    KITHKIN_TRY_ASSIGN(Preference other, Preference::of(group[i], *this, options));
    if (other < best) best = std::move(other);
  }
  for (const std::uint32_t document : group)
    twin_[document] = best.document;
  return {};
}

DocumentSet Catalog::distinct() const {
  DocumentSet set(size());
  for (std::uint32_t d = 0; d < size(); ++d) {
    if (twin_[d] == d && tokens_[d] > 0) set.insert(d);
  }
  set.freeze();
  return set;
}

std::uint64_t Catalog::spilled_bytes() const {
  return spilled_before_ + records_.spilled_bytes() + ids_.spilled_bytes() +
         (contents_ ? contents_->spilled_bytes() : 0);
}

Result<Preference> Preference::of(std::uint32_t document, const Catalog& catalog,
                                  const DeduplicateOptions& options) {
  KITHKIN_TRY_ASSIGN(const DocumentRecord record, catalog.record(document));
  KITHKIN_TRY_ASSIGN(std::string id, catalog.id(document));
  Preference p{!catalog.is_old(document), 0, 0, std::move(id), document};
  const std::int64_t shortness = -static_cast<std::int64_t>(catalog.tokens()[document]);
  switch (options.keep) {
    case Keep::longest: p.first = shortness; break;
    case Keep::first: p.first = document; break;
    case Keep::earliest: p.first = record.date; break;
    case Keep::source:
      p.first = record.source_rank;
      p.second = shortness;
      break;
  }
  return p;
}

bool Preference::operator<(const Preference& o) const {
  return std::tie(is_new, first, second, id, document) <
         std::tie(o.is_new, o.first, o.second, o.id, o.document);
}

}  // namespace kithkin
