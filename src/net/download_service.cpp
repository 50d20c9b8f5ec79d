#include "net/download_service.h"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "app/limits.h"
#include "app/log.h"
#include "net/download_routes.h"
#include "net/http_library.h"

namespace earshot::net {
namespace {

using app::OpenInstaller;

constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;

/// There is one once the service is open.
const HttpLibrary& http() {
  return *HttpLibrary::get();
}

struct ResponseDeleter {
  void operator()(MHD_Response* response) const { http().destroyResponse(response); }
};
using Response = std::unique_ptr<MHD_Response, ResponseDeleter>;

void addHeader(const Response& response, const char* name, const std::string& value) {
  http().addResponseHeader(response.get(), name, value.c_str());
}

Response textResponse(std::string_view text, const char* type) {
  // libmicrohttpd copies the text; its signature is older than const.
  Response response(
      http().createResponseFromBuffer(text.size(), const_cast<char*>(text.data()), MHD_RESPMEM_MUST_COPY));
  if (response) addHeader(response, "Content-Type", type);
  return response;
}

Response sentence(std::string_view text) {
  return textResponse(text, "text/plain; charset=utf-8");
}

std::string headerOf(MHD_Connection* connection, const char* name) {
  const char* value = http().lookupConnectionValue(connection, MHD_HEADER_KIND, name);
  return value != nullptr ? value : "";
}

/// One download: where in which file.
struct Piece {
  const OpenInstaller* installer;
  std::uint64_t first;
};

ssize_t readPiece(void* context, std::uint64_t position, char* into, std::size_t size) {
  const auto& piece = *static_cast<const Piece*>(context);
  if (!piece.installer->isUnchanged()) return MHD_CONTENT_READER_END_WITH_ERROR;
  const auto got = piece.installer->file.readAt(piece.first + position, std::span(into, size));
  if (!got || *got == 0) return MHD_CONTENT_READER_END_WITH_ERROR;
  return static_cast<ssize_t>(*got);
}

void forgetPiece(void* context) {
  delete static_cast<Piece*>(context);
}

void logLine(void*, const char* format, std::va_list arguments) {
  std::array<char, 512> line{};
  std::vsnprintf(line.data(), line.size(), format, arguments);
  app::log::debug(std::string("http: ") + line.data());
}

}  // namespace

class DownloadService::Desk {
 public:
  Desk(DownloadPage page, std::vector<OpenInstaller> installers)
      : page_(std::move(page)), installers_(std::move(installers)), routes_(page_.installers) {}
  ~Desk() {
    if (daemon_ != nullptr) http().stopDaemon(daemon_);
  }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  bool open(ListeningPort port) {
    if (HttpLibrary::get() == nullptr) return false;
    unsigned flags = MHD_USE_AUTO_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    if (port.isV6()) flags |= MHD_USE_IPv6;
    const std::array<MHD_OptionItem, 8> options{{
        {MHD_OPTION_EXTERNAL_LOGGER, reinterpret_cast<std::intptr_t>(&logLine), nullptr},
        {MHD_OPTION_LISTEN_SOCKET, static_cast<std::intptr_t>(port.release()), nullptr},
        {MHD_OPTION_CONNECTION_LIMIT, app::kMaxDownloadConnections, nullptr},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, app::kMaxDownloadConnectionsPerAddress, nullptr},
        {MHD_OPTION_CONNECTION_TIMEOUT, app::kIdleRequestDeadline.count(), nullptr},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, app::kMaxRequestBytes, nullptr},
        {MHD_OPTION_URI_LOG_CALLBACK, reinterpret_cast<std::intptr_t>(&Desk::onTarget), this},
        {MHD_OPTION_END, 0, nullptr},
    }};
    daemon_ = http().startDaemon(flags, 0, nullptr, nullptr, &Desk::onRequest, this, MHD_OPTION_ARRAY, options.data(),
                                 MHD_OPTION_END);
    return daemon_ != nullptr;
  }

 private:
  /// Sees the target as it was sent, before libmicrohttpd decodes it, and returns what onRequest
  /// gets: the resource, or nullptr.
  static void* onTarget(void* self, const char* target, MHD_Connection*) {
    return const_cast<DownloadRoutes::Resource*>(static_cast<Desk*>(self)->routes_.find(target));
  }

  static MHD_Result onRequest(void* self, MHD_Connection* connection, const char*, const char* method, const char*,
                              const char*, std::size_t*, void** resource) {
    return static_cast<Desk*>(self)->answer(connection, method,
                                            static_cast<const DownloadRoutes::Resource*>(*resource));
  }

  MHD_Result answer(MHD_Connection* connection, std::string_view method, const DownloadRoutes::Resource* resource) {
    if (!isAddressedByNumber(headerOf(connection, "Host"))) {
      return give(connection, MHD_HTTP_MISDIRECTED_REQUEST, sentence("Open this page by the host's address.\n"));
    }
    if (resource == nullptr) return give(connection, MHD_HTTP_NOT_FOUND, sentence("There is nothing here.\n"));
    if (!isReadingMethod(method)) {
      Response refused = sentence("This can only be read.\n");
      if (refused) addHeader(refused, "Allow", "GET, HEAD");
      return give(connection, MHD_HTTP_METHOD_NOT_ALLOWED, std::move(refused));
    }
    if (!resource->installer) {
      return give(
          connection, MHD_HTTP_OK,
          textResponse(renderDownloadPage(page_, headerOf(connection, "User-Agent")), "text/html; charset=utf-8"));
    }
    return giveFile(connection, installers_[*resource->installer]);
  }

  MHD_Result giveFile(MHD_Connection* connection, const OpenInstaller& installer) {
    if (!installer.isUnchanged()) {
      return give(connection, MHD_HTTP_GONE,
                  sentence("This file was changed after the host shared it; ask the host to share it again.\n"));
    }
    const app::Installer& about = installer.about;
    const std::string tag = "\"" + about.sha256 + "\"";
    RangeRequest wanted{RangeKind::Whole, {}};
    const std::string condition = headerOf(connection, "If-Range");
    if (condition.empty() || condition == tag) wanted = parseRange(headerOf(connection, "Range"), about.bytes);
    const std::string ofSize = "/" + std::to_string(about.bytes);
    if (wanted.kind == RangeKind::Unsatisfiable) {
      Response refused = sentence("This file is not that long.\n");
      if (refused) addHeader(refused, "Content-Range", "bytes *" + ofSize);
      return give(connection, MHD_HTTP_RANGE_NOT_SATISFIABLE, std::move(refused));
    }
    const bool part = wanted.kind == RangeKind::Part;
    const ByteRange range = part ? wanted.range : ByteRange{0, about.bytes};
    auto piece = std::make_unique<Piece>(Piece{&installer, range.first});
    Response file(http().createResponseFromCallback(range.count, kBlockBytes, &readPiece, piece.get(), &forgetPiece));
    if (!file) return MHD_NO;
    piece.release();  // NOLINT(bugprone-unused-return-value): the response forgets it
    addHeader(file, "Content-Type", "application/octet-stream");
    addHeader(file, "Content-Disposition", "attachment; filename=\"" + about.fileName + "\"");
    addHeader(file, "Accept-Ranges", "bytes");
    addHeader(file, "ETag", tag);
    if (part) {
      const std::uint64_t last = range.first + range.count - 1;
      addHeader(file, "Content-Range", "bytes " + std::to_string(range.first) + "-" + std::to_string(last) + ofSize);
    }
    http().setConnectionOption(connection, MHD_CONNECTION_OPTION_TIMEOUT,
                               static_cast<unsigned>(app::kStalledDownloadDeadline.count()));
    return give(connection, part ? MHD_HTTP_PARTIAL_CONTENT : MHD_HTTP_OK, std::move(file), "no-cache");
  }

  static MHD_Result give(MHD_Connection* connection, unsigned status, Response response,
                         const char* caching = "no-store") {
    if (!response) return MHD_NO;
    addHeader(response, "Content-Security-Policy",
              "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
              "frame-ancestors 'none'");
    addHeader(response, "X-Content-Type-Options", "nosniff");
    addHeader(response, "Referrer-Policy", "no-referrer");
    addHeader(response, "Cache-Control", caching);
    return http().queueResponse(connection, status, response.get());
  }

  const DownloadPage page_;
  const std::vector<OpenInstaller> installers_;
  const DownloadRoutes routes_;
  MHD_Daemon* daemon_ = nullptr;
};

DownloadService::DownloadService() = default;
DownloadService::~DownloadService() = default;

app::Result<std::unique_ptr<DownloadService>> DownloadService::start(ListeningPort port, DownloadPage page,
                                                                     std::vector<OpenInstaller> installers) {
  std::unique_ptr<DownloadService> service(new DownloadService);
  service->desk_ = std::make_unique<Desk>(std::move(page), std::move(installers));
  if (!service->desk_->open(std::move(port))) return app::Error{app::Errc::SharingFailed, {}};
  return service;
}

}  // namespace earshot::net
