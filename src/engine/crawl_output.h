// What a crawl job writes, line by line. docs/formats.md is the contract.
#pragma once

#include <string>
#include <string_view>

#include <kithkin/crawl.h>

#include "base/json_writer.h"
#include "corpus/output_file.h"
#include "engine/crawl_scan.h"
#include "engine/job.h"

namespace kithkin {

/// {"file", "line", "reason"}
void append_rejected(std::string& out, std::string_view file, std::uint64_t line,
                     std::string_view reason);

/// {"id_a", "id_b", "relation", "resemblance", "containment_a", "containment_b"}
Result<void> append_pair(std::string& out, const Pair& pair, const Catalog& catalog);

/// {"cluster", "size", "min_resemblance", "members": [...]}, a piece at a time.
Result<void> write_cluster(OutputFile& out, const ClusterView& view, const Catalog& catalog,
                           const CrawlFiles& files, const Assignment& assignment,
                           const ShingleSource& shingles, const MatchOptions& match);

/// The whole of summary.json.
std::string format_summary(const CrawlSummary& summary, const DeduplicateCrawlOptions& options,
                           std::uint64_t peak_memory);

/// The member "recipe" of a summary.
void write_recipe(JsonWriter& json, const Recipe& recipe, const DeduplicateOptions& options);

/// The members "seconds" and "input_errors" of a summary.
void write_seconds(JsonWriter& json, const std::vector<std::pair<std::string, double>>& seconds);
void write_input_errors(JsonWriter& json, const std::vector<Error>& errors);

/// Largest resident size of this process so far, bytes.
std::uint64_t peak_memory();

/// The line with `"cluster": id, "cluster_relation": relation` before its last brace, in place of
/// those that an earlier run put there.
void append_annotated(std::string& out, std::string_view line, std::string_view cluster,
                      Relation relation);

}  // namespace kithkin
