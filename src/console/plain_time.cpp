#include "console/plain_time.h"

#include <array>
#include <ctime>

#include "app/exporter.h"

namespace earshot::console {
namespace {

std::string format(app::UtcMillis time, const char* pattern) {
  static const app::TimeZone zone = app::localTimeZone();
  const auto local = std::chrono::floor<std::chrono::seconds>(time + zone.offsetAt(time));
  const std::time_t seconds = local.time_since_epoch().count();
  std::tm parts{};
#ifdef _WIN32
  gmtime_s(&parts, &seconds);
#else
  gmtime_r(&seconds, &parts);
#endif
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), pattern, &parts);
  return text.data();
}

}  // namespace

std::string clockTime(app::UtcMillis time) {
  return format(time, "%H:%M");
}
std::string dateTime(app::UtcMillis time) {
  return format(time, "%Y-%m-%d %H:%M");
}

}  // namespace earshot::console
