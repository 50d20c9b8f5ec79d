#pragma once
// How safe a room or a private chat is, in words for everybody. A room is never called end-to-end
// encrypted: its host reads it. UI thread.

#include <wx/string.h>

#include "app/private_link.h"
#include "app/trust.h"

namespace earshot::ui {

/// As a badge shows it.
struct TrustLook {
  bool isVerified = true;
  wxString name;
  wxString sentence;

  bool operator==(const TrustLook&) const = default;
};

// --- a room and its host ---

[[nodiscard]] TrustLook lookOf(app::HostProof proof);
/// The host has shown by more than being there first who it is.
[[nodiscard]] bool isVerified(app::HostProof proof);
/// What the badge is called.
[[nodiscard]] wxString badgeName(app::HostProof proof);
/// What is encrypted and who can read it, in one line.
[[nodiscard]] wxString encryptionInWords();
/// Who can read the room and who cannot.
[[nodiscard]] wxString readersInWords(app::HostProof proof);
/// How the host proved itself.
[[nodiscard]] wxString proofInWords(app::HostProof proof);
/// What the safety words of the host's key are for; empty where nobody needs them.
[[nodiscard]] wxString safetyWordsInWords(app::HostProof proof);

// --- a private chat and its person ---

[[nodiscard]] TrustLook lookOf(app::PersonTrust trust, const wxString& name);
/// Who can read the chat, or why nothing is sent.
[[nodiscard]] wxString personInWords(app::PersonTrust trust, const wxString& name);
/// What the host learns of it.
[[nodiscard]] wxString privateHostInWords();
/// What to compare.
[[nodiscard]] wxString comparingInWords(const wxString& name);

}  // namespace earshot::ui
