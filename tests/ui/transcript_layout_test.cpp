#include "ui/transcript_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ui/transcript_fake_history.h"
#include "ui/transcript_fixed_measurer.h"

namespace earshot::ui {
namespace {

using testing::ElementsAre;

/// Wraps to a number of narrow letters.
std::vector<std::string> wrapped(std::string_view text, int letters) {
  std::vector<std::string> lines;
  for (const TextLine& line : wrapText(text, letters * 10, TextFace::Body, fake::FixedMeasurer())) {
    lines.emplace_back(text.substr(line.range.begin, line.ink - line.range.begin));
  }
  return lines;
}

TEST(TranscriptWrap, KeepsAShortTextOnOneLine) {
  EXPECT_THAT(wrapped("hello", 5), ElementsAre("hello"));
}

TEST(TranscriptWrap, GivesAnEmptyTextOneLine) {
  EXPECT_THAT(wrapped("", 5), ElementsAre(""));
}

TEST(TranscriptWrap, BreaksAtSpaces) {
  EXPECT_THAT(wrapped("the quick brown fox", 10), ElementsAre("the quick", "brown fox"));
  EXPECT_THAT(wrapped("aaa bbb", 3), ElementsAre("aaa", "bbb"));
}

TEST(TranscriptWrap, LetsSpacesHangOverTheEnd) {
  const auto lines = wrapText("aaa   bbb", 30, TextFace::Body, fake::FixedMeasurer());
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].range, (TextRange{0, 6}));
  EXPECT_EQ(lines[0].ink, 3u);
  EXPECT_EQ(lines[0].width, 30);
  EXPECT_EQ(lines[1].range, (TextRange{6, 9}));
}

TEST(TranscriptWrap, KeepsSpacesAtTheBeginningOfAParagraph) {
  EXPECT_THAT(wrapped("  a b", 3), ElementsAre("  a", "b"));
}

TEST(TranscriptWrap, KeepsLineEnds) {
  EXPECT_THAT(wrapped("a\n\nb\n", 5), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(wrapped("\n", 5), ElementsAre("", ""));
}

TEST(TranscriptWrap, CutsOnlyWordsThatAreWiderThanALine) {
  EXPECT_THAT(wrapped("ab abcdefgh", 4), ElementsAre("ab", "abcd", "efgh"));
  EXPECT_THAT(wrapped("abcdefgh ij", 4), ElementsAre("abcd", "efgh", "ij"));
}

TEST(TranscriptWrap, BreaksBetweenIdeographs) {
  EXPECT_THAT(wrapped("你好世界", 5), ElementsAre("你好", "世界"));
}

TEST(TranscriptWrap, DoesNotBeginALineWithClosingPunctuation) {
  EXPECT_THAT(wrapped("你好世界。再见", 8), ElementsAre("你好世", "界。再见"));
  EXPECT_THAT(wrapped("你好世界!再见", 8), ElementsAre("你好世", "界!再见"));
}

TEST(TranscriptWrap, DoesNotEndALineWithAnOpeningBracket) {
  EXPECT_THAT(wrapped("你好世（界）", 8), ElementsAre("你好世", "（界）"));
}

TEST(TranscriptWrap, BreaksAfterAHyphenInsideAWord) {
  EXPECT_THAT(wrapped("well-known", 6), ElementsAre("well-", "known"));
  EXPECT_THAT(wrapped("a -5 b", 3), ElementsAre("a", "-5", "b"));
}

TEST(TranscriptWrap, KeepsNumbersAndNoBreakSpacesTogether) {
  EXPECT_THAT(wrapped("pi 3.1415", 6), ElementsAre("pi", "3.1415"));
  EXPECT_THAT(wrapped("a 10\u00A0km", 6), ElementsAre("a", "10\u00A0km"));
}

TEST(TranscriptWrap, NeverCutsALetterApart) {
  EXPECT_THAT(wrapped("e\u0301e\u0301e\u0301", 2), ElementsAre("e\u0301e\u0301", "e\u0301"));
  EXPECT_THAT(wrapped("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 1),
              ElementsAre("👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"));
}

TEST(TranscriptWrap, CoversEveryByteOnce) {
  const std::string text = "one two  threefourfive\n你好，世界 مرحبا بالعالم\n\n🎉🎉 e\u0301nd ";
  for (int letters = 1; letters < 20; ++letters) {
    std::size_t at = 0;
    for (const TextLine& line : wrapText(text, letters * 10, TextFace::Body, fake::FixedMeasurer())) {
      if (line.range.begin != at) {
        EXPECT_EQ(text[at], '\n');
        ++at;
      }
      EXPECT_EQ(line.range.begin, at);
      EXPECT_LE(line.ink, line.range.end);
      at = line.range.end;
    }
    EXPECT_EQ(at, text.size()) << letters;
  }
}

TEST(TranscriptWrap, GivesEachParagraphItsDirection) {
  const auto lines = wrapText("abc\nمرحبا abc def", 60, TextFace::Body, fake::FixedMeasurer());
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_FALSE(lines[0].rtl);
  EXPECT_TRUE(lines[1].rtl);
  EXPECT_TRUE(lines[2].rtl);
  EXPECT_TRUE(lines[3].rtl);
}

// --- rows ------------------------------------------------------------------------------------------

TranscriptRow rowSaying(const std::string& words, const std::string& name = "Anna", int seconds = 0) {
  TranscriptRow row;
  row.sender = fake::member(static_cast<std::uint8_t>(name[0]));
  row.senderName = name;
  row.time = fake::at(1'700'000'000 + seconds);
  row.text = words;
  return row;
}

RowLayout laidOut(const TranscriptRow& row, const TranscriptRow* previous = nullptr, int textWidth = 400) {
  RowContext context{.row = row};
  context.previous = previous;
  return layoutRow(context, fake::fixedMetrics(textWidth), fake::FixedMeasurer());
}

TEST(TranscriptLayout, BeginsAGroupForEachSenderAndAfterAPause) {
  const auto first = rowSaying("one");
  const auto soon = rowSaying("two", "Anna", 299);
  const auto late = rowSaying("three", "Anna", 301);
  const auto other = rowSaying("four", "Bob", 5);
  auto notice = rowSaying("Bob joined", "Anna", 5);
  notice.kind = RowKind::Notice;
  EXPECT_TRUE(beginsGroup(first, nullptr));
  EXPECT_FALSE(beginsGroup(soon, &first));
  EXPECT_TRUE(beginsGroup(late, &first));
  EXPECT_TRUE(beginsGroup(other, &first));
  EXPECT_TRUE(beginsGroup(soon, &notice));
}

TEST(TranscriptLayout, BeginsAGroupAfterARename) {
  const auto before = rowSaying("one");
  auto after = rowSaying("two", "Anna", 5);
  after.senderName = "Berta";
  EXPECT_TRUE(beginsGroup(after, &before));
}

TEST(TranscriptLayout, PutsADayLineAboveTheFirstMessageOfADay) {
  const auto first = rowSaying("one");
  const auto sameDay = rowSaying("two", "Anna", 5);
  const auto nextDay = rowSaying("three", "Anna", 86'400);
  EXPECT_FALSE(laidOut(first).day.empty());
  EXPECT_TRUE(laidOut(sameDay, &first).day.empty());
  EXPECT_FALSE(laidOut(nextDay, &first).day.empty());
}

TEST(TranscriptLayout, MakesRoomForNameAvatarAndEveryLine) {
  const auto first = rowSaying("one");
  const auto grouped = rowSaying("one\ntwo", "Anna", 5);
  const RowLayout headed = laidOut(first, nullptr);
  EXPECT_TRUE(headed.head);
  EXPECT_TRUE(headed.avatar);
  EXPECT_GE(headed.height, headed.headTop + 36);
  const RowLayout plain = laidOut(grouped, &first);
  EXPECT_FALSE(plain.head);
  EXPECT_EQ(plain.lines.size(), 2u);
  EXPECT_EQ(plain.lines[1].y, plain.lines[0].y + 20);
  EXPECT_GE(plain.height, plain.lines[1].y + 20);
}

TEST(TranscriptLayout, KeepsRightToLeftLinesBesideTheSpeaker) {
  const RowLayout layout = laidOut(rowSaying("مرحبا بالجميع\nمرحبا"), nullptr, 900);
  ASSERT_EQ(layout.lines.size(), 2u);
  EXPECT_EQ(layout.lines[0].x, 60);
  EXPECT_EQ(layout.lines[0].x + layout.lines[0].width, layout.lines[1].x + layout.lines[1].width);
}

TEST(TranscriptLayout, CentresNotices) {
  auto row = rowSaying("Anna joined");
  row.kind = RowKind::Notice;
  const RowLayout layout = laidOut(row, nullptr, 400);
  ASSERT_EQ(layout.lines.size(), 1u);
  EXPECT_EQ(layout.lines[0].x, (470 - 110) / 2);
  EXPECT_FALSE(layout.avatar);
}

TEST(TranscriptLayout, WordsAnActionWithItsName) {
  auto row = rowSaying("waves");
  row.style = app::TextStyle::Action;
  const RowLayout layout = laidOut(row);
  EXPECT_EQ(layout.text, "* Anna waves");
  EXPECT_EQ(layout.face, TextFace::Action);
  EXPECT_FALSE(layout.head);
}

TEST(TranscriptLayout, ShowsAFewEmojiLarge) {
  EXPECT_EQ(laidOut(rowSaying("🎉😂")).face, TextFace::Emoji);
  EXPECT_EQ(laidOut(rowSaying("🎉 yes")).face, TextFace::Body);
}

TEST(TranscriptLayout, OffersToRetryBehindTheTextOrBelowIt) {
  auto row = rowSaying("short");
  row.delivery = Delivery::Failed;
  const RowLayout beside = laidOut(row);
  EXPECT_TRUE(beside.status.retry);
  EXPECT_GT(beside.status.x, beside.lines[0].x + 50);
  EXPECT_LT(beside.status.y, beside.lines[0].y + 20);
  row.text = std::string(38, 'x');
  const RowLayout below = laidOut(row);
  EXPECT_EQ(below.status.x, 60);
  EXPECT_GE(below.status.y, below.lines[0].y + 20);
}

TEST(TranscriptLayout, SaysSendingOnlyWhenItTakesLong) {
  auto row = rowSaying("short");
  row.delivery = Delivery::Sending;
  RowContext context{.row = row};
  const auto metrics = fake::fixedMetrics(400);
  EXPECT_EQ(layoutRow(context, metrics, fake::FixedMeasurer()).status.text, "");
  context.slow = true;
  EXPECT_EQ(layoutRow(context, metrics, fake::FixedMeasurer()).status.text, "sending…");
}

TEST(TranscriptLayout, EstimatesShortRowsExactlyEnough) {
  const auto first = rowSaying("one");
  const auto second = rowSaying("two words", "Anna", 5);
  RowContext context{.row = second};
  context.previous = &first;
  const auto metrics = fake::fixedMetrics(400);
  const int exact = layoutRow(context, metrics, fake::FixedMeasurer()).height;
  EXPECT_NEAR(estimateHeight(context, metrics), exact, 4);
}

}  // namespace
}  // namespace earshot::ui
