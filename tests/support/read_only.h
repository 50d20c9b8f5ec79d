#pragma once
// A folder in which nobody may write for a while, not even when the tests run as the superuser,
// whom permissions do not stop: they are somebody else for that while. Not on Windows.

#ifndef _WIN32
#include <unistd.h>

#include <exception>
#include <filesystem>
#include <utility>

namespace earshot::test {

class ReadOnly {
 public:
  explicit ReadOnly(std::filesystem::path folder) : folder_(std::move(folder)) {
    using std::filesystem::perms;
    before_ = std::filesystem::status(folder_).permissions();
    constexpr auto kReadOnly = perms::owner_read | perms::owner_exec | perms::group_read | perms::group_exec |
                               perms::others_read | perms::others_exec;
    std::filesystem::permissions(folder_, kReadOnly);
    if (::geteuid() == 0) asNobody_ = ::seteuid(kNobody) == 0;
  }
  ~ReadOnly() {
    if (asNobody_ && ::seteuid(0) != 0) std::terminate();
    std::error_code ignored;
    std::filesystem::permissions(folder_, before_, ignored);
  }
  ReadOnly(const ReadOnly&) = delete;
  ReadOnly& operator=(const ReadOnly&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;

  std::filesystem::path folder_;
  std::filesystem::perms before_{};
  bool asNobody_ = false;
};

}  // namespace earshot::test
#endif
