#pragma once
// How a benchmark tells what it found: one line for each figure, its fields between tabs, as bench/member reads it.

#include <sys/types.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace earshot::bench {

struct Goal {
  enum class Kind : bool { AtMost, AtLeast };
  Kind kind;
  double limit;

  [[nodiscard]] bool isReachedBy(double figure) const {
    return kind == Kind::AtMost ? figure <= limit : figure >= limit;
  }
};

inline Goal atMost(double limit) {
  return {Goal::Kind::AtMost, limit};
}
inline Goal atLeast(double limit) {
  return {Goal::Kind::AtLeast, limit};
}

/// "what <tab> figure <tab> unit <tab> goal <tab> reached"; the last two are empty without a goal.
inline void tell(const std::string& what, double figure, const char* unit, std::optional<Goal> goal = {}) {
  std::printf("%s\t%.2f\t%s\t", what.c_str(), figure, unit);
  if (goal) {
    std::printf("%s %g\t%s\n", goal->kind == Goal::Kind::AtMost ? "<=" : ">=", goal->limit,
                goal->isReachedBy(figure) ? "reached" : "missed");
  } else {
    std::printf("\t\n");
  }
  std::fflush(stdout);
}

/// The value below which this share of them lies; 0 without any.
inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

inline double median(std::vector<double> values) {
  return quantile(std::move(values), 0.5);
}

struct Memory {
  double residentMib = 0;      ///< VmRSS: all its pages, whoever else has them too
  double proportionalMib = 0;  ///< Pss: those that several programs share are divided among them
  double anonymousMib = 0;     ///< of the resident ones, those that are of no file: its own data
};

inline Memory memoryOf(pid_t process) {
  std::ifstream rollup("/proc/" + std::to_string(process) + "/smaps_rollup");
  Memory memory;
  constexpr double kKibPerMib = 1'024;
  for (std::string line; std::getline(rollup, line);) {
    const double mib = std::strtod(line.substr(line.find(':') + 1).c_str(), nullptr) / kKibPerMib;
    if (line.starts_with("Rss:")) memory.residentMib = mib;
    if (line.starts_with("Pss:")) memory.proportionalMib = mib;
    if (line.starts_with("Anonymous:")) memory.anonymousMib = mib;
  }
  return memory;
}

}  // namespace earshot::bench
