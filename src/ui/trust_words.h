#pragma once
// How safe a room is, in words for everybody. A room is never called end-to-end encrypted: its host
// reads it. UI thread.

#include <wx/string.h>

#include "app/trust.h"

namespace earshot::ui {

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

}  // namespace earshot::ui
