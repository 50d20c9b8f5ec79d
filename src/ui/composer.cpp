#include "ui/composer.h"

#include <algorithm>
#include <memory>

#include <wx/button.h>
#include <wx/dcbuffer.h>
#include <wx/graphics.h>
#include <wx/sizer.h>
#include <wx/textctrl.h>

#include "app/limits.h"
#include "app/text.h"
#include "embedded/icons.h"
#include "ui/accessible.h"
#include "ui/composer_purpose.h"
#include "ui/icons.h"
#include "ui/native_style.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

constexpr int kMaxLines = 6;
constexpr int kIconDip = 18;
constexpr int kRadiusDip = 10;
/// From here on people see how many letters are left.
constexpr std::size_t kCounterFrom = app::kMaxTextCodePoints - 500;

}  // namespace

Composer::Composer(wxWindow* parent)
    : wxPanel(parent),
      purpose_(new ComposerPurpose(this)),
      frame_(new wxPanel(this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                         wxTAB_TRAVERSAL | wxBORDER_NONE | wxFULL_REPAINT_ON_RESIZE)),
      field_(new wxTextCtrl(frame_, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize,
                            wxTE_MULTILINE | wxBORDER_NONE)),
      send_(new wxButton(frame_, wxID_ANY, _("Send"))),
      problem_(new WrappedLabel(this)) {
  const Spacing space(this);
  frame_->SetBackgroundStyle(wxBG_STYLE_PAINT);
  setAccessibleName(field_, _("Message"));
  setTextMargins(field_, space.small(), space.small());
  keepTopVisible(field_);
  problem_->SetFont(problem_->GetFont().Scaled(0.9F));
  problem_->Hide();
  purpose_->Hide();
  purpose_->onCancel = [this] {
    if (onCancel) onCancel();
  };

  auto* inside = new wxBoxSizer(wxHORIZONTAL);
  inside->Add(field_, 1, wxALIGN_CENTER_VERTICAL | wxALL, space.small());
  inside->Add(send_, 0, wxALIGN_BOTTOM | wxALL, space.small());
  frame_->SetSizer(inside);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(problem_, 0, wxEXPAND | wxLEFT | wxRIGHT, space.group());
  column->Add(purpose_, 0, wxEXPAND | wxLEFT | wxRIGHT, space.group());
  column->AddSpacer(space.small());
  column->Add(frame_, 0, wxEXPAND | wxLEFT | wxRIGHT | wxBOTTOM, space.group());
  SetSizer(column);

  frame_->Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
  // Not CHAR_HOOK or KEY_DOWN: those come before the input method, whose Enter only ends a word.
  field_->Bind(wxEVT_CHAR, [this](wxKeyEvent& event) { handleChar(event); });
  field_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { textChanged(); });
  field_->Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    CallAfter([this] { fitHeight(); });
  });
  const auto focusChanged = [this](wxFocusEvent& event) {
    focused_ = event.GetEventType() == wxEVT_SET_FOCUS;
    frame_->Refresh();
    event.Skip();
  };
  field_->Bind(wxEVT_SET_FOCUS, focusChanged);
  field_->Bind(wxEVT_KILL_FOCUS, focusChanged);
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    const int width = GetClientSize().x - 2 * Spacing(this).group();
    if (problem_->wrapTo(width)) CallAfter([this] { GetParent()->Layout(); });
  });
  send_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    submit();
    focus();
  });
  fitHeight();
}

void Composer::setText(const std::string& text) {
  field_->ChangeValue(fromUtf8(text));
  field_->SetInsertionPointEnd();
  showProblem({}, false);
  updateCounter();
  fitHeight();
}

std::string Composer::text() const {
  return toUtf8(field_->GetValue());
}

void Composer::setWritable(bool writable, const wxString& hint) {
  setMultilineHint(field_, hint);
  if (writable == writable_ && send_->IsEnabled() == writable) return;
  writable_ = writable;
  field_->SetEditable(writable);
  send_->Enable(writable);
}

void Composer::showPurpose(const wxString& purpose, const wxString& words) {
  purpose_->show(purpose, words);
  purpose_->Show();
  InvalidateBestSize();
  GetParent()->Layout();
  Layout();
}

void Composer::clearPurpose() {
  if (!purpose_->IsShown()) return;
  purpose_->Hide();
  InvalidateBestSize();
  GetParent()->Layout();
  Layout();
}

void Composer::focus() {
  field_->SetFocus();
}

wxWindow* Composer::field() const {
  return field_;
}

void Composer::handleChar(wxKeyEvent& event) {
  const int key = event.GetKeyCode();
  if (key == WXK_TAB && !event.HasAnyModifiers() && completeName()) return;
  if (key == WXK_ESCAPE && purpose_->IsShown() && onCancel) return onCancel();
  if (key == WXK_UP && !event.HasAnyModifiers() && field_->IsEmpty() && onEditLast) return onEditLast();
  const bool enter = key == WXK_RETURN || key == WXK_NUMPAD_ENTER;
  if (enter && !event.HasAnyModifiers()) {
    submit();
    return;
  }
  event.Skip();
}

bool Composer::completeName() {
  if (!writable_ || !namesStartingWith) return false;
  const wxString before = field_->GetRange(0, field_->GetInsertionPoint());
  const auto completed = completion_.complete(toUtf8(before), namesStartingWith);
  if (!completed) return false;
  const wxString replacement = fromUtf8(*completed);
  field_->Replace(0, field_->GetInsertionPoint(), replacement);
  return true;
}

void Composer::submit() {
  const std::string written = text();
  if (!writable_ || !onSubmit || app::cleanMessage(written).empty()) return;
  if (const auto problem = onSubmit(written)) {
    showProblem(*problem, true);
    return;
  }
  field_->ChangeValue({});
  textChanged();
}

void Composer::textChanged() {
  showProblem({}, false);
  updateCounter();
  fitHeight();
  if (onDraft) onDraft(text());
}

void Composer::updateCounter() {
  const std::size_t count = app::countCodePoints(text());
  if (count > app::kMaxTextCodePoints) {
    const auto over = static_cast<unsigned>(count - app::kMaxTextCodePoints);
    showProblem(wxString::Format(wxPLURAL("This message is %u letter too long to be sent.",
                                          "This message is %u letters too long to be sent.", over),
                                 over),
                true);
  } else if (count >= kCounterFrom) {
    showProblem(wxString::Format(_("%u of %u letters"), static_cast<unsigned>(count),
                                 static_cast<unsigned>(app::kMaxTextCodePoints)),
                false);
  }
}

void Composer::showProblem(const wxString& sentence, bool serious) {
  const bool wasShown = problem_->IsShown();
  if (sentence.empty() && !wasShown) return;
  problem_->SetForegroundColour(serious ? theme_.danger : theme_.muted);
  problem_->wrapTo(GetClientSize().x - 2 * Spacing(this).group());
  const bool otherHeight = problem_->setText(sentence);
  problem_->Show(!sentence.empty());
  InvalidateBestSize();
  if (wasShown == sentence.empty() || otherHeight) GetParent()->Layout();
  Layout();
}

void Composer::fitHeight() {
  const int margins = 2 * Spacing(this).small();
  const int oneLine = field_->GetCharHeight() + margins;
  const int sixLines = kMaxLines * field_->GetCharHeight() + margins;
  const int height = std::clamp(wrappedTextHeight(field_), oneLine, sixLines);
  if (field_->GetMinSize().y == height) return;
  field_->SetMinSize(wxSize(-1, height));
  frame_->InvalidateBestSize();
  InvalidateBestSize();
  GetParent()->Layout();
}

void Composer::paint() {
  wxAutoBufferedPaintDC dc(frame_);
  dc.SetBackground(theme_.surface);
  dc.Clear();
  const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(dc));
  if (!gc) return;
  const wxSize size = frame_->GetClientSize();
  const int line = FromDIP(focused_ && writable_ ? 2 : 1);
  gc->SetPen(wxPen(focused_ && writable_ ? theme_.accent : theme_.border, line));
  gc->SetBrush(wxBrush(theme_.surface));
  const double inset = line / 2.0;
  gc->DrawRoundedRectangle(inset, inset, size.x - line, size.y - line, FromDIP(kRadiusDip));
}

void Composer::applyTheme(const Theme& theme) {
  theme_ = theme;
  SetBackgroundColour(theme.surface);
  purpose_->applyTheme(theme);
  frame_->SetBackgroundColour(theme.surface);
  field_->SetBackgroundColour(theme.surface);
  field_->SetForegroundColour(theme.text);
  send_->SetBitmap(icon(icons::send_svg, theme.text, kIconDip));
  frame_->Refresh();
  Refresh();
}

}  // namespace earshot::ui
