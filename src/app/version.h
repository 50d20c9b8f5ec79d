#pragma once
// Which Earshot this is. The number stands in the top CMakeLists.txt and nowhere else.

#include <string>
#include <string_view>

namespace earshot::app {

/// "0.1.0"
[[nodiscard]] std::string_view version();

/// "Earshot 0.1.0": what programs tell each other when they meet.
[[nodiscard]] std::string programAndVersion();

}  // namespace earshot::app
