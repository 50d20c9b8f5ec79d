#pragma once
// How much of a random test is run: a short share with every build, all of it with EARSHOT_LONG=1
// (scripts/test --long). EARSHOT_SEED=N repeats run N alone.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace earshot::test {

[[nodiscard]] inline bool isLongRun() {
  const char* wanted = std::getenv("EARSHOT_LONG");
  return wanted != nullptr && std::string(wanted) != "0";
}

/// share: for every build; all: for the long run.
[[nodiscard]] inline std::size_t runLength(std::size_t share, std::size_t all) {
  return isLongRun() ? all : share;
}

[[nodiscard]] inline std::optional<std::uint64_t> wantedSeed() {
  const char* seed = std::getenv("EARSHOT_SEED");
  return seed == nullptr ? std::nullopt : std::optional<std::uint64_t>(std::strtoull(seed, nullptr, 10));
}

/// 1 … share or all, or the one that is wanted.
[[nodiscard]] inline std::vector<std::uint64_t> seeds(std::size_t share, std::size_t all) {
  if (const auto one = wantedSeed()) return {*one};
  std::vector<std::uint64_t> list(runLength(share, all));
  for (std::size_t i = 0; i < list.size(); ++i) list[i] = i + 1;
  return list;
}

/// For SCOPED_TRACE: how this very run is repeated.
[[nodiscard]] inline std::string repeatWith(std::uint64_t seed) {
  return "repeat with EARSHOT_SEED=" + std::to_string(seed);
}

/// What a suite did, for its log.
inline void tell(const std::string& what) {
  std::cout << "[ did      ] " << what << std::endl;
}

}  // namespace earshot::test
