#pragma once
// The first line of the dialogs behind a lock: the lock, large, and what it says. UI thread.

#include "ui/trust_words.h"

class wxSizer;
class wxWindow;

namespace earshot::ui {

[[nodiscard]] wxSizer* trustHeading(wxWindow* parent, const TrustLook& look);

}  // namespace earshot::ui
