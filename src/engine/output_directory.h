// The output directory: refused when it holds something, filled aside, and made whole at the end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <kithkin/crawl.h>
#include <kithkin/result.h>

#include "base/file.h"
#include "corpus/input_list.h"
#include "corpus/output_file.h"

namespace kithkin {

/// Names of temporary directories begin so.
inline constexpr std::string_view kTemporaryPrefix = ".kithkin-";

/// What a directory is for: which files commit() takes for those of a former run.
enum class OutputKind : std::uint8_t { results, corpus };

/// Files are written into a temporary directory inside the output directory and renamed into it
/// by commit(). Without commit() nothing of them stays, and a directory made here goes too.
class OutputDirectory {
 public:
  /// Makes `path` when it is not there, and holds it: one run at a time. Fails with `output` when
  /// it cannot be made or another run holds it, and with invalid_argument when it holds anything
  /// and `overwrite` is false. With `overwrite`, temporary directories that a killed run left in it
  /// are removed.
  static Result<OutputDirectory> open(const std::string& path, bool overwrite,
                                      OutputKind kind = OutputKind::results);
  OutputDirectory(OutputDirectory&& other) noexcept;
  OutputDirectory& operator=(OutputDirectory&&) = delete;
  ~OutputDirectory();

  [[nodiscard]] const std::string& path() const { return path_; }

  /// Whether commit() would remove or replace this file.
  [[nodiscard]] bool would_replace(const std::string& file) const;

  /// Fails with invalid_argument when commit() would replace one of these inputs.
  [[nodiscard]] Result<void> refuse_to_replace(const std::vector<InputFile>& inputs) const;

  /// A new file `name` (may hold slashes) among those to be committed.
  Result<OutputFile> create(const std::string& name, Compression compression = Compression::none);

  /// Removes what a former run left (the files kithkin writes, no others), then renames what was
  /// created here, in order of creation but for the file that marks an output as whole, which comes
  /// last: summary.json, of a corpus truth.clusters.tsv. Fails with `output`.
  Result<void> commit();

 private:
  OutputDirectory(std::string path, OutputKind kind, bool made, File held,
                  TemporaryDirectory staging);
  std::string path_;
  OutputKind kind_ = OutputKind::results;
  bool made_ = false;
  std::string first_made_;  // the uppermost folder made for it
  bool committed_ = false;
  File held_;
  TemporaryDirectory staging_;
  std::vector<std::string> names_;
};

/// The file names under which a former output keeps its documents, for `--against`: the kept lines
/// of the directory when it is one, else nothing. Fails with invalid_argument when it is one that
/// has none.
Result<std::vector<std::string>> former_output(const std::string& directory);

}  // namespace kithkin
