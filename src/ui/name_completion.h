#pragma once
// Tab completes a name: each further Tab offers the next that fits. No wx.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::ui {

class NameCompletion {
 public:
  using Lookup = std::function<std::vector<std::string>(std::string_view start)>;

  /// The text before the caret with its last word completed; nothing when no name fits. At the
  /// start of a message a colon follows the name, since it addresses somebody.
  [[nodiscard]] std::optional<std::string> complete(const std::string& beforeCaret, const Lookup& namesStartingWith);

 private:
  std::string stem_;  ///< what stands before the word
  std::vector<std::string> names_;
  std::size_t next_ = 0;
  std::string produced_;
};

}  // namespace earshot::ui
