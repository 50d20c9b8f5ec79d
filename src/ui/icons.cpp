#include "ui/icons.h"

#include <string>

#include <wx/bitmap.h>
#include <wx/icon.h>

#include "embedded/icons.h"

namespace earshot::ui {
namespace {

constexpr std::string_view kColourWord = "currentColor";

wxBitmapBundle fromSvg(const std::string& svg, int sizeDip) {
  return wxBitmapBundle::FromSVG(svg.c_str(), wxSize(sizeDip, sizeDip));
}

}  // namespace

wxBitmapBundle icon(std::string_view svg, const wxColour& colour, int sizeDip) {
  std::string coloured(svg);
  const std::string hex = colour.GetAsString(wxC2S_HTML_SYNTAX).utf8_string();
  for (std::size_t at = coloured.find(kColourWord); at != std::string::npos; at = coloured.find(kColourWord, at)) {
    coloured.replace(at, kColourWord.size(), hex);
  }
  return fromSvg(coloured, sizeDip);
}

wxIconBundle programIcons(std::initializer_list<int> sizes) {
  wxIconBundle bundle;
  const wxBitmapBundle logo = programLogo(128);
  for (const int size : sizes) {
    wxIcon one;
    one.CopyFromBitmap(logo.GetBitmap(wxSize(size, size)));
    bundle.AddIcon(one);
  }
  return bundle;
}

wxBitmapBundle programLogo(int sizeDip) {
  return fromSvg(std::string(icons::earshot_svg), sizeDip);
}

}  // namespace earshot::ui
