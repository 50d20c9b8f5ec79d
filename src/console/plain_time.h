#pragma once
// Times as people read them in a terminal.

#include <string>

#include "app/clock.h"

namespace earshot::console {

/// "14:30", by this computer's clock and zone.
[[nodiscard]] std::string clockTime(app::UtcMillis time);
/// "2026-11-22 14:30".
[[nodiscard]] std::string dateTime(app::UtcMillis time);

}  // namespace earshot::console
