// See crawl_output.h. The fields come in a fixed order and numbers in their shortest form, so the
// same result is the same bytes.
#include "engine/crawl_output.h"

#include <algorithm>
#include <array>
#include <sys/resource.h>

#include "base/json_writer.h"
#include "base/try.h"
#include "engine/recipe.h"

namespace kithkin {
namespace {

/// One string in quotes and nothing else.
bool is_json_string(std::string_view text) {
  if (text.size() < 2 || text.front() != '"') return false;
  std::size_t at = 1;
  while (at < text.size() && text[at] != '"')
    at += text[at] == '\\' ? 2 : 1;
  return at + 1 == text.size();
}

void write_member(JsonWriter& json, const Member& member, std::string_view file,
                  std::uint32_t line) {
  json.begin_object();
  json.key("id").string(member.id).key("file").string(file).key("line").integer(line);
  json.key("relation").string(to_string(member.relation));
  json.key("resemblance").number(member.resemblance);
  json.key("containment").number(member.containment);
  json.key("containment_of_representative").number(member.containment_of_representative);
  if (member.old) json.key("old").boolean(true);
  json.end_object();
}

void write_reason(JsonWriter& json, const FormulaReason& reason) {
  json.key("reason").begin_object().key("substituted").number(reason.substituted);
  json.key("rarity").number(reason.rarity).key("rare_share").number(reason.rare_share);
  json.key("missing").number(reason.missing).key("numbers").integer(reason.numbers);
  json.key("slots").integer(reason.slots);
  const auto write_words = [&](std::string_view name, const std::vector<std::string>& words) {
    json.key(name).begin_array();
    for (const std::string& word : words)
      json.string(word);
    json.end_array();
  };
  write_words("only_a", reason.only_a);
  write_words("only_b", reason.only_b);
  json.key("shared").string(reason.shared);
  json.end_object();
}

std::string_view to_string(Keep keep) {
  switch (keep) {
    case Keep::longest: return "longest";
    case Keep::first: return "first";
    case Keep::earliest: return "earliest";
    case Keep::source: return "source";
  }
  return "";
}

void write_predicted_recall(JsonWriter& json, const Recipe& recipe, const MatchOptions& match) {
  json.key("predicted_recall").begin_object();
  json.key("at_threshold").number(predicted_recall(recipe, match.threshold));
  json.key("by_resemblance").begin_object();
  for (int tenths = 3; tenths <= 9; ++tenths) {
    json.key("0." + std::to_string(tenths)).number(predicted_recall(recipe, tenths / 10.0));
  }
  json.end_object();
  if (match.containment > 0) {
    json.key("contained_by_length_ratio").begin_object();
    for (const int ratio : {1, 2, 4, 8}) {
      json.key(std::to_string(ratio))
          .number(predicted_recall_of_contained(recipe, match.containment, ratio));
    }
    json.end_object();
  }
  json.end_object();
}

}  // namespace

void append_rejected(std::string& out, std::string_view file, std::uint64_t line,
                     std::string_view reason) {
  JsonWriter json(out);
  json.begin_object().key("file").string(file).key("line").integer(line);
  json.key("reason").string(reason).end_object();
  out += '\n';
}

Result<void> append_pair(std::string& out, const Pair& pair, const Catalog& catalog) {
  KITHKIN_TRY_ASSIGN(const std::string id_a, catalog.id(static_cast<std::uint32_t>(pair.a)));
  KITHKIN_TRY_ASSIGN(const std::string id_b, catalog.id(static_cast<std::uint32_t>(pair.b)));
  JsonWriter json(out);
  json.begin_object().key("id_a").string(id_a).key("id_b").string(id_b);
  json.key("relation").string(to_string(pair.relation));
  json.key("resemblance").number(pair.measures.resemblance);
  json.key("containment_a").number(pair.measures.containment_a);
  json.key("containment_b").number(pair.measures.containment_b);
  if (pair.relation == Relation::formula) write_reason(json, pair.reason);
  json.end_object();
  out += '\n';
  return {};
}

Result<void> write_cluster(OutputFile& out, const ClusterView& view, const Catalog& catalog,
                           const CrawlFiles& files, const Assignment& assignment,
                           const ShingleSource& shingles, const MatchOptions& match) {
  constexpr std::size_t kPiece = std::size_t{1} << 16;
  const auto describe = [&](std::uint32_t document) {
    return describe_member(catalog, assignment, shingles, match, document);
  };
  double least = 1;
  for (const std::uint32_t document : view.documents)
    least = std::min(least, describe(document).resemblance);
  std::string piece;  // of a line that may be as long as the crawl has documents
  JsonWriter json(piece);
  const auto write = [&](std::uint32_t document) -> Result<void> {
    Member member = describe(document);
    KITHKIN_TRY_ASSIGN(member.id, catalog.id(document));
    KITHKIN_TRY_ASSIGN(const DocumentRecord record, catalog.record(document));
    write_member(json, member, files.files[files.file_of(document)].name, record.line);
    if (piece.size() < kPiece) return {};
    KITHKIN_TRY(out.write(piece));
    piece.clear();
    return {};
  };
  KITHKIN_TRY_ASSIGN(const std::string cluster, catalog.id(view.representative));
  json.begin_object().key("cluster").string(cluster).key("size").integer(view.documents.size());
  json.key("min_resemblance").number(least).key("members").begin_array();
  KITHKIN_TRY(write(view.representative));
  for (const std::uint32_t document : view.documents) {
    if (document != view.representative) KITHKIN_TRY(write(document));
  }
  json.end_array().end_object();
  return out.write(piece + "\n");
}

std::string format_summary(const CrawlSummary& summary, const DeduplicateCrawlOptions& options,
                           std::uint64_t peak_memory) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  write_recipe(json, summary.recipe, options.deduplicate);
  const Counts& c = summary.counts;
  json.key("counts").begin_object();
  json.key("read").integer(c.read).key("kept").integer(c.kept).key("removed").integer(c.removed);
  json.key("rejected").integer(c.rejected).key("clusters").integer(c.clusters);
  json.key("old").integer(summary.old_documents);
  json.key("candidate_pairs").integer(summary.candidate_pairs);
  json.key("verified_pairs").integer(summary.verified_pairs);
  json.key("formula_pairs").integer(summary.formula_pairs);
  json.key("hot_buckets").integer(summary.hot_buckets);
  json.end_object();
  write_seconds(json, summary.seconds);
  json.key("bytes").integer(summary.bytes).key("peak_memory").integer(peak_memory);
  write_predicted_recall(json, summary.recipe, options.deduplicate.match);
  write_input_errors(json, summary.input_errors);
  json.end_object();
  out += '\n';
  return out;
}

void write_recipe(JsonWriter& json, const Recipe& recipe, const DeduplicateOptions& options) {
  json.key("recipe").begin_object();
  json.key("normalizer").string(recipe.normalizer).key("unicode").string(recipe.unicode);
  json.key("cleaning").string(recipe.cleaning).key("tokenizer").string(recipe.tokenizer);
  json.key("shingle").integer(recipe.shingle);
  json.key("sketch").string(recipe.sketch == SketchKind::minhash ? "minhash" : "simhash");
  json.key("seed").integer(recipe.seed).key("length").integer(recipe.length);
  json.key("bands").integer(recipe.bands).key("rows").integer(recipe.rows);
  json.key("threshold").number(options.match.threshold);
  json.key("containment").number(options.match.containment);
  json.key("keep").string(to_string(options.keep));
  json.end_object();
}

void write_seconds(JsonWriter& json, const std::vector<std::pair<std::string, double>>& seconds) {
  json.key("seconds").begin_object();
  for (const auto& [pass, took] : seconds)
    json.key(pass).number(took);
  json.end_object();
}

void write_input_errors(JsonWriter& json, const std::vector<Error>& errors) {
  json.key("input_errors").begin_array();
  for (const Error& error : errors)
    json.string(error.describe());
  json.end_array();
}

std::uint64_t peak_memory() {
  struct rusage usage {};
  if (::getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

namespace {

constexpr std::string_view kCluster = ",\"cluster\":";
constexpr std::string_view kClusterRelation = ",\"cluster_relation\":";

/// The line up to what append_annotated() added to it in an earlier run, or to its last brace.
std::string_view before_annotation(std::string_view line) {
  const std::size_t brace = line.rfind('}');
  const std::size_t relation = line.rfind(kClusterRelation, brace);
  if (relation == line.npos) return line.substr(0, brace);
  const std::size_t cluster = line.rfind(kCluster, relation);
  if (cluster == line.npos) return line.substr(0, brace);
  // Nothing but two strings: a quote that ends one is the last one before the next key.
  const std::string_view id =
      line.substr(cluster + kCluster.size(), relation - cluster - kCluster.size());
  const std::string_view how =
      line.substr(relation + kClusterRelation.size(), brace - relation - kClusterRelation.size());
  return is_json_string(id) && is_json_string(how) ? line.substr(0, cluster)
                                                   : line.substr(0, brace);
}

}  // namespace

void append_annotated(std::string& out, std::string_view line, std::string_view cluster,
                      Relation relation) {
  out += before_annotation(line);
  out += kCluster;
  append_json_string(out, cluster);
  out += kClusterRelation;
  append_json_string(out, to_string(relation));
  out += line.substr(line.rfind('}'));
}

}  // namespace kithkin
