#include "app/flood_limits.h"

#include <charconv>

namespace earshot::app {
namespace {

struct Kind {
  std::string_view name;
  Rate rate;
};
constexpr std::array<Kind, kFloodKinds> kKinds{{
    {"texts", {kTextBurst, kTextsPerThousandSeconds}},
    {"changes", {kChangeBurst, kChangesPerThousandSeconds}},
    {"renames", {kRenameBurst, kRenamesPerThousandSeconds}},
    {"history", {kHistoryBurst, kHistoryPerThousandSeconds}},
    {"joins", {kJoinBurst, kJoinsPerThousandSeconds}},
}};
constexpr std::string_view kNone = "none";
constexpr std::string_view kDefault = "default";
constexpr std::size_t kDecimals = 3;

/// Digits only, so that no sign and no space passes.
std::optional<std::uint32_t> numberFrom(std::string_view text) {
  std::uint32_t number = 0;
  const char* end = text.data() + text.size();
  if (text.empty() || text.front() == '-') return std::nullopt;
  const auto [stopped, failed] = std::from_chars(text.data(), end, number);
  return failed == std::errc{} && stopped == end ? std::optional(number) : std::nullopt;
}

/// "0.005" is 5.
std::optional<std::uint32_t> thousandthsFrom(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto whole = numberFrom(text.substr(0, point));
  std::uint32_t thousandths = 0;
  if (point != std::string_view::npos) {
    std::string decimals(text.substr(point + 1));
    if (decimals.empty() || decimals.size() > kDecimals) return std::nullopt;
    decimals.resize(kDecimals, '0');
    const auto number = numberFrom(decimals);
    if (!number) return std::nullopt;
    thousandths = *number;
  }
  if (!whole || *whole > kMaxFloodRate) return std::nullopt;
  return *whole * 1'000 + thousandths;
}

std::string textOf(std::uint32_t thousandths) {
  std::string text = std::to_string(thousandths / 1'000);
  if (thousandths % 1'000 == 0) return text;
  std::string decimals = std::to_string(1'000 + thousandths % 1'000).substr(1);
  decimals.erase(decimals.find_last_not_of('0') + 1);
  return text + '.' + decimals;
}

std::string textOf(const FloodLimit& limit) {
  const auto* rate = std::get_if<Rate>(&limit);
  return rate == nullptr ? std::string(kNone) : std::to_string(rate->burst) + '/' + textOf(rate->perThousandSeconds);
}

std::optional<FloodLimit> limitFrom(std::string_view text) {
  if (text == kNone) return NoLimit{};
  if (text == kDefault) return DefaultLimit{};
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto burst = numberFrom(text.substr(0, slash));
  const auto rate = thousandthsFrom(text.substr(slash + 1));
  if (!burst || *burst == 0 || *burst > kMaxFloodBurst || !rate || *rate == 0) return std::nullopt;
  return Rate{*burst, *rate};
}

}  // namespace

std::optional<FloodLimitChange> parseFloodLimit(std::string_view typed) {
  const std::size_t equals = typed.find('=');
  if (equals == std::string_view::npos) {
    const auto all = limitFrom(typed);
    if (!all || std::holds_alternative<Rate>(*all)) return std::nullopt;
    return FloodLimitChange{std::nullopt, *all};
  }
  const auto limit = limitFrom(typed.substr(equals + 1));
  for (std::size_t i = 0; limit && i < kKinds.size(); ++i) {
    if (kKinds[i].name == typed.substr(0, equals)) return FloodLimitChange{static_cast<FloodKind>(i), *limit};
  }
  return std::nullopt;
}

std::optional<Rate> FloodLimits::of(FloodKind kind) const {
  const auto index = static_cast<std::size_t>(kind);
  if (const auto* rate = std::get_if<Rate>(&limits_[index])) return *rate;
  return isDefault(kind) ? std::optional(kKinds[index].rate) : std::nullopt;
}

bool FloodLimits::isDefault(FloodKind kind) const {
  return std::holds_alternative<DefaultLimit>(limits_[static_cast<std::size_t>(kind)]);
}

void FloodLimits::apply(const FloodLimitChange& change) {
  if (change.kind) {
    limits_[static_cast<std::size_t>(*change.kind)] = change.to;
  } else {
    limits_.fill(change.to);
  }
}

std::string FloodLimits::toText() const {
  std::string text;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (isDefault(static_cast<FloodKind>(i))) continue;
    if (!text.empty()) text += ' ';
    text.append(kKinds[i].name).append("=").append(textOf(limits_[i]));
  }
  return text;
}

std::optional<FloodLimits> FloodLimits::fromText(std::string_view text) {
  FloodLimits limits;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const auto change = parseFloodLimit(text.substr(0, space));
    if (!change) return std::nullopt;
    limits.apply(*change);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
  }
  return limits;
}

}  // namespace earshot::app
