// Comparing recipes: see include/kithkin/recipe.h.
#include <string>

#include <kithkin/recipe.h>

namespace kithkin {
namespace {

std::string text(const std::string& value) { return value; }
std::string text(SketchKind value) { return value == SketchKind::minhash ? "minhash" : "simhash"; }
template <class Number>
std::string text(Number value) {
  return std::to_string(value);
}

template <class T>
bool differs(const char* name, const T& a, const T& b, std::string& out) {
  if (a == b) return false;
  out = std::string(name) + ": " + text(a) + " and " + text(b);
  return true;
}

}  // namespace

std::string first_difference(const Recipe& a, const Recipe& b) {
  std::string out;
  if (differs("normalizer", a.normalizer, b.normalizer, out)) return out;
  if (differs("unicode", a.unicode, b.unicode, out)) return out;
  if (differs("cleaning", a.cleaning, b.cleaning, out)) return out;
  if (differs("tokenizer", a.tokenizer, b.tokenizer, out)) return out;
  if (differs("shingle", a.shingle, b.shingle, out)) return out;
  if (differs("sketch", a.sketch, b.sketch, out)) return out;
  if (differs("seed", a.seed, b.seed, out)) return out;
  if (differs("length", a.length, b.length, out)) return out;
  if (differs("bands", a.bands, b.bands, out)) return out;
  differs("rows", a.rows, b.rows, out);
  return out;
}

}  // namespace kithkin
