// Mouse, keys, menu and clipboard.

#include <algorithm>

#include <wx/clipbrd.h>
#include <wx/dataobj.h>
#include <wx/menu.h>
#include <wx/utils.h>
#include <wx/weakref.h>

#include "app/invite.h"
#include "ui/link_finder.h"
#include "ui/reading_view.h"
#include "ui/transcript_format.h"
#include "ui/transcript_view_impl.h"

namespace earshot::ui {

void TranscriptView::Impl::bindInput() {
  view.Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent& event) { mouseDown(event); });
  view.Bind(wxEVT_LEFT_DCLICK, [this](wxMouseEvent& event) { mouseDown(event); });
  view.Bind(wxEVT_LEFT_UP, [this](wxMouseEvent& event) { mouseUp(event); });
  view.Bind(wxEVT_MOTION, [this](wxMouseEvent& event) { mouseMoved(event.GetPosition()); });
  view.Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) {
    dragging = false;
    dragTimer.Stop();
  });
  view.Bind(wxEVT_LEAVE_WINDOW, [this](wxMouseEvent&) {
    hovered.reset();
    jumpHovered = false;
    view.Refresh(false);
  });
  view.Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) { wheel(event); });
  for (const auto& type :
       {wxEVT_SCROLLWIN_TOP, wxEVT_SCROLLWIN_BOTTOM, wxEVT_SCROLLWIN_LINEUP, wxEVT_SCROLLWIN_LINEDOWN,
        wxEVT_SCROLLWIN_PAGEUP, wxEVT_SCROLLWIN_PAGEDOWN, wxEVT_SCROLLWIN_THUMBTRACK, wxEVT_SCROLLWIN_THUMBRELEASE}) {
    view.Bind(type, [this](wxScrollWinEvent& event) { scrolled(event); });
  }
  view.Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) { key(event); });
  view.Bind(wxEVT_CONTEXT_MENU, [this](wxContextMenuEvent& event) { contextMenu(event); });
  view.Bind(wxEVT_SET_FOCUS, [this](wxFocusEvent& event) {
    ringVisible = !wxGetMouseState().LeftIsDown();
    if (!focused && scroller.endVisible() > 0) focused = scroller.endVisible() - 1;
    if (focused) accessible->rowFocused(*focused);
    view.Refresh(false);
    event.Skip();
  });
  view.Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
    view.Refresh(false);
    event.Skip();
  });
}

// --- where the pointer is --------------------------------------------------------------------------

std::optional<TextRange> TranscriptView::Impl::linkAt(const RowLayout& layout, const PlacedLine& line, int x) {
  const std::string_view text = std::string_view(layout.text).substr(line.range.begin, line.ink - line.range.begin);
  const std::size_t byte = engine->characterAt({text, layout.face, line.rtl}, x - line.x);
  if (byte >= text.size()) return std::nullopt;
  for (const TextRange& link : layout.links) {
    if (link.contains(line.range.begin + byte)) return link;
  }
  return std::nullopt;
}

std::optional<TranscriptView::Impl::Hit> TranscriptView::Impl::hitTest(const wxPoint& point) {
  if (rowCount() == 0) return std::nullopt;
  Hit hit;
  hit.place.row = scroller.rowAt(point.y);
  const RowLayout& layout = layoutOf(hit.place.row);
  const int y = point.y - static_cast<int>(scroller.rowTop(hit.place.row));
  const StatusLabel& status = layout.status;
  hit.onRetry = status.retry && wxRect(status.x, status.y, status.width, metrics.smallLine).Contains(point.x, y);

  hit.onQuote = layout.quote &&
                wxRect(metrics.textLeft, layout.quote->y, metrics.textWidth, metrics.smallLine).Contains(point.x, y);
  for (std::size_t i = 0; i < layout.reactions.size(); ++i) {
    const PlacedReaction& placed = layout.reactions[i];
    if (wxRect(placed.x, placed.y, placed.width, metrics.chipHeight).Contains(point.x, y)) hit.reaction = i;
  }
  if (y < layout.lines.front().y) return hit;
  const auto under = std::find_if(layout.lines.begin(), layout.lines.end(),
                                  [&](const PlacedLine& line) { return y < line.y + layout.lineHeight; });
  if (under == layout.lines.end()) {
    hit.place.byte = layout.text.size();
    return hit;
  }
  const PlacedLine& line = *under;
  const std::string_view text = std::string_view(layout.text).substr(line.range.begin, line.ink - line.range.begin);
  hit.place.byte = line.range.begin + engine->boundaryAt({text, layout.face, line.rtl}, point.x - line.x);
  hit.onText = point.x >= metrics.textLeft;
  hit.link = linkAt(layout, line, point.x);
  return hit;
}

PlaceRange TranscriptView::Impl::unitAt(const TextPlace& place) {
  const std::string& text = layoutOf(place.row).text;
  if (clicks == 2) {
    const TextRange word = wordAt(text, place.byte);
    return {{place.row, word.begin}, {place.row, word.end}};
  }
  if (clicks >= 3) return {{place.row, 0}, {place.row, text.size()}};
  return {place, place};
}

// --- mouse -----------------------------------------------------------------------------------------

void TranscriptView::Impl::mouseDown(wxMouseEvent& event) {
  ringVisible = false;
  view.SetFocus();
  if (jumpButton().Contains(event.GetPosition())) {
    view.scrollToEnd();
    return;
  }
  const auto hit = hitTest(event.GetPosition());
  if (!hit) return;
  // A third press soon after a double click reaches us as a plain one.
  const auto now = std::chrono::steady_clock::now();
  constexpr auto kTripleClick = std::chrono::milliseconds(500);
  clicks = event.LeftDClick() ? 2 : clicks == 2 && now - lastDoubleClick < kTripleClick ? 3 : 1;
  if (clicks == 2) lastDoubleClick = now;
  if (event.ShiftDown() && selection.started()) {
    clicks = 1;
    selection.extendTo(hit->place);
  } else {
    selection.start(unitAt(hit->place));
  }
  pressed = *hit;
  focused = hit->place.row;
  dragging = true;
  if (!view.HasCapture()) view.CaptureMouse();
  constexpr int kAutoScrollMs = 30;
  dragTimer.Start(kAutoScrollMs);
  view.Refresh(false);
}

void TranscriptView::Impl::mouseUp(wxMouseEvent& event) {
  if (!dragging) return;
  dragging = false;
  dragTimer.Stop();
  if (view.HasCapture()) view.ReleaseMouse();
  view.Refresh(false);
  const auto before = std::exchange(pressed, std::nullopt);
  const auto hit = hitTest(event.GetPosition());
  if (!hit || !before || !selection.empty() || hit->place.row != before->place.row) return;
  const bool sameReaction = hit->reaction == before->reaction;
  if (hit->onRetry == before->onRetry && hit->onQuote == before->onQuote && hit->link == before->link && sameReaction) {
    clicked(*hit);
  }
}

void TranscriptView::Impl::mouseMoved(const wxPoint& point) {
  if (dragging) {
    dragTo(point);
    return;
  }
  const bool overJump = jumpButton().Contains(point);
  const auto hit = overJump ? std::nullopt : hitTest(point);
  if (overJump || (hit && (hit->link || hit->onRetry || hit->onQuote || hit->reaction))) {
    view.SetCursor(wxCursor(wxCURSOR_HAND));
  } else {
    view.SetCursor(hit && hit->onText ? wxCursor(wxCURSOR_IBEAM) : wxNullCursor);
  }
  const auto row = hit ? std::optional(hit->place.row) : std::nullopt;
  if (row == hovered && overJump == jumpHovered) return;
  hovered = row;
  jumpHovered = overJump;
  view.Refresh(false);
}

void TranscriptView::Impl::dragTo(const wxPoint& point) {
  const int bottom = std::max(0, view.GetClientSize().y - 1);
  const auto hit = hitTest({point.x, std::clamp(point.y, 0, bottom)});
  if (!hit) return;
  selection.extendTo(unitAt(hit->place));
  view.Refresh(false);
}

/// Scrolls while the pointer is held outside, the faster the farther away.
void TranscriptView::Impl::dragOver() {
  if (!dragging) return;
  const wxPoint point = view.ScreenToClient(wxGetMousePosition());
  const int height = view.GetClientSize().y;
  const int beyond = point.y < 0 ? point.y : std::max(0, point.y - height);
  if (beyond == 0) return;
  scrollBy(beyond / 2 + (beyond < 0 ? -4 : 4));
  dragTo(point);
}

void TranscriptView::Impl::wheel(const wxMouseEvent& event) {
  if (event.GetWheelAxis() != wxMOUSE_WHEEL_VERTICAL || event.GetWheelDelta() == 0) return;
  constexpr int kStepDip = 66;
  wheelRest -= static_cast<double>(event.GetWheelRotation()) * view.FromDIP(kStepDip) / event.GetWheelDelta();
  const int pixels = static_cast<int>(wheelRest);
  wheelRest -= pixels;
  scrollBy(pixels);
  mouseMoved(event.GetPosition());
}

void TranscriptView::Impl::scrolled(const wxScrollWinEvent& event) {
  const auto type = event.GetEventType();
  const int page = view.GetClientSize().y * 9 / 10;
  if (type == wxEVT_SCROLLWIN_LINEUP || type == wxEVT_SCROLLWIN_LINEDOWN) {
    scrollBy((type == wxEVT_SCROLLWIN_LINEUP ? -2 : 2) * metrics.bodyLine);
  } else if (type == wxEVT_SCROLLWIN_PAGEUP || type == wxEVT_SCROLLWIN_PAGEDOWN) {
    scrollBy(type == wxEVT_SCROLLWIN_PAGEUP ? -page : page);
  } else {
    scroller.scrollTo(event.GetPosition());
    update();
  }
}

void TranscriptView::Impl::scrollBy(int pixels) {
  if (pixels == 0) return;
  scroller.scrollBy(pixels);
  update();
}

// --- text ------------------------------------------------------------------------------------------

std::string TranscriptView::Impl::selectedText() const {
  if (selection.empty() || rowCount() == 0) return {};
  const std::size_t first = selection.from().row;
  const std::size_t last = std::min(selection.to().row, rowCount() - 1);
  const bool severalDays = !sameDay(model->row(first).time, model->row(last).time);
  std::string copied;
  for (std::size_t i = first; i <= last; ++i) {
    const TranscriptRow& row = model->row(i);
    const std::string text = shownText(row);
    const auto range = selection.inRow(i, text.size());
    if (!range || (range->empty() && !text.empty())) continue;
    const std::string part = text.substr(range->begin, range->end - range->begin);
    if (first == last) return part;
    if (severalDays && (i == first || !sameDay(model->row(i - 1).time, row.time))) copied += dayName(row.time) + "\n";
    copied += copiedLine(row, part) + "\n";
  }
  if (!copied.empty()) copied.pop_back();
  return copied;
}

void TranscriptView::Impl::copy() {
  std::string text = selectedText();
  if (text.empty() && focused && ringVisible) text = shownText(model->row(*focused));
  if (text.empty() || !wxTheClipboard->Open()) return;
  wxTheClipboard->SetData(new wxTextDataObject(wxString::FromUTF8(text)));
  wxTheClipboard->Close();
}

void TranscriptView::Impl::openLink(std::size_t row, const TextRange& link) {
  const std::string& text = layoutOf(row).text;
  const std::string target = linkTarget(text.substr(link.begin, link.end - link.begin));
  if (app::isInviteLink(target)) {
    if (view.onRoomLink) view.onRoomLink(target);
  } else {
    wxLaunchDefaultBrowser(wxString::FromUTF8(target));
  }
}

}  // namespace earshot::ui
