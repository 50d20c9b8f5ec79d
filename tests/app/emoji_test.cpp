#include "app/emoji.h"

#include <gtest/gtest.h>

#include <string>

#include "app/limits.h"

namespace earshot::app {
namespace {

TEST(Emoji, TakesOneOfEveryMake) {
  for (const char* emoji : {"👍", "❤️", "❤", "👍🏽", "👩‍🚒", "👨‍👩‍👧‍👦",
                            "👩🏻‍❤️‍💋‍👨🏿", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "#⃣",
                            "🏳️‍🌈", "☺️", "©"}) {
    EXPECT_TRUE(isOneEmoji(emoji)) << emoji;
  }
}

TEST(Emoji, RefusesEverythingElse) {
  std::string joined = "👍";
  while (joined.size() <= kMaxEmojiBytes) joined += "‍👍";
  for (const std::string& text :
       {std::string{}, std::string("a"), std::string("1"), std::string("👍👍"), std::string("👍 "), std::string("a👍"),
        std::string("👍a"), std::string("👍\xCC\x81"), std::string("\xFF"), std::string("👍\xFF"), std::string("#"),
        std::string("️"), std::string("‍"), std::string("\0", 1), std::string("<b>"), joined}) {
    EXPECT_FALSE(isOneEmoji(text)) << text;
  }
}

}  // namespace
}  // namespace earshot::app
