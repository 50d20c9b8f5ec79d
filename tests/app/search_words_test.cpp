#include "app/search_words.h"

#include <gmock/gmock.h>

namespace earshot::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

bool finds(std::string_view typed, std::string_view text) {
  const auto phrases = searchPhrases(typed);
  return !phrases.empty() && holdsAll(searchTokens(text), phrases);
}

TEST(SearchWords, AreLettersAndDigitsWithoutCaseAndAccents) {
  EXPECT_EQ(searchTokens("Hello, World! 42"), "hello world 42");
  EXPECT_EQ(searchTokens("  Crème BRÛLÉE – Straße  "), "creme brulee strasse");
  EXPECT_EQ(searchTokens("ΣΊΣΥΦΟΣ Ёлка İstanbul"), "σισυφοσ елка istanbul");
  EXPECT_EQ(searchTokens("ｆｕｌｌ ﬁre"), "full fire");
  EXPECT_EQ(searchTokens("don't @anna 192.168.1.20"), "don t anna 192 168 1 20");
}

TEST(SearchWords, AreTheSameHoweverAnAccentIsWritten) {
  EXPECT_EQ(searchTokens("caf\u00e9"), searchTokens("cafe\u0301"));
  EXPECT_EQ(searchTokens("שָׁלוֹם"), "שלום");
  EXPECT_EQ(searchTokens("مَرْحَبًا أحـــمد"), "مرحبا احمد");
  EXPECT_EQ(searchTokens("Đồng Łódź Søren ILIK ılık"), "dong lodz soren ilik ilik");
}

TEST(SearchWords, OfAsciiAreMadeAsAllOthers) {
  EXPECT_EQ(searchTokens("One (two)-THREE_four"), "one two three four");
  EXPECT_EQ(searchTokens("One (two)-THREE_four É"), "one two three four e");
}

TEST(SearchWords, OfScriptsWithoutSpacesArePairs) {
  EXPECT_EQ(searchTokens("下午茶"), "下午 午茶 茶");
  EXPECT_EQ(searchTokens("我"), "我");
  EXPECT_EQ(searchTokens("iPhone手机"), "iphone 手机 机");
  EXPECT_EQ(searchTokens("ｶﾞｽ"), "ガス ス");
}

TEST(SearchWords, AreFoundAnywhereInAChineseSentence) {
  const std::string sentence = "今天下午五点在厨房见面。";
  EXPECT_TRUE(finds("下午", sentence));
  EXPECT_TRUE(finds("厨", sentence));
  EXPECT_TRUE(finds("面", sentence)) << "the last one";
  EXPECT_TRUE(finds("今天下午五点", sentence));
  EXPECT_TRUE(finds("厨房 今天", sentence));
  EXPECT_FALSE(finds("午下", sentence));
  EXPECT_FALSE(finds("今天五点", sentence));
  EXPECT_FALSE(finds("面今", sentence));
}

TEST(SearchWords, AreFoundInJapaneseKoreanAndThai) {
  EXPECT_TRUE(finds("東京", "明日東京へ行きます"));
  EXPECT_TRUE(finds("カメラ", "新しいカメラを買った"));
  EXPECT_TRUE(finds("서울", "내일 서울에서 만나요"));
  EXPECT_TRUE(finds("만나", "내일 서울에서 만나요"));
  EXPECT_TRUE(finds("กรุงเทพ", "พรุ่งนี้ไปกรุงเทพกัน"));
  EXPECT_TRUE(finds("हिन्दी", "यह हिन्दी है"));
}

TEST(SearchWords, AreFoundAroundEmoji) {
  EXPECT_TRUE(finds("🎉", "Done 🎉🎂"));
  EXPECT_TRUE(finds("🎂", "Done 🎉🎂"));
  EXPECT_TRUE(finds("❤", "I ❤\ufe0f tea"));
  EXPECT_TRUE(finds("👍", "👍🏽"));
}

TEST(SearchWords, NeedBeBegunOnlyAtTheEndOfTheQuestion) {
  EXPECT_TRUE(finds("kitch", "The kitchen table"));
  EXPECT_TRUE(finds("table kitch", "The kitchen table"));
  EXPECT_FALSE(finds("kitch table", "The kitchen table"));
  EXPECT_FALSE(finds("itchen", "The kitchen table"));
  EXPECT_TRUE(finds("192.168.1", "at 192.168.1.20"));
  EXPECT_FALSE(finds("192.1.168", "at 192.168.1.20"));
}

TEST(SearchWords, OfNothingAreNone) {
  for (const char* typed : {"", "  ", "?!", "\"*()", "\xff", "\u200b"}) EXPECT_THAT(searchPhrases(typed), IsEmpty());
  EXPECT_EQ(searchTokens("\xff"), "");
}

TEST(SearchWords, BecomeAQuestionInWhichNothingTypedIsSyntax) {
  EXPECT_EQ(matchExpression("words", searchPhrases("a OR \"b* NEAR(c")), "words : ( \"a\" \"or\" \"b\" \"near c\" * )");
  EXPECT_THAT(searchPhrases("下午 x"), ElementsAre(SearchPhrase{"下午", false}, SearchPhrase{"x", true}));
}

}  // namespace
}  // namespace earshot::app
