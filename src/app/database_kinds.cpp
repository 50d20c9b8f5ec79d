#include "app/database_kinds.h"

#include <sqlite3.h>

#include <array>

#include "app/conversation_schema.h"
#include "app/profile_files.h"
#include "app/text.h"

namespace earshot::app {
namespace {

#define IS_NO_ID(column, bytes) "typeof(" column ") <> 'blob' OR length(" column ") <> " bytes
#define IS_NO_NUMBER(column) "typeof(" column ") <> 'integer'"
#define IS_NO_TEXT(column) "typeof(" column ") <> 'text' OR NOT is_text(" column ")"
#define IS_NO_EVENT                                                                                               \
  IS_NO_NUMBER("time")                                                                                            \
  " OR " IS_NO_NUMBER("kind") " OR " IS_NO_ID("actor", "32") " OR " IS_NO_TEXT("actor_name") " OR " IS_NO_NUMBER( \
      "detail") " OR " IS_NO_TEXT("text") " OR (request IS NOT NULL AND (" IS_NO_ID("request", "16") "))"
#define IS_NO_SEQ(column) "(" column " & 281474976710655) = 0"

constexpr std::array kConversationRows{
    RowRule{
        "info",
        IS_NO_ID("room", "16") " OR " IS_NO_ID("self", "32") " OR " IS_NO_TEXT("room_name") " OR " IS_NO_TEXT(
            "address") " OR " IS_NO_TEXT("self_name") " OR " IS_NO_NUMBER("last_activity") " OR " IS_NO_NUMBER("message"
                                                                                                               "_coun"
                                                                                                               "t")},
    RowRule{"epochs", "number < 1 OR number > 32767 OR " IS_NO_ID("epoch", "16")},
    RowRule{"events", "position <= 0 OR " IS_NO_SEQ("position") " OR (position >> 48) = 0 OR " IS_NO_EVENT},
    RowRule{"outbox", IS_NO_ID("request", "16") " OR " IS_NO_NUMBER("time") " OR " IS_NO_NUMBER(
                          "style") " OR " IS_NO_TEXT("text")},
};
constexpr std::array kConversationWhole{
    // One that was made when the power went, before anything was saved in it, says nothing yet.
    WholeRule{"SELECT (SELECT count(*) FROM info) > 1 OR (NOT EXISTS (SELECT 1 FROM info) AND"
              " (EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM outbox)))",
              "it does not say of which room it is"},
    WholeRule{"SELECT (SELECT message_count FROM info) <> (SELECT count(*) FROM events WHERE kind = 0)",
              "its count of messages is wrong"},
    WholeRule{"SELECT count(*) FROM events WHERE position >> 48 NOT IN (SELECT number FROM epochs)"
              " AND NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name IN ('private_chat', 'archive'))",
              "some messages belong to no numbering"},
};

constexpr std::array kHostLogRows{
    RowRule{"room",
            IS_NO_ID("id", "16") " OR " IS_NO_ID("epoch", "16") " OR " IS_NO_TEXT("name") " OR " IS_NO_TEXT("topic")},
    RowRule{"events", "seq <= 0 OR seq > 281474976710655 OR " IS_NO_EVENT},
    RowRule{"members", IS_NO_ID("id", "32") " OR " IS_NO_TEXT("name") " OR " IS_NO_NUMBER("since")},
    RowRule{"connections", IS_NO_NUMBER("time") " OR " IS_NO_NUMBER("kind") " OR " IS_NO_TEXT("name") " OR " IS_NO_TEXT(
                               "address") " OR " IS_NO_TEXT("reason")},
    RowRule{"invites", IS_NO_ID("id", "8") " OR " IS_NO_ID("token", "16") " OR " IS_NO_NUMBER(
                           "created") " OR " IS_NO_NUMBER("expires") " OR " IS_NO_NUMBER("uses_left")},
    RowRule{"admitted", IS_NO_ID("id", "32") " OR " IS_NO_NUMBER("since")},
};
constexpr std::array kHostLogWhole{
    WholeRule{"SELECT (SELECT count(*) FROM room) > 1", "it does not say which room it is"},
};

constexpr std::array kMailboxRows{
    RowRule{"keys", IS_NO_ID("person", "32") " OR " IS_NO_NUMBER(
                        "generation") " OR typeof(key) <> 'blob' OR " IS_NO_NUMBER("put")},
    RowRule{
        "letters",
        IS_NO_ID("sender", "32") " OR " IS_NO_ID("recipient", "32") " OR " IS_NO_ID("message", "16") " OR " IS_NO_TEXT(
            "sender_name") " OR " IS_NO_NUMBER("time") " OR typeof(sealed) <> 'blob' OR bytes IS NOT length(sealed)"},
    RowRule{"receipts", IS_NO_ID("sender", "32") " OR " IS_NO_ID("recipient", "32") " OR " IS_NO_ID(
                            "message", "16") " OR " IS_NO_NUMBER("time") " OR typeof(receipt) <> 'blob'"},
};

constexpr std::array kTrustRows{
    RowRule{"hosts",
            IS_NO_ID("room", "16") " OR " IS_NO_ID("key", "32") " OR " IS_NO_NUMBER("proof") " OR " IS_NO_TEXT(
                "name") " OR " IS_NO_TEXT("address") " OR " IS_NO_NUMBER("since") " OR " IS_NO_NUMBER("last_used")},
    RowRule{"people", IS_NO_ID("id", "32") " OR " IS_NO_ID("key", "32") " OR " IS_NO_TEXT("name") " OR " IS_NO_NUMBER(
                          "first_seen") " OR verified NOT IN (0, 1)"},
    RowRule{"names", IS_NO_ID("room", "16") " OR " IS_NO_TEXT("name_key") " OR person NOT IN (SELECT id FROM people)"},
};

constexpr std::array kMessageKeysRows{
    RowRule{"own", IS_NO_ID("secret", "32") " OR typeof(key) <> 'blob'"},
    RowRule{"seen", IS_NO_ID("person", "32") " OR " IS_NO_NUMBER("generation") " OR typeof(key) <> 'blob'"},
};

void isText(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(values[0]));
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  sqlite3_result_int(context, size == 0 || (bytes != nullptr && isValidText({bytes, size})) ? 1 : 0);
}

}  // namespace

std::optional<DatabaseKind> databaseKindOf(std::string_view name) {
  if (name.ends_with(kConversationExtension)) return DatabaseKind::Conversation;
  const bool inRoom = name.starts_with(std::string(kRoomsPart) + "/");
  if (inRoom && name.ends_with("/room.db")) return DatabaseKind::HostLog;
  if (inRoom && name.ends_with("/mailbox.db")) return DatabaseKind::Mailbox;
  if (name == "trust.db") return DatabaseKind::Trust;
  if (name == "message_keys.db") return DatabaseKind::MessageKeys;
  return std::nullopt;
}

std::string_view nameOf(DatabaseKind kind) {
  switch (kind) {
    case DatabaseKind::Conversation:
      return "conversation";
    case DatabaseKind::HostLog:
      return "room";
    case DatabaseKind::Mailbox:
      return "mailbox";
    case DatabaseKind::Trust:
      return "trust";
    case DatabaseKind::MessageKeys:
      break;
  }
  return "message_keys";
}

const DatabaseSchema& schemaOf(DatabaseKind kind) {
  switch (kind) {
    case DatabaseKind::Conversation:
      return kConversationSchema;
    case DatabaseKind::HostLog:
      return hostLogSchema();
    case DatabaseKind::Mailbox:
      return mailboxSchema();
    case DatabaseKind::Trust:
      return trustSchema();
    case DatabaseKind::MessageKeys:
      break;
  }
  return messageKeysSchema();
}

std::span<const RowRule> rowRulesOf(DatabaseKind kind) {
  switch (kind) {
    case DatabaseKind::Conversation:
      return kConversationRows;
    case DatabaseKind::HostLog:
      return kHostLogRows;
    case DatabaseKind::Mailbox:
      return kMailboxRows;
    case DatabaseKind::Trust:
      return kTrustRows;
    case DatabaseKind::MessageKeys:
      break;
  }
  return kMessageKeysRows;
}

std::span<const WholeRule> wholeRulesOf(DatabaseKind kind) {
  switch (kind) {
    case DatabaseKind::Conversation:
      return kConversationWhole;
    case DatabaseKind::HostLog:
      return kHostLogWhole;
    default:
      return {};
  }
}

void useTextFunction(SQLite::Database& db) {
  db.createFunction("is_text", 1, true, nullptr, isText);
}

}  // namespace earshot::app
