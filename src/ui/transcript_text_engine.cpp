#include "ui/transcript_text_engine.h"

namespace earshot::ui {

std::string TextEngine::shortened(std::string_view text, TextFace face, double maxWidth) const {
  if (width(text, face) <= maxWidth) return std::string(text);
  const auto clusters = clustersOf(text);
  const auto advanced = advances(text, clusters, face);
  const double room = maxWidth - width("…", face);
  std::size_t fitting = 0;
  while (fitting < advanced.size() && advanced[fitting] <= room) ++fitting;
  return std::string(text.substr(0, fitting == 0 ? 0 : clusters[fitting - 1].end)) + "…";
}

}  // namespace earshot::ui
