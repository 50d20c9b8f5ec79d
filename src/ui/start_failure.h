#pragma once
// The program cannot open its window: says why in a small one. Instead of WindowApp; main thread.

#include "app/result.h"

namespace earshot::ui {

/// Returns when the person has read it; the exit code. Precondition: hasDisplay().
int showStartFailure(const app::Error& error);

}  // namespace earshot::ui
