#include "app/guess_throttle.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "app/ids.h"
#include "app/limits.h"

namespace earshot::app {
namespace {

/// INET6_ADDRSTRLEN and the name of a zone.
constexpr std::size_t kMaxAddressBytes = 64;

using V6 = std::array<std::uint8_t, 16>;

/// Digits only, so that no sign and no space passes.
template <class Number>
std::optional<Number> numberFrom(std::string_view text, int base, std::size_t maxDigits) {
  Number value = 0;
  const char* end = text.data() + text.size();
  if (text.empty() || text.size() > maxDigits || text.front() == '-') return std::nullopt;
  const auto [stopped, failed] = std::from_chars(text.data(), end, value, base);
  if (failed != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

std::optional<std::array<std::uint8_t, 4>> parseV4(std::string_view text) {
  std::array<std::uint8_t, 4> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t dot = i + 1 < out.size() ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    const auto number = numberFrom<std::uint8_t>(text.substr(0, dot), 10, 3);
    if (!number) return std::nullopt;
    out[i] = *number;
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return out;
}

/// Groups between colons; at the end of the address the last one may be an IPv4 address.
std::optional<std::vector<std::uint8_t>> parseGroups(std::string_view text, bool atTheEnd) {
  std::vector<std::uint8_t> out;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (const auto number = numberFrom<std::uint16_t>(group, 16, 4)) {
      out.push_back(static_cast<std::uint8_t>(*number >> 8));
      out.push_back(static_cast<std::uint8_t>(*number & 255));
    } else if (const auto v4 = parseV4(group); v4 && atTheEnd && colon == std::string_view::npos) {
      out.insert(out.end(), v4->begin(), v4->end());
    } else {
      return std::nullopt;
    }
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return out;
}

std::optional<V6> parseV6(std::string_view text) {
  text = text.substr(0, text.find('%'));
  const std::size_t gap = text.find("::");
  const bool whole = gap == std::string_view::npos;
  const auto front = parseGroups(text.substr(0, gap), whole);
  const auto back = parseGroups(whole ? std::string_view{} : text.substr(gap + 2), true);
  if (!front || !back) return std::nullopt;
  const std::size_t size = front->size() + back->size();
  if (whole ? size != 16 : size > 14) return std::nullopt;
  V6 out{};
  std::copy(front->begin(), front->end(), out.begin());
  std::copy(back->begin(), back->end(), out.end() - static_cast<std::ptrdiff_t>(back->size()));
  return out;
}

std::string_view withoutPort(std::string_view address) {
  if (address.starts_with('[')) return address.substr(1, address.find(']') - 1);
  const std::size_t colon = address.find(':');
  const bool one = colon != std::string_view::npos && address.find(':', colon + 1) == std::string_view::npos;
  return one ? address.substr(0, colon) : address;
}

std::string textOf(std::span<const std::uint8_t> v4) {
  std::string out;
  for (const std::uint8_t byte : v4) out += (out.empty() ? "" : ".") + std::to_string(byte);
  return out;
}

}  // namespace

std::string guessSource(std::string_view address) {
  const std::string_view host = withoutPort(address).substr(0, kMaxAddressBytes);
  if (const auto v4 = parseV4(host)) return textOf(*v4);
  const auto v6 = parseV6(host);
  if (!v6) return std::string(host);
  constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};
  if (std::equal(kMapped.begin(), kMapped.end(), v6->begin())) return textOf(std::span(*v6).last<4>());
  return toHex(std::span(*v6).first<8>()) + "/64";
}

GuessThrottle::Wait GuessThrottle::wait(std::string_view address, Time now) const {
  const auto inWindow = [now](const Guess& guess) { return now - guess.time < kGuessWindow; };
  const auto oldest = std::find_if(guesses_.begin(), guesses_.end(), inWindow);
  const std::string source = guessSource(address);
  std::size_t own = 0;
  Time until = now;
  for (auto guess = oldest; guess != guesses_.end(); ++guess) {
    if (guess->source == source && ++own >= kFreeGuesses) until = std::max(until, guess->time + kGuessPause);
  }
  const auto all = static_cast<std::size_t>(guesses_.end() - oldest);
  if (all >= kMaxRoomGuesses) until = std::max(until, oldest->time + kGuessWindow);
  return std::chrono::ceil<Wait>(until - now);
}

GuessThrottle::Wait GuessThrottle::charge(std::string_view address, Time now) {
  while (!guesses_.empty() && now - guesses_.front().time >= kGuessWindow) guesses_.pop_front();
  const Wait needed = wait(address, now);
  if (needed == Wait::zero()) guesses_.push_back({guessSource(address), now});
  return needed;
}

void GuessThrottle::giveBack(std::string_view address, Time charged) {
  const std::string source = guessSource(address);
  const auto found = std::find_if(guesses_.begin(), guesses_.end(),
                                  [&](const Guess& guess) { return guess.source == source && guess.time == charged; });
  if (found != guesses_.end()) guesses_.erase(found);
}

}  // namespace earshot::app
