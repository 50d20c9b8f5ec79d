#pragma once
// The X display as somebody sees it who sits before it: which windows are there, whether they are painted, and
// the keyboard. Each object has a connection of its own. No Xlib here: its macros take away names of wx.

#include <sys/types.h>

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace earshot::bench {

class Screen {
 public:
  Screen();
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// Gives the wallpaper a colour that no program uses, so that coloursIn() knows it.
  void colourWallpaper();

  struct Window {
    unsigned long id = 0;
    std::string title;
  };
  /// The window of this process that the window manager has in its list and that can be seen.
  [[nodiscard]] std::optional<Window> windowOf(pid_t process);
  using Colours = std::set<unsigned long>;
  /// What is on some lines of the window, 0xRRGGBB; nothing: a line of it shows what was there before, or black. Some X
  /// servers and window managers fill a window before its program paints it.
  [[nodiscard]] Colours coloursIn(const Window& window);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// May be used in a thread beside a window of GTK's.
class Keyboard {
 public:
  Keyboard();
  ~Keyboard();
  Keyboard(const Keyboard&) = delete;
  Keyboard& operator=(const Keyboard&) = delete;

  /// Presses and releases the key of this letter or digit, for whatever has the focus.
  void press(char letter);

 private:
  void* display_;
};

}  // namespace earshot::bench
