#include "ui/trust_words.h"

#include <gtest/gtest.h>

namespace earshot::ui {
namespace {

constexpr app::HostProof kProofs[] = {app::HostProof::FirstUse, app::HostProof::JoinCode, app::HostProof::Invite,
                                      app::HostProof::Own};

TEST(TrustWords, CallOnlyAHostUnverifiedThatProvedNothing) {
  for (const app::HostProof proof : kProofs) EXPECT_EQ(isVerified(proof), proof != app::HostProof::FirstUse);
  EXPECT_EQ(badgeName(app::HostProof::FirstUse), "Encrypted, host not verified");
  EXPECT_EQ(badgeName(app::HostProof::JoinCode), "Encrypted, host verified");
}

TEST(TrustWords, SayWhoCanReadARoom) {
  EXPECT_EQ(encryptionInWords(), "Room: encrypted on the network; the host can read it.");
}

TEST(TrustWords, NeverCallARoomEndToEndEncrypted) {
  for (const app::HostProof proof : kProofs) {
    for (const wxString& text : {badgeName(proof), encryptionInWords(), readersInWords(proof), proofInWords(proof),
                                 safetyWordsInWords(proof)}) {
      EXPECT_EQ(text.Lower().Find("end-to-end"), wxNOT_FOUND) << text;
      EXPECT_EQ(text.Lower().Find("end to end"), wxNOT_FOUND) << text;
    }
  }
}

TEST(TrustWords, AskForAComparisonOnlyWhereItHelps) {
  EXPECT_FALSE(safetyWordsInWords(app::HostProof::FirstUse).empty());
  EXPECT_FALSE(safetyWordsInWords(app::HostProof::Own).empty());
  EXPECT_TRUE(safetyWordsInWords(app::HostProof::JoinCode).empty());
  EXPECT_TRUE(safetyWordsInWords(app::HostProof::Invite).empty());
}

constexpr app::PersonTrust kTrusts[] = {app::PersonTrust::NotCompared, app::PersonTrust::Verified,
                                        app::PersonTrust::KeyChanged, app::PersonTrust::VerifiedKeyChanged};

TEST(TrustWords, CallAPersonVerifiedOnlyAfterTheComparison) {
  for (const app::PersonTrust trust : kTrusts) {
    const TrustLook look = lookOf(trust, "Ben");
    EXPECT_EQ(look.isVerified, trust == app::PersonTrust::Verified);
    EXPECT_NE(look.name.Find("Ben"), wxNOT_FOUND);
    EXPECT_EQ(look.sentence, personInWords(trust, "Ben"));
  }
  EXPECT_EQ(lookOf(app::PersonTrust::Verified, "Ben").name, "Private, Ben verified");
}

TEST(TrustWords, PromiseThatOnlyTwoReadAChatNotBeforeTheComparison) {
  for (const app::PersonTrust trust : kTrusts) {
    EXPECT_EQ(personInWords(trust, "Ben").Find("Only you two") != wxNOT_FOUND, trust == app::PersonTrust::Verified);
  }
}

}  // namespace
}  // namespace earshot::ui
