#include "synth/plan.h"

#include <gtest/gtest.h>
#include <map>

#include "synth/languages.h"

namespace kithkin {
namespace {

CorpusPlan make_plan(const SynthOptions& options = {}, std::uint64_t texts = 0) {
  return {options, parse_languages(kDefaultLanguages).value(), texts};
}

constexpr std::uint64_t kDocuments = 20000;

TEST(CorpusPlan, a_pair_is_with_an_earlier_document_of_the_right_kind) {
  const CorpusPlan plan = make_plan();
  std::map<Role, std::uint64_t> roles;
  for (std::uint64_t i = 0; i < kDocuments; ++i) {
    const DocumentPlan document = plan.of(i);
    ++roles[document.role];
    ASSERT_LE(document.source, i);
    const DocumentPlan source = plan.of(document.source);
    switch (document.role) {
      case Role::article: EXPECT_EQ(document.source, i); break;
      case Role::copy:
        EXPECT_LT(document.source, i);
        EXPECT_TRUE(source.role == Role::article || source.role == Role::translation);
        EXPECT_EQ(source.language, document.language);
        EXPECT_GE(document.date, source.date);
        break;
      case Role::form_page:
        EXPECT_EQ(source.role, Role::form_page);
        EXPECT_EQ(source.source, document.source);
        EXPECT_EQ(source.language, document.language);
        break;
      case Role::translation:
        EXPECT_EQ(source.role, Role::article);
        EXPECT_NE(source.language, document.language);
        EXPECT_EQ(source.subject.event, document.subject.event);
        break;
    }
  }
  const auto share = [&](Role role) {
    return static_cast<double>(roles[role]) / static_cast<double>(kDocuments);
  };
  EXPECT_NEAR(share(Role::copy), 0.3, 0.02);
  EXPECT_NEAR(share(Role::form_page), 0.04, 0.005);
  EXPECT_NEAR(share(Role::translation), 0.03, 0.005);
}

TEST(CorpusPlan, every_kind_of_copy_is_as_frequent_as_the_others) {
  const CorpusPlan plan = make_plan();
  std::map<CopyKind, double> kinds;
  for (std::uint64_t i = 0; i < kDocuments; ++i) {
    const DocumentPlan document = plan.of(i);
    if (document.role == Role::copy) ++kinds[document.kind];
  }
  EXPECT_EQ(kinds.size(), kCopyKinds);
  for (const auto& [kind, count] : kinds)
    EXPECT_NEAR(count, 0.3 * kDocuments / kCopyKinds, 100) << to_string(kind);
}

TEST(CorpusPlan, languages_come_by_weight) {
  SynthOptions options;
  options.duplicates = options.templates = options.translations = 0;
  const CorpusPlan plan(options, parse_languages("ar:3,en").value(), 0);
  double arabic = 0;
  for (std::uint64_t i = 0; i < kDocuments; ++i)
    arabic += languages()[plan.of(i).language].code == "ar" ? 1 : 0;
  EXPECT_NEAR(arabic / kDocuments, 0.75, 0.03);
}

TEST(CorpusPlan, articles_on_one_event_share_its_names_and_days) {
  const CorpusPlan plan = make_plan();
  std::map<std::uint64_t, std::vector<DocumentPlan>> stories;
  for (std::uint64_t i = 0; i < kDocuments; ++i) {
    const DocumentPlan document = plan.of(i);
    if (document.role == Role::article && document.story)
      stories[*document.story].push_back(document);
  }
  EXPECT_GT(stories.size(), 1000U);
  for (const auto& [story, articles] : stories) {
    for (const DocumentPlan& article : articles) {
      EXPECT_EQ(article.subject.event, articles.front().subject.event);
      EXPECT_EQ(article.subject.topic, articles.front().subject.topic);
      EXPECT_LE(std::abs(article.date - articles.front().date), 4 * 86400);
    }
  }
}

TEST(CorpusPlan, another_seed_is_another_plan) {
  SynthOptions other;
  other.seed = 2;
  const CorpusPlan a = make_plan(), b = make_plan(other);
  std::uint64_t equal = 0;
  for (std::uint64_t i = 0; i < 1000; ++i)
    equal += a.of(i).subject.event == b.of(i).subject.event;
  EXPECT_EQ(equal, 0U);
}

TEST(CorpusPlan, without_shares_all_are_articles) {
  SynthOptions options;
  options.duplicates = options.templates = options.translations = 0;
  const CorpusPlan plan = make_plan(options);
  for (std::uint64_t i = 0; i < 3000; ++i)
    EXPECT_EQ(plan.of(i).role, Role::article);
}

TEST(CorpusPlan, one_language_has_no_translations) {
  const CorpusPlan plan({}, parse_languages("he").value(), 0);
  for (std::uint64_t i = 0; i < kDocuments; ++i)
    ASSERT_NE(plan.of(i).role, Role::translation);
}

TEST(CorpusPlan, what_follows_the_users_articles_are_copies_of_them) {
  const CorpusPlan plan = make_plan({}, 50);
  for (std::uint64_t i = 0; i < 200; ++i) {
    const DocumentPlan document = plan.of(i);
    EXPECT_EQ(document.role, i < 50 ? Role::article : Role::copy);
    EXPECT_TRUE(i < 50 ? document.source == i : document.source < 50);
  }
}

TEST(ParseLanguages, says_what_is_wrong) {
  EXPECT_EQ(parse_languages("ar:3,en").value(), (LanguageWeights{{0, 3}, {1, 1}}));
  for (const char* text :
       {"", "xx:1", "ar:0", "ar:-1", "ar:x", "ar:", "ar:1000001", "ar,ar", ",", "ar:3:4"}) {
    const auto languages = parse_languages(text);
    ASSERT_FALSE(languages) << text;
    EXPECT_EQ(languages.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(languages.error().message.find("--languages"), std::string::npos);
  }
}

}  // namespace
}  // namespace kithkin
