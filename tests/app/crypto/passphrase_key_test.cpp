#include "app/crypto/passphrase_key.h"

#include <gtest/gtest.h>

#include "app/ids.h"

namespace earshot::app::crypto {
namespace {

const PassphraseSalt kSalt{'s', 'o', 'm', 'e', 's', 'a', 'l', 't', 's', 'o', 'm', 'e', 's', 'a', 'l', 't'};

std::string keyOf(std::string_view passphrase, const PassphraseCost& cost) {
  const auto key = keyFromPassphrase(passphraseBytes(passphrase).view(), kSalt, cost);
  return key ? toHex(key->view()) : "none";
}

// Made with the reference implementation: argon2 somesaltsomesalt -id -t T -k M -p 1 -l 32 -r
TEST(PassphraseKey, IsThatOfTheReferenceImplementation) {
  EXPECT_EQ(keyOf("four words in one", {1, 8}), "75c425bdfed5a8fb8b937e0ba142844136f708a6bd99df889b0b0f6c6a164dcd");
  EXPECT_EQ(keyOf("Zo\xc3\xab's passphrase", {3, 64}),
            "f45fba2aff51574feb44114afa4a3fbc0371697612e69ae9dbc68ea95798d5f7");
}

TEST(PassphraseKey, IsTheSameHoweverTheSystemWritesAccents) {
  EXPECT_EQ(keyOf("Zoe\xcc\x88's passphrase", {1, 8}), keyOf("Zo\xc3\xab's passphrase", {1, 8}));
  EXPECT_NE(keyOf("Zoe's passphrase", {1, 8}), keyOf("Zo\xc3\xab's passphrase", {1, 8}));
}

TEST(PassphraseKey, CanBeMadeOfBytesThatAreNoText) {
  EXPECT_NE(keyOf("\xff\xfe", {1, 8}), keyOf("\xff", {1, 8}));
  EXPECT_NE(keyOf("", {1, 8}), "none");
}

TEST(PassphraseKey, CostsWhatAComputerCanBear) {
  EXPECT_TRUE(isBearable(kModerateCost));
  EXPECT_TRUE(isBearable({1, 8}));
  EXPECT_TRUE(isBearable({16, 1024 * 1024}));
  for (const PassphraseCost& cost : {PassphraseCost{0, 1024}, PassphraseCost{17, 1024}, PassphraseCost{1, 7},
                                     PassphraseCost{1, 1024 * 1024 + 1}, PassphraseCost{0xffffffff, 0xffffffff}}) {
    EXPECT_FALSE(isBearable(cost)) << cost.passes << ' ' << cost.memoryKib;
  }
}

}  // namespace
}  // namespace earshot::app::crypto
