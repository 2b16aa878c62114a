// See parallel.h. Tests: tests/unit/base/parallel_test.cpp.
#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>

namespace kithkin {

unsigned hardware_threads() noexcept { return std::max(1U, std::thread::hardware_concurrency()); }

void run_workers(unsigned threads, const std::function<void(unsigned)>& worker) {
  std::vector<std::thread> others;
  others.reserve(threads);
  try {
    for (unsigned i = 1; i < threads; ++i)
      others.emplace_back(worker, i);
  } catch (const std::system_error&) {
    // The system gives no more threads; those that run share the work.
  }
  worker(0);
  for (auto& thread : others)
    thread.join();
}

Result<void> parallel_for(unsigned threads, std::size_t count,
                          const std::function<Result<void>(unsigned, std::size_t)>& task) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t failed_at = count;
  std::optional<Error> failure;
  run_workers(static_cast<unsigned>(std::clamp<std::size_t>(count, 1, std::max(threads, 1U))),
              [&](unsigned thread) {
                for (std::size_t i = next++; i < count; i = next++) {
                  Result<void> result = without_exceptions([&] { return task(thread, i); });
                  if (result) continue;
                  const std::lock_guard lock(mutex);
                  if (i < failed_at) {
                    failed_at = i;
                    failure = std::move(result).error();
                  }
                  return;
                }
              });
  if (failure) return std::move(*failure);
  return {};
}

}  // namespace kithkin
