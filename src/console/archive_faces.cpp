// The faces of what is saved: export, import and rooms.
#include <iostream>

#include "app/addressee.h"
#include "app/conversation.h"
#include "app/conversation_import.h"
#include "app/error_text.h"
#include "app/names.h"
#include "app/text.h"
#include "console/faces.h"
#include "console/json_line.h"
#include "console/plain_time.h"
#include "console/terminal.h"

namespace earshot::console {
namespace {

using app::Errc;
using app::Error;

/// A private chat is called as its person, or as `rooms` shows it.
bool isCalled(const std::string& wanted, const app::ConversationInfo& info) {
  const std::string names[] = {info.peer->name, app::titleOf(info)};
  return app::findName(wanted, names).has_value();
}

/// By name (ignoring case; a room before a person), by id, or by the beginning of an id.
app::Result<app::ConversationInfo> findConversation(const std::string& wanted, const app::ProfilePaths& paths) {
  if (!app::isValidText(wanted)) return Error{Errc::NotFound, app::sanitizeForDisplay(wanted)};
  std::vector<std::filesystem::path> unreadable;
  const auto conversations = app::listConversations(paths.conversations, &unreadable);
  std::vector<app::ConversationInfo> matches;
  const auto name = app::normalizeRoomName(wanted);
  for (const auto& info : conversations) {
    if (!info.peer && name && app::roomNameKey(info.roomName) == app::roomNameKey(*name)) matches.push_back(info);
  }
  const bool isNoRoom = matches.empty();
  for (const auto& info : conversations) {
    if (isNoRoom && info.peer && isCalled(wanted, info)) matches.push_back(info);
  }
  constexpr std::size_t kShortestId = 4;
  for (const auto& info : conversations) {
    if (!matches.empty() || wanted.size() < kShortestId) break;
    if (app::hexOf(info.room).starts_with(wanted)) matches.push_back(info);
  }
  if (matches.size() > 1) return Error{Errc::Ambiguous, wanted};
  if (!matches.empty()) return matches.front();
  if (!unreadable.empty()) {
    auto reader = app::ConversationReader::open(unreadable.front());
    if (!reader) return reader.error();
  }
  return Error{Errc::NotFound, wanted};
}

app::Result<std::optional<app::UtcMillis>> parseBound(const std::string& typed, const app::TimeZone& zone) {
  if (typed.empty()) return std::optional<app::UtcMillis>{};
  auto time = app::parseTime(typed, zone);
  if (!time) return time.error();
  return std::optional<app::UtcMillis>{*time};
}

/// A percentage that counts up in place, for exports long enough to show one.
app::ExportProgress terminalProgress() {
  return [shown = std::uint64_t{0}](std::uint64_t done, std::uint64_t total) mutable {
    const std::uint64_t percent = total == 0 ? 100 : done * 100 / total;
    if (percent == shown || done == total) return true;
    shown = percent;
    std::cerr << "\rExporting: " << percent << " % " << std::flush;
    return true;
  };
}

app::ExportFormat formatOf(const ExportArguments& arguments) {
  if (arguments.format) return *arguments.format;
  const auto byEnding = arguments.output ? app::exportFormatOf(*arguments.output) : std::nullopt;
  return byEnding.value_or(app::ExportFormat::Text);
}

std::string whereabouts(const app::ConversationInfo& info) {
  if (info.archive) return "imported";
  return info.hostedHere ? "hosted here" : info.address;
}

}  // namespace

int failWith(const Error& error) {
  std::cerr << "earshot: " << app::describe(error) << std::endl;
  return error.code == Errc::UsageInvalid ? 2 : 1;
}

int failWith(const Error& error, const CommandLine& line) {
  const auto* host = std::get_if<HostArguments>(&line.face);
  const auto* join = std::get_if<JoinArguments>(&line.face);
  if ((host != nullptr && host->json) || (join != nullptr && join->json)) writeLine(std::cout, errorLine(error));
  return failWith(error);
}

int runExport(const ExportArguments& arguments, const app::ProfilePaths& paths) {
  const app::TimeZone zone = app::localTimeZone();
  const auto from = parseBound(arguments.from, zone);
  if (!from) return failWith(from.error());
  const auto to = parseBound(arguments.to, zone);
  if (!to) return failWith(to.error());
  const auto info = findConversation(arguments.room, paths);
  if (!info) return failWith(info.error());
  auto reader = app::ConversationReader::open(info->path);
  if (!reader) return failWith(reader.error());
  const app::ExportRange range{*from, *to};
  const app::ExportFormat format = formatOf(arguments);
  if (!arguments.output) {
    const auto written = app::exportConversation(**reader, std::cout, format, range, zone);
    if (!written) return failWith(written.error());
    std::cout.flush();
    return std::cout ? 0 : failWith({Errc::StorageFull, {}});
  }
  const bool onTerminal = errorsGoToATerminal();
  const auto written = app::exportConversation(**reader, *arguments.output, format, range, zone,
                                               onTerminal ? terminalProgress() : app::ExportProgress{});
  if (onTerminal) std::cerr << '\r';
  if (!written) return failWith(written.error());
  std::cerr << "Exported " << *written << (*written == 1 ? " message." : " messages.") << std::endl;
  return 0;
}

int runImport(const ImportArguments& arguments, const app::ProfilePaths& paths) {
  const auto imported = app::importConversation(arguments.file, paths.conversations);
  if (!imported) return failWith(imported.error());
  const std::string title = app::sanitizeForDisplay(app::titleOf(imported->info));
  const std::string id = app::hexOf(imported->info.room).substr(0, 8);
  if (imported->isNew) {
    std::cerr << "Imported " << imported->info.messageCount
              << (imported->info.messageCount == 1 ? " message" : " messages") << " as \"" << title << "\", id " << id
              << "." << std::endl;
  } else {
    std::cerr << "That conversation is here already, as \"" << title << "\", id " << id << "." << std::endl;
  }
  return 0;
}

int runRooms(const RoomsArguments& arguments, const app::ProfilePaths& paths) {
  std::vector<std::filesystem::path> unreadable;
  const auto conversations = app::listConversations(paths.conversations, &unreadable);
  for (const auto& info : conversations) {
    if (arguments.json) {
      Json line{{"room", info.roomName},
                {"room_id", app::hexOf(info.room)},
                {"address", info.address},
                {"you", info.selfName},
                {"hosted_here", info.hostedHere},
                {"messages", info.messageCount},
                {"last_activity", app::formatRfc3339(info.lastActivity)}};
      if (info.peer) {
        line["private"] = true;
        line["with"] = info.peer->name;
      }
      if (info.archive) line["imported"] = true;
      writeLine(std::cout, line);
    } else {
      std::cout << app::titleOf(info) << "  (" << info.messageCount
                << (info.messageCount == 1 ? " message" : " messages") << ", " << whereabouts(info) << ", last "
                << dateTime(info.lastActivity) << ", id " << app::hexOf(info.room).substr(0, 8) << ")\n";
    }
  }
  if (conversations.empty() && !arguments.json) std::cout << "There are no conversations on this computer yet.\n";
  std::cout.flush();
  for (const auto& file : unreadable) {
    const auto reader = app::ConversationReader::open(file);
    if (!reader) failWith(reader.error());
  }
  return unreadable.empty() ? 0 : 1;
}

}  // namespace earshot::console
