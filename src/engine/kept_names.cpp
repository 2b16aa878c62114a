// See kept_names.h. Tests: tests/unit/engine/kept_names_test.cpp.
#include "engine/kept_names.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace kithkin {
namespace {

namespace fs = std::filesystem;

/// The parts of a path without its name, roots and dots.
std::vector<std::string> folders(const fs::path& path) {
  std::vector<std::string> out;
  for (const auto& part : fs::absolute(path).lexically_normal().parent_path().relative_path()) {
    out.push_back(part.string());
  }
  return out;
}

std::string base_name(const InputFile& file) {
  if (file.name == "-") return "stdin.jsonl";
  std::string name = fs::path(file.name).filename().string();
  for (const std::string_view suffix : {".gz", ".zst"}) {
    if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
  }
  return name;
}

std::string numbered(const std::string& name, int number) {
  const fs::path path = name;
  const std::string stem = path.stem().string() + "-" + std::to_string(number);
  return (path.parent_path() / (stem + path.extension().string())).string();
}

}  // namespace

std::vector<std::string> kept_names(std::span<const InputFile> files) {
  std::vector<std::vector<std::string>> parents;
  std::size_t common = SIZE_MAX;
  const std::vector<std::string>* first = nullptr;  // of a file that has a path
  parents.reserve(files.size());
  for (const InputFile& file : files) {
    parents.push_back(file.name == "-" ? std::vector<std::string>() : folders(file.name));
    if (file.name == "-") continue;
    const auto& here = parents.back();
    if (first == nullptr) {
      first = &here;
      common = here.size();
    }
    const auto end = std::mismatch(here.begin(), here.end(), first->begin(), first->end()).first;
    common = std::min(common, static_cast<std::size_t>(end - here.begin()));
  }
  std::vector<std::string> names;
  std::set<std::string> taken;  // the folders first: "a.jsonl.gz" may stand beside "a.jsonl/"
  std::vector<fs::path> folder_of(files.size(), "kept");
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t j = common; j < parents[i].size(); ++j) {
      folder_of[i] /= parents[i][j];
      taken.insert(folder_of[i].string());
    }
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string wanted = (folder_of[i] / base_name(files[i])).string();
    std::string name = wanted;
    for (int number = 2; !taken.insert(name).second; ++number)
      name = numbered(wanted, number);
    names.push_back(name);
  }
  return names;
}

}  // namespace kithkin
