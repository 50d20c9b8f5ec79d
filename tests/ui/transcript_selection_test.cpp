#include "ui/transcript_selection.h"

#include <gtest/gtest.h>

namespace earshot::ui {
namespace {

TEST(TranscriptSelection, IsEmptyUntilExtended) {
  TranscriptSelection selection;
  EXPECT_TRUE(selection.empty());
  selection.extendTo(TextPlace{1, 2});
  EXPECT_TRUE(selection.empty());
  selection.start(TextPlace{1, 2});
  EXPECT_TRUE(selection.empty());
  EXPECT_FALSE(selection.inRow(1, 10));
}

TEST(TranscriptSelection, CoversTheRowsBetween) {
  TranscriptSelection selection;
  selection.start(TextPlace{1, 4});
  selection.extendTo(TextPlace{3, 2});
  EXPECT_FALSE(selection.inRow(0, 10));
  EXPECT_EQ(selection.inRow(1, 10), (TextRange{4, 10}));
  EXPECT_EQ(selection.inRow(2, 7), (TextRange{0, 7}));
  EXPECT_EQ(selection.inRow(3, 10), (TextRange{0, 2}));
  EXPECT_FALSE(selection.inRow(4, 10));
}

TEST(TranscriptSelection, MayRunBackwards) {
  TranscriptSelection selection;
  selection.start(TextPlace{3, 2});
  selection.extendTo(TextPlace{1, 4});
  EXPECT_EQ(selection.from(), (TextPlace{1, 4}));
  EXPECT_EQ(selection.to(), (TextPlace{3, 2}));
  EXPECT_EQ(selection.head(), (TextPlace{1, 4}));
}

TEST(TranscriptSelection, KeepsTheWholeWordItBeganWith) {
  TranscriptSelection selection;
  selection.start({{0, 4}, {0, 9}});
  selection.extendTo(PlaceRange{{0, 0}, {0, 3}});
  EXPECT_EQ(selection.inRow(0, 20), (TextRange{0, 9}));
  selection.extendTo(PlaceRange{{0, 10}, {0, 14}});
  EXPECT_EQ(selection.inRow(0, 20), (TextRange{4, 14}));
}

TEST(TranscriptSelection, StaysWithItsRowsWhenOthersComeAndGo) {
  TranscriptSelection selection;
  selection.start(TextPlace{3, 2});
  selection.extendTo(TextPlace{5, 1});
  selection.rowsInserted(0, 10);
  EXPECT_EQ(selection.from(), (TextPlace{13, 2}));
  selection.rowsInserted(14, 1);
  EXPECT_EQ(selection.to(), (TextPlace{16, 1}));
  selection.rowsRemoved(0, 13);
  EXPECT_EQ(selection.from(), (TextPlace{0, 2}));
  EXPECT_EQ(selection.to(), (TextPlace{3, 1}));
}

TEST(TranscriptSelection, ShrinksWhenItsRowsGo) {
  TranscriptSelection selection;
  selection.start(TextPlace{3, 2});
  selection.extendTo(TextPlace{5, 4});
  selection.rowsRemoved(2, 2);
  EXPECT_EQ(selection.from(), (TextPlace{2, 0}));
  EXPECT_EQ(selection.to(), (TextPlace{3, 4}));
  selection.rowsRemoved(0, 9);
  EXPECT_TRUE(selection.empty());
}

TEST(TranscriptSelection, IgnoresBytesBeyondAShorterText) {
  TranscriptSelection selection;
  selection.start(TextPlace{0, 4});
  selection.extendTo(TextPlace{0, 12});
  EXPECT_EQ(selection.inRow(0, 6), (TextRange{4, 6}));
}

}  // namespace
}  // namespace earshot::ui
