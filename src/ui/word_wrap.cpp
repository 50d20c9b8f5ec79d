#include "ui/word_wrap.h"

namespace earshot::ui {

wxString wrapWords(const std::vector<MeasuredWord>& words, int spaceWidth, int width) {
  wxString lines;
  int used = 0;
  for (const MeasuredWord& word : words) {
    const bool begins = word.beginsParagraph || used + spaceWidth + word.width >= width;
    if (&word != &words.front()) lines += begins ? "\n" : " ";
    used = begins ? word.width : used + spaceWidth + word.width;
    lines += word.text;
  }
  return lines;
}

}  // namespace earshot::ui
