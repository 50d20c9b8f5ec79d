#include "screen.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

namespace earshot::bench {
namespace {

constexpr unsigned long kWallpaper = 0xff00ff;
constexpr unsigned long kBlack = 0x000000;
constexpr int kLines = 24;

Display* openDisplay() {
  Display* display = XOpenDisplay(nullptr);
  if (display == nullptr) {
    std::fputs("A display is needed: tests/support/gui_session.sh gives one.\n", stderr);
    std::exit(1);
  }
  return display;
}

/// A window may go while it is asked about.
int ignoreError(Display*, XErrorEvent*) {
  return 0;
}

}  // namespace

struct Screen::Impl {
  Display* display = openDisplay();
  ::Window root = 0;
  Atom clients = 0;
  Atom processId = 0;
  Atom name = 0;

  /// The property's elements: longs for those of 32 bits, as Xlib hands them out.
  template <class T>
  std::vector<T> property(::Window window, Atom atom, Atom type) const {
    Atom actualType = 0;
    int format = 0;
    unsigned long count = 0;
    unsigned long left = 0;
    unsigned char* data = nullptr;
    constexpr long kMost = 4'096;
    if (XGetWindowProperty(display, window, atom, 0, kMost, False, type, &actualType, &format, &count, &left, &data) !=
            Success ||
        data == nullptr) {
      return {};
    }
    const auto* values = reinterpret_cast<const T*>(data);
    std::vector<T> out(values, values + count);
    XFree(data);
    return out;
  }
};

Screen::Screen() : impl_(std::make_unique<Impl>()) {
  Impl& s = *impl_;
  XSetErrorHandler(ignoreError);
  s.root = DefaultRootWindow(s.display);
  s.clients = XInternAtom(s.display, "_NET_CLIENT_LIST", False);
  s.processId = XInternAtom(s.display, "_NET_WM_PID", False);
  s.name = XInternAtom(s.display, "_NET_WM_NAME", False);
}

Screen::~Screen() {
  XCloseDisplay(impl_->display);
}

void Screen::colourWallpaper() {
  XSetWindowBackground(impl_->display, impl_->root, kWallpaper);
  XClearWindow(impl_->display, impl_->root);
  XSync(impl_->display, False);
}

std::optional<Screen::Window> Screen::windowOf(pid_t process) {
  const Impl& s = *impl_;
  for (const ::Window window : s.property<::Window>(s.root, s.clients, XA_WINDOW)) {
    const auto id = s.property<long>(window, s.processId, XA_CARDINAL);
    XWindowAttributes attributes{};
    if (id.empty() || id.front() != process || XGetWindowAttributes(s.display, window, &attributes) == 0 ||
        attributes.map_state != IsViewable) {
      continue;
    }
    const auto title = s.property<char>(window, s.name, AnyPropertyType);
    return Window{window, {title.begin(), title.end()}};
  }
  return std::nullopt;
}

Screen::Colours Screen::coloursIn(const Window& window) {
  const Impl& s = *impl_;
  XWindowAttributes place{};
  int left = 0;
  int top = 0;
  ::Window child = 0;
  if (XGetWindowAttributes(s.display, window.id, &place) == 0) return {};
  XTranslateCoordinates(s.display, window.id, s.root, 0, 0, &left, &top, &child);
  Colours colours;
  for (int line = 1; line < kLines; ++line) {
    XImage* image = XGetImage(s.display, s.root, left, top + place.height * line / kLines,
                              static_cast<unsigned>(place.width), 1, AllPlanes, ZPixmap);
    if (image == nullptr) return {};
    Colours here;
    for (int x = 0; x < place.width; ++x) here.insert(XGetPixel(image, x, 0) & 0xffffff);
    XDestroyImage(image);
    // What an X server shows of a window before its program has painted.
    if (here.contains(kWallpaper) || here == Colours{kBlack}) return {};
    colours.merge(here);
  }
  return colours;
}

Keyboard::Keyboard() : display_(openDisplay()) {}

Keyboard::~Keyboard() {
  XCloseDisplay(static_cast<Display*>(display_));
}

void Keyboard::press(char letter) {
  auto* display = static_cast<Display*>(display_);
  const char name[] = {letter, '\0'};
  const KeyCode key = XKeysymToKeycode(display, XStringToKeysym(name));
  XTestFakeKeyEvent(display, key, True, CurrentTime);
  XTestFakeKeyEvent(display, key, False, CurrentTime);
  XFlush(display);
}

}  // namespace earshot::bench
