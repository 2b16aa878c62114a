// Work on several threads with results that do not depend on how many.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include <kithkin/result.h>

namespace kithkin {

/// As many as the machine runs at once, at least 1.
unsigned hardware_threads() noexcept;

/// What `task` returns; or the error that says so when it ran out of memory, so that no thread ends
/// the program.
template <class Task>
auto without_exceptions(Task&& task) -> decltype(task()) {
  try {
    return task();
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::limit, "there is not enough memory", "", 0};
  } catch (const std::length_error&) {
    return Error{ErrorCode::limit, "there is not enough memory", "", 0};
  }
}

/// Runs worker(0), ..., worker(threads - 1), each on its own thread; worker(0) on the caller's. On
/// fewer where the system gives no more. No worker may throw.
void run_workers(unsigned threads, const std::function<void(unsigned)>& worker);

/// A pipeline over items: `produce` makes them one after another, `work` treats each on some
/// thread, `commit` takes them in the order they were made. At most one item a thread is alive, so
/// memory is bounded. `produce` and `commit` are never called by two threads at once.
///
///   produce(Item&) -> Result<bool>       false: there are no more
///   work(unsigned thread, Item&) -> Result<void>
///   commit(Item&) -> Result<void>
///
/// The first error in item order ends it and is returned.
template <class Item, class Produce, class Work, class Commit>
Result<void> ordered_pipeline(unsigned threads, Produce produce, Work work, Commit commit) {
  std::mutex producing, committing;
  std::condition_variable turn;
  std::uint64_t produced = 0, committed = 0;
  bool stopped = false;  // guarded by `committing`; `exhausted` by `producing`
  bool exhausted = false;
  std::optional<Error> failure;

  const auto take_turn = [&](std::uint64_t number, auto&& action) {
    std::unique_lock lock(committing);
    turn.wait(lock, [&] { return committed == number; });
    if (!stopped) {
      if (Result<void> result = without_exceptions(action); !result) {
        failure = std::move(result).error();
        stopped = true;
      }
    }
    ++committed;
    turn.notify_all();
    return !stopped;
  };

  run_workers(threads, [&](unsigned thread) {
    Item item;
    for (bool going = true; going;) {
      std::uint64_t number = 0;
      Result<bool> made = false;
      {
        const std::lock_guard lock(producing);
        if (exhausted) return;
        number = produced++;
        made = without_exceptions([&] { return Result<bool>(produce(item)); });
        if (!made || !*made) exhausted = true;
      }
      Result<void> worked;
      if (!made)
        worked = made.error();
      else if (*made)
        worked = without_exceptions([&] { return Result<void>(work(thread, item)); });
      const bool last = !made || !*made;
      going = take_turn(number,
                        [&]() -> Result<void> {
                          if (!worked) return worked;
                          return last ? Result<void>() : commit(item);
                        }) &&
              !last;
      if (!going) {
        const std::lock_guard lock(producing);
        exhausted = true;
      }
    }
  });
  if (failure) return std::move(*failure);
  return {};
}

/// Calls task(thread, i) for every i in [0, count), on several threads, in no order.
/// Returns the error of the lowest i that failed.
Result<void> parallel_for(unsigned threads, std::size_t count,
                          const std::function<Result<void>(unsigned, std::size_t)>& task);

}  // namespace kithkin
