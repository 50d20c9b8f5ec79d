#include "ui/name_completion.h"

namespace earshot::ui {

std::optional<std::string> NameCompletion::complete(const std::string& beforeCaret, const Lookup& namesStartingWith) {
  if (names_.empty() || beforeCaret != produced_) {
    const auto blank = beforeCaret.find_last_of(" \t\n");
    const std::size_t start = blank == std::string::npos ? 0 : blank + 1;
    stem_ = beforeCaret.substr(0, start);
    names_ = start < beforeCaret.size() ? namesStartingWith(std::string_view(beforeCaret).substr(start))
                                        : std::vector<std::string>();
    next_ = 0;
  }
  if (names_.empty()) return std::nullopt;
  produced_ = stem_ + names_[next_] + (stem_.empty() ? ": " : " ");
  next_ = (next_ + 1) % names_.size();
  return produced_;
}

}  // namespace earshot::ui
