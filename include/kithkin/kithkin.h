// kithkin in one include.
#pragma once

#include <kithkin/clean.h>
#include <kithkin/crawl.h>
#include <kithkin/deduplicate.h>
#include <kithkin/document.h>
#include <kithkin/evaluate.h>
#include <kithkin/explain.h>
#include <kithkin/progress.h>
#include <kithkin/recipe.h>
#include <kithkin/related.h>
#include <kithkin/related_page.h>
#include <kithkin/relation.h>
#include <kithkin/result.h>
#include <kithkin/simd.h>
#include <kithkin/synth.h>
#include <kithkin/text.h>
#include <kithkin/version.h>
