#pragma once
// What 0600 and 0700 are on Windows: a list of who may do what that names this user and the system, and
// takes nothing over from the folder above.
#ifdef _WIN32
#include <windows.h>

namespace earshot::app {

class OnlyThisUser {
 public:
  OnlyThisUser();
  ~OnlyThisUser();
  OnlyThisUser(const OnlyThisUser&) = delete;
  OnlyThisUser& operator=(const OnlyThisUser&) = delete;

  /// For a folder (what is made in it gets the same), a file or a pipe in the making, as long as this lives.
  /// Null when the system does not tell who this user is: then what is made takes over from above.
  [[nodiscard]] SECURITY_ATTRIBUTES* get() {
    return attributes_.lpSecurityDescriptor != nullptr ? &attributes_ : nullptr;
  }

 private:
  SECURITY_ATTRIBUTES attributes_{sizeof(SECURITY_ATTRIBUTES), nullptr, FALSE};
};

}  // namespace earshot::app
#endif
