#pragma once
// Where everything of a row stands: wraps text against an interface that measures it. No display.
// Coordinates are pixels, x from the view's left edge, y from the row's top.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/transcript_model.h"
#include "ui/transcript_text.h"

namespace earshot::ui {

enum class TextFace : std::uint8_t { Body, Action, Name, Small, SmallBold, Emoji };

class TextMeasurer {
 public:
  virtual ~TextMeasurer() = default;
  virtual double width(std::string_view line, TextFace face) const = 0;
  /// Width of the paragraph up to the end of each cluster, in logical order.
  virtual std::vector<double> advances(std::string_view paragraph, std::span<const Cluster> clusters,
                                       TextFace face) const = 0;
};

/// Sizes that all rows share; made anew when the width, the fonts or the resolution change.
struct TranscriptMetrics {
  int width = 0;
  int columnLeft = 0;  ///< the column is centred when the view is wider than it
  int columnWidth = 0;
  int avatarLeft = 0;
  int avatarSize = 0;
  int textLeft = 0;
  int textWidth = 0;
  int bodyLine = 0;
  int nameLine = 0;
  int smallLine = 0;
  int chipHeight = 0;
  int emojiLine = 0;
  int dayHeight = 0;
  int unreadHeight = 0;
  int groupGap = 0;
  int gap = 0;        ///< between rows of a group and around notices
  double letter = 1;  ///< average width of one, for estimates
};

struct RowContext {
  const TranscriptRow& row;
  const TranscriptRow* previous = nullptr;
  bool unreadLine = false;
  bool slow = false;  ///< has been sending for long enough to say so
  std::string_view found{};
};

/// One drawn line.
struct TextLine {
  TextRange range;      ///< with the spaces at its end, which may hang over the edge
  std::size_t ink = 0;  ///< where those spaces begin: what is drawn and measured ends here
  double width = 0;
  bool rtl = false;
};

struct PlacedLine : TextLine {
  int x = 0;
  int y = 0;
};

struct StatusLabel {
  std::string text;  ///< empty: none
  int x = 0;
  int y = 0;
  int width = 0;
  bool retry = false;
};

/// Of the text that a reply answers, above it.
struct PlacedQuote {
  std::string name;  ///< empty: nobody knows any more who wrote it
  std::string text;
  int y = 0;
};

/// One emoji below a text, with how many have added it.
struct PlacedReaction {
  std::string label;
  bool own = false;
  int x = 0;
  int y = 0;
  int width = 0;
};

struct RowLayout {
  std::string text;  ///< what stands in the row; ranges are offsets into it
  TextFace face = TextFace::Body;
  std::vector<PlacedLine> lines;
  std::vector<TextRange> links;
  std::vector<TextRange> found;
  int lineHeight = 0;

  bool notice = false;
  bool avatar = false;
  bool head = false;  ///< name and time above the text
  std::string day;    ///< of the line above; empty: none
  std::string time;
  bool unreadLine = false;
  int dayTop = 0;
  int unreadTop = 0;
  int bodyTop = 0;  ///< below day and unread lines
  int headTop = 0;
  std::optional<PlacedQuote> quote;
  std::vector<PlacedReaction> reactions;
  StatusLabel status;
  int height = 0;
};

/// Breaks at spaces and between ideographs, in words only when they are wider than a line; never
/// inside a grapheme cluster. At least one line, one more after each line end.
[[nodiscard]] std::vector<TextLine> wrapText(std::string_view text, double maxWidth, TextFace face,
                                             const TextMeasurer& measurer);

/// Whether the row begins with the sender's name: another sender, a pause, or something between.
[[nodiscard]] bool beginsGroup(const TranscriptRow& row, const TranscriptRow* previous);
[[nodiscard]] RowLayout layoutRow(const RowContext& context, const TranscriptMetrics& metrics,
                                  const TextMeasurer& measurer);
/// The height layoutRow would find, guessed without measuring.
[[nodiscard]] int estimateHeight(const RowContext& context, const TranscriptMetrics& metrics);

}  // namespace earshot::ui
