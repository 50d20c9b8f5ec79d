#pragma once
// What the transcript shows: a window of loaded rows over a conversation of any length, kept up to
// date by what the link reports. No wx, no display: tested as plain values. UI thread.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/conversation.h"
#include "app/history.h"
#include "app/result.h"

namespace earshot::ui {

class HistorySource;

/// The last two only in private chats: with the host, and opened by the other person's program.
enum class Delivery : std::uint8_t { Sent, Sending, Failed, Kept, Delivered };
/// Notice: joins, leaves, renames, topics and the program's own lines, worded by the program.
enum class RowKind : std::uint8_t { Text, Notice };

/// The text that a reply answers.
struct RowQuote {
  app::Position position{};
  std::string name;  ///< empty: it is not here
  std::string text;  ///< its first words on one line; empty: it was deleted

  bool operator==(const RowQuote&) const = default;
};

struct RowReaction {
  std::string emoji;
  std::vector<std::string> names;
  bool own = false;  ///< ours is among them

  bool operator==(const RowReaction&) const = default;
};

struct TranscriptRow {
  RowKind kind = RowKind::Text;
  std::optional<app::Position> position;  ///< none while sending, and for the program's own lines
  app::RequestId request;                 ///< of texts
  app::MemberId sender;
  std::string senderName;
  app::UtcMillis time{};
  app::TextStyle style = app::TextStyle::Plain;
  Delivery delivery = Delivery::Sent;
  bool own = false;
  std::string text;  ///< of a Notice: the whole worded line
  std::optional<RowQuote> quote{};
  std::vector<RowReaction> reactions{};
  bool edited = false;
  bool deleted = false;    ///< text is empty
  bool mentioned = false;  ///< somebody else means us, by name or with all
};

class TranscriptObserver {
 public:
  virtual ~TranscriptObserver() = default;
  virtual void rowsReset() = 0;
  virtual void rowsInserted(std::size_t first, std::size_t count) = 0;
  virtual void rowsRemoved(std::size_t first, std::size_t count) = 0;
  virtual void rowChanged(std::size_t index) = 0;
  /// The unread mark moved or went.
  virtual void unreadMarkChanged() = 0;
};

/// Where somebody was reading when the conversation was last on screen.
struct ReadingPlace {
  bool atEnd = true;
  std::optional<app::Position> top;  ///< the row at the top edge; none: one without a position
  int offset = 0;                    ///< how far that row is scrolled out at the top, in pixels
};

class TranscriptModel {
 public:
  static constexpr std::size_t kPageRows = 200;
  /// Rows kept loaded; beyond it rows far from the visible end are unloaded (they are on disk).
  static constexpr std::size_t kMaxLoadedRows = 2'000;

  TranscriptModel();
  ~TranscriptModel();
  TranscriptModel(const TranscriptModel&) = delete;
  TranscriptModel& operator=(const TranscriptModel&) = delete;

  /// At most one observer; null detaches.
  void setObserver(TranscriptObserver* observer);

  /// Who writes here, as long as there is no history that says so.
  void setSelf(const app::MemberId& self, const std::string& name);

  /// Where history comes from (the conversation's file exists once the link is admitted), and who
  /// "own" is. Replaces all rows by the newest page and the outbox, but for texts that could not be sent
  /// before there was any history: they are nowhere else. On an error all stay as they were.
  app::Status openHistory(std::unique_ptr<app::ConversationReader> history, const app::MemberId& self);
  app::Status openHistory(std::unique_ptr<HistorySource> history, const app::MemberId& self);

  /// Who else is in the room, asked for texts in which somebody may be meant.
  void setOtherNames(std::function<std::vector<std::string>()> otherNames);

  // --- rows ---
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const TranscriptRow& row(std::size_t index) const;
  [[nodiscard]] std::optional<std::size_t> indexOf(app::Position position) const;
  /// First row below the "new messages" line, if the line is to be shown in the loaded rows.
  [[nodiscard]] std::optional<std::size_t> unreadMark() const;

  // --- paging; each is a no-op when there is nothing more ---
  [[nodiscard]] bool hasOlder() const;
  /// Whom to ask for what is older than all that is saved here; empty: there is nothing. The answer is
  /// olderArrived().
  using AskOlder = std::function<void(app::Position before)>;
  void setOlderElsewhere(AskOlder ask);
  /// It is saved now, as far as there was some; nothingLeft: no need to ask once more.
  void olderArrived(bool nothingLeft);
  [[nodiscard]] bool hasNewer() const;  ///< true after showAround far from the end
  void loadOlder();
  void loadNewer();
  /// Loads the last page again and goes live.
  void showNewest();
  /// Loads the rows around a position (a find result) and returns its index.
  std::optional<std::size_t> showAround(app::Position position);
  /// The view says which rows are on screen, so that never those are unloaded.
  void setVisibleRows(std::size_t first, std::size_t last);
  /// Kept here for the view, so that each conversation comes back where it was left.
  [[nodiscard]] const ReadingPlace& readingPlace() const;
  void setReadingPlace(const ReadingPlace& place);

  // --- what the link reports; what changes a text shows in its row ---
  void received(const app::StoredEvent& stored);
  /// A text of ours was handed to the link: it shows once it is queued, and as not sent when it is refused instead.
  void asked(app::OutgoingText text);
  /// A text that was refused before shows as sending again. Goes to the end of the conversation.
  void queued(const app::OutgoingText& text);
  void sent(const app::StoredEvent& stored);
  void delivered(const app::RequestId& id);  ///< of a private chat
  void refused(const app::RequestId& id);    ///< the text shows as not sent
  void linkEnded();                          ///< nothing is on its way any more: what was, shows as not sent
  /// Takes a text that was not sent off the screen (it is being sent anew under another id).
  void dismiss(const app::RequestId& id);
  /// A line of the program's own ("The host closed the room."), not stored.
  void addNotice(const std::string& line, app::UtcMillis time);

  // --- unread ---
  /// Sets the line above the first text of somebody else after this position, be it loaded already
  /// or still to come. Call it with lastPosition() when the person looks away.
  void setReadUpTo(app::Position position);
  /// The person has seen the end: no more unread; the line stays until the next markRead after new
  /// texts. Call it whenever the end is on screen and the window is active.
  void markRead();
  [[nodiscard]] std::size_t unreadCount() const;
  [[nodiscard]] app::Position lastPosition() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The wording of a join, leave, rename or topic event; empty for texts.
[[nodiscard]] std::string noticeText(const app::Event& event, const app::MemberId& self);

}  // namespace earshot::ui
