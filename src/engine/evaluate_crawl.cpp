// Labels held against clusters where the crawl is at hand: its ids say which labels are on
// documents that it has.
#include <kithkin/evaluate.h>

#include "base/try.h"
#include "engine/crawl_scan.h"
#include "evaluate/evaluation.h"

namespace kithkin {

Result<Evaluation> evaluate_crawl(const EvaluateOptions& options, const CrawlInput& input,
                                  Progress& progress) {
  return evaluate_labels(options, [&](const auto& take) -> Result<void> {
    KITHKIN_TRY_ASSIGN(const CrawlRows rows,
                       for_each_row(input, progress, [&](const Row&, const std::string& id) {
                         take(id);
                         return Result<bool>(true);
                       }));
    if (!rows.input_errors.empty()) return rows.input_errors.front();
    return {};
  });
}

}  // namespace kithkin
