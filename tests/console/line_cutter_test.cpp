#include <gmock/gmock.h>

#include "console/input.h"

namespace earshot::console {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> cut(const std::string& bytes, std::size_t piece) {
  LineCutter cutter;
  std::vector<std::string> lines;
  const auto keep = [&](std::string line) { lines.push_back(std::move(line)); };
  for (std::size_t at = 0; at < bytes.size(); at += piece) cutter.feed(std::string_view(bytes).substr(at, piece), keep);
  cutter.end(keep);
  return lines;
}

TEST(LineCutter, CutsAlikeInPiecesOfAnySize) {
  const std::string input = "one\r\ntwo\n\nGrüße\nlast";
  for (std::size_t piece = 1; piece <= input.size(); ++piece) {
    EXPECT_THAT(cut(input, piece), ElementsAre("one", "two", "", "Grüße", "last"));
  }
}

TEST(LineCutter, DoesNotKeepMoreThanItsLimit) {
  const auto lines = cut(std::string(LineCutter::kMaxLineBytes + 10, 'x'), 1000);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].size(), LineCutter::kMaxLineBytes);
}

}  // namespace
}  // namespace earshot::console
