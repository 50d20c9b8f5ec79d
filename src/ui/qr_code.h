#pragma once
// QR codes (ISO/IEC 18004). Pure.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace earshot::ui {

/// The dark and light squares of a code, without the light frame that must surround it.
class QrCode {
 public:
  /// Nothing when the text is too long for any code.
  [[nodiscard]] static std::optional<QrCode> of(const std::string& text);

  /// How many squares wide and high.
  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] bool isDark(int column, int row) const {
    return dark_[static_cast<std::size_t>(row) * static_cast<std::size_t>(size_) + static_cast<std::size_t>(column)];
  }

 private:
  int size_ = 0;
  std::vector<bool> dark_;
};

/// The light frame that readers need, in squares.
inline constexpr int kQuietSquares = 4;

/// How many pixels wide a square is when the code and its frame have this much room: a whole number,
/// so that edges stay sharp; at least one.
[[nodiscard]] int squarePixels(const QrCode& code, int room);

}  // namespace earshot::ui
