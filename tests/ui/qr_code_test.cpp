#include "ui/qr_code.h"

#include <gtest/gtest.h>

namespace earshot::ui {
namespace {

TEST(QrCode, HasItsThreeCornerMarks) {
  const auto code = QrCode::of("earshot://192.168.1.20:1060/");
  ASSERT_TRUE(code);
  const int last = code->size() - 7;
  for (const auto& [column, row] : {std::pair{0, 0}, {last, 0}, {0, last}}) {
    EXPECT_TRUE(code->isDark(column, row) && code->isDark(column + 6, row + 6));
    EXPECT_FALSE(code->isDark(column + 1, row + 1)) << "the light ring";
    EXPECT_TRUE(code->isDark(column + 3, row + 3)) << "the dark heart";
  }
}

TEST(QrCode, GrowsWithTheText) {
  const auto small = QrCode::of("a");
  const auto large = QrCode::of(std::string(300, 'a'));
  ASSERT_TRUE(small && large);
  EXPECT_EQ(small->size(), 21);
  EXPECT_GT(large->size(), small->size());
}

TEST(QrCode, RefusesWhatNoCodeCanHold) {
  EXPECT_FALSE(QrCode::of(std::string(5'000, 'a')));
}

TEST(QrCode, FillsItsRoomWithWholePixelsAndAFrame) {
  const auto code = QrCode::of("a");
  EXPECT_EQ(squarePixels(*code, 29 * 3), 3);
  EXPECT_EQ(squarePixels(*code, 29 * 4 - 1), 3);
  EXPECT_EQ(squarePixels(*code, 5), 1) << "never nothing";
}

}  // namespace
}  // namespace earshot::ui
