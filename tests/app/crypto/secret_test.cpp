#include "app/crypto/secret.h"

#include <gtest/gtest.h>

#include <cstring>
#include <new>
#include <type_traits>

namespace earshot::app::crypto {
namespace {

static_assert(!std::is_copy_constructible_v<SecretBuffer>);

TEST(Secret, IsOverwrittenWhenItGoes) {
  alignas(SecretArray<32>) std::array<unsigned char, sizeof(SecretArray<32>)> place{};
  auto* secret = new (place.data()) SecretArray<32>;
  std::memset(secret->data(), 0xAB, 32);
  secret->~SecretArray();
  for (const unsigned char byte : place) EXPECT_EQ(byte, 0);
}

TEST(Secret, IsEqualOnlyToTheSameBytes) {
  SecretArray<32> left;
  SecretArray<32> right;
  EXPECT_TRUE(left == right);
  right.data()[31] = 1;
  EXPECT_FALSE(left == right);
}

TEST(Secret, ComparesBytesOfAnyLength) {
  EXPECT_TRUE(equalInConstantTime({}, {}));
  EXPECT_TRUE(equalInConstantTime(bytesOf("abc"), bytesOf("abc")));
  EXPECT_FALSE(equalInConstantTime(bytesOf("abc"), bytesOf("abd")));
  EXPECT_FALSE(equalInConstantTime(bytesOf("abc"), bytesOf("ab")));
}

TEST(Secret, LeavesNothingWhereItWasMovedFrom) {
  SecretBuffer from(bytesOf("a secret"));
  SecretBuffer to;
  to = std::move(from);
  EXPECT_EQ(to.size(), 8U);
  EXPECT_EQ(from.size(), 0U);  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace earshot::app::crypto
