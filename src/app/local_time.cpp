#include "app/local_time.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace earshot::app {

namespace {

using namespace std::chrono;

// One day inside the years 1 to 9999, so that no offset leads out of them.
constexpr UtcMillis kEarliest = sys_days{year{1} / 1 / 2};
constexpr UtcMillis kLatest = sys_days{year{9999} / 12 / 30};

std::string padded(long long number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string hourAndMinute(const LocalTime& time) {
  return padded(time.clock.hours().count(), 2) + ":" + padded(time.clock.minutes().count(), 2);
}

}  // namespace

UtcMillis showable(UtcMillis time) {
  return std::clamp(time, kEarliest, kLatest);
}

LocalTime localTime(UtcMillis time, minutes offset) {
  const UtcMillis shifted = showable(time) + std::clamp(offset, minutes{-1440}, minutes{1440});
  const auto day = floor<days>(shifted);
  return {day, hh_mm_ss<milliseconds>{shifted - day}};
}

LocalTime localTime(UtcMillis time, const TimeZone& zone) {
  return localTime(time, zone.offsetAt(showable(time)));
}

std::string isoDate(sys_days day) {
  const year_month_day date{day};
  return padded(static_cast<int>(date.year()), 4) + "-" + padded(static_cast<unsigned>(date.month()), 2) + "-" +
         padded(static_cast<unsigned>(date.day()), 2);
}

std::string longDate(sys_days day) {
  static constexpr std::array<std::string_view, 7> kDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                         "Thursday", "Friday", "Saturday"};
  static constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                            "May",       "June",     "July",     "August",
                                                            "September", "October",  "November", "December"};
  const year_month_day date{day};
  std::string out(kDays[weekday{day}.c_encoding()]);
  out += ", " + std::to_string(static_cast<unsigned>(date.day())) + " ";
  out += kMonths[static_cast<unsigned>(date.month()) - 1];
  return out + " " + std::to_string(static_cast<int>(date.year()));
}

std::string clockTime(const LocalTime& time) {
  return hourAndMinute(time) + ":" + padded(time.clock.seconds().count(), 2);
}

std::string shortDateTime(UtcMillis time, const TimeZone& zone) {
  const LocalTime local = localTime(time, zone);
  const bool wholeMinute = local.clock.seconds().count() == 0 && local.clock.subseconds().count() == 0;
  return isoDate(local.day) + " " + (wholeMinute ? hourAndMinute(local) : clockTime(local));
}

std::string utcOffset(minutes offset) {
  const auto total = std::abs(offset.count());
  return std::string("UTC") + (offset.count() < 0 ? "-" : "+") + padded(total / 60, 2) + ":" + padded(total % 60, 2);
}

std::string formatRfc3339(UtcMillis time) {
  const LocalTime utc = localTime(time, minutes{0});
  return isoDate(utc.day) + "T" + clockTime(utc) + "." + padded(utc.clock.subseconds().count(), 3) + "Z";
}

}  // namespace earshot::app
