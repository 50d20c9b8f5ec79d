#include "ui/avatar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>

#include <utf8proc.h>
#include <wx/bitmap.h>
#include <wx/dcmemory.h>
#include <wx/font.h>
#include <wx/graphics.h>
#include <wx/image.h>
#include <wx/settings.h>

#include "ui/native_style.h"
#include "ui/transcript_text.h"

namespace earshot::ui {
namespace {

/// White letters reach a contrast of 4.5 on each of them.
constexpr std::array<std::uint32_t, 12> kColours = {0x2a75d4, 0x1b8553, 0xc4500b, 0x9141ac, 0xa8460f, 0x0f7f92,
                                                    0xc01c5e, 0x63722d, 0x6a5acd, 0x8f5a2b, 0x3d6f8e, 0xb3364d};

wxColour pick(std::uint32_t number, bool dark) {
  const std::uint32_t rgb = kColours[number % kColours.size()];
  const wxColour colour(static_cast<unsigned char>(rgb >> 16), static_cast<unsigned char>(rgb >> 8),
                        static_cast<unsigned char>(rgb));
  return dark ? mix(colour, *wxBLACK, 0.10) : colour;
}

/// FNV-1a: small, and the same on every computer (std::hash is not).
template <class Id>
std::uint32_t numberOf(const Id& id) {
  std::uint32_t hash = 2166136261u;
  for (const std::uint8_t byte : id.bytes) hash = (hash ^ byte) * 16777619u;
  return hash ^ (hash >> 15);
}

/// WCAG 2: relative luminance and contrast.
double luminance(const wxColour& colour) {
  const auto linear = [](unsigned char channel) {
    const double c = channel / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.Red()) + 0.7152 * linear(colour.Green()) + 0.0722 * linear(colour.Blue());
}
double contrast(const wxColour& a, const wxColour& b) {
  const double x = luminance(a) + 0.05;
  const double y = luminance(b) + 0.05;
  return std::max(x, y) / std::min(x, y);
}

void drawInitial(wxGraphicsContext& gc, const wxRect2DDouble& rect, const std::string& name) {
  const std::string initial = initialOf(name);
  wxFont font = fontForDrawing(wxSystemSettings::GetFont(wxSYS_DEFAULT_GUI_FONT)).Bold();
  const wxString text = wxString::FromUTF8(initial);
  double width = 0;
  double height = 0;
  double descent = 0;
  gc.SetFont(font, *wxWHITE);
  gc.GetTextExtent(text, &width, &height);
  const double wanted = rect.m_height * 0.62;
  if (height > 0) font = font.Scaled(static_cast<float>(wanted / height));
  gc.SetFont(font, *wxWHITE);
  gc.GetTextExtent(text, &width, &height, &descent);
  gc.DrawText(text, rect.m_x + (rect.m_width - width) / 2, rect.m_y + (rect.m_height - height) / 2);
}

wxBitmapBundle drawBundle(int sizeDip, const std::function<void(wxGraphicsContext&, const wxRect&)>& draw) {
  wxVector<wxBitmap> bitmaps;
  for (const int scale : {1, 2}) {
    const int size = sizeDip * scale;
    wxImage image(size, size);
    image.InitAlpha();
    std::fill_n(image.GetAlpha(), static_cast<std::size_t>(size) * static_cast<std::size_t>(size), '\0');
    const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(image));
    draw(*gc, wxRect(0, 0, size, size));
    gc->Flush();
    wxImage drawn = image;
    bitmaps.push_back(wxBitmap(drawn));
  }
  return wxBitmapBundle::FromBitmaps(bitmaps);
}

}  // namespace

wxColour avatarColour(const app::MemberId& id, bool dark) {
  return pick(numberOf(id), dark);
}
wxColour roomColour(const app::RoomId& id, bool dark) {
  return pick(numberOf(id), dark);
}

wxColour nameColour(const app::MemberId& id, const Theme& theme) {
  constexpr double kReadable = 4.6;
  wxColour colour = avatarColour(id, false);
  for (int step = 0; step < 20 && contrast(colour, theme.surface) < kReadable; ++step) {
    colour = mix(colour, theme.text, 0.1);
  }
  return theme.dark ? mix(colour, theme.text, 0.12) : colour;
}

std::string initialOf(const std::string& name) {
  for (std::size_t begin = 0; const Cluster& cluster : clustersOf(name)) {
    const std::string letter = name.substr(begin, cluster.end - begin);
    begin = cluster.end;
    if (cluster.kind == ClusterKind::Space || cluster.kind == ClusterKind::Newline) continue;
    utf8proc_int32_t first = 0;
    const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(letter.data()),
                                       static_cast<utf8proc_ssize_t>(letter.size()), &first);
    if (used <= 0) continue;
    std::array<utf8proc_uint8_t, 4> upper{};
    const auto size = utf8proc_encode_char(utf8proc_toupper(first), upper.data());
    return std::string(reinterpret_cast<const char*>(upper.data()), static_cast<std::size_t>(size)) +
           letter.substr(static_cast<std::size_t>(used));
  }
  return "?";
}

void drawAvatar(wxGraphicsContext& gc, const wxRect& rect, const std::string& name, const app::MemberId& id,
                const Theme& theme) {
  gc.SetPen(*wxTRANSPARENT_PEN);
  gc.SetBrush(gc.CreateBrush(wxBrush(avatarColour(id, theme.dark))));
  gc.DrawEllipse(rect.x, rect.y, rect.width, rect.height);
  drawInitial(gc, wxRect2DDouble(rect.x, rect.y, rect.width, rect.height), name);
}

wxBitmapBundle avatarBitmap(const std::string& name, const app::MemberId& id, const Theme& theme, int sizeDip) {
  return drawBundle(sizeDip, [&](wxGraphicsContext& gc, const wxRect& rect) { drawAvatar(gc, rect, name, id, theme); });
}

wxBitmapBundle roomBitmap(const std::string& name, const app::RoomId& id, const Theme& theme, int sizeDip) {
  return drawBundle(sizeDip, [&](wxGraphicsContext& gc, const wxRect& rect) {
    gc.SetPen(*wxTRANSPARENT_PEN);
    gc.SetBrush(gc.CreateBrush(wxBrush(roomColour(id, theme.dark))));
    gc.DrawRoundedRectangle(rect.x, rect.y, rect.width, rect.height, rect.width * 0.24);
    drawInitial(gc, wxRect2DDouble(rect.x, rect.y, rect.width, rect.height), name);
  });
}

}  // namespace earshot::ui
