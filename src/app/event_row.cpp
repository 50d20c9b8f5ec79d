#include "app/event_row.h"

#include <type_traits>

namespace earshot::app {
namespace {

// Stored numbers: never change or reuse one.
enum StoredKind : int {
  kText = kTextKind,
  kJoined = 1,
  kLeft = 2,
  kRenamed = 3,
  kTopic = 4,
  kKeyChanged = kKeyChangedKind
};

struct Columns {
  int kind;
  int detail;
  std::string_view text;
  const RequestId* request;
};

Columns columnsOf(const EventBody& body) {
  return std::visit(
      [](const auto& b) -> Columns {
        using Body = std::decay_t<decltype(b)>;
        if constexpr (std::is_same_v<Body, TextPosted>) {
          return {kText, static_cast<int>(b.style), b.text, &b.id};
        } else if constexpr (std::is_same_v<Body, MemberJoined>) {
          return {kJoined, 0, {}, nullptr};
        } else if constexpr (std::is_same_v<Body, MemberLeft>) {
          return {kLeft, static_cast<int>(b.reason), {}, nullptr};
        } else if constexpr (std::is_same_v<Body, MemberRenamed>) {
          return {kRenamed, 0, b.newName, nullptr};
        } else if constexpr (std::is_same_v<Body, TopicChanged>) {
          return {kTopic, 0, b.topic, nullptr};
        } else {
          static_assert(std::is_same_v<Body, KeyChanged>);
          return {kKeyChanged, 0, {}, nullptr};
        }
      },
      body);
}

std::optional<EventBody> bodyOf(int kind, int detail, std::string text, std::string_view request) {
  switch (kind) {
    case kText:
      return TextPosted{RequestId::fromView(request).value_or(RequestId{}), static_cast<TextStyle>(detail),
                        std::move(text)};
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
    default:
      return std::nullopt;
  }
}

}  // namespace

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
  bindBlob(statement, firstIndex + 2, event.actor.view());
  statement.bind(firstIndex + 3, event.actorName);
  if (columns.request != nullptr) {
    bindBlob(statement, firstIndex + 4, columns.request->view());
  } else {
    statement.bind(firstIndex + 4);
  }
  statement.bind(firstIndex + 5, columns.detail);
  statement.bind(firstIndex + 6, std::string(columns.text));
}

std::optional<Event> readEvent(SQLite::Statement& statement, int firstColumn, Seq seq) {
  auto body = bodyOf(statement.getColumn(firstColumn + 1).getInt(), statement.getColumn(firstColumn + 5).getInt(),
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
