#include "app/executable_path.h"

#ifdef _WIN32
#include <windows.h>

#include <string>
#elif defined(__APPLE__)
#include <mach-o/dyld.h>

#include <cstdint>
#include <string>
#endif

namespace earshot::app {

std::filesystem::path executablePath() {
  std::error_code failed;
#ifdef _WIN32
  constexpr DWORD kLongestPath = 32'768;
  std::wstring path(kLongestPath, L'\0');
  path.resize(GetModuleFileNameW(nullptr, path.data(), kLongestPath));
  return std::filesystem::path(path);
#elif defined(__APPLE__)
  std::uint32_t size = 0;
  _NSGetExecutablePath(nullptr, &size);
  std::string path(size, '\0');
  if (_NSGetExecutablePath(path.data(), &size) != 0) return {};
  return std::filesystem::canonical(path.c_str(), failed);
#else
  return std::filesystem::read_symlink("/proc/self/exe", failed);
#endif
}

}  // namespace earshot::app
