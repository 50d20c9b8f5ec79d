#include "app/invite.h"

#include "app/invite_link.h"

namespace earshot::app {

Result<WayIn> parseWayIn(std::string_view typed) {
  auto address = addressToJoin(typed);
  if (!address) return address.error();
  return WayIn{std::move(*address)};
}

}  // namespace earshot::app
