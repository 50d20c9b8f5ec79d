#pragma once
// The conversation as people see it: a custom-drawn virtual list of rows of any height. Draws only
// what is visible. UI thread.

#include <functional>
#include <memory>

#include <wx/string.h>
#include <wx/window.h>

#include "ui/transcript_model.h"

namespace earshot::ui {

class TranscriptView : public wxWindow, private TranscriptObserver {
 public:
  explicit TranscriptView(wxWindow* parent);
  ~TranscriptView() override;

  /// Shows another conversation (or none); the model must outlive it or be replaced first. Each
  /// model keeps its own reading place.
  void setModel(TranscriptModel* model);

  /// Marks every place where the words occur; empty clears.
  void setHighlight(const std::string& words);
  /// Scrolls the row into view and flashes it.
  void revealRow(std::size_t index);
  void scrollToEnd();
  /// The newest message is on screen.
  [[nodiscard]] bool isAtEnd() const;

  void copySelection();
  void selectAll();
  [[nodiscard]] bool hasSelection() const;
  /// Plain text of the selection, senders and times included when it spans several rows.
  [[nodiscard]] wxString selectedText() const;
  /// Loaded rows as plain text, for the reading view.
  [[nodiscard]] wxString allText() const;

  /// Called when the end comes into view or leaves it.
  std::function<void(bool atEnd)> onAtEndChanged;
  /// "Retry" was clicked (or Enter pressed) on a text that was not sent.
  std::function<void(const TranscriptRow&)> onRetry;
  /// What may be done with a text now; asked when its menu opens. Nothing without it.
  struct Offers {
    bool reply = false;
    bool react = false;
    bool edit = false;
    bool remove = false;
  };
  std::function<Offers(const TranscriptRow&)> offersFor;
  std::function<void(const TranscriptRow&)> onReply;
  std::function<void(const TranscriptRow&)> onEdit;
  std::function<void(const TranscriptRow&)> onDelete;
  /// on: add the emoji, else take ours back.
  std::function<void(const TranscriptRow&, const std::string& emoji, bool on)> onReact;
  /// The quote above a reply was clicked.
  std::function<void(app::Position)> onQuote;
  /// A link into a room was clicked; others open in the browser.
  std::function<void(const std::string& link)> onRoomLink;

  bool AcceptsFocus() const override { return true; }

 private:
  void rowsReset() override;
  void rowsInserted(std::size_t first, std::size_t count) override;
  void rowsRemoved(std::size_t first, std::size_t count) override;
  void rowChanged(std::size_t index) override;
  void unreadMarkChanged() override;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::ui
