#include "app/crypto/safety_words.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <string>

namespace earshot::app::crypto {
namespace {

std::string namesFor(const std::array<std::uint8_t, 32>& key) {
  const auto words = safetyWordsOf(key);
  std::string out;
  if (words) {
    for (const SafetyWord& word : *words) out += std::string(word.name) + ", ";
  }
  return out;
}

TEST(SafetyWords, AreTheSameOnEveryComputer) {
  // Computed once with the program of Argon2's reference implementation.
  std::array<std::uint8_t, 32> counting{};
  std::iota(counting.begin(), counting.end(), std::uint8_t{1});
  EXPECT_EQ(namesFor(counting), "Rocket, Santa, Mushroom, Pizza, Bicycle, Cactus, Trophy, Heart, ");
  std::array<std::uint8_t, 32> letters{};
  letters.fill('a');
  EXPECT_EQ(namesFor(letters), "Key, Fire, Banana, Ball, Hammer, Apple, Corn, Cloud, ");
}

TEST(SafetyWords, DifferWhenOneBitOfTheKeyDiffers) {
  std::array<std::uint8_t, 32> key{};
  const std::string before = namesFor(key);
  key[31] = 1;
  EXPECT_NE(namesFor(key), before);
}

TEST(SafetyWords, AreSixtyFourDifferentOnes) {
  std::set<std::string_view> emoji;
  std::set<std::string_view> names;
  for (const SafetyWord& word : allSafetyWords()) {
    emoji.insert(word.emoji);
    names.insert(word.name);
  }
  EXPECT_EQ(emoji.size(), 64U);
  EXPECT_EQ(names.size(), 64U);
  EXPECT_EQ(allSafetyWords().front().name, "Dog");
  EXPECT_EQ(allSafetyWords().back().name, "Pin");
}

}  // namespace
}  // namespace earshot::app::crypto
