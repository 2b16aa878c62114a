// Invented articles for tests, and short ways to deduplicate them.
#pragma once

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <kithkin/deduplicate.h>
#include <kithkin/text.h>

#include "unit/base/random.h"

namespace kithkin {

using Words = std::vector<std::string>;

/// Words that no other article is likely to have in this order.
inline Words make_words(std::size_t count, Random& random) {
  Words words;
  for (std::size_t i = 0; i < count; ++i)
    words.push_back("w" + std::to_string(random.below(5000)));
  return words;
}

inline std::string join(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : " ") + word;
  return text;
}

/// The article with a few words changed.
inline Words revise(Words words, std::size_t changes, Random& random) {
  for (std::size_t i = 0; i < changes; ++i)
    words[random.below(words.size())] = "new" + std::to_string(random.below(1000000));
  return words;
}

inline Document make_document(std::string id, std::string text) {
  Document document;
  document.id = std::move(id);
  document.text = std::move(text);
  return document;
}

inline Report deduplicate_all(const std::vector<Document>& documents,
                              const DeduplicateOptions& options = {}) {
  auto report = deduplicate(documents, options);
  EXPECT_TRUE(report) << report.error().describe();
  return report ? std::move(report).value() : Report{};
}

inline Report stream_all(const std::vector<Document>& documents,
                         const DeduplicateOptions& options = {}) {
  auto deduplicator = Deduplicator::create(options);
  EXPECT_TRUE(deduplicator) << deduplicator.error().describe();
  for (const Document& document : documents)
    EXPECT_TRUE(deduplicator->add(document));
  auto report = deduplicator->finish();
  EXPECT_TRUE(report) << report.error().describe();
  return report ? std::move(report).value() : Report{};
}

/// Ids by cluster, the representative first.
inline std::vector<std::vector<std::string>> ids_of(const Report& report) {
  std::vector<std::vector<std::string>> out;
  for (const Cluster& cluster : report.clusters) {
    out.emplace_back();
    for (const Member& member : cluster.members)
      out.back().push_back(member.id);
  }
  return out;
}

/// All that a report says, as text, to compare reports with.
inline std::string print(const Report& report) {
  std::string out;
  const auto add = [&](const auto&... values) { ((out += std::to_string(values) + " "), ...); };
  add(report.counts.read, report.counts.kept, report.counts.removed, report.counts.clusters);
  for (const Cluster& cluster : report.clusters) {
    out += "\ncluster ";
    add(cluster.min_resemblance);
    for (const Member& m : cluster.members) {
      out += "[" + m.id + " " + std::string(to_string(m.relation)) + " ";
      add(m.document, m.resemblance, m.containment, m.containment_of_representative);
      out += "]";
    }
  }
  out += "\nremoved ";
  for (const std::uint64_t document : report.removed)
    add(document);
  for (const Pair& p : report.pairs) {
    out += "\n" + std::string(to_string(p.relation)) + " ";
    add(p.a, p.b, p.measures.resemblance, p.measures.containment_a, p.measures.containment_b);
  }
  return out;
}

/// The runs of `k` tokens of a text, the slow way; one of all where there are fewer.
inline std::set<Words> shingles_of(const std::string& text, std::size_t k = 5) {
  Words words;
  for (const Token& token : tokenize(text))
    words.push_back(token.folded);
  std::set<Words> out;
  if (words.empty()) return out;
  k = std::min(k, words.size());
  for (std::size_t i = 0; i + k <= words.size(); ++i)
    out.insert(Words(words.begin() + static_cast<std::ptrdiff_t>(i),
                     words.begin() + static_cast<std::ptrdiff_t>(i + k)));
  return out;
}

/// The measures of two shingle sets, the slow way.
inline Measures measure_slowly(const std::set<Words>& a, const std::set<Words>& b) {
  const auto shared = static_cast<double>(
      std::count_if(a.begin(), a.end(), [&](const Words& words) { return b.contains(words); }));
  if (a.empty() || b.empty()) return {};
  const auto size_a = static_cast<double>(a.size()), size_b = static_cast<double>(b.size());
  return {shared / (size_a + size_b - shared), shared / size_a, shared / size_b};
}

inline Measures measure_slowly(const std::string& text_a, const std::string& text_b) {
  return measure_slowly(shingles_of(text_a), shingles_of(text_b));
}

/// A crawl with all there is: exact and near copies, parts of others, short ones, empty ones.
inline std::vector<Document> make_crawl(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<Words> articles;
  std::vector<Document> documents;
  for (std::size_t i = 0; i < count; ++i) {
    Words words;
    const double kind = articles.empty() ? 0 : random.unit();
    const Words* former = articles.empty() ? nullptr : &articles[random.below(articles.size())];
    if (kind < .3) {
      words = make_words(random.below(random.chance(.2) ? 8 : 200), random);
    } else if (kind < .45) {
      words = *former;
    } else if (kind < .7) {
      words = former->empty() ? Words() : revise(*former, random.below(8), random);
    } else if (kind < .85) {  // a part, with a little of its own
      const std::size_t size = former->size() / 2, begin = random.below(size + 1);
      words.assign(former->begin() + static_cast<std::ptrdiff_t>(begin),
                   former->begin() + static_cast<std::ptrdiff_t>(begin + size));
      const Words own = make_words(random.below(8), random);
      words.insert(words.end(), own.begin(), own.end());
    } else {  // two in one
      words = *former;
      const Words& other = articles[random.below(articles.size())];
      words.insert(words.end(), other.begin(), other.end());
      if (words.size() > 600) words.resize(600);
    }
    Document document = make_document(std::to_string(random.below(1000000)), join(words));
    if (random.chance(.7)) document.date = static_cast<std::int64_t>(random.below(50));
    document.source = std::string(1, static_cast<char>('a' + random.below(4)));
    documents.push_back(std::move(document));
    articles.push_back(std::move(words));
  }
  return documents;
}

}  // namespace kithkin
