#include "app/log.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <iostream>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "app/text.h"
#include "app/whole_file.h"

namespace earshot::app::log {

namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{1024} * 1024;
constexpr std::size_t kMaxFiles = 3;

struct Log {
  std::shared_ptr<spdlog::sinks::dist_sink_mt> sinks = std::make_shared<spdlog::sinks::dist_sink_mt>();
  spdlog::logger logger{"earshot", sinks};

  Log() {
    // Nothing is worse than diagnostics that stop the program or fill its error output.
    logger.set_error_handler([](const std::string&) {});
    logger.set_level(spdlog::level::debug);
    logger.flush_on(spdlog::level::warn);
    sinks->set_sinks({errorOutput(spdlog::level::warn)});
  }

  /// Through the stream, which fails quietly where there is no error output (a window on Windows).
  static spdlog::sink_ptr errorOutput(spdlog::level::level_enum level) {
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(std::cerr, true);
    sink->set_level(level);
    sink->set_formatter(formatted("earshot: %l: %v"));
    return sink;
  }

  /// Lines end in LF on every system.
  static std::unique_ptr<spdlog::formatter> formatted(const char* pattern) {
    return std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::local, "\n");
  }
};

/// Lives as long as the program, so that threads may log until the very end.
Log& instance() {
  static Log* const log = new Log;
  return *log;
}

/// spdlog's file names are wide on Windows and narrow elsewhere, unless it was built otherwise.
template <class Text>
Text fileNameOf(const std::filesystem::path& file) {
  if constexpr (std::is_same_v<Text, std::filesystem::path::string_type>) {
    return file.native();
  } else {
    return file.string();
  }
}

void write(spdlog::level::level_enum level, std::string_view message) {
  instance().logger.log(level, spdlog::string_view_t(sanitizeForDisplay(message)));
}

}  // namespace

void start(const std::filesystem::path& folder, bool verbose) {
  std::vector<spdlog::sink_ptr> sinks{Log::errorOutput(verbose ? spdlog::level::debug : spdlog::level::warn)};
  if (!verbose && makePrivateFolder(folder).ok()) {
    try {
      const auto path = folder / "earshot.log";
      auto file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(fileNameOf<spdlog::filename_t>(path),
                                                                         kMaxFileBytes, kMaxFiles - 1);
      using std::filesystem::perms;
      std::filesystem::permissions(path, perms::owner_read | perms::owner_write);
      file->set_formatter(Log::formatted("%Y-%m-%dT%H:%M:%S.%e%z [%t] %l: %v"));
      sinks.push_back(std::move(file));
    } catch (const std::exception&) {
      // A program that cannot write its log still chats.
    }
  }
  instance().sinks->set_sinks(std::move(sinks));
}

void debug(std::string_view message) {
  write(spdlog::level::debug, message);
}

void info(std::string_view message) {
  write(spdlog::level::info, message);
}

void warn(std::string_view message) {
  write(spdlog::level::warn, message);
}

void error(std::string_view message) {
  write(spdlog::level::err, message);
}

}  // namespace earshot::app::log
