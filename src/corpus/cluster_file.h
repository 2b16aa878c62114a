// Reads clusters.jsonl, the file in which a deduplicated crawl says who is a copy of whom; the
// format is in docs/formats.md.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <kithkin/result.h>

namespace kithkin {

/// Gets the ids of one cluster's members, in the order of the file. The views live until the call
/// returns.
using OnCluster = std::function<void(std::span<const std::string_view> ids)>;

/// Calls `on_cluster` for each cluster of the file `path` or, where `path` is a directory, of
/// `path`/clusters.jsonl, in order. An id is any string. Two documents may have one id, so an id
/// can come twice, in one cluster or in two: it is handed on as it stands, and a caller who takes
/// ids for documents lets its first membership win. Blank lines are skipped.
/// Fails with `input`: no such file, a line (named) that is not JSON or has no `members` with ids;
/// clusters before it have been handed on by then. Holds one line at a time.
Result<void> read_clusters(const std::string& path, const OnCluster& on_cluster);

}  // namespace kithkin
