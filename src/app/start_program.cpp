#include "app/start_program.h"

#include "app/whole_file.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <unistd.h>
#endif

namespace earshot::app {

#ifdef _WIN32

namespace {

/// As CommandLineToArgvW takes it apart again: backslashes count only before a quotation mark.
std::wstring quoted(const std::wstring& argument) {
  std::wstring out = L"\"";
  std::size_t backslashes = 0;
  for (const wchar_t c : argument) {
    if (c == L'"') out.append(backslashes + 1, L'\\');
    backslashes = c == L'\\' ? backslashes + 1 : 0;
    out += c;
  }
  return out + std::wstring(backslashes, L'\\') + L"\"";
}

}  // namespace

bool startProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
  std::wstring line = quoted(program.wstring());
  for (const std::string& argument : arguments) line += L" " + quoted(pathFromText(argument).wstring());
  STARTUPINFOW startup{};
  startup.cb = sizeof startup;
  PROCESS_INFORMATION process{};
  if (!::CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup,
                        &process)) {
    return false;
  }
  ::CloseHandle(process.hThread);
  ::CloseHandle(process.hProcess);
  return true;
}

#else

bool startProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
  std::string name = program.native();
  std::vector<std::string> copies = arguments;
  std::vector<char*> pointers{name.data()};
  for (std::string& argument : copies) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  ::execv(name.c_str(), pointers.data());
  return false;
}

#endif

}  // namespace earshot::app
