// What the page lets people do with one message: answer it, change it, take it back, react to it.

#include <wx/msgdlg.h>
#include <wx/weakref.h>

#include "app/export_words.h"
#include "ui/chat_page.h"
#include "ui/composer.h"
#include "ui/room_controller.h"
#include "ui/strings.h"
#include "ui/transcript_view.h"

namespace earshot::ui {

void ChatPage::connectMessages() {
  transcript_->offersFor = [this](const TranscriptRow& row) {
    TranscriptView::Offers offers;
    // Of a private chat there is only one text that anybody has.
    if (room_ == nullptr || alone_ != nullptr || !room_->canMean(*row.position)) return offers;
    offers.reply = room_->isWritable();
    offers.react = room_->isOpen();
    offers.edit = room_->isOpen() && row.own;
    offers.remove = room_->isOpen() && (row.own || room_->isHosting());
    return offers;
  };
  transcript_->onReply = [this](const TranscriptRow& row) { beginReply(row); };
  transcript_->onEdit = [this](const TranscriptRow& row) { beginEdit(row); };
  transcript_->onDelete = [this](const TranscriptRow& row) { deleteMessage(row); };
  transcript_->onReact = [this](const TranscriptRow& row, const std::string& emoji, bool on) {
    if (room_ != nullptr) room_->react(*row.position, emoji, on);
  };
  transcript_->onQuote = [this](app::Position position) { reveal(position); };
  composer_->onCancel = [this] {
    const bool wasEdit = purpose_ && purpose_->isEdit;
    endPurpose();
    if (wasEdit) {
      composer_->setText({});
      if (onDraft) onDraft({});
    }
    focusComposer();
  };
  composer_->onEditLast = [this] { editLast(); };
}

void ChatPage::beginReply(const TranscriptRow& row) {
  if (purpose_ && purpose_->isEdit) composer_->setText({});
  purpose_ = Purpose{false, *row.position};
  composer_->showPurpose(wxString::Format(_("Reply to %s"), fromUtf8(row.senderName)),
                         fromUtf8(app::firstWords(row.text)));
  focusComposer();
}

void ChatPage::beginEdit(const TranscriptRow& row) {
  purpose_ = Purpose{true, *row.position};
  composer_->setText(row.text);
  composer_->showPurpose(_("Edit message"), fromUtf8(app::firstWords(row.text)));
  focusComposer();
}

void ChatPage::editLast() {
  if (talk_ == nullptr) return;
  const TranscriptModel& rows = talk_->transcript();
  for (std::size_t i = rows.size(); i-- > 0;) {
    const TranscriptRow& row = rows.row(i);
    if (row.kind != RowKind::Text || !row.own || row.deleted || !row.position) continue;
    if (transcript_->offersFor(row).edit) beginEdit(row);
    return;
  }
}

void ChatPage::endPurpose() {
  purpose_.reset();
  composer_->clearPurpose();
}

void ChatPage::deleteMessage(const TranscriptRow& row) {
  wxMessageDialog question(this, fromUtf8(app::firstWords(row.text)), _("Delete this message for everybody?"),
                           wxYES_NO | wxNO_DEFAULT | wxICON_QUESTION);
  question.SetYesNoLabels(_("Delete"), _("Keep"));
  question.SetMessage(_("Delete this message for everybody?"));
  question.SetExtendedMessage(fromUtf8(app::firstWords(row.text)));
  const wxWeakRef<ChatPage> alive(this);
  const RoomController* asked = room_;
  const bool yes = question.ShowModal() == wxID_YES;
  if (yes && alive && room_ == asked && room_ != nullptr) room_->deleteText(*row.position);
}

std::optional<wxString> ChatPage::sendForPurpose(const app::SendText& text) {
  const Purpose purpose = *purpose_;
  if (purpose.isEdit) {
    if (!room_->isOpen()) return _("You are not connected, so this cannot be changed now.");
    room_->editText(purpose.position, text.text);
  } else {
    room_->reply(purpose.position, text.style, text.text);
    transcript_->scrollToEnd();
  }
  endPurpose();
  return std::nullopt;
}

}  // namespace earshot::ui
