#pragma once
// The program cannot open its window: says why in a small one. Instead of WindowApp; main thread.

#include "app/result.h"

namespace earshot::ui {

/// Returns when the person has read it, or at once where there is no screen.
void showStartFailure(const app::Error& error);

}  // namespace earshot::ui
