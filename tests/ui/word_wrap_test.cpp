#include "ui/word_wrap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace earshot::ui {
namespace {

/// Each letter is ten pixels wide, and so is a space.
wxString wrapped(const std::vector<wxString>& paragraphs, int width) {
  std::vector<MeasuredWord> words;
  for (const wxString& paragraph : paragraphs) {
    bool first = true;
    for (std::size_t at = 0; at <= paragraph.length();) {
      const std::size_t end = std::min(paragraph.find(' ', at), paragraph.length());
      const wxString word = paragraph.substr(at, end - at);
      words.push_back({word, 10 * static_cast<int>(word.length()), std::exchange(first, false)});
      at = end + 1;
    }
  }
  return wrapWords(words, 10, width);
}

TEST(WordWrap, BreaksWhereTheNextWordDoesNotFit) {
  EXPECT_EQ(wrapped({"one two three"}, 1'000), "one two three");
  EXPECT_EQ(wrapped({"one two three"}, 131), "one two three");
  EXPECT_EQ(wrapped({"one two three"}, 130), "one two\nthree") << "it would touch the edge";
  EXPECT_EQ(wrapped({"one two three"}, 70), "one\ntwo\nthree");
}

TEST(WordWrap, LeavesAWordWholeThatIsTooLong) {
  EXPECT_EQ(wrapped({"a incomprehensibilities b"}, 50), "a\nincomprehensibilities\nb");
}

TEST(WordWrap, KeepsParagraphsAndSpaces) {
  EXPECT_EQ(wrapped({"one two", "", "three"}, 1'000), "one two\n\nthree");
  EXPECT_EQ(wrapped({"one  two"}, 1'000), "one  two");
  EXPECT_EQ(wrapped({}, 100), "");
  EXPECT_EQ(wrapped({""}, 100), "");
}

}  // namespace
}  // namespace earshot::ui
