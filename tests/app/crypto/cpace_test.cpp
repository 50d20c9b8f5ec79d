#include "app/crypto/cpace.h"

#include <gtest/gtest.h>

#include "hex_bytes.h"

namespace earshot::app::crypto {
namespace {

using namespace cpace_steps;

// draft-irtf-cfrg-cpace-21, appendix B.3: group ristretto255 and hash SHA-512.
const Bytes kPassword = unhex("50617373776f7264");
const Bytes kChannel = unhex("0b415f696e69746961746f720b425f726573706f6e646572");
const Bytes kSession = unhex("7e4b4791d6a8ef019b936c79fb7f2c57");
const CpaceInputs kInputs{kPassword, kChannel, kSession};
constexpr auto kScalarA = "da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08";
constexpr auto kScalarB = "d2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d";
constexpr auto kShareA = "d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157";
constexpr auto kShareB = "3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258";
constexpr auto kPoint = "80b69a8a76457ab6a4d7f887a4bf6b55a2f80ac19c333f917a05fc9887c8b40f";

SecretArray<32> scalar(std::string_view text) {
  return SecretArray<32>(unhexArray<32>(text));
}

std::string product(const SecretArray<32>& factor, ByteView point) {
  const auto result = multiply(factor, point);
  return result ? hex(result->view()) : "neutral";
}

TEST(Cpace, AgreesWithThePublishedGenerator) {
  EXPECT_EQ(hex(generatorString(kInputs).view()),
            "11435061636552697374726574746f3235350850617373776f726464"
            "00000000000000000000000000000000000000000000000000000000"
            "00000000000000000000000000000000000000000000000000000000"
            "00000000000000000000000000000000000000000000000000000000"
            "00000000000000000000000000000000180b415f696e69746961746f"
            "720b425f726573706f6e646572107e4b4791d6a8ef019b936c79fb7f"
            "2c57");
  EXPECT_EQ(hex(generator(kInputs).view()), "222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56");
}

TEST(Cpace, AgreesWithThePublishedSharesAndSecretPoint) {
  EXPECT_EQ(product(scalar(kScalarA), generator(kInputs).view()), kShareA);
  EXPECT_EQ(product(scalar(kScalarB), generator(kInputs).view()), kShareB);
  EXPECT_EQ(product(scalar(kScalarA), unhex(kShareB)), kPoint);
  EXPECT_EQ(product(scalar(kScalarB), unhex(kShareA)), kPoint);
}

TEST(Cpace, AgreesWithThePublishedSessionKeys) {
  const Bytes ordered = transcriptIr(unhex(kShareA), bytesOf("ADa"), unhex(kShareB), bytesOf("ADb"));
  EXPECT_EQ(hex(ordered),
            "20d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0e"
            "ec482b915703414461203ea7e0b19560d7c0b0f5734f63b955286dfa"
            "8232b5ebe63324e2d9e7433f725803414462");
  EXPECT_EQ(hex(sessionKey(kSession, scalar(kPoint), ordered).view()),
            "b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dc"
            "ae7b35cd2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c"
            "3fa2068af7900447");
  // The symmetric setting, which is not offered, differs only in its transcript.
  const Bytes symmetric = unhex(
      "6f6320d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f"
      "8d0eec482b915703414461203ea7e0b19560d7c0b0f5734f63b95528"
      "6dfa8232b5ebe63324e2d9e7433f725803414462");
  EXPECT_EQ(hex(sessionKey(kSession, scalar(kPoint), symmetric).view()),
            "544199d71f62f8d9a1fee55727e24fe4a45844593c2b6013c4fa3969"
            "d0e5debb2244675c0b43397cbb68d342b01fc0f98fc961469a25134d"
            "e9f0f813c1a57476");
}

TEST(Cpace, AgreesWithThePublishedValidAndInvalidPoints) {
  const auto factor = scalar("7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05");
  EXPECT_EQ(product(factor, unhex("2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c")),
            "7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e");
  EXPECT_EQ(product(factor, unhex("2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c")), "neutral");
  EXPECT_EQ(product(factor, Bytes(32)), "neutral");
}

struct Pair {
  Cpace initiator;
  Cpace responder;

  /// Shares are exchanged; what is left is the confirmation.
  bool meet() {
    return responder.receive(initiator.share(), bytesOf("A")) && initiator.receive(responder.share(), bytesOf("B"));
  }
};

Pair makePair(const CpaceInputs& initiator, const CpaceInputs& responder) {
  return {Cpace(CpaceRole::Initiator, initiator, bytesOf("A")), Cpace(CpaceRole::Responder, responder, bytesOf("B"))};
}

TEST(Cpace, GivesBothSidesTheSameKeyOnceTheyConfirmedIt) {
  Pair pair = makePair(kInputs, kInputs);
  EXPECT_FALSE(pair.initiator.tag());
  ASSERT_TRUE(pair.meet());
  EXPECT_FALSE(pair.initiator.key());
  ASSERT_TRUE(pair.responder.confirm(*pair.initiator.tag()));
  ASSERT_TRUE(pair.initiator.confirm(*pair.responder.tag()));
  EXPECT_TRUE(*pair.initiator.key() == *pair.responder.key());
}

TEST(Cpace, FailsWhenTheTwoSidesDifferInAnything) {
  const CpaceInputs others[] = {
      {bytesOf("password"), kChannel, kSession}, {kPassword, bytesOf("C"), kSession}, {kPassword, kChannel, {}}};
  for (const CpaceInputs& other : others) {
    Pair pair = makePair(kInputs, other);
    ASSERT_TRUE(pair.meet());
    EXPECT_FALSE(pair.responder.confirm(*pair.initiator.tag()));
    EXPECT_FALSE(pair.initiator.confirm(*pair.responder.tag()));
    EXPECT_FALSE(pair.initiator.key());
  }
}

TEST(Cpace, FailsWhenTheAssociatedDataWasChanged) {
  Pair pair = makePair(kInputs, kInputs);
  ASSERT_TRUE(pair.responder.receive(pair.initiator.share(), bytesOf("X")));
  ASSERT_TRUE(pair.initiator.receive(pair.responder.share(), bytesOf("B")));
  EXPECT_FALSE(pair.responder.confirm(*pair.initiator.tag()));
}

TEST(Cpace, EndsAtAShareThatIsNoPoint) {
  Bytes tooLong = unhex(kShareA);
  tooLong.push_back(0);
  for (const Bytes& share : {Bytes{}, Bytes(31), Bytes(32), Bytes(32, 0xFF), tooLong,
                             unhex("2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c")}) {
    Cpace side(CpaceRole::Responder, kInputs, {});
    EXPECT_FALSE(side.receive(share, {}));
    EXPECT_FALSE(side.tag());
    EXPECT_FALSE(side.receive(unhex(kShareA), {}));
  }
}

TEST(Cpace, EndsWhenItsOwnShareComesBack) {
  for (const CpaceRole role : {CpaceRole::Initiator, CpaceRole::Responder}) {
    Cpace side(role, kInputs, bytesOf("A"));
    const CpaceShare own = side.share();
    EXPECT_FALSE(side.receive(own, bytesOf("A")));
  }
}

TEST(Cpace, ConfirmsNothingButTheOtherSidesTagAndOnlyOnce) {
  Pair pair = makePair(kInputs, kInputs);
  ASSERT_TRUE(pair.meet());
  EXPECT_FALSE(pair.responder.confirm(*pair.responder.tag()));
  EXPECT_FALSE(pair.responder.confirm(*pair.initiator.tag()));
  EXPECT_FALSE(pair.initiator.confirm({}));
}

}  // namespace
}  // namespace earshot::app::crypto
