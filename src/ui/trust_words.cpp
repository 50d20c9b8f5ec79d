#include "ui/trust_words.h"

#include "ui/strings.h"

namespace earshot::ui {

TrustLook lookOf(app::HostProof proof) {
  return {isVerified(proof), badgeName(proof), encryptionInWords()};
}

bool isVerified(app::HostProof proof) {
  return proof != app::HostProof::FirstUse;
}

wxString badgeName(app::HostProof proof) {
  return isVerified(proof) ? _("Encrypted, host verified") : _("Encrypted, host not verified");
}

wxString encryptionInWords() {
  return _("Room: encrypted on the network; the host can read it.");
}

wxString readersInWords(app::HostProof proof) {
  if (proof == app::HostProof::Own) {
    return _(
        "Everybody in the room can read what is said here, and it is saved on this computer, which hosts the "
        "room. Nobody else on the network can read it.");
  }
  return _(
      "Everybody in the room can read what is said here, and so can whoever owns the computer that hosts it. "
      "Nobody else on the network can read it.");
}

wxString proofInWords(app::HostProof proof) {
  switch (proof) {
    case app::HostProof::JoinCode:
      return _("The host is verified: it knew the join code that you typed.");
    case app::HostProof::Invite:
      return _("The host is verified: it is the one that your invite was made by.");
    case app::HostProof::Own:
      return _("You host this room on this computer.");
    case app::HostProof::FirstUse:
      break;
  }
  return _(
      "The host is not verified: anybody may join this room without a code, so nothing has proved whose "
      "computer answered. From now on Earshot notices if another one answers.");
}

wxString safetyWordsInWords(app::HostProof proof) {
  switch (proof) {
    case app::HostProof::FirstUse:
      return _(
          "To be sure, ask the host to click the lock in their window and compare: these eight pictures must be "
          "the same there.");
    case app::HostProof::Own:
      return _(
          "Who joined without a join code or invite can click the lock in their window and compare: they must "
          "see these eight pictures.");
    case app::HostProof::JoinCode:
    case app::HostProof::Invite:
      break;
  }
  return {};
}

TrustLook lookOf(app::PersonTrust trust, const wxString& name) {
  const auto look = [&](bool verified, const wxString& badge) {
    return TrustLook{verified, wxString::Format(badge, name), personInWords(trust, name)};
  };
  switch (trust) {
    case app::PersonTrust::Verified:
      return look(true, _("Private, %s verified"));
    case app::PersonTrust::NotCompared:
      return look(false, _("Private, %s not compared yet"));
    case app::PersonTrust::KeyChanged:
    case app::PersonTrust::VerifiedKeyChanged:
      break;
  }
  return look(false, _("Private, the key of %s has changed"));
}

wxString personInWords(app::PersonTrust trust, const wxString& name) {
  switch (trust) {
    case app::PersonTrust::Verified:
      return wxString::Format(_("Only you two: you have compared the pictures with %s."), name);
    case app::PersonTrust::NotCompared:
      return wxString::Format(_("Sealed to the key this host shows for %s. Compare the pictures to be sure."), name);
    case app::PersonTrust::KeyChanged:
      return wxString::Format(tr("Whoever is called %s here now has another key than before: a new computer, or "
                                 "somebody else. Nothing is sent until you decide."),
                              name);
    case app::PersonTrust::VerifiedKeyChanged:
      break;
  }
  return wxString::Format(tr("Whoever is called %s here now is not the one whose pictures you compared: a new "
                             "computer, or somebody else. Nothing is sent until you have compared again."),
                          name);
}

wxString privateHostInWords() {
  return _(
      "The host passes it on and sees who writes to whom, when, and about how much; it cannot read it. What is "
      "said is saved on your two computers.");
}

wxString comparingInWords(const wxString& name) {
  return wxString::Format(tr("To compare, meet or call %s: in the window that says “Security of this chat” there, "
                             "the same pictures must stand, yours and theirs. If they differ, write nothing "
                             "here that others must not read."),
                          name);
}

}  // namespace earshot::ui
