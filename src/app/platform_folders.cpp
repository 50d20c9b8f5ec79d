// What profile.h asks of the operating system: the folders it sets aside and the person's name.

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/names.h"
#include "app/profile.h"
#include "app/whole_file.h"

#ifdef _WIN32
#include <windows.h>
// Needs the types of the header above.
#include <lmcons.h>
#else
#include <pwd.h>
#include <unistd.h>
#endif

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

/// The value of an environment variable that holds an absolute path; others do not count (XDG).
fs::path folderFromEnvironment(const char* variable) {
#ifdef _WIN32
  const std::wstring name(variable, variable + std::char_traits<char>::length(variable));
  const wchar_t* value = ::_wgetenv(name.c_str());
#else
  const char* value = std::getenv(variable);
#endif
  if (value == nullptr) return {};
  fs::path folder(value);
  return folder.is_absolute() ? folder : fs::path();
}

#ifndef _WIN32
struct Account {
  std::string login;
  std::string fullName;
  fs::path home;
};

Account currentAccount() {
  std::vector<char> buffer(std::size_t{16} * 1024);
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) return {};
  const auto text = [](const char* value) { return std::string(value == nullptr ? "" : value); };
  Account account{text(found->pw_name), text(found->pw_gecos), text(found->pw_dir)};
  // The field holds room and telephone numbers after commas; "&" stands for the login name.
  account.fullName.resize(std::min(account.fullName.find(','), account.fullName.size()));
  if (const auto ampersand = account.fullName.find('&'); ampersand != std::string::npos) {
    account.fullName.replace(ampersand, 1, account.login);
  }
  return account;
}

fs::path homeFolder() {
  fs::path home = folderFromEnvironment("HOME");
  return home.empty() ? currentAccount().home : home;
}
#endif

ProfilePaths allIn(const fs::path& folder) {
  return {folder, folder / "conversations", folder / "rooms", folder / "logs"};
}

ProfilePaths platformPaths() {
#ifdef _WIN32
  const fs::path roaming = folderFromEnvironment("APPDATA") / "Earshot";
  const fs::path local = folderFromEnvironment("LOCALAPPDATA") / "Earshot";
  return {roaming, local / "conversations", local / "rooms", local / "logs"};
#elif defined(__APPLE__)
  return allIn(homeFolder() / "Library" / "Application Support" / "Earshot");
#else
  const auto base = [](const char* variable, const char* underHome) {
    const fs::path folder = folderFromEnvironment(variable);
    return (folder.empty() ? homeFolder() / underHome : folder) / "earshot";
  };
  const fs::path data = base("XDG_DATA_HOME", ".local/share");
  return {base("XDG_CONFIG_HOME", ".config"), data / "conversations", data / "rooms",
          base("XDG_STATE_HOME", ".local/state") / "logs"};
#endif
}

std::vector<std::string> namesOfUser() {
#ifdef _WIN32
  std::wstring name(UNLEN + 1, L'\0');
  auto length = static_cast<DWORD>(name.size());
  if (!::GetUserNameW(name.data(), &length) || length == 0) return {};
  name.resize(length - 1);
  return {textOf(fs::path(name))};
#else
  const Account account = currentAccount();
  return {account.fullName, account.login};
#endif
}

/// What a person sees as the program: its file, or the macOS bundle (Earshot.app) around it, which
/// is replaced as a whole by the next version.
fs::path programShown(const fs::path& executable) {
  const fs::path contents = executable.parent_path().parent_path();
  const bool bundled = executable.parent_path().filename() == "MacOS" && contents.filename() == "Contents" &&
                       contents.parent_path().extension() == ".app";
  return bundled ? contents.parent_path() : executable;
}

}  // namespace

ProfilePaths profilePaths(const std::optional<fs::path>& dataDir, const fs::path& executable) {
  std::error_code code;
  if (dataDir) {
    const fs::path folder = fs::absolute(*dataDir, code);
    return allIn(code ? *dataDir : folder);
  }
  const fs::path beside = programShown(executable).parent_path();
  if (!beside.empty() && fs::exists(beside / "portable", code)) return allIn(beside / "earshot-data");
  return platformPaths();
}

std::string proposedName() {
  for (const std::string& candidate : namesOfUser()) {
    if (auto name = normalizeName(candidate)) return *name;
  }
  return "Guest";
}

}  // namespace earshot::app
