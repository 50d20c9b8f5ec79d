#include "ui/transcript_scroller.h"

#include <random>

#include <gtest/gtest.h>

namespace earshot::ui {
namespace {

/// Rows whose estimates are wrong until they are measured.
class Scrolling : public testing::Test {
 protected:
  void fill(std::size_t count, int estimate = 10, int exact = 30) {
    heights.assign(count, exact);
    scroller.reset(std::vector<int>(count, estimate));
    scroller.setViewport(300, 0);
    scroller.settle();
  }
  void insert(std::size_t at, std::size_t count, int exact = 30) {
    heights.insert(heights.begin() + static_cast<std::ptrdiff_t>(at), count, exact);
    scroller.inserted(at, std::vector<int>(count, 10));
  }

  std::vector<int> heights;
  TranscriptScroller scroller{[this](std::size_t row) { return heights[row]; }};
};

TEST_F(Scrolling, BeginsAtTheEnd) {
  fill(100);
  EXPECT_TRUE(scroller.following());
  EXPECT_EQ(scroller.firstVisible(), 90u);
  EXPECT_EQ(scroller.endVisible(), 100u);
  EXPECT_EQ(scroller.rowTop(99), 270);
}

TEST_F(Scrolling, MeasuresOnlyWhatIsOnScreen) {
  fill(100);
  int measured = 0;
  for (std::size_t row = 0; row < 100; ++row) measured += scroller.isMeasured(row) ? 1 : 0;
  EXPECT_EQ(measured, 10);
}

TEST_F(Scrolling, PutsAShortListAtTheBottom) {
  fill(2);
  EXPECT_EQ(scroller.rowTop(0), 240);
  EXPECT_EQ(scroller.rowTop(1), 270);
  EXPECT_TRUE(scroller.following());
}

TEST_F(Scrolling, KeepsRoomBelowTheLastRow) {
  fill(100);
  scroller.setViewport(300, 12);
  scroller.settle();
  EXPECT_EQ(scroller.rowTop(99) + 30, 288);
}

TEST_F(Scrolling, FollowsNewRowsAtTheEnd) {
  fill(100);
  insert(100, 3);
  scroller.settle();
  EXPECT_EQ(scroller.rowTop(102), 270);
  EXPECT_TRUE(scroller.following());
}

TEST_F(Scrolling, MovesByExactlyAsManyPixels) {
  fill(100);
  scroller.scrollBy(-45);
  scroller.settle();
  EXPECT_FALSE(scroller.following());
  EXPECT_EQ(scroller.rowTop(99), 270 + 45);
  scroller.scrollBy(-600);
  scroller.settle();
  EXPECT_EQ(scroller.rowTop(90), 0 + 45 + 600);
}

TEST_F(Scrolling, StaysInPlaceWhenRowsComeOrGoElsewhere) {
  fill(100);
  scroller.scrollBy(-1'000);
  scroller.settle();
  const std::size_t row = scroller.topRow();
  const int offset = scroller.topOffset();
  insert(0, 50);
  scroller.settle();
  EXPECT_EQ(scroller.topRow(), row + 50);
  EXPECT_EQ(scroller.topOffset(), offset);
  insert(150, 5);
  scroller.settle();
  EXPECT_EQ(scroller.topRow(), row + 50);
  heights.erase(heights.begin(), heights.begin() + 20);
  scroller.removed(0, 20);
  scroller.settle();
  EXPECT_EQ(scroller.topRow(), row + 30);
  EXPECT_EQ(scroller.topOffset(), offset);
}

TEST_F(Scrolling, StaysInPlaceWhenHeightsAboveBecomeKnown) {
  fill(100);
  scroller.scrollBy(-1'000);
  scroller.settle();
  const std::size_t row = scroller.topRow();
  const auto top = scroller.rowTop(row);
  for (std::size_t i = 0; i < 50; ++i) scroller.measured(i);
  scroller.settle();
  EXPECT_EQ(scroller.topRow(), row);
  EXPECT_EQ(scroller.rowTop(row), top);
}

TEST_F(Scrolling, KeepsTheTopRowWhenTheWidthChanges) {
  fill(100);
  scroller.scrollBy(-1'010);
  scroller.settle();
  const std::size_t row = scroller.topRow();
  ASSERT_GT(scroller.topOffset(), 0);
  heights.assign(100, 60);
  const int offset = scroller.topOffset();
  scroller.reestimate(std::vector<int>(100, 20));
  scroller.settle();
  EXPECT_EQ(scroller.topRow(), row);
  EXPECT_EQ(scroller.topOffset(), offset * 2);
}

TEST_F(Scrolling, StopsAtBothEnds) {
  fill(100);
  scroller.scrollBy(500);
  scroller.settle();
  EXPECT_TRUE(scroller.following());
  EXPECT_EQ(scroller.rowTop(99), 270);
  scroller.scrollBy(-100'000);
  scroller.settle();
  EXPECT_EQ(scroller.topRow(), 0u);
  EXPECT_EQ(scroller.topOffset(), 0);
  scroller.scrollBy(100'000);
  scroller.settle();
  EXPECT_TRUE(scroller.following());
}

TEST_F(Scrolling, RevealsARowWithAsLittleMovementAsPossible) {
  fill(100);
  scroller.reveal(95);
  scroller.settle();
  EXPECT_TRUE(scroller.following());
  scroller.reveal(50);
  scroller.settle();
  EXPECT_EQ(scroller.rowTop(50), 0);
  scroller.reveal(59);
  scroller.settle();
  EXPECT_EQ(scroller.rowTop(50), 0);
  scroller.reveal(60);
  scroller.settle();
  EXPECT_EQ(scroller.rowTop(60), 270);
}

TEST_F(Scrolling, RevealsTheTopOfARowThatIsTallerThanTheView) {
  fill(100);
  heights[50] = 1'000;
  scroller.reveal(50);
  scroller.settle();
  EXPECT_EQ(scroller.rowTop(50), 0);
}

TEST_F(Scrolling, JumpsWhereTheScrollBarSays) {
  fill(100, 30);
  scroller.scrollTo(615);
  scroller.settle();
  EXPECT_EQ(scroller.topRow(), 20u);
  EXPECT_EQ(scroller.topOffset(), 15);
  EXPECT_EQ(scroller.position(), 615);
  EXPECT_EQ(scroller.rowAt(0), 20u);
  EXPECT_EQ(scroller.rowAt(15), 21u);
}

TEST_F(Scrolling, SurvivesLosingEverything) {
  fill(3);
  heights.clear();
  scroller.removed(0, 3);
  scroller.settle();
  EXPECT_EQ(scroller.size(), 0u);
  EXPECT_EQ(scroller.endVisible(), 0u);
  EXPECT_EQ(scroller.position(), 0);
}

TEST_F(Scrolling, ShowsOneUnbrokenStretchWhateverHappens) {
  std::mt19937 random(7);
  const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(random); };
  fill(50);
  for (int step = 0; step < 3'000; ++step) {
    const int action = below(6);
    if (action == 0) insert(static_cast<std::size_t>(below(static_cast<int>(heights.size()) + 1)), 1, 10 + below(80));
    if (action == 1 && heights.size() > 20) {
      const auto at = below(static_cast<int>(heights.size()) - 3);
      heights.erase(heights.begin() + at, heights.begin() + at + 2);
      scroller.removed(static_cast<std::size_t>(at), 2);
    }
    if (action == 2) scroller.scrollBy(below(800) - 400);
    if (action == 3) scroller.reveal(static_cast<std::size_t>(below(static_cast<int>(heights.size()))));
    if (action == 4) scroller.scrollTo(below(3'000));
    scroller.settle();
    std::int64_t y = scroller.rowTop(scroller.firstVisible());
    ASSERT_TRUE(y <= 0 || scroller.firstVisible() == 0) << step;
    for (std::size_t row = scroller.firstVisible(); row < scroller.endVisible(); ++row) {
      ASSERT_EQ(scroller.rowTop(row), y) << step;
      y += heights[row];
    }
    ASSERT_TRUE(y >= 300) << step;
  }
}

}  // namespace
}  // namespace earshot::ui
