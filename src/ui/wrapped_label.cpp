#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

/// Asks for little, so that a long sentence never makes its window wide.
constexpr int kMinWidthDip = 60;

}  // namespace

WrappedLabel::WrappedLabel(wxWindow* parent, const wxString& text)
    : wxStaticText(parent, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxST_NO_AUTORESIZE) {
  SetMinSize(wxSize(FromDIP(kMinWidthDip), -1));
  setText(text);
}

bool WrappedLabel::setText(const wxString& text) {
  text_ = text;
  return wrap();
}

bool WrappedLabel::wrapTo(int width) {
  if (width == width_) return false;
  width_ = width;
  return wrap();
}

bool WrappedLabel::wrap() {
  const int before = GetBestSize().y;
  SetLabelText(text_);
  if (width_ >= FromDIP(kMinWidthDip)) Wrap(width_);
  InvalidateBestSize();
  return GetBestSize().y != before;
}

}  // namespace earshot::ui
