#include "ui/transcript_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace earshot::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> lettersOf(std::string_view text) {
  std::vector<std::string> letters;
  std::size_t begin = 0;
  for (const Cluster& cluster : clustersOf(text)) {
    letters.emplace_back(text.substr(begin, cluster.end - begin));
    begin = cluster.end;
  }
  return letters;
}

std::vector<std::string> found(std::string_view text, std::string_view words) {
  std::vector<std::string> out;
  for (const TextRange& range : findWords(text, words)) {
    out.emplace_back(text.substr(range.begin, range.end - range.begin));
  }
  return out;
}

std::string wordIn(std::string_view text, std::size_t at) {
  const TextRange range = wordAt(text, at);
  return std::string(text.substr(range.begin, range.end - range.begin));
}

TEST(TranscriptText, CutsWherePeopleSeeLetters) {
  EXPECT_THAT(lettersOf("ae\u0301z"), ElementsAre("a", "e\u0301", "z"));
  EXPECT_THAT(lettersOf("👨‍👩‍👧‍👦🇩🇪🇫🇷👍🏽"),
              ElementsAre("👨‍👩‍👧‍👦", "🇩🇪", "🇫🇷", "👍🏽"));
  EXPECT_THAT(lettersOf("\r\n"), ElementsAre("\r\n"));
  EXPECT_THAT(lettersOf(""), IsEmpty());
}

TEST(TranscriptText, TakesOutControlsThatTurnTextAround) {
  EXPECT_EQ(displayText("invoice\u202Egpj.exe"), "invoicegpj.exe");
  EXPECT_EQ(displayText("\u2066a\u2069\u202Ab\u202C"), "ab");
  EXPECT_EQ(displayText("a\u200Fb"), "a\u200Fb");
}

TEST(TranscriptText, MakesLineEndsAlike) {
  EXPECT_EQ(displayText("a\r\nb\rc\u2028d\n\ne"), "a\nb\nc\nd\n\ne");
}

TEST(TranscriptText, ShowsMalformedBytesAsReplacements) {
  EXPECT_EQ(displayText("a\xff\xc3z"), "a\uFFFD\uFFFDz");
}

TEST(TranscriptText, KnowsTheDirectionOfAParagraph) {
  EXPECT_FALSE(isRightToLeft("hello مرحبا"));
  EXPECT_TRUE(isRightToLeft("مرحبا hello"));
  EXPECT_TRUE(isRightToLeft("123 … שלום"));
  EXPECT_FALSE(isRightToLeft("123"));
  EXPECT_FALSE(isRightToLeft(""));
}

TEST(TranscriptText, RecognisesAFewEmojiAlone) {
  const auto alone = [](std::string_view text) { return isEmojiOnly(clustersOf(text)); };
  EXPECT_TRUE(alone("🎉"));
  EXPECT_TRUE(alone("🎉 😂"));
  EXPECT_TRUE(alone("👨‍👩‍👧‍👦🇩🇪❤️1️⃣☕"));
  EXPECT_FALSE(alone("🎉!"));
  EXPECT_FALSE(alone("🎉🎉🎉🎉🎉🎉🎉"));
  EXPECT_FALSE(alone("1"));
  EXPECT_FALSE(alone("©"));
  EXPECT_FALSE(alone("  "));
  EXPECT_FALSE(alone(""));
}

TEST(TranscriptText, SelectsTheWordAroundAPlace) {
  EXPECT_EQ(wordIn("say hello, world", 6), "hello");
  EXPECT_EQ(wordIn("say hello, world", 4), "hello");
  EXPECT_EQ(wordIn("say hello, world", 9), ",");
  EXPECT_EQ(wordIn("snake_case2 x", 3), "snake_case2");
  EXPECT_EQ(wordIn("one\ntwo", 5), "two");
  EXPECT_EQ(wordIn("Grüße", 99), "Grüße");
  EXPECT_EQ(wordIn("", 0), "");
}

TEST(TranscriptText, FindsWordsWithoutRegardToCase) {
  EXPECT_THAT(found("The then the", "the"), ElementsAre("The", "the", "the"));
  EXPECT_THAT(found("GRÜSSE aus der Straße", "strasse grüße"), ElementsAre("GRÜSSE", "Straße"));
  EXPECT_THAT(found("ΣΊΣΥΦΟΣ", "σίσυφος"), ElementsAre("ΣΊΣΥΦΟΣ"));
}

TEST(TranscriptText, FindsWordsWhereTheyBeginWithoutRegardToAccents) {
  EXPECT_THAT(found("other the", "the"), ElementsAre("the"));
  EXPECT_THAT(found("(cafe) Café-Küche", "café kuche"), ElementsAre("cafe", "Café", "Küche"));
  EXPECT_THAT(found("今天下午五点", "下午"), ElementsAre("下午"));
  EXPECT_THAT(found("iPhone手机", "手机"), ElementsAre("手机"));
}

TEST(TranscriptText, MergesWordsThatOverlap) {
  EXPECT_THAT(found("下午茶", "下午 午茶"), ElementsAre("下午茶"));
}

TEST(TranscriptText, FindsNothingWithoutWords) {
  EXPECT_THAT(found("abc", ""), IsEmpty());
  EXPECT_THAT(found("a b", "  \t "), IsEmpty());
  EXPECT_THAT(found("", "a"), IsEmpty());
}

TEST(TranscriptText, NeverMarksHalfALetter) {
  EXPECT_THAT(found("cafe\u0301 x", "caf"), ElementsAre("caf"));
}

}  // namespace
}  // namespace earshot::ui
