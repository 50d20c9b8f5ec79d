#ifndef _WIN32
#include <clocale>

#include "console/native_console.h"

namespace earshot::console {

NativeConsole::NativeConsole(int argc, char** argv) : pointers_(argv, argv + argc) {
  pointers_.push_back(nullptr);
  std::setlocale(LC_ALL, "");
}

NativeConsole::~NativeConsole() = default;

}  // namespace earshot::console
#endif
