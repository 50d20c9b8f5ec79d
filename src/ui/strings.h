#pragma once
// std::string is UTF-8 everywhere; wxString lives only in windows. The two ways across.

#include <filesystem>
#include <string>
#include <string_view>

#include <wx/intl.h>
#include <wx/string.h>

namespace earshot::ui {

inline wxString fromUtf8(std::string_view text) {
  return wxString::FromUTF8(text.data(), text.size());
}
inline std::string toUtf8(const wxString& text) {
  return text.utf8_string();
}

inline std::filesystem::path toPath(const wxString& text) {
  const std::string utf8 = toUtf8(text);
  return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
}
inline wxString fromPath(const std::filesystem::path& path) {
  const std::u8string utf8 = path.u8string();
  return wxString::FromUTF8(reinterpret_cast<const char*>(utf8.data()), utf8.size());
}

/// As _(), for literals with letters beyond ASCII: those are lost in the C locale otherwise.
inline wxString tr(const char* utf8) {
  return wxGetTranslation(wxString::FromUTF8(utf8));
}

/// The text as a list with markup shows it.
inline wxString escapedMarkup(wxString text) {
  text.Replace("&", "&amp;");
  text.Replace("<", "&lt;");
  text.Replace(">", "&gt;");
  return text;
}

}  // namespace earshot::ui
