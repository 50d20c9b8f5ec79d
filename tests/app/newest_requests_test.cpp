#include "app/newest_requests.h"

#include <gtest/gtest.h>

namespace earshot::app {
namespace {

RequestId request(std::uint8_t number) {
  RequestId id;
  id.bytes.back() = number;
  return id;
}

MemberId member(std::uint16_t number) {
  MemberId id;
  id.bytes[0] = static_cast<std::uint8_t>(number >> 8);
  id.bytes[1] = static_cast<std::uint8_t>(number);
  return id;
}

const MemberId kAna = member(1);
const MemberId kBen = member(2);

TEST(NewestRequests, WithNothingStoredAllAreNew) {
  const NewestRequests newest;
  EXPECT_FALSE(newest.mayBeStored(kAna, request(1)));
}

TEST(NewestRequests, WhatWasStoredBeforeMayBeAnybodys) {
  const NewestRequests newest(request(10));
  for (const auto& who : {kAna, kBen}) {
    EXPECT_TRUE(newest.mayBeStored(who, request(9)));
    EXPECT_TRUE(newest.mayBeStored(who, request(10)));
    EXPECT_FALSE(newest.mayBeStored(who, request(11)));
  }
}

TEST(NewestRequests, OnlyWhatIsGreaterThanTheSendersOwnIsNew) {
  NewestRequests newest;
  newest.stored(kAna, request(20));
  newest.stored(kAna, request(15));
  for (const std::uint8_t id : {1, 15, 20}) EXPECT_TRUE(newest.mayBeStored(kAna, request(id)));
  EXPECT_FALSE(newest.mayBeStored(kAna, request(21)));
  EXPECT_FALSE(newest.mayBeStored(kBen, request(5))) << "a clock that is behind makes no sender slow";
}

TEST(NewestRequests, OfTooManySendersOneHasToLookMoreOftenAndNeverLess) {
  NewestRequests newest;
  const auto count = static_cast<std::uint16_t>(NewestRequests::kMaxSenders + 1);
  for (std::uint16_t i = 0; i < count; ++i) newest.stored(member(i), request(static_cast<std::uint8_t>(i % 100)));
  for (std::uint16_t i = 0; i < count; ++i) {
    EXPECT_TRUE(newest.mayBeStored(member(i), request(static_cast<std::uint8_t>(i % 100))));
  }
  EXPECT_TRUE(newest.mayBeStored(member(5000), request(99)));
  EXPECT_FALSE(newest.mayBeStored(member(5000), request(100)));
}

}  // namespace
}  // namespace earshot::app
