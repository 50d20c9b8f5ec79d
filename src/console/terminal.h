#pragma once
// A person at a terminal: short questions to them, without the queue that a room needs. Main thread.

#include <memory>
#include <optional>
#include <string>

namespace earshot::console {

[[nodiscard]] bool typesOnATerminal();
[[nodiscard]] bool errorsGoToATerminal();

/// As long as it lives, Ctrl+C and being asked to end do not end the program but set a mark.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  [[nodiscard]] bool asked() const;

 private:
  struct Waiting;
  std::unique_ptr<Waiting> waiting_;
};

enum class Echo { Shown, Hidden };

/// Asks a person at the terminal, on standard error and once they may begin to type; asks nobody where the
/// input is no terminal. The next line of standard input without its end, UTF-8. Nothing at the end of the
/// input, when the line is longer than maxBytes, or after an Interruption, of which one must live.
[[nodiscard]] std::optional<std::string> readTypedLine(const std::string& question, Echo echo, std::size_t maxBytes);

}  // namespace earshot::console
