#include "ui/qr_view.h"

#include <algorithm>

#include <wx/dcbuffer.h>

#include "ui/accessible.h"

namespace earshot::ui {
namespace {

/// A link of usual length has squares of 5 pixels then.
constexpr int kSizeDip = 330;

}  // namespace

QrView::QrView(wxWindow* parent, const wxString& accessibleName)
    : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxBORDER_NONE | wxFULL_REPAINT_ON_RESIZE) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  SetMinSize(FromDIP(wxSize(kSizeDip, kSizeDip)));
  setAccessibleName(this, accessibleName);
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
}

void QrView::show(const std::string& text) {
  if (text == text_) return;
  text_ = text;
  code_ = text.empty() ? std::nullopt : QrCode::of(text);
  Refresh();
}

void QrView::paint() {
  wxAutoBufferedPaintDC dc(this);
  dc.SetBackground(GetParent()->GetBackgroundColour());
  dc.Clear();
  if (!code_) return;
  const wxSize room = GetClientSize();
  const int square = squarePixels(*code_, std::min(room.x, room.y));
  const int side = square * (code_->size() + 2 * kQuietSquares);
  const int left = (room.x - side) / 2;
  const int top = (room.y - side) / 2;
  dc.SetPen(*wxTRANSPARENT_PEN);
  dc.SetBrush(*wxWHITE_BRUSH);
  dc.DrawRectangle(left, top, side, side);
  dc.SetBrush(*wxBLACK_BRUSH);
  for (int row = 0; row < code_->size(); ++row) {
    for (int column = 0; column < code_->size(); ++column) {
      if (!code_->isDark(column, row)) continue;
      dc.DrawRectangle(left + (column + kQuietSquares) * square, top + (row + kQuietSquares) * square, square, square);
    }
  }
}

}  // namespace earshot::ui
