#pragma once
// What differs between systems before the first line of the program: arguments and text in UTF-8.
// One object, made first in main().

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace earshot::console {

class NativeConsole {
 public:
  /// Windows: takes the arguments as Unicode instead of argv, attaches to the console that the
  /// program was started from if it has none, and what goes to std::cout and std::cerr arrives there
  /// as Unicode, until this object ends. Elsewhere: argv is as it should be, and the locale is the
  /// user's.
  NativeConsole(int argc, char** argv);
  ~NativeConsole();
  NativeConsole(const NativeConsole&) = delete;
  NativeConsole& operator=(const NativeConsole&) = delete;

  /// UTF-8, ended by a null pointer; valid as long as this object.
  [[nodiscard]] int argc() const { return static_cast<int>(pointers_.size()) - 1; }
  [[nodiscard]] char** argv() { return pointers_.data(); }

 private:
  std::vector<std::string> arguments_;
  std::vector<char*> pointers_;
#ifdef _WIN32
  class Screen;
  std::unique_ptr<Screen> output_;  ///< none: not a console
  std::unique_ptr<Screen> errors_;
#endif
};

#ifdef _WIN32
/// Starts a program with the arguments of this one, and does not wait for it.
bool startWithSameArguments(const std::filesystem::path& program);
#endif

}  // namespace earshot::console
