// See output_directory.h. Tests: tests/unit/engine/output_directory_test.cpp.
#include "engine/output_directory.h"

#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/try.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 8> kOurs = {"kept.jsonl",     "kept.jsonl.gz", "kept.jsonl.zst",
                                              "kept",           "pairs.jsonl",   "clusters.jsonl",
                                              "rejected.jsonl", "summary.json"};

Error failed(const std::string& path, const std::string& what, const std::error_code& error) {
  return {ErrorCode::output, what + ": " + error.message(), path, 0};
}

/// What a run that was killed left behind.
void remove_leftovers(const std::string& path) {
  std::error_code ignored;
  std::vector<fs::path> leftovers;
  for (const auto& entry : fs::directory_iterator(path, ignored)) {
    if (entry.path().filename().string().starts_with(kTemporaryPrefix))
      leftovers.push_back(entry.path());
  }
  for (const auto& leftover : leftovers)
    fs::remove_all(leftover, ignored);
}

}  // namespace

OutputDirectory::OutputDirectory(std::string path, bool made, TemporaryDirectory staging)
    : path_(std::move(path)), made_(made), staging_(std::move(staging)) {}

OutputDirectory::OutputDirectory(OutputDirectory&& other) noexcept
    : path_(std::move(other.path_)),
      made_(std::exchange(other.made_, false)),
      committed_(other.committed_),
      staging_(std::move(other.staging_)),
      names_(std::move(other.names_)) {}

OutputDirectory::~OutputDirectory() {
  staging_ = TemporaryDirectory();
  if (!made_ || committed_) return;
  std::error_code ignored;
  fs::remove(path_, ignored);  // only when empty
}

Result<OutputDirectory> OutputDirectory::open(const std::string& path, bool overwrite) {
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
  if (exists && overwrite) remove_leftovers(path);
  if (!exists) fs::create_directories(path, error);
  if (error) return failed(path, "cannot be made", error);
  auto staging = TemporaryDirectory::create(path, std::string(kTemporaryPrefix) + "partial-");
  if (!staging) {
    if (!exists) fs::remove(path, error);
    return std::move(staging).error();
  }
  return OutputDirectory(path, !exists, std::move(staging).value());
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
  for (const char* name : kOurs) {
    fs::remove_all(fs::path(path_) / name, error);
    if (error) return failed(path_ + "/" + name, "cannot be replaced", error);
  }
  for (const std::string& name : names_) {
    const fs::path target = fs::path(path_) / name;
    fs::create_directories(target.parent_path(), error);
    if (!error) fs::rename(staging_.file(name), target, error);
    if (error) return failed(target.string(), "cannot be put in place", error);
  }
  committed_ = true;
  return {};
}

std::vector<std::string> former_output(const std::string& directory) {
  std::error_code ignored;
  const fs::path root = directory;
  for (const char* name : {"kept.jsonl", "kept.jsonl.gz", "kept.jsonl.zst", "kept"}) {
    if (fs::exists(root / name, ignored)) return {(root / name).string()};
  }
  return {};
}

}  // namespace kithkin
