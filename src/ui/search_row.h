#pragma once
// A found message as a list shows it: one line, with the place where it was found in it. No wx.

#include <string>
#include <string_view>
#include <vector>

#include "ui/transcript_range.h"

namespace earshot::ui {

struct SearchExcerpt {
  std::string text;              ///< one line
  std::vector<TextRange> found;  ///< in text, in order
};

/// The part of a message around the first of the words.
[[nodiscard]] SearchExcerpt excerptOf(std::string_view message, std::string_view words);

}  // namespace earshot::ui
