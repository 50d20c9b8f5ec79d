#include "app/names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "app/code_points.h"
#include "app/limits.h"
#include "app/text.h"

namespace earshot::app {
namespace {

using namespace std::string_literals;

std::string normalized(std::string_view typed) {
  const auto name = normalizeName(typed);
  return name ? *name : "refused: " + std::to_string(static_cast<int>(name.error().code));
}

bool areOne(std::string_view one, std::string_view other) {
  for (const std::string& key : nameKeys(one)) {
    for (const std::string& otherKey : nameKeys(other)) {
      if (key == otherKey) return true;
    }
  }
  return false;
}

void expectRefused(const std::string& typed, Errc code) {
  const auto name = normalizeName(typed);
  ASSERT_FALSE(name) << testing::PrintToString(typed);
  EXPECT_EQ(name.error().code, code) << testing::PrintToString(typed);
}

TEST(Names, OfPeopleEverywhereAreAcceptedAsTheyAre) {
  const std::vector<std::string> names{
      "Anna",
      "Jean-Luc",
      "O'Brien",
      "José María",
      "Müller-Lüdenscheidt",
      "Łukasz Żółw",
      "Ærøskøbing",
      "Þóra Ýr",
      "Çağla",
      "Đorđe",
      "Nguyễn Thị Ánh Tuyết",
      "Māori Whānau",
      "Ἀλέξανδρος",
      "Γιώργος",
      "Анна",
      "Їжакевич",
      "Ђорђе",
      "Բարեւ Արամ",
      "გიორგი",
      "משה",
      "שָׁלוֹם",
      "محمد",
      "فاطمة",
      "علی",
      "पूजा",
      "ज़ोया ख़ाँ",
      "অনিতা",
      "ਗੁਰਪ੍ਰੀਤ",
      "નરેન્દ્ર",
      "ଓଡ଼ିଆ",
      "தமிழ்ச்செல்வி",
      "శ్రీనివాస్",
      "ಕನ್ನಡ",
      "മലയാളം",
      "සිංහල",
      "ปู่ ย่า",
      "ສົມພອນ",
      "མགྲོན་པོ་སྒྲོལ་མ",
      "အောင်ဆန်း",
      "လှိုင်",
      "សុខា",
      "ኢትዮጵያ",
      "ᏣᎳᎩ",
      "ᐃᓄᒃᑎᑐᑦ",
      "ᠮᠣᠩᠭᠣᠯ",
      "王小明",
      "張偉",
      "さくら",
      "カタカナ",
      "김민준",
      "ޢަލީ",
      "ܐܒܪܗܡ",
      "ⴰⵎⴰⵣⵉⵖ",
      "R2-D2",
      "Anna & Ben",
      "Dr. No",
      "user_7",
      "C++",
      "Zoë 🎉",
      "❤️",
      "🇩🇪 Team",
      "👍🏽",
      "1️⃣ Erste",
      "a\u0323\u0302",

      "x@y",
  };
  for (const std::string& name : names) {
    const auto result = normalizeName(name);
    ASSERT_TRUE(result) << name << " " << static_cast<int>(result.error().code);
    EXPECT_EQ(*result, *normalizeName(*result)) << name << " changes when it is normalized again";
  }
}

TEST(Names, AreShownWithSingleSpacesInside) {
  EXPECT_EQ(normalized("  Anna \u00A0\u2003\u3000 Berta  "), "Anna Berta");
}

TEST(Names, AreComposedAndWithoutCompatibilityForms) {
  EXPECT_EQ(normalized("Jose\u0301"), "José");
  EXPECT_EQ(normalized("Ａｎｎａ"), "Anna");
  EXPECT_EQ(normalized("ﬁne"), "fine");
}

TEST(Names, OfNothingAreEmpty) {
  for (const auto* typed : {"", " ", "   ", "\u00A0", "\u3000\u2003"}) expectRefused(typed, Errc::NameEmpty);
}

TEST(Names, HaveAtMost32LettersAsPeopleCountThem) {
  EXPECT_EQ(normalized(std::string(kMaxNameGraphemes, 'a')), std::string(kMaxNameGraphemes, 'a'));
  expectRefused(std::string(kMaxNameGraphemes + 1, 'a'), Errc::NameTooLong);
  expectRefused(std::string(500, 'a'), Errc::NameTooLong);
  std::string combined;
  for (std::size_t i = 0; i < kMaxNameGraphemes; ++i) combined += "q\u0301";
  EXPECT_TRUE(normalizeName(combined)) << "a letter with its accent is one letter";
}

TEST(Names, HaveAtMost96Bytes) {
  std::string fits;
  for (std::size_t i = 0; i < kMaxNameBytes / 3; ++i) fits += "王";
  EXPECT_TRUE(normalizeName(fits));
  std::string tooMany;
  for (std::size_t i = 0; i < kMaxNameBytes / 4 + 1; ++i) tooMany += "🎉";
  expectRefused(tooMany, Errc::NameTooLong);
}

TEST(Names, OfHostileLengthAreRefusedWithoutMuchWork) {
  expectRefused(std::string(10'000'000, 'a'), Errc::NameTooLong);
  // One code point that normalization makes eighteen.
  std::string growing;
  for (int i = 0; i < 100; ++i) growing += "\uFDFA";
  expectRefused(growing, Errc::NameTooLong);
}

TEST(Names, HideNothing) {
  const std::array bad{
      "An\x01na"s,    "Anna\n"s,     "An\nna"s,       "An\tna"s,     "Anna\x7F"s,   "An\0na"s,
      "\u0085Anna"s,                                                                            // controls
      "\u202EannA"s,  "Anna\u202C"s, "\u2066Anna"s,   "Anna\u200E"s, "\u061CAnna"s,             // direction
      "An\u200Bna"s,  "An\u200Dna"s, "An\u200Cna"s,   "\uFEFFAnna"s, "An\u00ADna"s, "\u2060"s,  // zero width
      "An\uE000na"s,  "\U000F0000"s, "\U0010FFFD"s,                                             // private use
      "An\u0378na"s,  "\U000E0080"s, "Anna\uFFFE"s,                                             // unassigned
      "\u3164"s,      "\u115F"s,     "\uFFA0"s,       "\u2800"s,     "An\u034Fna"s, "\u17B4"s,
      "A\U000E0041"s,                                               // shown as nothing
      "Anna\uFE0F"s,  "Anna\uFE00"s, "\uFE0F"s,                     // selectors of nothing
      "Anna\uFFFD"s,  "\uFFFC"s,                                    // placeholders
      "\xFF"s,        "Anna\xC3"s,   "\xED\xA0\x80"s, "\xC0\x80"s,  // not UTF-8
  };
  for (const std::string& typed : bad) expectRefused(typed, Errc::NameForbidden);
}

TEST(Names, CarryNoPilesOfMarks) {
  expectRefused("A\u0301\u0302\u0303nna", Errc::NameForbidden);
  expectRefused("Z\u0335\u0336\u0337a\u0323\u0324\u0325", Errc::NameForbidden);
  expectRefused("ก\u0E47\u0E47", Errc::NameForbidden);
  expectRefused("a\u20DD\u20DE\u20DF", Errc::NameForbidden);
  expectRefused("\u0301Anna", Errc::NameForbidden);
  expectRefused("Anna \u0301", Errc::NameForbidden);
}

TEST(Names, ThatSpeakForTheRoomAreReserved) {
  for (const auto* typed :
       {"server", "SERVER", " System ", "Host", "admin", "Moderator", "everyone", "here", "Ｓｅｒｖｅｒ", "ſerver"}) {
    expectRefused(typed, Errc::NameForbidden);
  }
  EXPECT_EQ(normalized("Hostess"), "Hostess");
  EXPECT_EQ(normalized("Server Anna"), "Server Anna");
}

TEST(Names, OfRoomsMayBeLongerAndReserved) {
  EXPECT_EQ(*normalizeRoomName(" Kitchen  table "), "Kitchen table");
  EXPECT_TRUE(normalizeRoomName("Server"));
  EXPECT_TRUE(normalizeRoomName(std::string(kMaxRoomNameGraphemes, 'a')));
  EXPECT_EQ(normalizeRoomName(std::string(kMaxRoomNameGraphemes + 1, 'a')).error().code, Errc::NameTooLong);
  EXPECT_EQ(normalizeRoomName("").error().code, Errc::NameEmpty);
  EXPECT_EQ(normalizeRoomName("a\nb").error().code, Errc::NameForbidden);
}

TEST(Names, AreTheSameWhateverTheirCaseAndForm) {
  EXPECT_TRUE(areOne("Anna", "ANNA"));
  EXPECT_TRUE(areOne("Straße", "STRASSE"));
  EXPECT_TRUE(areOne("❤️", "❤"));
  EXPECT_FALSE(areOne("Anna", "Annä"));
  EXPECT_FALSE(areOne("Anna B", "AnnaB"));
  EXPECT_FALSE(areOne("Anna (2)", "Anna (3)"));
  EXPECT_FALSE(areOne("Ilse", "Lise"));
}

TEST(Names, OfRoomsAreTheSameWhateverTheirCase) {
  EXPECT_EQ(roomNameKey("Straße"), roomNameKey("STRASSE"));
  EXPECT_NE(roomNameKey("modern"), roomNameKey("modem"));
}

TEST(Names, AreOfferedWithTheNextFreeNumber) {
  std::set<std::string> taken{"Anna"};
  const auto isTaken = [&](const std::string& name) {
    return std::any_of(taken.begin(), taken.end(), [&](const std::string& other) { return areOne(name, other); });
  };
  EXPECT_EQ(freeVariant("Anna", isTaken), "Anna (2)");
  taken.insert("ANNA (2)");
  EXPECT_EQ(freeVariant("Anna", isTaken), "Anna (3)");
  EXPECT_EQ(freeVariant("Anna (2)", isTaken), "Anna (3)");
  EXPECT_EQ(freeVariant("(2)", isTaken), "(2) (2)");
  EXPECT_EQ(freeVariant("Anna ()", isTaken), "Anna () (2)");
}

TEST(Names, AreShortenedBetweenLettersToMakeRoomForTheNumber) {
  const auto once = [](const std::string& variant) { return variant.ends_with("(2)"); };
  const auto never = [](const std::string&) { return false; };
  EXPECT_EQ(freeVariant(std::string(kMaxNameGraphemes, 'a'), never), std::string(kMaxNameGraphemes - 4, 'a') + " (2)");
  std::string wide;
  for (std::size_t i = 0; i < kMaxNameBytes / 3; ++i) wide += "王";
  for (const std::string& name : {wide, std::string(kMaxNameGraphemes, 'a'), "a"s, std::string(27, 'a') + " bcde"}) {
    const std::string variant = freeVariant(name, once);
    const auto accepted = normalizeName(variant);
    ASSERT_TRUE(accepted) << variant;
    EXPECT_EQ(*accepted, variant);
  }
}

TEST(Names, ThatPassStayWithinTheRulesWhateverWasTyped) {
  constexpr unsigned kSeed = 4711;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string typed;
    for (auto i = random() % 6 + 1; i > 0; --i) {
      constexpr std::array<CodePoint, 6> kPlanes{0x80, 0x400, 0x3000, 0x10000, 0x20000, 0x110000};
      appendCodePoint(typed, static_cast<CodePoint>(random() & 0x1FFFFF) % kPlanes[random() % kPlanes.size()]);
    }
    const auto name = normalizeName(typed);
    if (!name) continue;
    ++accepted;
    ASSERT_TRUE(isValidText(*name));
    ASSERT_LE(name->size(), kMaxNameBytes);
    ASSERT_LE(countGraphemes(*name), kMaxNameGraphemes);
    ASSERT_EQ(cleanLine(*name), *name);
    ASSERT_EQ(sanitizeForDisplay(*name), *name);
    const auto again = normalizeName(*name);
    ASSERT_TRUE(again) << testing::PrintToString(typed);
    ASSERT_EQ(*again, *name);
    ASSERT_EQ(roomNameKey(roomNameKey(*name)), roomNameKey(*name)) << testing::PrintToString(typed);
  }
  EXPECT_GT(accepted, 1000) << "the test should reach accepted names too";
}

}  // namespace
}  // namespace earshot::app
