#ifdef _WIN32
#include <io.h>
#include <windows.h>

#include <array>
#include <atomic>
#include <iostream>

#include "console/terminal.h"

namespace earshot::console {
namespace {

std::atomic<bool> interrupted = false;

BOOL WINAPI onInterruption(DWORD) {
  interrupted = true;
  return TRUE;
}

std::string utf8(const std::wstring& wide) {
  const auto length = static_cast<int>(wide.size());
  const int size = WideCharToMultiByte(CP_UTF8, 0, wide.data(), length, nullptr, 0, nullptr, nullptr);
  std::string text(static_cast<std::size_t>(size), '\0');
  WideCharToMultiByte(CP_UTF8, 0, wide.data(), length, text.data(), size, nullptr, nullptr);
  return text;
}

/// Read as UTF-16: as bytes, Windows gives zeros for all that is not ASCII.
std::optional<std::string> readConsole(HANDLE input, std::size_t maxBytes) {
  std::wstring line;
  for (wchar_t letter = 0;;) {
    DWORD count = 0;
    if (!ReadConsoleW(input, &letter, 1, &count, nullptr) || count == 0 || interrupted) return std::nullopt;
    if (letter == L'\n') break;
    if (line.size() == maxBytes) return std::nullopt;
    if (letter != L'\r') line += letter;
  }
  std::string text = utf8(line);
  SecureZeroMemory(line.data(), line.size() * sizeof(wchar_t));
  if (text.size() > maxBytes) return std::nullopt;
  return text;
}

std::optional<std::string> readPipe(HANDLE input, std::size_t maxBytes) {
  std::string line;
  for (char letter = 0;;) {
    DWORD count = 0;
    const bool got = ReadFile(input, &letter, 1, &count, nullptr) != 0 && count == 1;
    if (!got && line.empty()) return std::nullopt;
    if (!got || letter == '\n') break;
    if (line.size() == maxBytes) return std::nullopt;
    line += letter;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

}  // namespace

bool typesOnATerminal() {
  return _isatty(0) != 0;
}

bool errorsGoToATerminal() {
  return _isatty(2) != 0;
}

struct Interruption::Waiting {};

Interruption::Interruption() : waiting_(std::make_unique<Waiting>()) {
  interrupted = false;
  SetConsoleCtrlHandler(onInterruption, TRUE);
}

Interruption::~Interruption() {
  SetConsoleCtrlHandler(onInterruption, FALSE);
}

bool Interruption::asked() const {
  return interrupted;
}

std::optional<std::string> readTypedLine(const std::string& question, Echo echo, std::size_t maxBytes) {
  const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  DWORD mode = 0;
  if (!GetConsoleMode(input, &mode)) return readPipe(input, maxBytes);
  if (echo == Echo::Hidden) SetConsoleMode(input, (mode & ~DWORD{ENABLE_ECHO_INPUT}) | ENABLE_LINE_INPUT);
  std::cerr << question << std::flush;
  auto line = readConsole(input, maxBytes);
  SetConsoleMode(input, mode);
  if (echo == Echo::Hidden) std::cerr << std::endl;
  return line;
}

}  // namespace earshot::console
#endif
