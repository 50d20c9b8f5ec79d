#include "ui/qr_code.h"

#include <algorithm>

#include <qrcodegen.hpp>

namespace earshot::ui {

std::optional<QrCode> QrCode::of(const std::string& text) {
  try {
    const auto made = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
    QrCode code;
    code.size_ = made.getSize();
    for (int row = 0; row < code.size_; ++row) {
      for (int column = 0; column < code.size_; ++column) code.dark_.push_back(made.getModule(column, row));
    }
    return code;
  } catch (const qrcodegen::data_too_long&) {
    return std::nullopt;
  }
}

int squarePixels(const QrCode& code, int room) {
  return std::max(1, room / (code.size() + 2 * kQuietSquares));
}

}  // namespace earshot::ui
