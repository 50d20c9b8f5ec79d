#ifdef _WIN32
#include <windows.h>
// After windows.h.
#include <fcntl.h>
#include <io.h>
#include <shellapi.h>

#include <clocale>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string_view>

#include "console/native_console.h"

namespace earshot::console {
namespace {

std::string utf8(std::wstring_view wide) {
  const auto length = static_cast<int>(wide.size());
  std::string text(
      static_cast<std::size_t>(WideCharToMultiByte(CP_UTF8, 0, wide.data(), length, nullptr, 0, nullptr, nullptr)),
      '\0');
  WideCharToMultiByte(CP_UTF8, 0, wide.data(), length, text.data(), static_cast<int>(text.size()), nullptr, nullptr);
  return text;
}

bool isOpen(DWORD which) {
  const HANDLE handle = GetStdHandle(which);
  return handle != nullptr && handle != INVALID_HANDLE_VALUE && GetFileType(handle) != FILE_TYPE_UNKNOWN;
}

/// A program with a window has no console of its own; what it says (help, version, an error) goes
/// to the one that it was started from. Pipes and files that it was given stay.
void attachToParent() {
  const bool input = isOpen(STD_INPUT_HANDLE);
  const bool output = isOpen(STD_OUTPUT_HANDLE);
  const bool errors = isOpen(STD_ERROR_HANDLE);
  if (output && errors) return;
  if (!AttachConsole(ATTACH_PARENT_PROCESS)) return;
  if (!input) (void)std::freopen("CONIN$", "r", stdin);
  if (!output) (void)std::freopen("CONOUT$", "w", stdout);
  if (!errors) (void)std::freopen("CONOUT$", "w", stderr);
}

}  // namespace

NativeConsole::NativeConsole(int argc, char** argv) {
  int count = 0;
  const std::unique_ptr<LPWSTR, decltype(&LocalFree)> wide(CommandLineToArgvW(GetCommandLineW(), &count), &LocalFree);
  if (wide) {
    for (int i = 0; i < count; ++i) arguments_.push_back(utf8(wide.get()[i]));
  } else {
    arguments_.assign(argv, argv + argc);
  }
  for (std::string& argument : arguments_) pointers_.push_back(argument.data());
  pointers_.push_back(nullptr);

  attachToParent();
  // The same bytes as on other systems: lines end in LF.
  (void)_setmode(_fileno(stdin), _O_BINARY);
  (void)_setmode(_fileno(stdout), _O_BINARY);
  (void)_setmode(_fileno(stderr), _O_BINARY);
  // The code page belongs to the console and outlives the program, so it is given back.
  formerInput_ = GetConsoleCP();
  formerOutput_ = GetConsoleOutputCP();
  if (formerInput_ != 0) SetConsoleCP(CP_UTF8);
  if (formerOutput_ != 0) SetConsoleOutputCP(CP_UTF8);
  std::setlocale(LC_ALL, "");
}

NativeConsole::~NativeConsole() {
  if (formerInput_ != 0) SetConsoleCP(formerInput_);
  if (formerOutput_ != 0) SetConsoleOutputCP(formerOutput_);
}

bool startWithSameArguments(const std::filesystem::path& program) {
  // The first argument is the name that this program was called by; what follows it stays as typed.
  std::wstring_view rest = GetCommandLineW();
  if (rest.starts_with(L'"')) {
    const std::size_t closing = rest.find(L'"', 1);
    rest.remove_prefix(closing == rest.npos ? rest.size() : closing + 1);
  } else {
    rest.remove_prefix(std::min(rest.find_first_of(L" \t"), rest.size()));
  }
  std::wstring line = L'"' + program.wstring() + L'"' + std::wstring(rest);
  STARTUPINFOW start{};
  start.cb = sizeof start;
  PROCESS_INFORMATION process{};
  if (!CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &start, &process)) {
    return false;
  }
  // The window comes to the front although this program has the keyboard now.
  AllowSetForegroundWindow(process.dwProcessId);
  CloseHandle(process.hThread);
  CloseHandle(process.hProcess);
  return true;
}

}  // namespace earshot::console
#endif
