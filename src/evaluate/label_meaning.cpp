// See label_meaning.h. Tests: tests/unit/evaluate/evaluate_test.cpp.
#include "evaluate/label_meaning.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <kithkin/synth.h>

#include "base/radix_sort.h"
#include "base/try.h"

namespace kithkin {
namespace {

/// "ND" (33), "REL" (21), ...
std::string list_labels(const PairLabels& labels) {
  constexpr std::size_t kMost = 20;
  const auto counted = count_labels(labels);
  std::string out;
  for (std::size_t i = 0; i < std::min(counted.size(), kMost); ++i) {
    if (i > 0) out += ", ";
    out += '"' + counted[i].label + "\" (" + std::to_string(counted[i].rows) + ")";
  }
  if (counted.size() > kMost) out += " and " + std::to_string(counted.size() - kMost) + " others";
  return out;
}

/// Whether a label says yes or no by itself, as those of kithkin synth do.
std::optional<bool> read_truth(std::string_view label) {
  std::string folded(label);
  for (char& c : folded)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (folded == "1" || folded == "true" || folded == "yes") return true;
  if (folded == "0" || folded == "false" || folded == "no") return false;
  if (folded == "template" || folded == "translation") return false;
  for (std::size_t kind = 0; kind < kCopyKinds; ++kind) {
    if (folded == to_string(static_cast<CopyKind>(kind))) return true;
  }
  return std::nullopt;
}

Result<Meanings> meanings_by_themselves(const PairLabels& labels, const EvaluateOptions& options) {
  Meanings out;
  for (std::uint32_t i = 0; i < labels.labels.size(); ++i) {
    const auto truth = read_truth(labels.labels[i]);
    if (!truth) {
      return bad_names(
          options, "say with --positive which labels mean copies; they are " + list_labels(labels));
    }
    out.push_back(*truth ? LabelMeaning::positive : LabelMeaning::negative);
  }
  return out;
}

/// Gives the labels named in `names` their meaning.
Result<void> set_meaning(const std::vector<std::string>& names, LabelMeaning meaning,
                         const PairLabels& labels, const EvaluateOptions& options, Meanings& out) {
  for (const std::string& name : names) {
    const auto label = labels.labels.find(name);
    if (!label) {
      return bad_names(
          options, "no pair is labelled \"" + name + "\"; the labels are " + list_labels(labels));
    }
    out[*label] = meaning;
  }
  return {};
}

}  // namespace

std::vector<LabelOutcome> count_labels(const PairLabels& labels) {
  std::vector<LabelOutcome> out(labels.labels.size());
  for (const PairLabel& row : labels.rows)
    ++out[row.label].rows;
  for (std::uint32_t i = 0; i < out.size(); ++i)
    out[i].label = labels.labels[i];
  std::sort(out.begin(), out.end(), [](const LabelOutcome& a, const LabelOutcome& b) {
    return a.rows != b.rows ? a.rows > b.rows : a.label < b.label;
  });
  return out;
}

Error bad_names(const EvaluateOptions& options, std::string message) {
  return {ErrorCode::invalid_argument, std::move(message), options.labels, 0};
}

Result<Meanings> find_meanings(const PairLabels& labels, const EvaluateOptions& options) {
  const auto& positive = options.positive;
  const auto& negative = options.negative;
  if (positive.empty() && negative.empty()) return meanings_by_themselves(labels, options);
  if (positive.empty()) {
    return bad_names(options, "--negative needs --positive: say which labels mean copies");
  }
  for (const std::string& name : negative) {
    if (std::find(positive.begin(), positive.end(), name) == positive.end()) continue;
    return bad_names(options, "\"" + name + "\" is given as positive and as negative");
  }
  const auto others = negative.empty() ? LabelMeaning::negative : LabelMeaning::ignored;
  Meanings out(labels.labels.size(), others);
  KITHKIN_TRY(set_meaning(positive, LabelMeaning::positive, labels, options, out));
  KITHKIN_TRY(set_meaning(negative, LabelMeaning::negative, labels, options, out));
  return out;
}

Result<JudgedRows> judge(const PairLabels& labels, const Meanings& meanings,
                         const std::string& file) {
  std::vector<KeyedDocument> rows, scratch;  // by pair, then by row
  for (std::uint32_t i = 0; i < labels.rows.size(); ++i) {
    const PairLabel& row = labels.rows[i];
    if (meanings[row.label] == LabelMeaning::ignored) continue;
    const auto [low, high] = std::minmax(row.a, row.b);
    rows.push_back({std::uint64_t{low} << 32 | high, i});
  }
  radix_sort(rows, scratch);
  JudgedRows out;
  const PairLabel* last = nullptr;  // of the pair at hand
  for (const auto& [key, row] : rows) {
    const PairLabel& label = labels.rows[row];
    const auto a = static_cast<std::uint32_t>(key >> 32), b = static_cast<std::uint32_t>(key);
    const bool positive = meanings[label.label] == LabelMeaning::positive;
    const bool is_new = out.pairs.empty() || out.pairs.back().a != a || out.pairs.back().b != b;
    if (is_new) {
      out.pairs.push_back({a, b, positive});
      out.rows.push_back(row);
    } else if (out.pairs.back().positive != positive) {
      return Error{ErrorCode::input,
                   "\"" + std::string(labels.ids[a]) + "\" and \"" + std::string(labels.ids[b]) +
                       "\" are " +
                       (positive ? "copies here and not copies" : "not copies here and copies") +
                       " in line " + std::to_string(last->line),
                   file, label.line};
    }
    if (!is_new) ++out.repeated;
    last = &label;
  }
  return out;
}

}  // namespace kithkin
