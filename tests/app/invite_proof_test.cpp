#include "app/invite_proof.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace earshot::app {
namespace {

class InviteProofTest : public ::testing::Test {
 protected:
  InviteProofTest() {
    for (std::size_t i = 0; i < 32; ++i) exporter_[i] = static_cast<std::uint8_t>(i);
    token_.bytes.fill(0x11);
    member_.bytes.fill(0x22);
    host_.bytes.fill(0x33);
  }
  [[nodiscard]] InviteChannel channel() const { return {exporter_, member_, host_}; }

  std::array<std::uint8_t, 32> exporter_{};
  InviteToken token_;
  crypto::PublicKey member_;
  crypto::PublicKey host_;
};

TEST_F(InviteProofTest, IsWhatTheDocumentedConstructionGives) {
  // Computed with Python's hmac and hashlib from the description in docs/PROTOCOL.md.
  EXPECT_EQ(toHex(inviteProof(token_, channel(), InviteProver::Member)),
            "0a062a4b5a0c035abb48a4d1579e04d04a870a6296eb54e5e23b2174be1f0456");
  EXPECT_EQ(toHex(inviteProof(token_, channel(), InviteProver::Host)),
            "5646a780e8cd7b12d9c689909e34a287c89f46cd1311e03bd0b25f3867198c3e");
}

TEST_F(InviteProofTest, IsOfOneSideOnly) {
  const InviteProof member = inviteProof(token_, channel(), InviteProver::Member);
  EXPECT_TRUE(isInviteProof(member, token_, channel(), InviteProver::Member));
  EXPECT_FALSE(isInviteProof(member, token_, channel(), InviteProver::Host));
}

TEST_F(InviteProofTest, IsNoneForAnotherTokenConnectionOrPerson) {
  const InviteProof proof = inviteProof(token_, channel(), InviteProver::Member);
  InviteToken otherToken = token_;
  otherToken.bytes[0] ^= 1;
  EXPECT_FALSE(isInviteProof(proof, otherToken, channel(), InviteProver::Member));
  auto otherExporter = exporter_;
  otherExporter[31] ^= 1;
  EXPECT_FALSE(isInviteProof(proof, token_, {otherExporter, member_, host_}, InviteProver::Member));
  EXPECT_FALSE(isInviteProof(proof, token_, {exporter_, host_, member_}, InviteProver::Member));
  EXPECT_FALSE(isInviteProof(proof, token_, {exporter_, member_, member_}, InviteProver::Member));
}

TEST_F(InviteProofTest, IsNoneWithAnyBitFlippedOrAnotherLength) {
  const InviteProof proof = inviteProof(token_, channel(), InviteProver::Host);
  for (std::size_t bit = 0; bit < proof.size() * 8; ++bit) {
    InviteProof flipped = proof;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(isInviteProof(flipped, token_, channel(), InviteProver::Host)) << bit;
  }
  EXPECT_FALSE(isInviteProof({}, token_, channel(), InviteProver::Host));
  EXPECT_FALSE(isInviteProof(std::span(proof).first<31>(), token_, channel(), InviteProver::Host));
  crypto::Bytes longer(proof.begin(), proof.end());
  longer.push_back(0);
  EXPECT_FALSE(isInviteProof(longer, token_, channel(), InviteProver::Host));
}

}  // namespace
}  // namespace earshot::app
