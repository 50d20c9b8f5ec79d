#include "ui/search_row.h"

#include <gmock/gmock.h>

namespace earshot::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> foundIn(const SearchExcerpt& excerpt) {
  std::vector<std::string> parts;
  for (const TextRange& range : excerpt.found)
    parts.push_back(excerpt.text.substr(range.begin, range.end - range.begin));
  return parts;
}

TEST(SearchRow, IsOneLineWithWhatWasFound) {
  const auto excerpt = excerptOf("The Café\nopens at\tfive", "cafe five");
  EXPECT_EQ(excerpt.text, "The Café opens at five");
  EXPECT_THAT(foundIn(excerpt), ElementsAre("Café", "five"));
}

TEST(SearchRow, BeginsNotFarBeforeWhatWasFound) {
  const auto excerpt = excerptOf(std::string(500, 'x') + " 今天下午五点 " + std::string(500, 'y'), "下午");
  EXPECT_THAT(excerpt.text, StartsWith("… xxxx"));
  EXPECT_LT(excerpt.text.size(), 300U);
  EXPECT_THAT(foundIn(excerpt), ElementsAre("下午"));
}

TEST(SearchRow, ShowsTheBeginningWhenNoWordWasAskedFor) {
  EXPECT_EQ(excerptOf("Cake", "").text, "Cake");
  EXPECT_THAT(excerptOf(std::string(1'000, 'x'), "").text.size(), 240U);
  EXPECT_THAT(excerptOf("", "cake").found, IsEmpty());
}

}  // namespace
}  // namespace earshot::ui
