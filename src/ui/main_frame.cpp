#include "ui/main_frame.h"

#include <utility>

#include <wx/app.h>
#include <wx/msgdlg.h>
#include <wx/simplebook.h>

#include "app/profile.h"
#include "ui/chat_page.h"
#include "ui/connection_log_window.h"
#include "ui/export_run.h"
#include "ui/icons.h"
#include "ui/import_task.h"
#include "ui/main_menu.h"
#include "ui/native_style.h"
#include "ui/spacing.h"
#include "ui/start_page.h"
#include "ui/strings.h"
#include "ui/transcript_view.h"

namespace earshot::ui {
namespace {

const wxSize kMinSizeDip(400, 360);
/// When the start page can certainly be seen, what it need not wait for is made.
constexpr int kAfterStartMs = 400;

void runOnUi(const std::function<void()>& call) {
  if (wxTheApp != nullptr) wxTheApp->CallAfter(call);
}

}  // namespace

MainFrame::MainFrame(const Services& services, std::shared_ptr<SettingsStore> settings,
                     std::shared_ptr<Retirement> retirement)
    : wxFrame(nullptr, wxID_ANY, "Earshot"),
      services_(services),
      settings_(std::move(settings)),
      retirement_(std::move(retirement)),
      attention_(*this),
      place_(*this, settings_),
      safetyWords_(runOnUi) {
  backend_ = {services_.openLink,
              services_.startHost,
              services_.startSharing,
              services_.profile.identity,
              services_.profile.id,
              services_.profile.paths.conversations,
              services_.profile.paths.config / "trust.db",
              services_.profile.paths.rooms,
              runOnUi,
              [retired = retirement_](std::shared_ptr<void> last) { retired->retire(std::move(last)); },
              [this](const app::RoomId& room) -> std::optional<app::Position> {
                const auto& known = settings_->get().readUpTo;
                const auto found = known.find(app::hexOf(room));
                if (found == known.end()) return std::nullopt;
                return app::Position{found->second};
              }};
  SetIcons(programIcons({16, 32}));  // the others take longer, and nobody needs them first
  SetMinSize(FromDIP(kMinSizeDip));
  place_.restore();  // before there is anything that would be laid out for another size
  SetMenuBar(makeMenuBar());
  book_ = new wxSimplebook(this);
  start_ = new StartPage(book_);
  book_->AddPage(start_, _("Start"));

  const app::Settings& remembered = settings_->get();
  const std::string name = ownName();
  start_->setName(name);
  start_->setRoomName(remembered.roomName.empty() ? toUtf8(wxString::Format(_("%s's room"), fromUtf8(name)))
                                                  : remembered.roomName);
  start_->setAddress(remembered.lastAddress);
  connectStart();
  connectWindow();
  connectMenu();
  connectMenuState();
  applyTheme();
  showStart();
  if (!takeSizeBeforeShown(*this, *book_)) {
    Layout();
    start_->arrange();
  }
  Bind(wxEVT_SHOW, [this](wxShowEvent& event) {
    if (event.IsShown()) showContent();
    event.Skip();
  });
  afterStart_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
    if (closing_) return;
    SetIcons(programIcons());
    (void)chat();
  });
  afterStart_.StartOnce(kAfterStartMs);
}

MainFrame::~MainFrame() {
  closing_ = true;
  if (chat_ != nullptr) chat_->show(nullptr, nullptr, {});
  DestroyChildren();
  pending_.reset();
  rooms_.clear();
}

/// The window is on the screen: now labels know how large they are.
void MainFrame::showContent() {
  // What is meant to have the focus could not take it while it was hidden.
  wxWindow* focused = book_->IsShown() ? nullptr : FindFocus();
  if (book_->Show()) Layout();
  start_->noteSeen();
  if (focused != nullptr) focused->SetFocus();
}

void MainFrame::begin(const StartRequest& start) {
  if (closing_ || (!start.host && !start.joinAddress)) return;
  const std::string name = start.name.value_or(ownName());
  start_->setName(name);
  if (start.host) {
    app::HostOptions options = *start.host;
    if (options.roomName.empty()) options.roomName = settings_->get().roomName;
    if (options.roomName.empty()) options.roomName = toUtf8(wxString::Format(_("%s's room"), fromUtf8(name)));
    showStart();
    start_->setRoomName(options.roomName);
    host(name, std::move(options));
  } else if (start.joinAddress && start.joinAddress->empty()) {
    showStart();
    start_->focusJoin();
  } else if (start.joinAddress) {
    showStart();
    start_->setAddress(*start.joinAddress);
    join(name, *start.joinAddress);
  }
}

void MainFrame::connectStart() {
  start_->onHost = [this](const std::string& name, const app::HostOptions& options) { host(name, options); };
  start_->onJoin = [this](const std::string& name, const std::string& address) { join(name, address); };
  start_->onReopen = [this](const std::string& name, const app::ConversationInfo& info) { reopen(name, info); };
  start_->onCode = [this](const std::string& name, const std::string& typed) { enterCode(name, typed); };
  start_->onTypeCode = [this] {
    if (!pending_) return;
    pending_->askForCode();
    start_->showCodeStep(*pending_);
  };
  start_->onCancel = [this] { cancelPending(); };
  start_->onReturn = [this] { show(rooms_.selected()); };
}

ChatPage& MainFrame::chat() {
  if (chat_ != nullptr) return *chat_;
  chat_ = new ChatPage(book_, runOnUi);
  book_->AddPage(chat_, _("Chat"));
  chat_->setSidebarWidth(settings_->get().window.sidebarWidth);
  chat_->applyTheme(Theme::current());
  connectChat();
  return *chat_;
}

void MainFrame::connectChat() {
  chat_->onBack = [this] { showStart(); };
  chat_->onCopyAddress = [this] { copyAddress(); };
  chat_->onCopyCode = [this] { copyCode(); };
  chat_->onAccess = [this] { showAccess(); };
  // Its dialog has an event loop of its own, which a screen reader's click would wait for.
  chat_->onTrust = [this] { CallAfter([this] { showTrust(); }); };
  chat_->onTalkChosen = [this](const TalkPlace& place) { show(place); };
  chat_->onWriteTo = [this](const app::MemberId& person) { writeTo(person); };
  chat_->onTrustOf = [this](const app::MemberId& person) { showTrustOf(person); };
  chat_->onReconnect = [this] { reconnectCurrent(); };
  chat_->onTypeCode = [this] { askForCodeInRoom(); };
  chat_->onCode = [this](const std::string& typed) { enterCodeInRoom(typed); };
  chat_->onDisconnect = [this] {
    if (RoomController* room = rooms_.current()) {
      room->disconnect();
      RoomNews news;
      news.ended = news.peopleChanged = news.titleChanged = news.sharingChanged = true;
      handleNews(*room, news);
    }
  };
  chat_->onDraft = [this](const std::string& text) { keepDraft(text); };
  chat_->onTyping = [this] {
    if (rooms_.current() != nullptr && settings_->get().tellTyping) rooms_.current()->tellTyping();
  };
  chat_->onLocalCommand = [this](const app::TypedLine& line) { runLocalCommand(line); };
  chat_->onRoomLink = [this](const std::string& link) {
    // The click belongs to a view that may show another room afterwards.
    CallAfter([this, link] {
      StartRequest request;
      request.joinAddress = link;
      begin(request);
    });
  };
  chat_->onAtEndChanged = [this](bool atEnd) {
    if (atEnd) updateRead();
  };
  chat_->onSidebarChanged = [this] {
    settings_->change([this](app::Settings& settings) { settings.window.sidebarWidth = chat_->sidebarWidth(); });
  };
}

void MainFrame::connectWindow() {
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) { handleClose(event); });
  Bind(wxEVT_ACTIVATE, [this](wxActivateEvent& event) {
    handleActivate(event.GetActive());
    event.Skip();
  });
  Bind(wxEVT_SYS_COLOUR_CHANGED, [this](wxSysColourChangedEvent& event) {
    event.Skip();
    CallAfter([this] { applyTheme(); });
  });
  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) { handleKey(event); });
}

// --- looks ------------------------------------------------------------------------------------------

void MainFrame::applyTheme() {
  const Theme theme = Theme::current();
  SetBackgroundColour(theme.window);
  start_->applyTheme(theme);
  if (chat_ != nullptr) chat_->applyTheme(theme);
}

// --- closing ---------------------------------------------------------------------------------------

bool MainFrame::confirmEnding(const std::vector<EndedRoom>& ended) {
  if (ended.empty()) return true;
  wxString question;
  for (const EndedRoom& room : ended) {
    const auto others = static_cast<unsigned>(room.others);
    const wxString name = fromUtf8(room.name);
    question +=
        wxString::Format(others == 1 ? tr("%u person is in “%s”.") : tr("%u people are in “%s”."), others, name);
    question += " ";
  }
  question +=
      ended.size() == 1 ? _("Closing ends the room for everyone.") : _("Closing ends these rooms for everyone.");
  wxMessageDialog dialog(this, question, _("Close the room?"), wxYES_NO | wxNO_DEFAULT | wxICON_QUESTION);
  dialog.SetYesNoLabels(_("Close room"), _("Keep it open"));
  return dialog.ShowModal() == wxID_YES;
}

void MainFrame::handleClose(wxCloseEvent& event) {
  if (event.CanVeto() && !closing_ && !confirmEnding(roomsThatWouldEnd(rooms_))) {
    event.Veto();
    return;
  }
  closing_ = true;
  if (onClosing) onClosing();
  Destroy();
}

void MainFrame::closeAtOnce() {
  closing_ = true;
  endModalDialogs();
  // After the loops of those dialogs have ended.
  CallAfter([this] { Close(true); });
}

// --- attention -------------------------------------------------------------------------------------

void MainFrame::handleActivate(bool active) {
  if (closing_) return;
  if (active) {
    attention_.calm();
    updateRead();
  } else {
    placeUnreadLine();
  }
  updateTitle();
}

void MainFrame::updateTitle() {
  const Talk* talk = shownTalk();
  attention_.showTitle(talk != nullptr ? talk->title() : std::string(), rooms_.unreadCount());
}

std::string MainFrame::ownName() const {
  const std::string& remembered = settings_->get().name;
  return remembered.empty() ? app::proposedName() : remembered;
}

}  // namespace earshot::ui
