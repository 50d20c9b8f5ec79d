#include "app/text.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "app/code_points.h"

namespace earshot::app {
namespace {

using namespace std::string_literals;

TEST(Text, IsValidInEveryScript) {
  for (const auto* text : {"", "plain", "Grüße", "你好", "مرحبا", "🎉", "a\nb\tc", "\U0010FFFD"}) {
    EXPECT_TRUE(isValidText(text)) << text;
  }
}

TEST(Text, FoldsAsciiOnItsOwnAsBesideOtherLetters) {
  std::string ascii;
  for (char letter = 1; letter < 0x7F; ++letter) ascii += letter;
  EXPECT_EQ(foldCase(ascii + "É"), foldCase(ascii) + "é");
  EXPECT_EQ(foldCase("The QUICK brown Fox"), "the quick brown fox");
}

TEST(Text, IsInvalidWhenTheBytesAreNotUtf8) {
  const std::array bad{
      "\xFF"s,                  // never a byte of UTF-8
      "\x80"s,                  // continuation without a start
      "\xC3"s,                  // cut short
      "\xE2\x82"s,              //
      "\xF0\x9F\x8E"s,          //
      "\xC3("s,                 // start without continuation
      "\xC0\x80"s,              // overlong NUL
      "\xC1\xBF"s,              // overlong DEL
      "\xE0\x80\xAF"s,          // overlong /
      "\xF0\x80\x80\xAF"s,      //
      "\xED\xA0\x80"s,          // first surrogate
      "\xED\xBF\xBF"s,          // last surrogate
      "\xF4\x90\x80\x80"s,      // beyond U+10FFFF
      "\xF8\x88\x80\x80\x80"s,  // five bytes
      "ok\0ok"s,                // NUL
  };
  for (const std::string& text : bad) {
    EXPECT_FALSE(isValidText(text)) << testing::PrintToString(text);
    EXPECT_FALSE(isValidText("before " + text + " after")) << testing::PrintToString(text);
  }
}

TEST(Text, CountsCodePoints) {
  EXPECT_EQ(countCodePoints(""), 0U);
  EXPECT_EQ(countCodePoints("abc"), 3U);
  EXPECT_EQ(countCodePoints("Grüße 🎉 你好"), 10U);
}

TEST(Text, CountsWhatPeopleSeeAsOneLetter) {
  EXPECT_EQ(countGraphemes(""), 0U);
  EXPECT_EQ(countGraphemes("abc"), 3U);
  EXPECT_EQ(countGraphemes("e\u0301"), 1U);
  EXPECT_EQ(countGraphemes("👩‍👩‍👧‍👦"), 1U);
  EXPECT_EQ(countGraphemes("🇩🇪🇫🇷"), 2U);
  EXPECT_EQ(countGraphemes("👍🏽"), 1U);
  EXPECT_EQ(countGraphemes("한국"), 2U);
  EXPECT_EQ(countGraphemes("\r\n"), 1U);
}

TEST(Text, KeepsOrdinaryMessagesAsTheyAre) {
  for (const auto* text :
       {"hello", "  indented\n\tcode();", "Grüße 🎉 مرحبا 你好", "👩‍👩‍👧‍👦", "a\n\nb"}) {
    EXPECT_EQ(cleanMessage(text), text);
  }
}

TEST(Text, SeesEveryByteWhereverItStands) {
  for (std::size_t at = 1; at < 20; ++at) {
    for (int byte = 0; byte < 0x100; ++byte) {
      std::string text(21, 'a');
      text[at] = static_cast<char>(byte);
      const bool isAscii = byte > 0 && byte < 0x80;
      ASSERT_EQ(isValidText(text), isAscii) << byte << " at " << at;
      if (!isAscii) continue;
      std::string expected = text;
      if (byte == '\r') expected[at] = '\n';
      if ((byte < ' ' || byte == 0x7F) && byte != '\r' && byte != '\n' && byte != '\t') expected.erase(at, 1);
      ASSERT_EQ(cleanMessage(text), expected) << byte << " at " << at;
    }
  }
}

TEST(Text, EndsLinesOfMessagesWithLineFeedsOnly) {
  EXPECT_EQ(cleanMessage("a\r\nb\rc\nd\r\r\ne"), "a\nb\nc\nd\n\ne");
}

TEST(Text, RemovesControlCharactersFromMessages) {
  EXPECT_EQ(cleanMessage("a\x01\x07\x1B[31mb\x7F\u0085\u009Bc"), "a[31mbc");
  EXPECT_EQ(cleanMessage("a\tb\nc"), "a\tb\nc");
}

TEST(Text, TrimsWhiteSpaceAtTheVeryEndOfMessagesOnly) {
  EXPECT_EQ(cleanMessage("  a \n b \t\n \u00A0\u3000\u2028\r\n"), "  a \n b");
  EXPECT_EQ(cleanMessage(" \n\t\u2003 "), "");
  EXPECT_EQ(cleanMessage("a \x01"), "a");
}

TEST(Text, CleansALineToOneLineWithSingleSpaces) {
  EXPECT_EQ(cleanLine("  Lunch\t at \r\n\u2028 noon \u3000"), "Lunch at noon");
  EXPECT_EQ(cleanLine("a\vb\fc\u0085"
                      "d"),
            "a b c d");
  EXPECT_EQ(cleanLine("a\x01z"), "az");
  EXPECT_EQ(cleanLine(" \n "), "");
}

TEST(Text, MakesAnyBytesPrintable) {
  EXPECT_EQ(sanitizeForDisplay("plain Grüße 👩‍👩‍👧‍👦"), "plain Grüße 👩‍👩‍👧‍👦");
  EXPECT_EQ(sanitizeForDisplay("a\nb\x1B[0m\0c"s), "a b [0m c");
  EXPECT_EQ(sanitizeForDisplay("a\xFF\xFE"
                               "b\xC3"),
            "a\uFFFDb\uFFFD");
  EXPECT_EQ(sanitizeForDisplay("a\u202E\u2028z"), "a  z");
}

TEST(Text, FoldsCaseForComparing) {
  EXPECT_EQ(foldCase("ANNA"), foldCase("anna"));
  EXPECT_EQ(foldCase("STRASSE"), foldCase("straße"));
  EXPECT_EQ(foldCase("ΣΊΣΥΦΟΣ"), foldCase("σίσυφος"));
  EXPECT_EQ(foldCase("Ａｎｎａ"), "anna");
  EXPECT_EQ(foldCase("e\u0301"), foldCase("\u00C9"));
  EXPECT_NE(foldCase("anna"), foldCase("anne"));
}

TEST(Text, FoldsWhatIsFoldedToItself) {
  for (const auto* text : {"İstanbul", "ᾲ", "\u0345\u0301", "ﬃ", "ϓ", "\u1E9E", "Å"}) {
    EXPECT_EQ(foldCase(foldCase(text)), foldCase(text)) << text;
  }
}

TEST(Text, CutsBetweenWholeLetters) {
  EXPECT_EQ(firstGraphemes("abc", 2, 100), "ab");
  EXPECT_EQ(firstGraphemes("abc", 5, 100), "abc");
  EXPECT_EQ(firstGraphemes("äöü", 5, 3), "ä");
  EXPECT_EQ(firstGraphemes("e\u0301e\u0301", 1, 100), "e\u0301");
  EXPECT_EQ(firstGraphemes("👩‍👩‍👧‍👦x", 9, 10), "");
  EXPECT_EQ(firstGraphemes("", 5, 5), "");
  EXPECT_EQ(firstGraphemes("a", 0, 5), "");
}

TEST(Text, NeverLeavesAnythingMalformedOrUnsafeBehindWhateverTheBytes) {
  constexpr unsigned kSeed = 20261122;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const std::array<std::string, 12> pieces{"a", "\n",     "\r",           "\xFF",   "\xC3", "\x80",
                                           "🎉", "\u202E", "\xED\xA0\x80", "\u0301", "\0"s,  "\x1B"};
  for (int round = 0; round < 5000; ++round) {
    std::string bytes;
    for (auto i = random() % 12; i > 0; --i) bytes += pieces[random() % pieces.size()];
    const std::string shown = sanitizeForDisplay(bytes);
    ASSERT_TRUE(isValidText(shown)) << testing::PrintToString(bytes);
    ASSERT_EQ(sanitizeForDisplay(shown), shown);
    ASSERT_EQ(shown.find_first_of("\n\r\x1B"), std::string::npos);
    if (!isValidText(bytes)) continue;
    ASSERT_EQ(cleanMessage(cleanMessage(bytes)), cleanMessage(bytes));
    ASSERT_EQ(cleanLine(cleanLine(bytes)), cleanLine(bytes));
    ASSERT_EQ(cleanLine(bytes).find('\n'), std::string::npos);
    ASSERT_EQ(firstGraphemes(bytes, countGraphemes(bytes), bytes.size()), bytes);
  }
}

}  // namespace
}  // namespace earshot::app
