#include "ui/chat_page.h"

#include <array>
#include <utility>

#include <wx/dc.h>
#include <wx/sizer.h>
#include <wx/splitter.h>
#include <wx/statline.h>

#include "app/error_text.h"
#include "ui/chat_header.h"
#include "ui/composer.h"
#include "ui/find_bar.h"
#include "ui/room_bar.h"
#include "ui/room_controller.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/transcript_view.h"
#include "ui/typed_text.h"

namespace earshot::ui {
namespace {

constexpr int kSidebarDip = 240;
constexpr int kMinSidebarDip = 160;

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

ChatPage::ChatPage(wxWindow* parent, ConversationSearch::RunOnUi runOnUi) : wxPanel(parent) {
  build(std::move(runOnUi));
  connectParts();
}

ChatPage::~ChatPage() {
  transcript_->setModel(nullptr);
}

void ChatPage::build(ConversationSearch::RunOnUi runOnUi) {
  splitter_ = new QuietSplitter(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxSP_LIVE_UPDATE | wxSP_NOBORDER);
  sidebar_ = new Sidebar(splitter_);
  roomPanel_ = new wxPanel(splitter_);
  header_ = new ChatHeader(roomPanel_);
  bar_ = new RoomBar(roomPanel_);
  findBar_ = new FindBar(roomPanel_, std::move(runOnUi));
  transcript_ = new TranscriptView(roomPanel_);
  composer_ = new Composer(roomPanel_);

  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(header_, 0, wxEXPAND);
  column->Add(findBar_, 0, wxEXPAND);
  column->Add(new wxStaticLine(roomPanel_), 0, wxEXPAND);
  column->Add(bar_, 0, wxEXPAND);
  column->Add(transcript_, 1, wxEXPAND);
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
  header_->onFind = [this] { openFind(); };
  header_->onToggleSidebar = [this] { toggleSidebar(); };
  sidebar_->onRoomChosen = [this](std::size_t index) {
    if (onRoomChosen) onRoomChosen(index);
  };
  composer_->onSubmit = [this](const std::string& text) { return submit(text); };
  composer_->onDraft = [this](const std::string& text) {
    if (onDraft) onDraft(text);
  };
  composer_->namesStartingWith = [this](std::string_view start) {
    return room_ != nullptr ? room_->people().namesStartingWith(start) : std::vector<std::string>();
  };
  findBar_->onReveal = [this](app::Position position) { reveal(position); };
  findBar_->onWords = [this](const std::string& words) { transcript_->setHighlight(words); };
  findBar_->onClose = [this] { focusComposer(); };
  transcript_->onAtEndChanged = [this](bool atEnd) {
    if (onAtEndChanged) onAtEndChanged(atEnd);
  };
  transcript_->onRetry = [this](const TranscriptRow& row) {
    if (room_ != nullptr) room_->retry(row);
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

// --- the room that is shown ------------------------------------------------------------------------

void ChatPage::showRoom(RoomController* room, const std::string& draft) {
  if (room == room_) return;
  room_ = room;
  findBar_->close();
  transcript_->setModel(room != nullptr ? &room->transcript() : nullptr);
  composer_->setText(draft);
  if (room == nullptr) return;
  RoomNews all;
  all.admitted = all.peopleChanged = all.titleChanged = true;
  refresh(all);
  focusComposer();
}

void ChatPage::refresh(const RoomNews& news) {
  if (room_ == nullptr) return;
  if (news.titleChanged || news.peopleChanged) header_->show(*room_);
  if (news.peopleChanged) sidebar_->showPeople(room_->people(), room_->isHosting());
  if (news.admitted) findBar_->setConversation(room_->conversation());
  if (news.admitted || news.ended || news.titleChanged) refreshState();
  for (const app::Error& refusal : news.refusals) {
    bar_->showBriefly(fromUtf8(app::describe(refusal)), true);
  }
}

void ChatPage::refreshState() {
  composer_->setWritable(room_->isOpen(), room_->isOpen() ? tr("Write a message…") : _("You are not connected."));
  switch (room_->phase()) {
    case RoomPhase::Open:
      bar_->clearState();
      break;
    case RoomPhase::Connecting:
      bar_->showState(wxString::Format(tr("Connecting to %s…"), fromUtf8(room_->roomName())), _("Cancel"),
                      onDisconnect);
      break;
    case RoomPhase::Closed:
    case RoomPhase::Idle: {
      const app::Error reason = room_->failure().value_or(app::Error{app::Errc::Cancelled});
      const bool plain = reason.code == app::Errc::Cancelled;
      const wxString sentence = plain ? (room_->wasHostedHere() ? _("You hosted this room; it is closed at the moment.")
                                                                : _("You are not in this room at the moment."))
                                      : fromUtf8(app::describe(reason));
      bar_->showState(sentence, room_->wasHostedHere() ? _("Host again") : _("Join again"), onReconnect);
      break;
    }
  }
}

void ChatPage::showRooms(std::vector<RoomEntry> rooms, std::size_t selected) {
  sidebar_->showRooms(std::move(rooms), selected);
}

void ChatPage::showBriefly(const wxString& sentence, bool problem) {
  bar_->showBriefly(sentence, problem);
}

std::optional<wxString> ChatPage::submit(const std::string& text) {
  if (room_ == nullptr || !room_->isOpen()) return _("You are not connected, so this cannot be sent now.");
  const app::TypedLine line = app::parseTypedLine(text);
  if (const auto* problem = std::get_if<app::SlashError>(&line)) return fromUtf8(problem->sentence);
  if (const auto* command = std::get_if<app::Command>(&line)) return send(*command);
  if (std::holds_alternative<app::SlashPrivate>(line)) return _("Private messages need a terminal so far.");
  if (onLocalCommand) {
    // Leaving destroys what is being typed into: not from inside its own event.
    CallAfter([this, line] { onLocalCommand(line); });
  }
  return std::nullopt;
}

std::optional<wxString> ChatPage::send(const app::Command& command) {
  const auto checked = checkCommand(command);
  if (!checked.ok()) return fromUtf8(app::describe(checked.error()));
  if (const auto* text = std::get_if<app::SendText>(&*checked)) {
    room_->sendText(text->style, text->text);
    transcript_->scrollToEnd();
  } else if (const auto* rename = std::get_if<app::Rename>(&*checked)) {
    room_->rename(rename->name);
  } else if (const auto* topic = std::get_if<app::SetTopic>(&*checked)) {
    room_->setTopic(topic->topic);
  }
  return std::nullopt;
}

void ChatPage::reveal(app::Position position) {
  if (room_ == nullptr) return;
  const auto index = room_->transcript().showAround(position);
  if (index) transcript_->revealRow(*index);
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
  composer_->focus();
}

void ChatPage::openFind() {
  if (room_ != nullptr && !room_->conversation().empty()) findBar_->open();
}

void ChatPage::focusNextRegion(bool forward) {
  const std::array<wxWindow*, 4> regions{sidebar_->roomsList(), sidebar_->peopleList(), transcript_,
                                         composer_->field()};
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
  bar_->applyTheme(theme);
  findBar_->applyTheme(theme);
  composer_->applyTheme(theme);
  Refresh();
}

}  // namespace earshot::ui
