#include "console/json_line.h"

#include "app/error_text.h"

namespace earshot::console {

void writeLine(std::ostream& out, const Json& line) {
  out << line.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

Json errorLine(const app::Error& error) {
  Json line{{"event", "error"}, {"code", app::codeName(error.code)}, {"text", app::describe(error)}};
  if (error.code == app::Errc::NameTaken) line["suggestion"] = error.detail;
  return line;
}

}  // namespace earshot::console
