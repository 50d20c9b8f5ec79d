#ifdef _WIN32
#include <windows.h>
// After windows.h.
#include <fcntl.h>
#include <io.h>
#include <shellapi.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <memory>
#include <streambuf>
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

std::wstring utf16(std::string_view text) {
  const auto length = static_cast<int>(text.size());
  std::wstring wide(static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, text.data(), length, nullptr, 0)), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, text.data(), length, wide.data(), static_cast<int>(wide.size()));
  return wide;
}

/// How many bytes end with a whole letter: all but those of one that has only begun.
std::size_t wholeLetters(std::string_view text) {
  std::size_t lead = text.size();
  while (lead > 0 && text.size() - lead < 3 && (static_cast<unsigned char>(text[lead - 1]) & 0xc0) == 0x80) --lead;
  if (lead == 0) return text.size();
  --lead;
  const auto first = static_cast<unsigned char>(text[lead]);
  const std::size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return text.size() - lead < wanted ? lead : text.size();
}

bool isConsole(DWORD which) {
  DWORD mode = 0;
  return GetConsoleMode(GetStdHandle(which), &mode) != 0;
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

/// A stream's way to the console. The C runtime would write byte by byte, and a console takes no
/// halves of letters.
class NativeConsole::Screen final : public std::streambuf {
 public:
  Screen(std::ostream& stream, DWORD which)
      : stream_(stream), former_(stream.rdbuf(this)), console_(GetStdHandle(which)) {}
  ~Screen() override {
    stream_.flush();
    stream_.rdbuf(former_);
  }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

 protected:
  int_type overflow(int_type next) override {
    if (!traits_type::eq_int_type(next, traits_type::eof())) pending_ += traits_type::to_char_type(next);
    return traits_type::not_eof(next);
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    pending_.append(text, static_cast<std::size_t>(size));
    if (pending_.size() > kLongest) sync();
    return size;
  }
  int sync() override {
    const std::size_t whole = wholeLetters(pending_);
    const std::wstring wide = utf16({pending_.data(), whole});
    pending_.erase(0, whole);
    DWORD written = 0;
    const auto size = static_cast<DWORD>(wide.size());
    return size == 0 || WriteConsoleW(console_, wide.data(), size, &written, nullptr) ? 0 : -1;
  }

 private:
  static constexpr std::size_t kLongest = 4096;  ///< bytes at once; consoles refuse very long texts

  std::ostream& stream_;
  std::streambuf* former_;
  HANDLE console_;
  std::string pending_;
};

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
  if (isConsole(STD_OUTPUT_HANDLE)) output_ = std::make_unique<Screen>(std::cout, STD_OUTPUT_HANDLE);
  if (isConsole(STD_ERROR_HANDLE)) errors_ = std::make_unique<Screen>(std::cerr, STD_ERROR_HANDLE);
  std::setlocale(LC_ALL, "");
}

NativeConsole::~NativeConsole() = default;

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
