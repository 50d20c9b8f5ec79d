#pragma once
// Behind the lock in the header: what is encrypted, who can read it, how the host proved itself, and
// where that helps the pictures to compare. UI thread.

#include "app/crypto/signing_key.h"
#include "app/trust.h"

class wxWindow;

namespace earshot::ui {

class SafetyWordsTask;

/// Returns when the person has closed it.
void showTrust(wxWindow* parent, app::HostProof proof, const app::crypto::PublicKey& hostKey, SafetyWordsTask& words);

}  // namespace earshot::ui
