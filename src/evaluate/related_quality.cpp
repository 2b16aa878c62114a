// Lists of related articles against what people say.
//
//   labels  a sport  b sport  c sport  d court       list of a:  b d     k = 2
//
//   P@2     of two places one is right: 1/2
//   nDCG@2  right at rank 1 gains 1/log2(2) = 1; b and c in front would gain 1 + 1/log2(3)
//
// A document without a label is nobody's judgment: its list is passed over, but as an entry it
// takes a place and is not right, as it would be for a reader.
// K. Järvelin, J. Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", TOIS 20, 2002.
// Tests: tests/unit/evaluate/related_quality_test.cpp.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <span>
#include <string_view>
#include <variant>

#include <kithkin/evaluate.h>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/try.h"
#include "corpus/related_file.h"
#include "evaluate/bootstrap.h"
#include "evaluate/labelled_ids.h"
#include "evaluate/labels.h"

namespace kithkin {
namespace {

/// The gain of a right entry at a rank from 0.
double gain(std::size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 2); }

/// Every unit is a group of its own.
GroupSums make_sums(std::size_t units, std::size_t columns) {
  std::vector<std::uint32_t> alone(units);
  std::iota(alone.begin(), alone.end(), 0U);
  return {alone, alone, columns};
}

std::string file_of(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return path;
  return (std::filesystem::path(path) / "related.jsonl").string();
}

// --- labels of documents -----------------------------------------------------------------------

struct ListQuality {
  double precision = 0, ndcg = 0;
};

ListQuality measure_list(const RelatedLine& line, const LabelledIds& labels, std::size_t k) {
  const std::string id(line.article.id);
  ListQuality out;
  const std::size_t size = std::min(line.entries.size(), k);
  for (std::size_t i = 0; i < size; ++i) {
    if (!labels.share(id, std::string(line.entries[i].article.id))) continue;
    out.precision += 1 / static_cast<double>(k);
    out.ndcg += gain(i);
  }
  double best = 0;
  const std::size_t alike = labels.count_alike(id, k);
  for (std::size_t i = 0; i < alike; ++i)
    best += gain(i);
  out.ndcg = best == 0 ? 1 : out.ndcg / best;  // nothing was to be found
  return out;
}

Result<void> measure_lists(const EvaluateRelatedOptions& options, RelatedEvaluation& out) {
  KITHKIN_TRY_ASSIGN(const LabelledIds labels, LabelledIds::read(options.labels));
  std::vector<ListQuality> qualities;
  KITHKIN_TRY(read_related(file_of(options.lists), [&](const RelatedLine& line) {
    if (!labels.has(std::string(line.article.id))) return;
    if (line.entries.empty()) ++out.empty;
    qualities.push_back(measure_list(line, labels, options.k));
  }));
  out.lists = qualities.size();
  if (qualities.empty()) return {};
  GroupSums sums = make_sums(qualities.size(), 3);
  for (std::uint32_t i = 0; i < qualities.size(); ++i) {
    out.precision += qualities[i].precision;
    out.ndcg += qualities[i].ndcg;
    sums.add(i, 0, qualities[i].precision);
    sums.add(i, 1, qualities[i].ndcg);
    sums.add(i, 2, 1);
  }
  out.precision /= static_cast<double>(out.lists);
  out.ndcg /= static_cast<double>(out.lists);
  if (options.resamples == 0 || sums.bins() < GroupSums::kLeast) return {};
  const auto intervals = sums.intervals(options.resamples, 2, [](auto s, auto of) {
    of[0] = s[0] / s[2];
    of[1] = s[1] / s[2];
  });
  out.precision_interval = intervals[0];
  out.ndcg_interval = intervals[1];
  return {};
}

// --- labels of pairs ---------------------------------------------------------------------------

struct ScoredPair {
  std::uint64_t key = 0;  // both ids, the smaller number first
  double label = 0, score = 0;
  bool is_scored = false;
};

std::uint64_t key_of(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b);
}

bool parse_number(std::string_view text, double& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(out);
}

/// The pairs with numbers for labels, each once, by key.
Result<std::vector<ScoredPair>> read_numbers(const PairLabels& labels, const std::string& file) {
  std::vector<ScoredPair> out;
  for (const PairLabel& row : labels.rows) {
    double number = 0;
    if (!parse_number(labels.labels[row.label], number)) {
      return Error{ErrorCode::input,
                   "the label \"" + std::string(labels.labels[row.label]) + "\" is no number", file,
                   row.line};
    }
    out.push_back({key_of(row.a, row.b), number, 0, false});
  }
  const auto by_key = [](const auto& x, const auto& y) { return x.key < y.key; };
  std::stable_sort(out.begin(), out.end(), by_key);
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (out[i].key != out[i - 1].key || out[i].label == out[i - 1].label) continue;
    return Error{ErrorCode::input,
                 "\"" + std::string(labels.ids[static_cast<std::uint32_t>(out[i].key >> 32)]) +
                     "\" and \"" + std::string(labels.ids[static_cast<std::uint32_t>(out[i].key)]) +
                     "\" have two different labels",
                 file, 0};
  }
  out.erase(std::unique(out.begin(), out.end(),
                        [](const auto& x, const auto& y) { return x.key == y.key; }),
            out.end());
  return out;
}

/// Gives a pair its score, the higher one where two lists have it.
void set_score(std::vector<ScoredPair>& pairs, std::uint64_t key, double score) {
  const auto at = std::lower_bound(
      pairs.begin(), pairs.end(), key,
      [](const ScoredPair& pair, std::uint64_t wanted) { return pair.key < wanted; });
  if (at == pairs.end() || at->key != key) return;
  at->score = at->is_scored ? std::max(at->score, score) : score;
  at->is_scored = true;
}

std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> out;
  if (line.ends_with('\r')) line.remove_suffix(1);
  for (;;) {
    const std::size_t tab = line.find('\t');
    out.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return out;
    line.remove_prefix(tab + 1);
  }
}

/// The table that kithkin compare prints. False where the file is none; `pairs` are unchanged then.
Result<bool> read_comparison(const std::string& file, const NameTable& ids,
                             std::vector<ScoredPair>& pairs) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  if (!in.is_open() || !std::getline(in, line)) return false;
  const auto header = cells(line);
  if (header[0] != "id_a") return false;
  const auto column = static_cast<std::size_t>(
      std::find(header.begin(), header.end(), "related_score") - header.begin());
  const std::size_t columns = header.size();
  if (column == columns) return Error{ErrorCode::input, "has no column \"related_score\"", file, 1};
  for (std::uint64_t number = 2; std::getline(in, line); ++number) {
    const auto row = cells(line);
    double score = 0;
    if (row.size() != columns || (!row[column].empty() && !parse_number(row[column], score)))
      return Error{ErrorCode::input, "is no row of a comparison", file, number};
    const auto a = ids.find(row[0]), b = ids.find(row[1]);
    if (a && b && !row[column].empty()) set_score(pairs, key_of(*a, *b), score);
  }
  if (in.bad()) return Error{ErrorCode::input, "cannot be read: " + system_message(), file, 0};
  return true;
}

/// Columns: n, x, y, xx, yy, xy.
double pearson_of(std::span<const double> s) {
  const double covariance = s[0] * s[5] - s[1] * s[2];
  const double spread = (s[0] * s[3] - s[1] * s[1]) * (s[0] * s[4] - s[2] * s[2]);
  return spread <= 0 ? 0 : covariance / std::sqrt(spread);
}

void correlate(const std::vector<ScoredPair>& pairs, std::uint32_t resamples,
               RelatedEvaluation& out) {
  GroupSums sums = make_sums(pairs.size(), 6);
  double all[6] = {};
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    const double x = pairs[i].label, y = pairs[i].score;
    const double values[6] = {1, x, y, x * x, y * y, x * y};
    for (std::size_t c = 0; c < 6; ++c) {
      all[c] += values[c];
      sums.add(i, c, values[c]);
    }
  }
  const bool is_flat = all[0] * all[3] <= all[1] * all[1] || all[0] * all[4] <= all[2] * all[2];
  if (is_flat) return;
  out.pearson = pearson_of(all);
  if (resamples == 0 || sums.bins() < GroupSums::kLeast) return;
  out.pearson_interval =
      sums.intervals(resamples, 1, [](auto s, auto of) { of[0] = pearson_of(s); })[0];
}

Result<void> measure_scores(const PairLabels& labels, const EvaluateRelatedOptions& options,
                            RelatedEvaluation& out) {
  KITHKIN_TRY_ASSIGN(std::vector<ScoredPair> pairs, read_numbers(labels, options.labels));
  out.pairs = pairs.size();
  const std::string file = file_of(options.lists);
  KITHKIN_TRY_ASSIGN(const bool is_comparison, read_comparison(file, labels.ids, pairs));
  if (!is_comparison) {
    KITHKIN_TRY(read_related(file, [&](const RelatedLine& line) {
      const auto own = labels.ids.find(line.article.id);
      for (const RelatedEntry& entry : line.entries) {
        const auto other = labels.ids.find(entry.article.id);
        if (own && other) set_score(pairs, key_of(*own, *other), entry.score);
      }
    }));
  }
  out.scored = static_cast<std::uint64_t>(
      std::count_if(pairs.begin(), pairs.end(), [](const auto& pair) { return pair.is_scored; }));
  if (is_comparison)  // a pair without a score has documents that nobody knows
    std::erase_if(pairs, [](const ScoredPair& pair) { return !pair.is_scored; });
  correlate(pairs, options.resamples, out);
  return {};
}

void write_measure(JsonWriter& json, const std::string& name, double value,
                   const std::optional<Interval>& interval) {
  json.key(name).number(value);
  if (!interval) return;
  json.key(name + "_interval").begin_array();
  json.number(interval->low).number(interval->high).end_array();
}

}  // namespace

Result<RelatedEvaluation> evaluate_related(const EvaluateRelatedOptions& options) {
  constexpr std::uint32_t kMost = 1000;
  if (options.k < 1 || options.k > kMost)
    return Error{ErrorCode::invalid_argument, "k must be from 1 to 1000", "", 0};
  RelatedEvaluation out;
  out.k = options.k;
  KITHKIN_TRY_ASSIGN(const Labels labels, read_labels(options.labels));
  if (const auto* pairs = std::get_if<PairLabels>(&labels)) {
    KITHKIN_TRY(measure_scores(*pairs, options, out));
  } else {
    KITHKIN_TRY(measure_lists(options, out));
  }
  return out;
}

std::string to_json(const RelatedEvaluation& evaluation) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("k").integer(evaluation.k).key("lists").integer(evaluation.lists);
  json.key("empty").integer(evaluation.empty);
  write_measure(json, "precision", evaluation.precision, evaluation.precision_interval);
  write_measure(json, "ndcg", evaluation.ndcg, evaluation.ndcg_interval);
  json.key("pairs").integer(evaluation.pairs).key("scored").integer(evaluation.scored);
  if (evaluation.pearson)
    write_measure(json, "pearson", *evaluation.pearson, evaluation.pearson_interval);
  json.end_object();
  return out;
}

}  // namespace kithkin
