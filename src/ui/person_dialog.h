#pragma once
// Behind the lock of a private chat: who can read it, the pictures of both people side by side, and what
// the person decides about the other's key. UI thread.

#include <functional>

#include <wx/string.h>

#include "app/private_link.h"
#include "app/result.h"

class wxWindow;

namespace earshot::ui {

enum class PersonDecision {
  None,       ///< everything stays as it is
  Same,       ///< the pictures were compared and are the same
  Different,  ///< they are not, or no longer to be relied on
  Accept      ///< the new key is to be used without comparing
};

struct PersonQuestion {
  wxString name;
  app::PersonTrust trust = app::PersonTrust::NotCompared;
  using OnWords = std::function<void(const app::Result<app::PrivateSafetyWords>&)>;
  /// Asks for the pictures; may be answered while the dialog is open, from the UI thread's queue.
  std::function<void(OnWords)> askWords;
};

/// Returns when the person has decided, or closed it.
[[nodiscard]] PersonDecision askAboutPerson(wxWindow* parent, const PersonQuestion& question);

}  // namespace earshot::ui
