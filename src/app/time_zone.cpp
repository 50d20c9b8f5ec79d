#include <array>
#include <ctime>
#include <string>

#include "app/exporter.h"
#include "app/local_time.h"

namespace earshot::app {

namespace {

using namespace std::chrono;

bool toLocal(std::time_t seconds, std::tm& out) {
#ifdef _WIN32
  return ::localtime_s(&out, &seconds) == 0;
#else
  return ::localtime_r(&seconds, &out) != nullptr;
#endif
}

/// The offset by comparing the two clocks: not every system tells it.
minutes localOffset(UtcMillis time) {
  const auto utc = floor<seconds>(showable(time));
  std::tm local{};
  if (!toLocal(static_cast<std::time_t>(utc.time_since_epoch().count()), local)) return minutes{0};
  const sys_days day = year{local.tm_year + 1900} / (local.tm_mon + 1) / local.tm_mday;
  const sys_seconds shown = day + hours{local.tm_hour} + std::chrono::minutes{local.tm_min} + seconds{local.tm_sec};
  return round<minutes>(shown - utc);
}

std::string abbreviation(const std::tm& local) {
#ifdef _WIN32
  (void)local;
  return {};
#else
  std::array<char, 64> name{};
  const auto length = std::strftime(name.data(), name.size(), "%Z", &local);
  // Zones without a name of their own are called by their offset ("+0530"), which is known anyway.
  if (length == 0 || name[0] == '+' || name[0] == '-') return {};
  return {name.data(), length};
#endif
}

/// "CET/CEST", or "JST" where clocks never change.
std::string zoneName() {
  std::string standard;
  std::string summer;
  const auto now = floor<days>(system_clock::now());
  const auto thisYear = year_month_day{now}.year();
  for (const unsigned middle : {1U, 7U}) {
    const sys_seconds day = sys_days{thisYear / month{middle} / 15};
    std::tm local{};
    if (!toLocal(static_cast<std::time_t>(day.time_since_epoch().count()), local)) continue;
    (local.tm_isdst > 0 ? summer : standard) = abbreviation(local);
  }
  if (standard.empty() || summer.empty() || standard == summer) return standard.empty() ? summer : standard;
  return standard + "/" + summer;
}

}  // namespace

TimeZone localTimeZone() {
#ifdef _WIN32
  ::_tzset();
#else
  ::tzset();
#endif
  return {localOffset, zoneName()};
}

}  // namespace earshot::app
