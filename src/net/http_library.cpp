#include "net/http_library.h"

#include <optional>

#ifdef EARSHOT_MICROHTTPD_FILE
#include <dlfcn.h>

#include <string>

#include "app/log.h"
#endif

namespace earshot::net {
namespace {

#ifdef EARSHOT_MICROHTTPD_FILE

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

/// It stays loaded for as long as the program runs.
std::optional<HttpLibrary> load() {
  void* library = ::dlopen(EARSHOT_MICROHTTPD_FILE, RTLD_NOW | RTLD_LOCAL);
  HttpLibrary http{};
  const bool hasAll = library != nullptr && find(library, "MHD_start_daemon", http.startDaemon) &&
                      find(library, "MHD_stop_daemon", http.stopDaemon) &&
                      find(library, "MHD_create_response_from_buffer", http.createResponseFromBuffer) &&
                      find(library, "MHD_create_response_from_callback", http.createResponseFromCallback) &&
                      find(library, "MHD_add_response_header", http.addResponseHeader) &&
                      find(library, "MHD_queue_response", http.queueResponse) &&
                      find(library, "MHD_destroy_response", http.destroyResponse) &&
                      find(library, "MHD_lookup_connection_value", http.lookupConnectionValue) &&
                      find(library, "MHD_set_connection_option", http.setConnectionOption);
  if (hasAll) return http;
  const char* why = ::dlerror();
  app::log::warn(std::string("sharing: ") + (why != nullptr ? why : EARSHOT_MICROHTTPD_FILE));
  return std::nullopt;
}

#else

std::optional<HttpLibrary> load() {
  return HttpLibrary{&MHD_start_daemon,
                     &MHD_stop_daemon,
                     &MHD_create_response_from_buffer,
                     &MHD_create_response_from_callback,
                     &MHD_add_response_header,
                     &MHD_queue_response,
                     &MHD_destroy_response,
                     &MHD_lookup_connection_value,
                     &MHD_set_connection_option};
}

#endif

}  // namespace

const HttpLibrary* HttpLibrary::get() {
  static const std::optional<HttpLibrary> library = load();
  return library ? &*library : nullptr;
}

}  // namespace earshot::net
