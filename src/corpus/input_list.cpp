// See input_list.h. Tests: tests/unit/corpus/input_list_test.cpp.
#include "corpus/input_list.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/try.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

bool is_crawl_file(const std::string& name) {
  std::string_view stem = name;
  for (const std::string_view compressed : {".gz", ".zst"}) {
    if (stem.ends_with(compressed)) stem.remove_suffix(compressed.size());
  }
  return stem.ends_with(".jsonl") || stem.ends_with(".ndjson") || stem.ends_with(".json");
}

bool is_same_file(const fs::path& a, const std::string& b) {
  std::error_code ignored;
  return !b.empty() && fs::equivalent(a, b, ignored);
}

/// Collects the crawl files under `directory`. A folder that cannot be searched costs itself only.
void search(const fs::path& directory, const std::string& exclude, std::vector<std::string>& paths,
            std::vector<Error>& errors) {
  std::error_code error;
  fs::directory_iterator it(directory, error);
  for (; !error && it != fs::directory_iterator(); it.increment(error)) {
    std::error_code unreadable;
    const bool is_link = it->is_symlink(unreadable);
    if (it->is_directory(unreadable) && !is_link) {
      if (!is_same_file(it->path(), exclude)) search(it->path(), exclude, paths, errors);
    } else if (it->is_regular_file(unreadable) && is_crawl_file(it->path().filename().string())) {
      paths.push_back(it->path().string());
    }
  }
  if (error) {
    errors.push_back(
        {ErrorCode::input, "cannot be searched: " + error.message(), directory.string(), 0});
  }
}

void list_directory(const std::string& root, const std::string& exclude, InputList& out) {
  std::vector<std::string> paths;
  const std::size_t errors_before = out.errors.size();
  search(root, exclude, paths, out.errors);
  if (paths.empty() && out.errors.size() == errors_before) {
    out.errors.push_back(
        {ErrorCode::input, "holds no *.jsonl, *.ndjson or *.json (also .gz, .zst)", root, 0});
  }
  std::sort(paths.begin(), paths.end());
  for (auto& path : paths) {
    std::error_code ignored;
    out.files.push_back({path, path, fs::file_size(path, ignored)});
  }
}

Result<InputFile> spill(const File& from, const std::string& name, const std::string& path,
                        const std::function<bool()>& interrupted) {
  KITHKIN_TRY_ASSIGN(File to, File::create(path));
  std::vector<char> buffer(std::size_t{1} << 20);
  std::uint64_t size = 0;
  for (;;) {
    KITHKIN_TRY_ASSIGN(const std::size_t got, from.read(buffer.data(), buffer.size(), interrupted));
    if (got == 0) break;
    if (interrupted && interrupted()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    KITHKIN_TRY(to.write({buffer.data(), got}));
    size += got;
  }
  KITHKIN_TRY(to.close());
  return InputFile{name, path, size};
}

/// A name in the directory that no earlier spill has.
std::string free_name(const TemporaryDirectory& directory) {
  std::error_code ignored;
  std::size_t number = 0;
  while (fs::exists(directory.file("input-" + std::to_string(number)), ignored))
    ++number;
  return directory.file("input-" + std::to_string(number));
}

bool is_directory(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

}  // namespace

bool needs_spill(const std::vector<std::string>& arguments) {
  return std::any_of(arguments.begin(), arguments.end(), [](const std::string& argument) {
    if (argument == "-") return true;
    std::error_code ignored;
    const auto status = fs::status(argument, ignored);
    return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
  });
}

Result<InputList> list_inputs(const std::vector<std::string>& arguments,
                              const TemporaryDirectory& spill_dir,
                              const std::function<bool()>& interrupted,
                              const std::string& exclude) {
  InputList out;
  for (const auto& argument : arguments) {
    if (argument != "-" && is_directory(argument)) {
      list_directory(argument, exclude, out);
      continue;
    }
    auto file = argument == "-" ? Result<File>(File::standard_input()) : File::open(argument);
    if (!file) {
      out.errors.push_back(std::move(file).error());
    } else if (argument != "-" && file->is_regular()) {
      out.files.push_back({argument, argument, file->size()});
    } else {
      const std::string path = free_name(spill_dir);
      auto spilled = spill(*file, argument, path, interrupted);
      if (spilled) {
        out.files.push_back(std::move(spilled).value());
      } else if (spilled.error().code == ErrorCode::input) {
        out.errors.push_back(std::move(spilled).error());
      } else {
        return std::move(spilled).error();
      }
    }
  }
  return out;
}

}  // namespace kithkin
