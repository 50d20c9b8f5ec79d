#include "ui/chat_page.h"

#include <utility>

#include <wx/dc.h>
#include <wx/sizer.h>
#include <wx/splitter.h>
#include <wx/statline.h>

#include "ui/chat_header.h"
#include "ui/composer.h"
#include "ui/find_bar.h"
#include "ui/join_code_step.h"
#include "ui/join_strip.h"
#include "ui/room_bar.h"
#include "ui/room_controller.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/transcript_view.h"
#include "ui/typing_line.h"

namespace earshot::ui {
namespace {

constexpr int kSidebarDip = 240;
constexpr int kMinSidebarDip = 160;
constexpr int kCodeStepDip = 440;
/// How much of the accent colour is behind the question for a join code.
constexpr double kCodeTint = 0.10;

/// Draws the sash as a hair line between the side bar and the room.
class QuietSplitter : public wxSplitterWindow {
 public:
  using wxSplitterWindow::wxSplitterWindow;
  void DrawSash(wxDC& dc) override {
    if (!IsSplit()) return;
    const Theme theme = Theme::current();
    const wxRect sash(GetSashPosition(), 0, GetSashSize(), GetClientSize().y);
    dc.SetPen(*wxTRANSPARENT_PEN);
    dc.SetBrush(theme.window);
    dc.DrawRectangle(sash);
    dc.SetBrush(theme.separator);
    dc.DrawRectangle(sash.GetRight(), 0, 1, sash.height);
  }
};

}  // namespace

ChatPage::ChatPage(wxWindow* parent, RunOnUi runOnUi) : wxPanel(parent) {
  build(std::move(runOnUi));
  connectParts();
  connectMessages();
}

ChatPage::~ChatPage() {
  transcript_->setModel(nullptr);
}

void ChatPage::build(RunOnUi runOnUi) {
  splitter_ = new QuietSplitter(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxSP_LIVE_UPDATE | wxSP_NOBORDER);
  sidebar_ = new Sidebar(splitter_);
  roomPanel_ = new wxPanel(splitter_);
  header_ = new ChatHeader(roomPanel_);
  strip_ = new JoinStrip(roomPanel_);
  bar_ = new RoomBar(roomPanel_);
  codeArea_ = new wxPanel(roomPanel_);
  codeStep_ = new JoinCodeStep(codeArea_);
  auto* codeRow = new wxBoxSizer(wxHORIZONTAL);
  codeStep_->SetMaxSize(wxSize(FromDIP(kCodeStepDip), -1));
  codeRow->Add(codeStep_, 1, wxALL, Spacing(this).section());
  codeArea_->SetSizer(codeRow);
  codeArea_->Hide();
  findBar_ = new FindBar(roomPanel_, std::move(runOnUi));
  transcript_ = new TranscriptView(roomPanel_);
  typing_ = new TypingLine(roomPanel_);
  composer_ = new Composer(roomPanel_);

  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(header_, 0, wxEXPAND);
  column->Add(findBar_, 0, wxEXPAND);
  column->Add(new wxStaticLine(roomPanel_), 0, wxEXPAND);
  column->Add(strip_, 0, wxEXPAND);
  column->Add(bar_, 0, wxEXPAND);
  column->Add(codeArea_, 0, wxEXPAND);
  column->Add(transcript_, 1, wxEXPAND);
  column->AddSpacer(Spacing(this).tiny());
  column->Add(typing_, 0, wxEXPAND | wxLEFT | wxRIGHT, Spacing(this).group());
  column->Add(composer_, 0, wxEXPAND);
  roomPanel_->SetSizer(column);

  splitter_->SetMinimumPaneSize(FromDIP(kMinSidebarDip));
  splitter_->SetSashGravity(0);
  splitter_->SplitVertically(sidebar_, roomPanel_, FromDIP(kSidebarDip));
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(splitter_, 1, wxEXPAND);
  SetSizer(outer);
}

void ChatPage::connectParts() {
  const auto pass = [](std::function<void()>& to) {
    return [&to] {
      if (to) to();
    };
  };
  header_->onBack = pass(onBack);
  header_->onCopyAddress = pass(onCopyAddress);
  header_->onTrust = pass(onTrust);
  strip_->onCopyCode = pass(onCopyCode);
  strip_->onInvite = pass(onAccess);
  codeStep_->onCancel = pass(onDisconnect);
  codeStep_->onContinue = [this](const wxString& typed) {
    if (onCode) onCode(toUtf8(typed));
  };
  codeStep_->onHeightChanged = [this] {
    codeArea_->InvalidateBestSize();
    roomPanel_->Layout();
  };
  header_->onFind = [this] { openFind(); };
  header_->onToggleSidebar = [this] { toggleSidebar(); };
  sidebar_->onTalkChosen = [this](const TalkPlace& place) {
    if (onTalkChosen) onTalkChosen(place);
  };
  sidebar_->onWriteTo = [this](const app::MemberId& person) {
    if (onWriteTo) onWriteTo(person);
  };
  sidebar_->onTrust = [this](const app::MemberId& person) {
    if (onTrustOf) onTrustOf(person);
  };
  composer_->onSubmit = [this](const std::string& text) { return submit(text); };
  composer_->onDraft = [this](const std::string& text) {
    if (onDraft) onDraft(text);
    if (onTyping && isForAll(text)) onTyping();
  };
  typingTimer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { refreshTyping(); });
  composer_->namesStartingWith = [this](std::string_view start) {
    return room_ != nullptr ? room_->people().namesStartingWith(start) : std::vector<std::string>();
  };
  findBar_->onReveal = [this](app::Position position) { reveal(position); };
  findBar_->onWords = [this](const std::string& words) { transcript_->setHighlight(words); };
  findBar_->onClose = [this] { focusComposer(); };
  transcript_->onAtEndChanged = [this](bool atEnd) {
    if (onAtEndChanged) onAtEndChanged(atEnd);
  };
  transcript_->onRoomLink = [this](const std::string& link) {
    if (onRoomLink) onRoomLink(link);
  };
  transcript_->onRetry = [this](const TranscriptRow& row) {
    if (talk_ != nullptr) talk_->retry(row);
  };
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    arrange();
  });
  splitter_->Bind(wxEVT_SPLITTER_SASH_POS_CHANGED, [this](wxSplitterEvent& event) {
    if (placing_ || !splitter_->IsSplit()) return;
    sidebarDip_ = ToDIP(event.GetSashPosition());
    if (onSidebarChanged) onSidebarChanged();
  });
  splitter_->Bind(wxEVT_SPLITTER_DOUBLECLICKED, [](wxSplitterEvent& event) { event.Veto(); });
}

// --- side bar --------------------------------------------------------------------------------------

bool ChatPage::isNarrow() const {
  return ToDIP(GetClientSize().x) < kNarrowWidthDip;
}

bool ChatPage::isSidebarShown() const {
  return splitter_->IsSplit();
}

void ChatPage::toggleSidebar() {
  bool& shown = narrow_ ? shownWhenNarrow_ : shownWhenWide_;
  shown = !isSidebarShown();
  placeSidebar();
}

void ChatPage::setSidebarWidth(int widthDip) {
  sidebarDip_ = widthDip;
  if (splitter_->IsSplit()) splitter_->SetSashPosition(FromDIP(widthDip > 0 ? widthDip : kSidebarDip));
}

int ChatPage::sidebarWidth() const {
  return sidebarDip_;
}

void ChatPage::arrange() {
  const bool narrow = isNarrow();
  if (narrow != narrow_) {
    narrow_ = narrow;
    shownWhenNarrow_ = false;
  }
  placeSidebar();
}

void ChatPage::placeSidebar() {
  const bool wanted = narrow_ ? shownWhenNarrow_ : shownWhenWide_;
  placing_ = true;
  if (wanted != splitter_->IsSplit()) {
    if (wanted) {
      sidebar_->Show();
      splitter_->SplitVertically(sidebar_, roomPanel_, FromDIP(sidebarDip_ > 0 ? sidebarDip_ : kSidebarDip));
    } else {
      splitter_->Unsplit(sidebar_);
    }
  }
  placing_ = false;
}

void ChatPage::focusComposer() {
  if (codeArea_->IsShown()) {
    codeStep_->focusField();
  } else {
    composer_->focus();
  }
}

void ChatPage::openFind() {
  if (talk_ != nullptr && !talk_->conversation().empty()) findBar_->open();
}

void ChatPage::focusNextRegion(bool forward) {
  std::vector<wxWindow*> regions = sidebar_->lists();
  regions.push_back(transcript_);
  regions.push_back(composer_->field());
  const wxWindow* focus = FindFocus();
  std::size_t current = regions.size() - 1;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    if (focus != nullptr && (focus == regions[i] || regions[i]->IsDescendant(const_cast<wxWindow*>(focus))))
      current = i;
  }
  for (std::size_t step = 1; step <= regions.size(); ++step) {
    const std::size_t count = regions.size();
    wxWindow* next = regions[(current + (forward ? step : count - step)) % count];
    if (next->IsShownOnScreen()) {
      next->SetFocus();
      return;
    }
  }
}

void ChatPage::applyTheme(const Theme& theme) {
  SetBackgroundColour(theme.surface);
  roomPanel_->SetBackgroundColour(theme.surface);
  sidebar_->applyTheme(theme);
  header_->applyTheme(theme);
  strip_->applyTheme(theme);
  bar_->applyTheme(theme);
  codeArea_->SetBackgroundColour(mix(theme.surface, theme.accent, kCodeTint));
  codeStep_->applyTheme(theme, codeArea_->GetBackgroundColour());
  findBar_->applyTheme(theme);
  typing_->applyTheme(theme);
  composer_->applyTheme(theme);
  Refresh();
}

}  // namespace earshot::ui
