#pragma once
// Words around a message: times and days in the computer's time zone, the line that a screen reader
// speaks, the text that is copied. Pure but for the time zone.

#include <string>

#include "ui/transcript_model.h"

namespace earshot::ui {

/// "09:05".
[[nodiscard]] std::string clockTime(app::UtcMillis time);
/// "Monday, 23 November 2026".
[[nodiscard]] std::string dayName(app::UtcMillis time);
[[nodiscard]] bool sameDay(app::UtcMillis a, app::UtcMillis b);

/// "NAME, TIME: TEXT", or "TIME: LINE" for a notice; the text as it was written.
[[nodiscard]] std::string spokenLine(const TranscriptRow& row);
/// What stands in the row: the text without explicit bidi controls; "* NAME TEXT" for an action.
[[nodiscard]] std::string shownText(const TranscriptRow& row);
/// "[TIME] NAME: part", for a copy of several rows. part: some of shownText.
[[nodiscard]] std::string copiedLine(const TranscriptRow& row, const std::string& part);

}  // namespace earshot::ui
