// Early return for Result, the way the rest of the sources read.
#pragma once

#include <kithkin/result.h>

#define KITHKIN_CONCAT_INNER(a, b) a##b
#define KITHKIN_CONCAT(a, b) KITHKIN_CONCAT_INNER(a, b)

/// Returns the error of a Result<void> expression from the enclosing function.
#define KITHKIN_TRY(expression)                                     \
  if (auto KITHKIN_CONCAT(kithkin_tried_, __LINE__) = (expression); \
      !KITHKIN_CONCAT(kithkin_tried_, __LINE__))                    \
  return std::move(KITHKIN_CONCAT(kithkin_tried_, __LINE__)).error()

/// Declares `variable` as the value of a Result, or returns its error.
#define KITHKIN_TRY_ASSIGN(variable, expression)                         \
  auto KITHKIN_CONCAT(kithkin_result_, __LINE__) = (expression);         \
  if (!KITHKIN_CONCAT(kithkin_result_, __LINE__))                        \
    return std::move(KITHKIN_CONCAT(kithkin_result_, __LINE__)).error(); \
  variable = std::move(KITHKIN_CONCAT(kithkin_result_, __LINE__)).value()
