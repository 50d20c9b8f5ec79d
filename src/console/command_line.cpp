#include "console/command_line.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>

#include "app/crypto/join_code.h"
#include "app/invite.h"

namespace earshot::console {
namespace {

constexpr int kUsageError = 2;

std::filesystem::path pathFromUtf8(const std::string& text) {
  return std::filesystem::path(std::u8string(text.begin(), text.end()));
}

/// Values of "host" whose presence is told apart from their default.
struct HostValues {
  std::uint16_t port = 0;
  bool open = false;
  std::string shareFolder;
  std::uint16_t sharePort = 0;
  std::string history;
  std::vector<std::string> limits;
};

/// "all", "none" or a number.
std::optional<std::uint32_t> historyFrom(const std::string& typed) {
  if (typed == "all") return app::kWholeHistory;
  if (typed == "none") return 0;
  std::uint32_t texts = 0;
  const auto [end, problem] = std::from_chars(typed.data(), typed.data() + typed.size(), texts);
  const bool isNumber = problem == std::errc{} && end == typed.data() + typed.size();
  return isNumber ? std::optional(texts) : std::nullopt;
}

std::string historyProblem(const std::string& typed) {
  return historyFrom(typed) ? "" : "what newcomers see of the past is all, none or a number of messages";
}

std::string limitProblem(const std::string& typed) {
  if (app::parseFloodLimit(typed)) return {};
  return "a limit is WHAT=BURST/PER_SECOND, such as texts=30/5, WHAT being texts, changes, renames, history or joins; "
         "or none or default";
}

std::string joinCodeProblem(const std::string& typed) {
  if (app::crypto::parseJoinCode(typed)) return {};
  return "a join code is three words of 3 to 12 letters and two digits, such as amber-tiger-lake-42";
}

void addHost(CLI::App& app, HostArguments& arguments, HostValues& values) {
  app.add_option("--name", arguments.name, "Name of the room (a name that is here already reopens that room)");
  app.add_option("--bind", arguments.bind, "Listen on this address of this computer only");
  app.add_option("-p,--port", values.port,
                 "Listen on this port or fail; 0 takes any free one (default: 1060 or the next free)");
  auto* joinCode = app.add_option("--join-code", arguments.joinCode,
                                  "Ask everybody for this join code (default: the room's own, or a new one)");
  joinCode->check(joinCodeProblem, "CODE");
  app.add_flag("--open", values.open, "Let everybody in without a join code")->excludes(joinCode);
  app.add_option("--history", values.history,
                 "What newcomers see of the past: all, none or a number of messages (default: as it was)")
      ->check(historyProblem, "WHAT");
  app.add_option("--limit", values.limits,
                 "How much one member may do: WHAT=BURST/PER_SECOND (texts, changes, renames, history, joins), none or "
                 "default; may be repeated (default: as it was)")
      ->allow_extra_args(false)
      ->check(limitProblem, "LIMIT");
  app.add_flag("--headless", arguments.headless, "Host without a window, until quit, Ctrl+C or SIGTERM");
  app.add_flag("--json", arguments.json, "Speak JSON, one object a line")->needs("--headless");
  app.add_option("--share-app", values.shareFolder,
                 "Let others download Earshot's installers, which are in this folder, with their browser")
      ->needs("--headless");
  app.add_option("--share-port", values.sharePort,
                 "Share on this port or fail; 0 takes any free one (default: 8060 or the next free)")
      ->needs("--share-app");
}

void addJoin(CLI::App& app, JoinArguments& arguments, std::string& joinCode) {
  auto* address = app.add_option("ADDRESS", arguments.address,
                                 "Address of the host, with :PORT if it is not 1060, or an earshot: link or invite");
  app.add_option("--as", arguments.as, "Your name in the room");
  app.add_flag("--console", arguments.console, "Chat in this terminal instead of a window")->needs(address);
  app.add_flag("--json", arguments.json, "Speak JSON, one object a line")->needs("--console");
  app.add_option("--join-code", joinCode, "The join code that the host shows (a window asks for it)")
      ->needs("--console");
}

std::string formatProblem(const std::string& typed) {
  if (app::exportFormatNamed(typed)) return {};
  return "a format is text, html, jsonl or csv";
}

void addExport(CLI::App& app, ExportArguments& arguments, std::string& format, std::string& output) {
  app.add_option("ROOM", arguments.room, "Name of the room, or its id from \"earshot rooms\"")->required();
  app.add_option("--format", format, "text, html, jsonl or csv (default: by the ending of FILE, else text)")
      ->check(formatProblem, "FORMAT");
  app.add_option("-o,--output", output, "Write to this file instead of standard output");
  app.add_option("--from", arguments.from,
                 "Only what was said from this time on, e.g. 2026-11-22 or \"2026-11-22 14:30\"");
  app.add_option("--to", arguments.to, "Only what was said before this time");
}

void addSearch(CLI::App& app, SearchArguments& arguments, std::vector<std::string>& words) {
  app.add_option("WORDS", words, "What the message says; of the last word the beginning is enough");
  app.add_option("--person", arguments.typed.person, "Only what was said by somebody of this name");
  app.add_option("--room", arguments.typed.room, "Only in this room, or with this person alone");
  app.add_option("--from", arguments.typed.from,
                 "Only what was said from this time on, e.g. 2026-11-22 or \"2026-11-22 14:30\"");
  app.add_option("--to", arguments.typed.to, "Only what was said before this time");
  app.add_option("--limit", arguments.limit, "At most so many messages, the newest (default: 100)")
      ->check(CLI::Range(std::size_t{1}, kMaxSearchHits));
  app.add_flag("--json", arguments.json, "One JSON object a line");
}

/// Paths of "backup" and "restore" as they were typed.
struct BackupPaths {
  std::string file;
  std::string passphraseFile;
};

void addBackup(CLI::App& app, BackupPaths& paths) {
  app.add_option("FILE", paths.file, "The backup")->required();
  app.add_option("--passphrase-file", paths.passphraseFile,
                 "Read the passphrase from this file's first line instead of the terminal");
}

template <class Arguments>
Arguments withPaths(Arguments arguments, const BackupPaths& paths) {
  arguments.file = pathFromUtf8(paths.file);
  if (!paths.passphraseFile.empty()) arguments.passphraseFile = pathFromUtf8(paths.passphraseFile);
  return arguments;
}

}  // namespace

CommandLine parseCommandLine(int argc, const char* const* argv, const std::string& version) {
  CommandLine line;
  HostArguments host;
  JoinArguments join;
  ExportArguments exporting;
  SearchArguments search;
  std::vector<std::string> searchWords;
  RoomsArguments rooms;
  RestoreArguments restore;
  CheckArguments check;
  BackupPaths backupPaths;
  std::string dataDir;
  std::string format;
  std::string output;
  std::string importFile;
  std::string link;
  std::string joinCode;
  HostValues hostValues;

  CLI::App program("Earshot: chat for people within earshot. Without a command it opens the window.", "earshot");
  program.set_version_flag("--version", "earshot " + version);
  program.add_option("--data-dir", dataDir, "Keep everything of this person in this folder");
  program.add_flag("--verbose", line.verbose, "Write diagnostics to standard error");
  program.add_option("LINK", link, "An earshot: link; opens the window and joins that room");
  program.fallthrough();
  program.require_subcommand(0, 1);
  auto* hostCommand = program.add_subcommand("host", "Host a room");
  addHost(*hostCommand, host, hostValues);
  auto* joinCommand = program.add_subcommand("join", "Join a room");
  addJoin(*joinCommand, join, joinCode);
  auto* exportCommand = program.add_subcommand("export", "Write a saved conversation to a file");
  addExport(*exportCommand, exporting, format, output);
  auto* importCommand = program.add_subcommand("import", "Read an exported conversation (JSON Lines) as an archive");
  importCommand->add_option("FILE", importFile, "What \"export --format jsonl\" has written")->required();
  auto* searchCommand = program.add_subcommand("search", "Find messages in all saved conversations");
  addSearch(*searchCommand, search, searchWords);
  auto* roomsCommand = program.add_subcommand("rooms", "List the conversations on this computer");
  roomsCommand->add_flag("--json", rooms.json, "One JSON object a line");
  auto* backupCommand = program.add_subcommand("backup", "Save the whole profile to a file with a passphrase");
  addBackup(*backupCommand, backupPaths);
  auto* restoreCommand = program.add_subcommand("restore", "Bring a profile back from such a file");
  addBackup(*restoreCommand, backupPaths);
  restoreCommand->add_flag("--replace", restore.replace, "Set aside the profile that is there, without asking");

  auto* checkCommand = program.add_subcommand("check", "Verify everything that is saved");
  checkCommand->add_flag("--repair", check.repair,
                         "Save what can be read of damaged files; nobody may use the profile");
  checkCommand->add_flag("--json", check.json, "One JSON object a line");

  try {
    program.parse(argc, argv);
    // Links come from other programs: nothing else may take their place, and nothing stands beside one.
    if (!link.empty() && (!app::isInviteLink(link) || !program.get_subcommands().empty())) {
      throw CLI::ExtrasError({link});
    }
  } catch (const CLI::Success& success) {
    line.face = ExitNow{program.exit(success)};
    return line;
  } catch (const CLI::ParseError& error) {
    std::cerr << "earshot: " << error.what() << " (see earshot --help)\n";
    line.face = ExitNow{kUsageError};
    return line;
  }
  if (!dataDir.empty()) line.dataDir = pathFromUtf8(dataDir);
  if (!link.empty()) {
    join.address = link;
    line.face = join;
  } else if (hostCommand->parsed()) {
    if (hostCommand->count("--port") > 0) host.port = hostValues.port;
    if (hostCommand->count("--share-app") > 0) host.shareFolder = pathFromUtf8(hostValues.shareFolder);
    if (hostCommand->count("--share-port") > 0) host.sharePort = hostValues.sharePort;
    if (!host.joinCode.empty()) host.access = app::Access::JoinCode;
    host.history = historyFrom(hostValues.history);
    for (const std::string& typed : hostValues.limits) host.limits.push_back(*app::parseFloodLimit(typed));
    if (hostValues.open) host.access = app::Access::Open;
    line.face = host;
  } else if (joinCommand->parsed()) {
    if (joinCommand->count("--join-code") > 0) join.joinCode = joinCode;
    line.face = join;
  } else if (exportCommand->parsed()) {
    if (!output.empty()) exporting.output = pathFromUtf8(output);
    exporting.format = app::exportFormatNamed(format);
    line.face = exporting;
  } else if (importCommand->parsed()) {
    line.face = ImportArguments{pathFromUtf8(importFile)};
  } else if (searchCommand->parsed()) {
    for (const std::string& word : searchWords) search.typed.words += word + ' ';
    line.face = search;
  } else if (roomsCommand->parsed()) {
    line.face = rooms;
  } else if (backupCommand->parsed()) {
    line.face = withPaths(BackupArguments{}, backupPaths);
  } else if (restoreCommand->parsed()) {
    line.face = withPaths(restore, backupPaths);
  } else if (checkCommand->parsed()) {
    line.face = check;
  }
  return line;
}

bool wantsWindow(const CommandLine& line) {
  if (const auto* host = std::get_if<HostArguments>(&line.face)) return !host->headless;
  if (const auto* join = std::get_if<JoinArguments>(&line.face)) return !join->console;
  return std::holds_alternative<WindowArguments>(line.face);
}

}  // namespace earshot::console
