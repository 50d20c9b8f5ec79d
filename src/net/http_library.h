#pragma once
// What is used of libmicrohttpd. Where it is a library of the system's, it is loaded when somebody shares the program:
// Debian's brings GnuTLS with it, which would cost every start 3 ms and 3 MiB.

#include <microhttpd.h>

namespace earshot::net {

struct HttpLibrary {
  decltype(&MHD_start_daemon) startDaemon;
  decltype(&MHD_stop_daemon) stopDaemon;
  decltype(&MHD_create_response_from_buffer) createResponseFromBuffer;
  decltype(&MHD_create_response_from_callback) createResponseFromCallback;
  decltype(&MHD_add_response_header) addResponseHeader;
  decltype(&MHD_queue_response) queueResponse;
  decltype(&MHD_destroy_response) destroyResponse;
  decltype(&MHD_lookup_connection_value) lookupConnectionValue;
  decltype(&MHD_set_connection_option) setConnectionOption;

  /// nullptr, and a line in the log, when it cannot be loaded. Any thread.
  [[nodiscard]] static const HttpLibrary* get();
};

}  // namespace earshot::net
