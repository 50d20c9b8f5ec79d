#pragma once
// Owners of what Pango and GObject count. Only with GTK.

#include <pango/pango.h>

#include <memory>

namespace earshot::ui {

template <auto release>
struct ReleasedBy {
  template <class Object>
  void operator()(Object* object) const {
    release(object);
  }
};
template <class Object>
using GObjectPtr = std::unique_ptr<Object, ReleasedBy<g_object_unref>>;
using FontPtr = std::unique_ptr<PangoFontDescription, ReleasedBy<pango_font_description_free>>;

}  // namespace earshot::ui
