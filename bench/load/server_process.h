#pragma once
// What the measured process has used so far, all its threads together, from /proc.

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace earshot::load {

class ServerProcess {
 public:
  explicit ServerProcess(int pid) : folder_("/proc/" + std::to_string(pid)) {}

  /// User and system time; counted in ticks of usually 10 ms.
  [[nodiscard]] double cpuMs() const {
    std::ifstream stat(folder_ + "/stat");
    std::string line;
    std::getline(stat, line);
    std::istringstream fields(line.substr(line.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) * 1000 / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }
  [[nodiscard]] double residentKib() const {
    std::ifstream status(folder_ + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6);
    }
    return 0;
  }

 private:
  std::string folder_;
};

}  // namespace earshot::load
