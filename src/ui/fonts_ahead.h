#pragma once
// Finding and opening the fonts of the start screen takes as long as reading GTK's theme, and all of it is waited for
// when the first texts are measured. Here other threads do it meanwhile. Main thread. Does nothing except with GTK.

#include <memory>

namespace earshot::ui {

/// Has the list of this computer's fonts read, as early as possible.
void startReadingFonts();

class FontsAhead {
 public:
  /// Begins to load the fonts of the start screen. Once there is a display.
  FontsAhead();
  ~FontsAhead();
  FontsAhead(const FontsAhead&) = delete;
  FontsAhead& operator=(const FontsAhead&) = delete;

  /// All text is measured and drawn with them from here on; waits until they are there. Before the first window.
  void use();

 private:
  struct Loading;
  std::unique_ptr<Loading> loading_;
};

}  // namespace earshot::ui
