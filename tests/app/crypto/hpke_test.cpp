#include "app/crypto/hpke.h"

#include <gtest/gtest.h>

#include <random>

#include "hex_bytes.h"

namespace earshot::app::crypto {
namespace {

HpkeKeyPair pairOf(std::string_view secretHex) {
  return hpkeKeyPairOf(SecretArray<32>(unhexArray<32>(secretHex)));
}

// RFC 9180, appendix A.2.3: Auth, sequence number 0.
const Bytes kInfo = unhex("4f6465206f6e2061204772656369616e2055726e");
const Bytes kAad = unhex("436f756e742d30");
const Bytes kPlaintext = unhex("4265617574792069732074727574682c20747275746820626561757479");
constexpr auto kEphemeral = "c94619e1af28971c8fa7957192b7e62a71ca2dcdde0a7cc4a8a9e741d600ab13";
constexpr auto kRecipient = "3ca22a6d1cda1bb9480949ec5329d3bf0b080ca4c45879c95eddb55c70b80b82";
constexpr auto kSender = "2def0cb58ffcf83d1062dd085c8aceca7f4c0c3fd05912d847b61f3e54121f05";
constexpr auto kEnc = "f7674cc8cd7baa5872d1f33dbaffe3314239f6197ddf5ded1746760bfc847e0e";
constexpr auto kRecipientPublic = "1a478716d63cb2e16786ee93004486dc151e988b34b475043d3e0175bdb01c44";
constexpr auto kSenderPublic = "f0f4f9e96c54aeed3f323de8534fffd7e0577e4ce269896716bcb95643c8712b";
constexpr auto kShared = "d2d67828c8bc9fa661cf15a31b3ebf1febe0cafef7abfaaca580aaf6d471e3eb";
constexpr auto kCiphertext =
    "ab1a13c9d4f01a87ec3440dbd756e2677bd2ecf9df0ce7ed73869b98e00c09be111cb9fdf077347aeb88e61bdf";

TEST(Hpke, AgreesWithThePublishedKeys) {
  EXPECT_EQ(hex(pairOf(kEphemeral).publicKey), kEnc);
  EXPECT_EQ(hex(pairOf(kRecipient).publicKey), kRecipientPublic);
  EXPECT_EQ(hex(pairOf(kSender).publicKey), kSenderPublic);

  const auto sent = hpke_steps::authEncap(pairOf(kEphemeral), unhex(kRecipientPublic), pairOf(kSender));
  const auto received = hpke_steps::authDecap(unhex(kEnc), pairOf(kRecipient), unhex(kSenderPublic));
  ASSERT_TRUE(sent && received);
  EXPECT_EQ(hex(sent->view()), kShared);
  EXPECT_EQ(hex(received->view()), kShared);

  const auto keys = hpke_steps::keySchedule(*sent, kInfo);
  EXPECT_EQ(hex(keys.key.view()), "b071fd1136680600eb447a845a967d35e9db20749cdf9ce098bcc4deef4b1356");
  EXPECT_EQ(hex(keys.baseNonce.view()), "d20577dff16d7cea2c4bf780");
}

TEST(Hpke, SealsAndOpensThePublishedMessage) {
  const auto sealed =
      hpke_steps::sealWith(pairOf(kEphemeral), unhex(kRecipientPublic), pairOf(kSender), kInfo, kAad, kPlaintext);
  ASSERT_TRUE(sealed);
  EXPECT_EQ(hex(sealed->enc), kEnc);
  EXPECT_EQ(hex(sealed->ciphertext), kCiphertext);
  const auto opened = hpkeOpen(unhex(kEnc), pairOf(kRecipient), unhex(kSenderPublic), kInfo, kAad, unhex(kCiphertext));
  ASSERT_TRUE(opened);
  EXPECT_EQ(hex(opened->view()), hex(kPlaintext));
}

TEST(Hpke, SealsDifferentlyEveryTime) {
  const auto sender = makeHpkeKeyPair();
  const auto recipient = makeHpkeKeyPair();
  const auto first = hpkeSeal(recipient.publicKey, sender, {}, {}, {});
  const auto second = hpkeSeal(recipient.publicKey, sender, {}, {}, {});
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->enc, second->enc);
  const auto opened = hpkeOpen(first->enc, recipient, sender.publicKey, {}, {}, first->ciphertext);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->size(), 0U);
}

TEST(Hpke, OpensOnlyWhatThisSenderSealedForThisRecipient) {
  const auto sealed = hpkeSeal(unhex(kRecipientPublic), pairOf(kSender), kInfo, kAad, kPlaintext);
  ASSERT_TRUE(sealed);
  const auto other = makeHpkeKeyPair();
  EXPECT_FALSE(hpkeOpen(sealed->enc, pairOf(kRecipient), other.publicKey, kInfo, kAad, sealed->ciphertext));
  EXPECT_FALSE(hpkeOpen(sealed->enc, other, unhex(kSenderPublic), kInfo, kAad, sealed->ciphertext));
}

TEST(Hpke, RefusesAMessageInWhichOneBitIsWrong) {
  const auto recipient = pairOf(kRecipient);
  std::mt19937 random(9180);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same flips every time
  int opened = 0;
  for (int i = 0; i < 10'000; ++i) {
    Bytes parts[4] = {unhex(kEnc), unhex(kCiphertext), kAad, kInfo};
    Bytes& part = parts[i % 4];
    // X25519 ignores the last bit of a public key; enc also goes into the keys, so that one counts too.
    const std::size_t bit = random() % (part.size() * 8);
    part[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    if (hpkeOpen(parts[0], recipient, unhex(kSenderPublic), parts[3], parts[2], parts[1])) ++opened;
  }
  EXPECT_EQ(opened, 0);
}

TEST(Hpke, RefusesKeysOfLowOrder) {
  // RFC 7748, section 6.1, and the points of order 1, 2, 4 and 8, also in their other encodings.
  for (const char* point : {
           "0000000000000000000000000000000000000000000000000000000000000000",
           "0100000000000000000000000000000000000000000000000000000000000000",
           "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
           "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
       }) {
    const Bytes low = unhex(point);
    EXPECT_FALSE(hpkeSeal(low, pairOf(kSender), kInfo, kAad, kPlaintext)) << point;
    EXPECT_FALSE(hpkeOpen(low, pairOf(kRecipient), unhex(kSenderPublic), kInfo, kAad, unhex(kCiphertext))) << point;
    EXPECT_FALSE(hpkeOpen(unhex(kEnc), pairOf(kRecipient), low, kInfo, kAad, unhex(kCiphertext))) << point;
  }
}

TEST(Hpke, RefusesPartsOfTheWrongSize) {
  const Bytes key = unhex(kEnc);
  for (const std::size_t size : {0, 31}) {
    const ByteView part = ByteView(key).first(size);
    EXPECT_FALSE(hpkeSeal(part, pairOf(kSender), {}, {}, {}));
    EXPECT_FALSE(hpkeOpen(part, pairOf(kRecipient), unhex(kSenderPublic), kInfo, kAad, unhex(kCiphertext)));
    EXPECT_FALSE(hpkeOpen(key, pairOf(kRecipient), part, kInfo, kAad, unhex(kCiphertext)));
  }
  const Bytes ciphertext = unhex(kCiphertext);
  for (std::size_t size = 0; size < ciphertext.size(); ++size) {
    EXPECT_FALSE(
        hpkeOpen(key, pairOf(kRecipient), unhex(kSenderPublic), kInfo, kAad, ByteView(ciphertext).first(size)));
  }
}

}  // namespace
}  // namespace earshot::app::crypto
