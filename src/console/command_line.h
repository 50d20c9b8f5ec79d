#pragma once
// The program's arguments, parsed. docs/CONSOLE.md describes them for people.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/exporter.h"
#include "app/hosting.h"
#include "console/search_lines.h"

namespace earshot::console {

/// Without a subcommand: the window.
struct WindowArguments {};

struct HostArguments {
  std::string name;
  std::string bind;
  std::optional<std::uint16_t> port;
  app::Access access = app::Access::AsBefore;
  std::string joinCode;                              ///< well-formed; empty: the room's own
  std::optional<std::filesystem::path> shareFolder;  ///< give away the installers in it
  std::optional<std::uint16_t> sharePort;
  std::optional<std::uint32_t> history;       ///< as HostOptions::history
  std::vector<app::FloodLimitChange> limits;  ///< in the order in which they were typed
  bool headless = false;
  bool json = false;
};

struct JoinArguments {
  std::string address;  ///< as typed, or an earshot: link; empty: asked for in the window
  std::string as;
  std::optional<std::string> joinCode;  ///< as typed
  bool console = false;
  bool json = false;
};

struct ExportArguments {
  std::string room;
  std::optional<app::ExportFormat> format;      ///< none: that of the file's ending, or text
  std::optional<std::filesystem::path> output;  ///< none: standard output
  std::string from;                             ///< as typed; empty: open
  std::string to;
};

struct ImportArguments {
  std::filesystem::path file;
};

struct SearchArguments {
  TypedSearch typed;
  std::size_t limit = kSearchHits;
  bool json = false;
};

struct RoomsArguments {
  bool json = false;
};

/// Where the passphrase comes from: a file, else the terminal or standard input; never the command line,
/// which others can see.
struct BackupArguments {
  std::filesystem::path file;
  std::optional<std::filesystem::path> passphraseFile;
};

struct RestoreArguments {
  std::filesystem::path file;
  std::optional<std::filesystem::path> passphraseFile;
  bool replace = false;  ///< set aside the profile that is there, without asking
};

struct CheckArguments {
  bool repair = false;
  bool json = false;
};

/// The program has said all it had to (help, version, a usage error): leave with this code.
struct ExitNow {
  int code;
};

struct CommandLine {
  std::variant<WindowArguments, HostArguments, JoinArguments, ExportArguments, ImportArguments, SearchArguments,
               RoomsArguments, BackupArguments, RestoreArguments, CheckArguments, ExitNow>
      face;
  std::optional<std::filesystem::path> dataDir;
  bool verbose = false;
};

/// True when only a window can do what this asks for.
[[nodiscard]] bool wantsWindow(const CommandLine& line);

/// Prints help and version to standard output, a usage error as one sentence to standard error.
[[nodiscard]] CommandLine parseCommandLine(int argc, const char* const* argv, const std::string& version);

}  // namespace earshot::console
