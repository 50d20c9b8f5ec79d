#include "app/crypto/padding.h"

#include <gtest/gtest.h>

#include <utility>

namespace earshot::app::crypto {
namespace {

TEST(Padding, HidesTheSizeOfAMessage) {
  const std::pair<std::size_t, std::size_t> sizes[] = {{0, 64},      {1, 64},       {63, 64},       {64, 256},
                                                       {255, 256},   {256, 1024},   {1023, 1024},   {1024, 4096},
                                                       {4095, 4096}, {4096, 16384}, {32768, 65536}, {65536, 262144}};
  for (const auto& [size, expected] : sizes) {
    const auto padded = pad(Bytes(size, 'x'));
    ASSERT_TRUE(padded);
    EXPECT_EQ(padded->size(), expected) << size;
  }
}

TEST(Padding, GivesEveryMessageBack) {
  for (std::size_t size = 0; size < 1100; ++size) {
    for (const std::uint8_t byte : Bytes{0x00, 0x80, 0xFF}) {
      const Bytes message(size, byte);
      const auto padded = pad(message);
      ASSERT_TRUE(padded);
      const auto back = unpad(padded->view());
      ASSERT_TRUE(back);
      EXPECT_TRUE(equalInConstantTime(back->view(), message)) << size;
    }
  }
}

TEST(Padding, EndsWhereTheLargestMessageEnds) {
  EXPECT_TRUE(pad(Bytes(kPaddingLargest - 1)));
  EXPECT_FALSE(pad(Bytes(kPaddingLargest)));
}

TEST(Padding, RefusesWhatItNeverMakes) {
  EXPECT_FALSE(unpad({}));
  EXPECT_FALSE(unpad(Bytes(64)));         // no end mark
  EXPECT_FALSE(unpad(Bytes(64, 'x')));    // neither mark nor zeros
  EXPECT_FALSE(unpad(Bytes(63, 0x80)));   // no padded size
  EXPECT_FALSE(unpad(Bytes(128, 0x80)));  // a multiple, but no padded size
  Bytes wasteful(256);
  wasteful[63] = 0x80;  // would have fitted into 64
  EXPECT_FALSE(unpad(wasteful));
  Bytes needed(256);
  needed[64] = 0x80;
  EXPECT_TRUE(unpad(needed));
}

}  // namespace
}  // namespace earshot::app::crypto
