#pragma once
// Safety words: eight pictures with their names, in two rows. UI thread.

#include <array>

#include "app/crypto/safety_words.h"

class wxFlexGridSizer;
class wxSizer;
class wxStaticText;
class wxWindow;

namespace earshot::ui {

class WordGrid {
 public:
  explicit WordGrid(wxWindow* parent);

  [[nodiscard]] wxSizer* sizer() const;
  void show(const app::crypto::SafetyWords& words);

 private:
  struct Cell {
    wxStaticText* picture;
    wxStaticText* name;
  };
  std::array<Cell, 8> cells_{};
  wxFlexGridSizer* sizer_;
};

}  // namespace earshot::ui
