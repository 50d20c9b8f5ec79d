#include "app/event_row.h"

#include <type_traits>

#include "app/limits.h"

namespace earshot::app {
namespace {

// Stored numbers: never change or reuse one.
enum StoredKind : int {
  kText = kTextKind,
  kJoined = 1,
  kLeft = 2,
  kRenamed = 3,
  kTopic = 4,
  kKeyChanged = kKeyChangedKind,
  kEdited = kFirstChangeKind,
  kDeleted = 7,
  kReacted = 8
};

constexpr std::int64_t kLowBits = 0xFF;
constexpr std::int64_t kEditedBit = 1 << 8;
constexpr std::int64_t kDeletedBit = 1 << 9;
constexpr int kTargetShift = 16;

std::int64_t packedTarget(Seq target) {
  return static_cast<std::int64_t>(toNumber(target) << kTargetShift);
}
Seq unpackedTarget(std::int64_t detail) {
  return Seq{static_cast<std::uint64_t>(detail) >> kTargetShift};
}

const std::string kNoText;

/// Refers to the event's own.
struct Columns {
  int kind;
  std::int64_t detail;
  const std::string& text;
  const RequestId* request;
};

Columns columnsOf(const EventBody& body) {
  return std::visit(
      [](const auto& b) -> Columns {
        using Body = std::decay_t<decltype(b)>;
        if constexpr (std::is_same_v<Body, TextPosted>) {
          return {kText, packedDetail(b), b.text, &b.id};
        } else if constexpr (std::is_same_v<Body, MemberJoined>) {
          return {kJoined, 0, kNoText, nullptr};
        } else if constexpr (std::is_same_v<Body, MemberLeft>) {
          return {kLeft, static_cast<int>(b.reason), kNoText, nullptr};
        } else if constexpr (std::is_same_v<Body, MemberRenamed>) {
          return {kRenamed, 0, b.newName, nullptr};
        } else if constexpr (std::is_same_v<Body, TopicChanged>) {
          return {kTopic, 0, b.topic, nullptr};
        } else if constexpr (std::is_same_v<Body, TextEdited>) {
          return {kEdited, packedTarget(b.target), b.text, nullptr};
        } else if constexpr (std::is_same_v<Body, TextDeleted>) {
          return {kDeleted, packedTarget(b.target), kNoText, nullptr};
        } else if constexpr (std::is_same_v<Body, Reacted>) {
          return {kReacted, packedTarget(b.target) | (b.on ? 1 : 0), b.emoji, nullptr};
        } else {
          static_assert(std::is_same_v<Body, KeyChanged>);
          return {kKeyChanged, 0, kNoText, nullptr};
        }
      },
      body);
}

std::optional<EventBody> bodyOf(int kind, std::int64_t detail, std::string text, std::string_view request) {
  switch (kind) {
    case kText:
      return unpackedText(RequestId::fromView(request).value_or(RequestId{}), detail, std::move(text));
    case kJoined:
      return MemberJoined{};
    case kLeft:
      return MemberLeft{static_cast<LeaveReason>(detail)};
    case kRenamed:
      return MemberRenamed{std::move(text)};
    case kTopic:
      return TopicChanged{std::move(text)};
    case kKeyChanged:
      return KeyChanged{};
    case kEdited:
      return TextEdited{unpackedTarget(detail), std::move(text)};
    case kDeleted:
      return TextDeleted{unpackedTarget(detail)};
    case kReacted:
      return Reacted{unpackedTarget(detail), std::move(text), (detail & 1) != 0};
    default:
      return std::nullopt;
  }
}

void bindBorrowed(SQLite::Statement& statement, int index, std::string_view bytes) {
  statement.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
}

void run(SQLite::Statement& statement) {
  statement.exec();
  statement.tryReset();
}

}  // namespace

std::int64_t packedDetail(const TextPosted& text) {
  return packedTarget(text.replyTo) | static_cast<std::int64_t>(text.style) | (text.edited ? kEditedBit : 0) |
         (text.deleted ? kDeletedBit : 0);
}

TextPosted unpackedText(const RequestId& id, std::int64_t detail, std::string text) {
  return {id,
          static_cast<TextStyle>(detail & kLowBits),
          std::move(text),
          unpackedTarget(detail),
          (detail & kEditedBit) != 0,
          (detail & kDeletedBit) != 0};
}

// Pages of the past arrive after what came later, so an edit counts only where no later one is known.
TextChanges::TextChanges(SQLite::Database& db, const std::string& key)
    : edit_(db, "UPDATE events SET text = ?1, detail = detail | 256 WHERE " + key +
                    " = ?2 AND kind = 0 AND detail & 512 = 0 AND NOT EXISTS (SELECT 1 FROM events AS later"
                    " WHERE later.detail >> 16 = ?3 AND later.kind = 6 AND later.kind >= 6 AND later." +
                    key + " > ?4 AND later." + key + " < ?5)"),
      blank_(db, "UPDATE events SET text = '', detail = detail & ~256 | 512 WHERE " + key + " = ? AND kind = 0"),
      blankEdits_(db, "UPDATE events SET text = '' WHERE detail >> 16 = ? AND kind = 6 AND kind >= 6 AND " + key +
                          " > ? AND " + key + " < ?") {}

void TextChanges::apply(const Event& event, std::int64_t keyOfSeq0) {
  const auto target = targetOf(event.body);
  if (!target) return;
  const auto number = static_cast<std::int64_t>(toNumber(*target));
  const std::int64_t packed = packedTarget(*target) >> kTargetShift;
  const std::int64_t end = keyOfSeq0 + static_cast<std::int64_t>(kMaxSeq);
  if (const auto* edited = std::get_if<TextEdited>(&event.body); edited != nullptr && !edited->text.empty()) {
    edit_.tryReset();
    edit_.bind(1, edited->text);
    edit_.bind(2, keyOfSeq0 + number);
    edit_.bind(3, packed);
    edit_.bind(4, keyOfSeq0 + static_cast<std::int64_t>(toNumber(event.seq)));
    edit_.bind(5, end);
    run(edit_);
  } else if (std::holds_alternative<TextDeleted>(event.body)) {
    blank_.tryReset();
    blank_.bind(1, keyOfSeq0 + number);
    run(blank_);
    blankEdits_.tryReset();
    blankEdits_.bind(1, packed);
    blankEdits_.bind(2, keyOfSeq0);
    blankEdits_.bind(3, end);
    run(blankEdits_);
  }
}

void bindBlob(SQLite::Statement& statement, int index, std::string_view bytes) {
  statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
}

std::string_view blobOf(const SQLite::Column& column) {
  const void* data = column.getBlob();
  return {static_cast<const char*>(data), data == nullptr ? 0U : static_cast<std::size_t>(column.getBytes())};
}

void bindEvent(SQLite::Statement& statement, int firstIndex, const Event& event) {
  const Columns columns = columnsOf(event.body);
  statement.bind(firstIndex, toStored(event.time));
  statement.bind(firstIndex + 1, columns.kind);
  bindBorrowed(statement, firstIndex + 2, event.actor.view());
  statement.bindNoCopy(firstIndex + 3, event.actorName);
  if (columns.request != nullptr) {
    bindBorrowed(statement, firstIndex + 4, columns.request->view());
  } else {
    statement.bind(firstIndex + 4);
  }
  statement.bind(firstIndex + 5, columns.detail);
  statement.bindNoCopy(firstIndex + 6, columns.text);
}

std::optional<Event> readEvent(SQLite::Statement& statement, int firstColumn, Seq seq) {
  auto body = bodyOf(statement.getColumn(firstColumn + 1).getInt(), statement.getColumn(firstColumn + 5).getInt64(),
                     statement.getColumn(firstColumn + 6).getString(), blobOf(statement.getColumn(firstColumn + 4)));
  if (!body) return std::nullopt;
  Event event;
  event.seq = seq;
  event.time = fromStored(statement.getColumn(firstColumn).getInt64());
  event.actor = MemberId::fromView(blobOf(statement.getColumn(firstColumn + 2))).value_or(MemberId{});
  event.actorName = statement.getColumn(firstColumn + 3).getString();
  event.body = std::move(*body);
  return event;
}

}  // namespace earshot::app
