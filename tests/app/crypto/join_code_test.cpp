#include "app/crypto/join_code.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "app/error_text.h"

namespace earshot::app::crypto {
namespace {

TEST(JoinCode, IsHardEnoughToGuess) {
  EXPECT_EQ(joinCodeWordCount(), 1295U);
  const double bits = 3 * std::log2(static_cast<double>(joinCodeWordCount())) + std::log2(100.0);
  EXPECT_GE(bits, 33.0);
  EXPECT_NEAR(bits, 37.66, 0.01);
}

TEST(JoinCode, IsDifferentEveryTimeAndComesBackAsItWas) {
  std::set<std::string> codes;
  for (int i = 0; i < 1000; ++i) {
    const std::string code = makeJoinCode();
    codes.insert(code);
    const auto parsed = parseJoinCode(code);
    ASSERT_TRUE(parsed) << code;
    EXPECT_EQ(*parsed, code);
  }
  EXPECT_EQ(codes.size(), 1000U);
}

TEST(JoinCode, MayBeTypedAsPeopleType) {
  for (const char* typed : {"acid-zoom-yard-07", "ACID Zoom  yard 07", "  acid zoom yard07\n", "acid\tzoom_yard-07",
                            "acid – zoom — yard − 07", "ａｃｉｄ zoom yard ０７", "acidzoomyard07", "AcidZoom-Yard 07",
                            "acid zoomyard07"}) {
    const auto parsed = parseJoinCode(typed);
    ASSERT_TRUE(parsed) << typed;
    EXPECT_EQ(*parsed, "acid-zoom-yard-07");
  }
}

TEST(JoinCode, MayBeOfWordsThatItsHostChose) {
  for (const char* typed : {"Amber Tiger Lake 42", "amber-tiger-lake-42", "abcdefghijkl-abc-xyz-99"}) {
    EXPECT_TRUE(parseJoinCode(typed)) << typed;
  }
  EXPECT_EQ(*parseJoinCode("Amber Tiger Lake 42"), "amber-tiger-lake-42");
}

TEST(JoinCode, IsNotGuessedWhereWordsThatRunTogetherHaveTwoReadings) {
  // A made code always comes back, or is asked for once more; it never becomes another one.
  std::size_t understood = 0;
  for (int i = 0; i < 2'000; ++i) {
    const std::string code = makeJoinCode();
    std::string joined = code;
    std::erase(joined, '-');
    const auto parsed = parseJoinCode(joined);
    if (!parsed) continue;
    ++understood;
    EXPECT_EQ(*parsed, code);
  }
  EXPECT_GE(understood, 1'900U);
  EXPECT_FALSE(parseJoinCode("acidzoom07"));
  EXPECT_FALSE(parseJoinCode("acidzoomyardacid07"));
  EXPECT_FALSE(parseJoinCode(std::string(200, 'a') + "07"));
}

TEST(JoinCode, NamesThePartThatDoesNotFit) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"acid-zoom-yard", ""},
      {"acid-zoom-07", "07"},
      {"acid-zo-yard-07", "zo"},
      {"acid-zoom-abcdefghijklm-07", "abcdefghijklm"},
      {"acid-zoom-yard-7", "7"},
      {"acid-zoom-yard-077", "077"},
      {"acid-zoom-yard-07-acid", "acid"},
      {"acid-zoom-yärd-07", "yärd"},
      {"\xFF", ""},
  };
  for (const auto& [typed, part] : cases) {
    const auto parsed = parseJoinCode(typed);
    ASSERT_FALSE(parsed) << typed;
    EXPECT_EQ(parsed.error(), (Error{Errc::JoinCodeInvalid, part})) << typed;
  }
  EXPECT_FALSE(parseJoinCode(std::string(100'000, 'a')));
}

}  // namespace
}  // namespace earshot::app::crypto
