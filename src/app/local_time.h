#pragma once
// Calendar dates and times of day in a TimeZone, as exports write them. English and the same in
// every locale. Pure; any thread.

#include <chrono>
#include <string>

#include "app/exporter.h"

namespace earshot::app {

/// A moment as a clock on the wall shows it.
struct LocalTime {
  std::chrono::sys_days day;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> clock;
};

/// The moment itself, or the nearest one that a calendar of four-digit years can show.
[[nodiscard]] UtcMillis showable(UtcMillis time);
[[nodiscard]] LocalTime localTime(UtcMillis time, std::chrono::minutes offset);
[[nodiscard]] LocalTime localTime(UtcMillis time, const TimeZone& zone);

[[nodiscard]] std::string isoDate(std::chrono::sys_days day);              ///< "2026-11-22"
[[nodiscard]] std::string longDate(std::chrono::sys_days day);             ///< "Sunday, 22 November 2026"
[[nodiscard]] std::string clockTime(const LocalTime& time);                ///< "14:30:05"
[[nodiscard]] std::string shortDateTime(UtcMillis time, const TimeZone&);  ///< "2026-11-22 14:30", seconds if any
[[nodiscard]] std::string utcOffset(std::chrono::minutes offset);          ///< "UTC+01:00"

}  // namespace earshot::app
