#include "app/scripts_of_text.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <initializer_list>

#include "app/code_points.h"
#include "app/unicode_tables.h"

namespace earshot::app {

namespace {

using ScriptSet = std::bitset<unicode::kScriptCount>;

ScriptSet setOf(std::initializer_list<std::uint16_t> scripts) {
  ScriptSet out;
  for (const std::uint16_t script : scripts) out.set(script);
  return out;
}

/// Script_Extensions; empty for what is not assigned.
ScriptSet scriptsOf(CodePoint codePoint) {
  const auto code = static_cast<std::uint32_t>(codePoint);
  const auto after =
      std::upper_bound(unicode::kScriptRanges.begin(), unicode::kScriptRanges.end(), code,
                       [](std::uint32_t value, const unicode::Range& range) { return value < range.first; });
  ScriptSet out;
  if (after == unicode::kScriptRanges.begin()) return out;
  const unicode::Range& range = *(after - 1);
  if (code > range.last) return out;
  if (range.value < unicode::kScriptCount) return out.set(range.value);
  const std::size_t number = range.value - std::size_t{unicode::kScriptCount};
  for (std::size_t at = unicode::kSetStarts.at(number); at < unicode::kSetStarts.at(number + 1); ++at) {
    out.set(unicode::kSetMembers.at(at));
  }
  return out;
}

}  // namespace

bool usesScriptsThatGoTogether(std::string_view utf8) {
  using namespace unicode;
  static const ScriptSet kOfAllWriting = setOf({kScriptZyyy, kScriptZinh});
  static const std::array kMixtures{setOf({kScriptLatn, kScriptHani, kScriptHira, kScriptKana}),
                                    setOf({kScriptLatn, kScriptHani, kScriptBopo}),
                                    setOf({kScriptLatn, kScriptHani, kScriptHang})};
  ScriptSet common;
  common.set();
  std::bitset<kMixtures.size()> possible;
  possible.set();
  while (!utf8.empty()) {
    const ScriptSet scripts = scriptsOf(takeCodePoint(utf8));
    if (scripts.none()) return false;
    if ((scripts & kOfAllWriting).any()) continue;
    common &= scripts;
    for (std::size_t i = 0; i < kMixtures.size(); ++i) {
      if ((scripts & kMixtures.at(i)).none()) possible.reset(i);
    }
  }
  return common.any() || possible.any();
}

}  // namespace earshot::app
