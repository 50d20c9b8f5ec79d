#include "ui/transcript_text_engine.h"

#ifndef __WXGTK__

#include <algorithm>
#include <array>
#include <cmath>

#include <wx/font.h>
#include <wx/graphics.h>
#include <wx/settings.h>
#include <wx/window.h>

#include "ui/native_style.h"

namespace earshot::ui {
namespace {

constexpr std::size_t kFaces = 6;

wxString toWx(std::string_view utf8) {
  return wxString::FromUTF8(utf8.data(), utf8.size());
}

wxFont fontOf(const wxWindow& window, TextFace face) {
  const wxFont font = fontForDrawing(window.GetFont());
  switch (face) {
    case TextFace::Body:
      return font;
    case TextFace::Action:
      return font.Italic();
    case TextFace::Name:
      return font.Bold();
    case TextFace::Small:
      return font.Scaled(0.86f);
    case TextFace::SmallBold:
      return font.Scaled(0.86f).Bold();
    case TextFace::Emoji:
      return font.Scaled(2.2f);
  }
  return font;
}

/// Draws with the platform's own text; where directions mix inside one line, selection and links are
/// placed as if the line had its paragraph's direction only.
class WxEngine final : public TextEngine {
 public:
  explicit WxEngine(wxWindow& window) : measuring_(wxGraphicsContext::Create(&window)) {
    for (std::size_t i = 0; i < kFaces; ++i) {
      fonts_[i] = fontOf(window, static_cast<TextFace>(i));
      useFont(static_cast<TextFace>(i));
      double width = 0;
      double height = 0;
      measuring_->GetTextExtent("Äg", &width, &height);
      heights_[i] = static_cast<int>(std::ceil(height));
    }
  }

  int faceHeight(TextFace face) const override { return heights_[static_cast<std::size_t>(face)]; }

  double width(std::string_view line, TextFace face) const override {
    useFont(face);
    double width = 0;
    double height = 0;
    measuring_->GetTextExtent(toWx(line), &width, &height);
    return width;
  }

  std::vector<double> advances(std::string_view paragraph, std::span<const Cluster> clusters,
                               TextFace face) const override {
    useFont(face);
    wxArrayDouble ends;
    measuring_->GetPartialTextExtents(toWx(paragraph), ends);
    std::vector<double> out;
    out.reserve(clusters.size());
    std::size_t unit = 0;
    std::size_t begin = 0;
    for (const Cluster& cluster : clusters) {
      unit += toWx(paragraph.substr(begin, cluster.end - begin)).length();
      out.push_back(unit == 0 || ends.empty() ? 0 : ends[std::min(unit, ends.size()) - 1]);
      begin = cluster.end;
    }
    return out;
  }

  void draw(wxGraphicsContext& gc, const LineOfText& line, double x, double y, const wxColour& colour) override {
    gc.SetFont(fonts_[static_cast<std::size_t>(line.face)], colour);
    gc.DrawText(toWx(line.text), x, y);
  }

  std::vector<std::pair<double, double>> stretches(const LineOfText& line, TextRange bytes) override {
    const double from = advanceTo(line, bytes.begin);
    const double to = advanceTo(line, bytes.end);
    if (!line.rtl) return {{from, to}};
    const double all = advanceTo(line, line.text.size());
    return {{all - to, all - from}};
  }

  std::size_t boundaryAt(const LineOfText& line, double x) override {
    const auto clusters = clustersOf(line.text);
    const auto ends = advances(line.text, clusters, line.face);
    const double at = line.rtl && !ends.empty() ? ends.back() - x : x;
    std::size_t i = 0;
    while (i < ends.size() && at > (ends[i] + (i == 0 ? 0 : ends[i - 1])) / 2) ++i;
    return i == 0 ? 0 : clusters[i - 1].end;
  }

  std::size_t characterAt(const LineOfText& line, double x) override {
    const auto clusters = clustersOf(line.text);
    const auto ends = advances(line.text, clusters, line.face);
    const double at = line.rtl && !ends.empty() ? ends.back() - x : x;
    if (at < 0) return line.text.size();
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (at < ends[i]) return i == 0 ? 0 : clusters[i - 1].end;
    }
    return line.text.size();
  }

 private:
  void useFont(TextFace face) const { measuring_->SetFont(fonts_[static_cast<std::size_t>(face)], *wxBLACK); }

  double advanceTo(const LineOfText& line, std::size_t byte) const {
    return width(line.text.substr(0, byte), line.face);
  }

  std::unique_ptr<wxGraphicsContext> measuring_;
  std::array<wxFont, kFaces> fonts_;
  std::array<int, kFaces> heights_{};
};

}  // namespace

std::unique_ptr<TextEngine> TextEngine::create(wxWindow& window) {
  return std::make_unique<WxEngine>(window);
}

}  // namespace earshot::ui

#endif
