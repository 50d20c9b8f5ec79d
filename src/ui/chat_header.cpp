#include "ui/chat_header.h"

#include <wx/sizer.h>
#include <wx/stattext.h>

#include "embedded/icons.h"
#include "ui/icon_button.h"
#include "ui/room_controller.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/text_sizes.h"
#include "ui/trust_badge.h"

namespace earshot::ui {
namespace {

wxStaticText* ellipsized(wxWindow* parent) {
  auto* label = new wxStaticText(parent, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize,
                                 wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE);
  label->SetMinSize(wxSize(1, -1));
  return label;
}

void bindTo(wxBitmapButton* button, std::function<void()>& action) {
  button->Bind(wxEVT_BUTTON, [&action](wxCommandEvent&) {
    if (action) action();
  });
}

}  // namespace

wxString placeInWords(const RoomController& room) {
  const wxString address = fromUtf8(room.address());
  const auto count = static_cast<unsigned>(room.people().size());
  const wxString people = wxString::Format(wxPLURAL("%u person", "%u people", count), count);
  switch (room.phase()) {
    case RoomPhase::Open:
      if (room.sharing().phase() == SharingPhase::On) {
        return wxString::Format(tr("Hosting on %s · %s · sharing the app"), address, people);
      }
      return wxString::Format(room.isHosting() ? tr("Hosting on %s · %s") : tr("%s · %s"), address, people);
    case RoomPhase::Connecting:
    case RoomPhase::Returning:
      return tr("Connecting…");
    case RoomPhase::Closed:
      return tr("Not connected");
    case RoomPhase::Idle:
      break;
  }
  return room.isForReading() ? _("For reading only") : _("Saved conversation");
}

wxString placeInWords(const RoomController& room, const PrivateTalk& alone) {
  const wxString name = fromUtf8(room.roomName());
  if (!room.isOpen()) return wxString::Format(tr("Private, in “%s” · not connected"), name);
  if (room.people().find(alone.person()) == nullptr) {
    return wxString::Format(tr("Private, in “%s” · not here now, gets it later"), name);
  }
  return wxString::Format(tr("Private, in “%s”"), name);
}

ChatHeader::ChatHeader(wxWindow* parent)
    : wxPanel(parent),
      back_(new IconButton(this, icons::back_svg, _("Back"), _("Host or join another room"))),
      name_(ellipsized(this)),
      place_(ellipsized(this)),
      topic_(ellipsized(this)),
      badge_(new TrustBadge(this)),
      copy_(new IconButton(this, icons::copy_svg, _("Copy address"), _("Copy the address that others type to join"))),
      find_(new IconButton(this, icons::find_svg, _("Find"), _("Find in this conversation (Ctrl+F)"))),
      people_(new IconButton(this, icons::people_svg, _("Rooms and people"), _("Show or hide rooms and people (F9)"))) {
  name_->SetFont(name_->GetFont().Bold().Scaled(kHeadingScale));
  place_->SetFont(place_->GetFont().Scaled(0.88F));
  topic_->SetFont(place_->GetFont());

  const Spacing space(this);
  auto* texts = new wxBoxSizer(wxVERTICAL);
  texts->Add(name_, 0, wxEXPAND);
  texts->Add(place_, 0, wxEXPAND | wxTOP, space.tiny());
  texts->Add(topic_, 0, wxEXPAND | wxTOP, space.tiny());
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(back_, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.small());
  row->Add(texts, 1, wxALIGN_CENTER_VERTICAL);
  row->Add(badge_, 0, wxALIGN_CENTER_VERTICAL | wxLEFT, space.small());
  for (IconButton* button : {copy_, find_, people_}) {
    row->Add(button, 0, wxALIGN_CENTER_VERTICAL | wxLEFT, space.small());
  }
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(row, 1, wxEXPAND | wxALL, space.related());
  SetSizer(outer);

  bindTo(back_, onBack);
  bindTo(badge_, onTrust);
  bindTo(find_, onFind);
  bindTo(copy_, onCopyAddress);
  bindTo(people_, onToggleSidebar);
}

void ChatHeader::show(const RoomController& room) {
  Look look{fromUtf8(room.roomName()), placeInWords(room),          fromUtf8(room.topic()), {},
            !room.address().empty(),   !room.conversation().empty()};
  if (room.isOpen()) look.trust = lookOf(room.hostProof());
  show(look);
}

void ChatHeader::show(const RoomController& room, const PrivateTalk& alone) {
  const wxString name = fromUtf8(alone.title());
  Look look{name, placeInWords(room, alone), {}, {}, false, !alone.conversation().empty()};
  if (room.isOpen()) look.trust = lookOf(alone.trust(), name);
  show(look);
}

void ChatHeader::show(const Look& look) {
  name_->SetLabelText(look.name);
  place_->SetLabelText(look.place);
  topic_->SetLabelText(look.topic);
  topic_->SetToolTip(look.topic);
  badge_->Show(look.trust.has_value());
  if (look.trust) badge_->show(*look.trust);
  copy_->Show(look.hasAddress);
  find_->Enable(look.canFind);
  if (topic_->IsShown() == look.topic.empty()) {
    topic_->Show(!look.topic.empty());
    GetParent()->Layout();
  }
  Layout();
}

void ChatHeader::applyTheme(const Theme& theme) {
  SetBackgroundColour(theme.surface);
  name_->SetForegroundColour(theme.text);
  place_->SetForegroundColour(theme.muted);
  topic_->SetForegroundColour(theme.muted);
  badge_->applyTheme(theme);
  for (IconButton* button : {back_, copy_, find_, people_}) button->applyTheme(theme);
  Refresh();
}

}  // namespace earshot::ui
