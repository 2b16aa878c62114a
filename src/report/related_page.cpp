// Both pages are written into a directory of their own inside the output directory and renamed
// out of it, so that nobody sees half of one. Tests: tests/unit/report/related_page_test.cpp.
#include "report/related_page.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/try.h"
#include "corpus/output_file.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPage = "related.html";
constexpr const char* kSnippet = "related_snippet.html";

/// Pieces into a file.
class FileSink final : public PageSink {
 public:
  explicit FileSink(OutputFile file) : file_(std::move(file)) {}
  Result<void> write(std::string_view html) override { return file_.write(html); }
  Result<void> close() { return file_.close(); }

 private:
  OutputFile file_;
};

Result<FileSink> create(const std::string& path) {
  KITHKIN_TRY_ASSIGN(OutputFile file, OutputFile::create(path, Compression::none));
  return FileSink(std::move(file));
}

}  // namespace

Result<void> write_related_page(const std::string& directory, const RelatedPageOptions& options) {
  KITHKIN_TRY_ASSIGN(const RelatedContent content, collect_related(directory, options));
  // The name is one that a later run with --overwrite removes, should this one be killed.
  KITHKIN_TRY_ASSIGN(const auto staging,
                     TemporaryDirectory::create(directory, ".kithkin-partial-"));
  KITHKIN_TRY_ASSIGN(FileSink page, create(staging.file(kPage)));
  KITHKIN_TRY(write_related_html(content, options, page));
  KITHKIN_TRY(page.close());
  KITHKIN_TRY_ASSIGN(FileSink snippet, create(staging.file(kSnippet)));
  KITHKIN_TRY(snippet.write(related_snippet(content)));
  KITHKIN_TRY(snippet.close());
  for (const char* name : {kPage, kSnippet}) {
    const fs::path target = fs::path(directory) / name;
    std::error_code error;
    fs::rename(staging.file(name), target, error);
    if (!error) continue;
    return Error{ErrorCode::output, "cannot be put in place: " + error.message(), target.string(),
                 0};
  }
  return {};
}

}  // namespace kithkin
