#pragma once
// The order of ids that one sender makes in a row. Pure; any thread.

#include <cstddef>

#include "app/ids.h"

namespace earshot::app {

/// One more, the bytes read as a number with the highest first; after the greatest comes zero.
[[nodiscard]] constexpr RequestId following(RequestId id) {
  for (std::size_t i = RequestId::kSize; i-- > 0 && ++id.bytes[i] == 0;) {
  }
  return id;
}

}  // namespace earshot::app
