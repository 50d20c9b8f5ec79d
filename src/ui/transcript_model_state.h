#pragma once
// The inside of TranscriptModel, for its own .cpp files only. UI thread.

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "ui/history_source.h"
#include "ui/transcript_model.h"
#include "ui/transcript_rows.h"
#include "ui/transcript_unread.h"

namespace earshot::ui {

/// A find result is shown with this many rows on either side.
inline constexpr std::size_t kAroundRows = TranscriptModel::kPageRows / 2;

struct TranscriptModel::State {
  TranscriptObserver* observer = nullptr;
  std::unique_ptr<HistorySource> history;
  app::MemberId self;
  std::string selfName;
  std::function<std::vector<std::string>()> otherNames;
  std::optional<std::set<app::RequestId>> undelivered;  ///< as HistorySource::undelivered

  TranscriptRows rows;
  /// Rows that exist nowhere else, kept while the newest page is not loaded.
  std::vector<TranscriptRow> parked;
  std::vector<app::OutgoingText> asked;  ///< and not yet queued
  bool older = false;
  AskOlder askOlder;        ///< for what is not here; empty: there is nothing
  bool olderAsked = false;  ///< and not answered
  bool newer = false;
  app::Position last{};
  TranscriptUnread unread;
  std::size_t visibleFirst = 0;
  std::size_t visibleLast = 0;
  bool following = true;  ///< the last row is on screen
  ReadingPlace place;

  // --- rows; each tells the observer ---
  void insert(std::size_t at, std::vector<TranscriptRow> added);
  void insert(std::size_t at, TranscriptRow row);
  void erase(std::size_t first, std::size_t count);
  void reset(std::vector<TranscriptRow> fresh);
  /// Lets go of rows far from the visible ones. In steps of a page, so that a flood does not pay for
  /// it with every row.
  void trim();
  void unloadTail(std::size_t keep);
  /// The newest page is loaded: brings back what was parked.
  void goLive();

  // --- what arrives ---
  void wasAnswered(const app::RequestId& id) {
    std::erase_if(asked, [&](const app::OutgoingText& text) { return text.id == id; });
  }
  void store(const app::StoredEvent& stored);
  /// Gives our waiting text its place in the history. False when it was not waiting here.
  bool replacePending(const TranscriptRow& row);
  void noteArrival(const TranscriptRow& row);

  // --- unread ---
  void locateMark();
  [[nodiscard]] std::size_t countUnread(app::Position after) const;

  // --- texts that are about others ---
  /// Reads the row of a text anew, and the quotes of it.
  void refresh(app::Position position);
  [[nodiscard]] RowQuote quoteOf(app::Position position) const;
  void addReactions(TranscriptRow& row) const;

  /// isNew: nobody can have reacted to it yet.
  [[nodiscard]] TranscriptRow rowOf(const app::StoredEvent& stored, bool isNew = false) const;
  [[nodiscard]] TranscriptRow rowOf(const app::OutgoingText& text) const;
  [[nodiscard]] std::vector<TranscriptRow> rowsOf(const std::vector<app::StoredEvent>& events) const;
};

}  // namespace earshot::ui
