// Grammar: date [ ("T" | " ") hh ":" mm [ ":" ss [ "." digits ] ] [ "Z" | ("+" | "-") hh ":" mm ] ]

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "app/exporter.h"
#include "app/text.h"

namespace earshot::app {

namespace {

using namespace std::chrono;

/// Takes what it is asked for off the front of a text; false leaves it where it was.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool atEnd() const { return rest_.empty(); }

  bool take(std::string_view anyOf) {
    if (rest_.empty() || anyOf.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view anyOf, char& out) {
    if (rest_.empty()) return false;
    out = rest_.front();
    return take(anyOf);
  }
  /// Exactly this many digits, from lowest to highest.
  bool number(std::size_t digits, int lowest, int highest, int& out) {
    if (rest_.size() < digits) return false;
    const std::string_view text = rest_.substr(0, digits);
    if (text.find_first_not_of("0123456789") != std::string_view::npos) return false;
    std::from_chars(text.data(), text.data() + digits, out);
    if (out < lowest || out > highest) return false;
    rest_.remove_prefix(digits);
    return true;
  }
  /// Digits after a decimal point, cut to milliseconds.
  bool fraction(milliseconds& out) {
    std::size_t digits = 0;
    int millis = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; ++digits) {
      if (digits < 3) millis = millis * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    for (std::size_t place = digits; place < 3; ++place) millis *= 10;
    out = milliseconds{millis};
    return digits > 0;
  }

 private:
  std::string_view rest_;
};

struct Parsed {
  UtcMillis clock;  ///< as on the wall
  std::optional<minutes> offset;
};

bool parseDate(Scanner& in, UtcMillis& out) {
  int y = 0;
  int m = 0;
  int d = 0;
  if (!in.number(4, 1, 9999, y) || !in.take("-") || !in.number(2, 1, 12, m) || !in.take("-") ||
      !in.number(2, 1, 31, d)) {
    return false;
  }
  const year_month_day date = year{y} / m / d;
  out = sys_days{date};
  return date.ok();
}

bool parseClock(Scanner& in, UtcMillis& out) {
  int h = 0;
  int m = 0;
  int s = 0;
  milliseconds millis{0};
  if (!in.number(2, 0, 23, h) || !in.take(":") || !in.number(2, 0, 59, m)) return false;
  if (in.take(":") && !in.number(2, 0, 59, s)) return false;
  if (in.take(".") && !in.fraction(millis)) return false;
  out += hours{h} + minutes{m} + seconds{s} + millis;
  return true;
}

bool parseOffset(Scanner& in, std::optional<minutes>& out) {
  if (in.take("Zz")) {
    out = minutes{0};
    return true;
  }
  char sign = 0;
  int h = 0;
  int m = 0;
  if (!in.take("+-", sign)) return true;
  if (!in.number(2, 0, 23, h) || !in.take(":") || !in.number(2, 0, 59, m)) return false;
  out = (hours{h} + minutes{m}) * (sign == '-' ? -1 : 1);
  return true;
}

std::optional<Parsed> parse(std::string_view text) {
  Scanner in(text);
  Parsed parsed{};
  if (!parseDate(in, parsed.clock)) return std::nullopt;
  if (in.take("Tt ") && !(parseClock(in, parsed.clock) && parseOffset(in, parsed.offset))) return std::nullopt;
  if (!in.atEnd()) return std::nullopt;
  return parsed;
}

/// Where clocks are put back a time exists twice: the first is meant. Where they are put forward it
/// does not exist: it is taken as if they had not been.
UtcMillis fromLocal(UtcMillis clock, const TimeZone& zone) {
  const UtcMillis byOffsetBefore = clock - zone.offsetAt(clock - days{1});
  const UtcMillis byOffsetAfter = clock - zone.offsetAt(clock + days{1});
  for (const UtcMillis candidate : {byOffsetBefore, byOffsetAfter}) {
    if (candidate + zone.offsetAt(candidate) == clock) return candidate;
  }
  return byOffsetBefore;
}

}  // namespace

Result<UtcMillis> parseTime(const std::string& text, const TimeZone& zone) {
  if (!isValidText(text)) return Error{Errc::UsageInvalid, sanitizeForDisplay(text)};
  const auto parsed = parse(cleanLine(text));
  if (!parsed) return Error{Errc::UsageInvalid, text};
  return parsed->offset ? parsed->clock - *parsed->offset : fromLocal(parsed->clock, zone);
}

}  // namespace earshot::app
