#pragma once

#include "ui/transcript_layout.h"

namespace earshot::ui::fake {

/// Every letter is ten pixels wide, ideographs and emoji twenty.
class FixedMeasurer final : public TextMeasurer {
 public:
  static double letterWidth(ClusterKind kind) {
    switch (kind) {
      case ClusterKind::Ideograph:
      case ClusterKind::Emoji:
      case ClusterKind::WideOpening:
      case ClusterKind::WideClosing:
        return 20;
      default:
        return 10;
    }
  }

  double width(std::string_view line, TextFace) const override {
    double sum = 0;
    for (const Cluster& cluster : clustersOf(line)) sum += letterWidth(cluster.kind);
    return sum;
  }

  std::vector<double> advances(std::string_view, std::span<const Cluster> clusters, TextFace) const override {
    std::vector<double> ends;
    double sum = 0;
    for (const Cluster& cluster : clusters) ends.push_back(sum += letterWidth(cluster.kind));
    return ends;
  }
};

inline TranscriptMetrics fixedMetrics(int textWidth) {
  TranscriptMetrics m;
  m.width = m.columnWidth = textWidth + 70;
  m.avatarLeft = 10;
  m.avatarSize = 36;
  m.textLeft = 60;
  m.textWidth = textWidth;
  m.bodyLine = 20;
  m.nameLine = 20;
  m.smallLine = 16;
  m.emojiLine = 40;
  m.dayHeight = 40;
  m.unreadHeight = 28;
  m.groupGap = 12;
  m.gap = 4;
  m.letter = 10;
  return m;
}

}  // namespace earshot::ui::fake
