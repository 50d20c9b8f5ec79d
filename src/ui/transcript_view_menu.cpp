// What can be done with one message: its menu, and what a click on its parts does.

#include <array>

#include <wx/clipbrd.h>
#include <wx/dataobj.h>
#include <wx/menu.h>
#include <wx/textdlg.h>
#include <wx/weakref.h>

#include "ui/link_finder.h"
#include "ui/reading_view.h"
#include "ui/strings.h"
#include "ui/transcript_view_impl.h"

namespace earshot::ui {
namespace {

struct OfferedEmoji {
  const char* emoji;
  const char* name;
};
constexpr std::array kOffered{
    OfferedEmoji{"👍", wxTRANSLATE("Thumbs up")}, OfferedEmoji{"❤️", wxTRANSLATE("Heart")},
    OfferedEmoji{"😂", wxTRANSLATE("Laughing")},  OfferedEmoji{"😮", wxTRANSLATE("Surprised")},
    OfferedEmoji{"😢", wxTRANSLATE("Sad")},       OfferedEmoji{"🎉", wxTRANSLATE("Celebration")},
    OfferedEmoji{"✅", wxTRANSLATE("Done")},      OfferedEmoji{"👀", wxTRANSLATE("Looking")}};

enum : int { kCopy = 1, kCopyLink, kSelectAll, kReadingView, kReply, kEdit, kDelete, kOtherEmoji, kFirstEmoji };

wxMenu* emojiMenu() {
  auto* menu = new wxMenu;
  int id = kFirstEmoji;
  for (const auto& offered : kOffered) {
    menu->Append(id++, fromUtf8(offered.emoji) + "  " + wxGetTranslation(offered.name));
  }
  menu->AppendSeparator();
  menu->Append(kOtherEmoji, tr("&Other…"));
  return menu;
}

void putOnClipboard(const std::string& text) {
  if (!wxTheClipboard->Open()) return;
  wxTheClipboard->SetData(new wxTextDataObject(fromUtf8(text)));
  wxTheClipboard->Close();
}

}  // namespace

TranscriptView::Offers TranscriptView::Impl::offersFor(std::size_t row) const {
  if (!view.offersFor || row >= rowCount()) return {};
  const TranscriptRow& shown = model->row(row);
  if (shown.kind != RowKind::Text || !shown.position || shown.deleted) return {};
  return view.offersFor(shown);
}

void TranscriptView::Impl::clicked(const Hit& hit) {
  const TranscriptRow row = model->row(hit.place.row);
  if (hit.onRetry) {
    if (view.onRetry) view.onRetry(row);
  } else if (hit.onQuote) {
    if (row.quote && view.onQuote) view.onQuote(row.quote->position);
  } else if (hit.reaction && *hit.reaction < row.reactions.size()) {
    if (offersFor(hit.place.row).react) react(hit.place.row, row.reactions[*hit.reaction].emoji);
  } else if (hit.link) {
    openLink(hit.place.row, *hit.link);
  }
}

/// Adds it, or takes it back when it is ours already.
void TranscriptView::Impl::react(std::size_t index, const std::string& emoji) {
  if (!view.onReact || index >= rowCount()) return;
  const TranscriptRow row = model->row(index);
  bool own = false;
  for (const RowReaction& reaction : row.reactions) own = own || (reaction.own && reaction.emoji == emoji);
  view.onReact(row, emoji, !own);
}

void TranscriptView::Impl::contextMenu(wxContextMenuEvent& event) {
  wxPoint point =
      event.GetPosition() == wxDefaultPosition ? wxDefaultPosition : view.ScreenToClient(event.GetPosition());
  std::optional<TextRange> link;
  std::size_t row = focused.value_or(0);
  if (point != wxDefaultPosition) {
    if (const auto hit = hitTest(point)) {
      link = hit->link;
      row = hit->place.row;
    }
  } else if (focused) {
    const RowLayout& layout = layoutOf(*focused);
    if (!layout.links.empty()) link = layout.links.front();
    point = {metrics.textLeft, static_cast<int>(scroller.rowTop(*focused)) + layout.lines.back().y + layout.lineHeight};
  }
  const std::string address = link ? layoutOf(row).text.substr(link->begin, link->end - link->begin) : "";
  if (selection.empty() && row < rowCount()) {
    focused = row;
    ringVisible = true;
  }

  const Offers offers = offersFor(row);
  const auto position = row < rowCount() ? model->row(row).position : std::nullopt;
  wxMenu menu;
  if (offers.reply) menu.Append(kReply, _("&Reply"));
  if (offers.react) menu.AppendSubMenu(emojiMenu(), _("Reac&t"));
  if (offers.edit) menu.Append(kEdit, _("&Edit"));
  if (offers.remove) menu.Append(kDelete, tr("&Delete…"));
  if (menu.GetMenuItemCount() > 0) menu.AppendSeparator();
  menu.Append(kCopy, "&Copy\tCtrl+C")->Enable(!selection.empty() || rowCount() > 0);
  if (link) menu.Append(kCopyLink, "Copy &link");
  menu.AppendSeparator();
  menu.Append(kSelectAll, "Select &all\tCtrl+A")->Enable(rowCount() > 0);
  menu.Append(kReadingView, "Reading &view\tF7")->Enable(rowCount() > 0);
  const wxWeakRef<TranscriptView> alive(&view);
  const int chosen = view.GetPopupMenuSelectionFromUser(menu, point);
  if (!alive) return;
  if (chosen == kCopy) copy();
  if (chosen == kSelectAll) view.selectAll();
  if (chosen == kReadingView) showReadingView(&view, "Reading view", view.allText());
  if (chosen == kCopyLink) putOnClipboard(linkTarget(address));
  if (chosen < kReply || !position) return;
  // While the menu was open, rows may have come and gone.
  const auto now = model->indexOf(*position);
  if (now) choose(*now, chosen);
}

void TranscriptView::Impl::choose(std::size_t index, int chosen) {
  const TranscriptRow row = model->row(index);
  if (chosen == kReply && view.onReply) view.onReply(row);
  if (chosen == kEdit && view.onEdit) view.onEdit(row);
  if (chosen == kDelete && view.onDelete) view.onDelete(row);
  if (chosen >= kFirstEmoji) react(index, kOffered[static_cast<std::size_t>(chosen - kFirstEmoji)].emoji);
  if (chosen != kOtherEmoji) return;
  const wxWeakRef<TranscriptView> alive(&view);
  const wxString typed = wxGetTextFromUser(_("React with this emoji:"), _("React"), {}, &view);
  const auto now = alive && !typed.empty() ? model->indexOf(*row.position) : std::nullopt;
  if (now) react(*now, toUtf8(typed));
}

}  // namespace earshot::ui
