#ifdef _WIN32
#include "app/only_this_user.h"

#include <sddl.h>

#include <string>
#include <vector>

namespace earshot::app {
namespace {

/// "S-1-5-21-…", or nothing.
std::wstring thisUser() {
  HANDLE token = nullptr;
  if (!::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &token)) return {};
  DWORD size = 0;
  ::GetTokenInformation(token, TokenUser, nullptr, 0, &size);
  std::vector<char> buffer(size);
  const bool known = size > 0 && ::GetTokenInformation(token, TokenUser, buffer.data(), size, &size) != 0;
  ::CloseHandle(token);
  wchar_t* text = nullptr;
  if (!known || !::ConvertSidToStringSidW(reinterpret_cast<const TOKEN_USER*>(buffer.data())->User.Sid, &text)) {
    return {};
  }
  std::wstring user(text);
  ::LocalFree(text);
  return user;
}

}  // namespace

OnlyThisUser::OnlyThisUser() {
  const std::wstring user = thisUser();
  if (user.empty()) return;
  // P: nothing from above; OICI: what is made inside gets the same; GA: everything; SY: the system itself.
  const std::wstring rights = L"D:P(A;OICI;GA;;;" + user + L")(A;OICI;GA;;;SY)";
  if (!::ConvertStringSecurityDescriptorToSecurityDescriptorW(rights.c_str(), SDDL_REVISION_1,
                                                              &attributes_.lpSecurityDescriptor, nullptr)) {
    attributes_.lpSecurityDescriptor = nullptr;
  }
}

OnlyThisUser::~OnlyThisUser() {
  if (attributes_.lpSecurityDescriptor != nullptr) ::LocalFree(attributes_.lpSecurityDescriptor);
}

}  // namespace earshot::app
#endif
