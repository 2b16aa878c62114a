// See output_directory.h. Tests: tests/unit/engine/output_directory_test.cpp.
#include "engine/output_directory.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

#include "base/try.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 17> kOurs = {
    "kept.jsonl",          "kept.jsonl.gz",   "kept.jsonl.zst",    "kept",
    "pairs.jsonl",         "clusters.jsonl",  "cleaned.jsonl",     "cleaned.jsonl.gz",
    "cleaned.jsonl.zst",   "furniture.jsonl", "rejected.jsonl",    "summary.json",
    "related.jsonl",       "stories.jsonl",   "stories_log.jsonl", "related.html",
    "related_snippet.html"};

// Those of `synth`. A directory may hold a corpus and what was found in it: a job of one kind
// leaves the files of the other alone.
constexpr std::array<const char*, 7> kCorpus = {
    "documents.jsonl", "documents.jsonl.gz", "documents.jsonl.zst", "documents",
    "truth.pairs.tsv", "truth.clusters.tsv", "truth.stories.tsv"};

std::span<const char* const> names_of(OutputKind kind) {
  if (kind == OutputKind::corpus) return kCorpus;
  return kOurs;
}

/// By what a former run is known, so that a folder of the user's own is not taken for one of ours,
/// and by what an output is whole.
const char* mark_of(OutputKind kind) {
  return kind == OutputKind::corpus ? "truth.clusters.tsv" : "summary.json";
}

/// What the mark of an output is called while that is being replaced.
std::string replaced_mark(OutputKind kind) {
  return std::string(kTemporaryPrefix) + "replaced-" + mark_of(kind);
}

Error failed(const std::string& path, const std::string& what, const std::error_code& error) {
  return {ErrorCode::output, what + ": " + error.message(), path, 0};
}

/// Removes `path` and the folders above it up to `top`, those that are empty.
void remove_empty(fs::path path, const fs::path& top) {
  std::error_code ignored;
  while (fs::remove(path, ignored) && path != top && path.has_parent_path()) {
    path = path.parent_path();
  }
}

/// The uppermost folder that create_directories(path) will have to make.
fs::path first_missing(fs::path path) {
  std::error_code ignored;
  while (path.has_parent_path() && path != path.root_path() &&
         !fs::exists(path.parent_path(), ignored)) {
    path = path.parent_path();
  }
  return path;
}

/// ".kithkin-" or ".kithkin-partial-" and the six characters that make it unique.
bool is_temporary_name(std::string_view name) {
  if (!name.starts_with(kTemporaryPrefix)) return false;
  name.remove_prefix(kTemporaryPrefix.size());
  if (name.starts_with("partial-")) name.remove_prefix(8);
  return name.size() == 6;
}

/// What a run that was killed left behind.
void remove_leftovers(const std::string& path) {
  std::error_code ignored, error;
  std::vector<fs::path> leftovers;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    if (is_temporary_name(at->path().filename().string()) && at->is_directory(ignored))
      leftovers.push_back(at->path());
  }
  for (const auto& leftover : leftovers)
    fs::remove_all(leftover, ignored);
}

}  // namespace

OutputDirectory::OutputDirectory(std::string path, OutputKind kind, bool made, File held,
                                 TemporaryDirectory staging)
    : path_(std::move(path)),
      kind_(kind),
      made_(made),
      held_(std::move(held)),
      staging_(std::move(staging)) {}

OutputDirectory::OutputDirectory(OutputDirectory&& other) noexcept
    : path_(std::move(other.path_)),
      kind_(other.kind_),
      made_(std::exchange(other.made_, false)),
      first_made_(std::move(other.first_made_)),
      committed_(other.committed_),
      held_(std::move(other.held_)),
      staging_(std::move(other.staging_)),
      names_(std::move(other.names_)) {}

OutputDirectory::~OutputDirectory() {
  staging_ = TemporaryDirectory();
  if (!made_ || committed_) return;
  remove_empty(path_, first_made_);
}

Result<OutputDirectory> OutputDirectory::open(const std::string& path, bool overwrite,
                                              OutputKind kind) {
  std::error_code error;
  const bool exists = fs::exists(path, error);
  if (exists && !fs::is_directory(path, error)) {
    return Error{ErrorCode::invalid_argument, "is not a directory: choose another --out", path, 0};
  }
  if (exists && !overwrite && !fs::is_empty(path, error)) {
    return Error{ErrorCode::invalid_argument,
                 "is not empty: choose another --out, or replace what is there with --overwrite",
                 path, 0};
  }
  fs::path folder = fs::path(path).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  const fs::path first = exists ? folder : first_missing(folder);
  if (!exists) fs::create_directories(path, error);
  if (error) return failed(path, "cannot be made", error);
  const auto make_staging = [&]() -> Result<OutputDirectory> {
    KITHKIN_TRY_ASSIGN(File held, File::hold_directory(path));
    if (exists && overwrite) remove_leftovers(path);
    KITHKIN_TRY_ASSIGN(
        auto staging, TemporaryDirectory::create(path, std::string(kTemporaryPrefix) + "partial-"));
    return OutputDirectory(folder.string(), kind, !exists, std::move(held), std::move(staging));
  };
  auto made = make_staging();
  if (!made) {
    if (!exists) remove_empty(folder, first);
    return std::move(made).error();
  }
  OutputDirectory directory = std::move(made).value();
  directory.first_made_ = first.string();
  return directory;
}

bool OutputDirectory::would_replace(const std::string& file) const {
  std::error_code error;
  const fs::path inside =
      fs::canonical(file, error).lexically_relative(fs::canonical(path_, error));
  if (error || inside.empty()) return false;
  const std::string first = inside.begin()->string();
  const auto names = names_of(kind_);
  return std::find(names.begin(), names.end(), first) != names.end();
}

Result<void> OutputDirectory::refuse_to_replace(const std::vector<InputFile>& inputs) const {
  for (const InputFile& file : inputs) {
    if (!would_replace(file.path)) continue;
    return Error{ErrorCode::invalid_argument,
                 "is an input and would be replaced: choose another --out", file.name, 0};
  }
  return {};
}

Result<OutputFile> OutputDirectory::create(const std::string& name, Compression compression) {
  const fs::path target = staging_.file(name);
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  if (error) return failed(target.string(), "cannot be made", error);
  names_.push_back(name);
  return OutputFile::create(target.string(), compression);
}

Result<void> OutputDirectory::commit() {
  std::error_code error;
  for (const std::string& name : names_) {  // before anything old is taken away
    if (fs::exists(staging_.file(name), error)) continue;
    return Error{ErrorCode::output, "has disappeared while the job ran", staging_.file(name), 0};
  }
  // The mark goes first and comes last: a run that is killed in between leaves nothing that looks
  // whole, and a note for the next one of what to take away.
  const std::string mark = mark_of(kind_);
  const fs::path replaced = fs::path(path_) / replaced_mark(kind_);
  if (fs::exists(fs::path(path_) / mark, error))
    fs::rename(fs::path(path_) / mark, replaced, error);
  if (error) return failed(path_ + "/" + mark, "cannot be replaced", error);
  const bool is_former_output = fs::exists(replaced, error);
  for (const char* name : names_of(kind_)) {
    if (!is_former_output && fs::is_directory(fs::path(path_) / name, error)) continue;
    fs::remove_all(fs::path(path_) / name, error);
    if (error) return failed(path_ + "/" + name, "cannot be replaced", error);
  }
  std::stable_partition(names_.begin(), names_.end(),
                        [&](const std::string& name) { return name != mark; });
  for (const std::string& name : names_) {
    const fs::path target = fs::path(path_) / name;
    fs::create_directories(target.parent_path(), error);
    if (!error) fs::rename(staging_.file(name), target, error);
    if (error) return failed(target.string(), "cannot be put in place", error);
  }
  fs::remove(replaced, error);
  committed_ = true;
  return {};
}

Result<std::vector<std::string>> former_output(const std::string& directory) {
  std::error_code ignored;
  const fs::path root = directory;
  std::vector<std::string> kept;
  for (const char* name : {"kept.jsonl", "kept.jsonl.gz", "kept.jsonl.zst", "kept"}) {
    if (fs::exists(root / name, ignored)) kept.push_back((root / name).string());
  }
  if (kept.empty() && fs::exists(root / "summary.json", ignored) &&
      fs::exists(root / "clusters.jsonl", ignored)) {
    return Error{ErrorCode::invalid_argument,
                 "is a former output without kept lines (--clusters-only): give the crawl itself",
                 directory, 0};
  }
  return kept;
}

}  // namespace kithkin
