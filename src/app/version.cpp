#include "app/version.h"

namespace earshot::app {

std::string_view version() {
  return EARSHOT_VERSION;
}

std::string programAndVersion() {
  return "Earshot " + std::string(version());
}

}  // namespace earshot::app
