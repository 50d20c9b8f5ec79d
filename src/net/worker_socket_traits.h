#pragma once
// Keeps wx from attaching a worker's sockets to the windows' event loop: asked on any other thread,
// the application's descriptor manager refuses, and wx goes on without callbacks. Give the traits
// to wx by overriding wxApp::CreateTraits().

#include <wx/app.h>
#include <wx/apptrait.h>
#include <wx/thread.h>

#ifndef _WIN32
// The body of this class is in a private header that distributions do not install; its two virtual
// functions are its whole interface and have not changed in wxWidgets 3.
class wxFDIOHandler;
class wxFDIOManager {
 public:
  enum Direction { INPUT, OUTPUT };
  virtual int AddInput(wxFDIOHandler* handler, int fd, Direction direction) = 0;
  virtual void RemoveInput(wxFDIOHandler* handler, int fd, Direction direction) = 0;
  virtual ~wxFDIOManager() = default;
};
#endif

namespace earshot::net {

#ifdef _WIN32
template <class Base>
using WorkerSocketTraits = Base;
#else
class MainThreadOnlyFdManager final : public wxFDIOManager {
 public:
  void setTarget(wxFDIOManager* target) { target_ = target; }
  int AddInput(wxFDIOHandler* handler, int fd, Direction direction) override {
    return wxIsMainThread() && target_ != nullptr ? target_->AddInput(handler, fd, direction) : -1;
  }
  void RemoveInput(wxFDIOHandler* handler, int fd, Direction direction) override {
    if (wxIsMainThread() && target_ != nullptr) target_->RemoveInput(handler, fd, direction);
  }

 private:
  wxFDIOManager* target_ = nullptr;
};

/// Base: wxGUIAppTraits or wxConsoleAppTraits.
template <class Base>
class WorkerSocketTraits : public Base {
 public:
  WorkerSocketTraits() { manager_.setTarget(Base::GetFDIOManager()); }
  wxFDIOManager* GetFDIOManager() override { return &manager_; }
#ifdef __WXOSX__
  // Windows on macOS have a manager of their own that hangs every socket into the main thread's run
  // loop without asking the one above. The one for consoles does ask.
  wxSocketManager* GetSocketManager() override {
    return wxAppTraits::GetSocketManager();
  }
#endif

 private:
  MainThreadOnlyFdManager manager_;
};
#endif

}  // namespace earshot::net
