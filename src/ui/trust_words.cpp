#include "ui/trust_words.h"

#include "ui/strings.h"

namespace earshot::ui {

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

}  // namespace earshot::ui
