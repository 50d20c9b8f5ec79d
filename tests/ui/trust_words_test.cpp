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

}  // namespace
}  // namespace earshot::ui
