// Drives one server that runs already and prints what it cost as one JSON object. Loopback only, bounded in
// number and time. See bench/run, which starts the servers.
//   broker_load SYSTEM PORT PID MEMBERS [--tls] [--seconds S] [--rate MESSAGES_PER_SECOND] [--steady S] [--come-back]
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "crowd.h"
#include "server_process.h"

namespace earshot::load {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr std::uint32_t kInFlight = 64;
/// Long enough for the host to give back what the arrivals needed, which it does within seven seconds.
constexpr int kIdleSeconds = 8;

struct Options {
  std::string system;
  std::uint16_t port = 0;
  int pid = 0;
  std::size_t members = 0;
  bool tls = false;
  int seconds = 5;
  int rate = 0;
  int steady = 0;
  bool comeBack = false;
};

/// Until the server has nothing left to do.
void settle(Crowd& crowd, const ServerProcess& server) {
  double before = -1;
  for (int tries = 0; tries < 40; ++tries) {
    const double now = server.cpuMs();
    if (now == before) return;
    before = now;
    crowd.run(Clock::now() + 500ms);
  }
}

/// As many messages as the server delivers while kInFlight are on their way: said, and not yet heard by all.
json measureThroughput(Crowd& crowd, const ServerProcess& server, int seconds) {
  const double cpuBefore = server.cpuMs();
  const auto deliveriesBefore = crowd.deliveries();
  const auto start = Clock::now();
  const auto until = start + std::chrono::seconds(seconds);
  while (Clock::now() < until) {
    crowd.run(until, [&] {
      while (crowd.said() - crowd.heardByAll() < kInFlight) crowd.say();
      return false;
    });
  }
  crowd.run(Clock::now() + 60s, [&] { return crowd.everybodyHasAll(); });
  const std::chrono::duration<double> took = Clock::now() - start;
  settle(crowd, server);
  const double cpu = server.cpuMs() - cpuBefore;
  const auto deliveries = static_cast<double>(crowd.deliveries() - deliveriesBefore);
  return {{"deliveries", deliveries},
          {"deliveries_per_cpu_s", cpu > 0 ? deliveries / cpu * 1000 : 0},
          {"deliveries_per_s", deliveries / took.count()},
          {"server_cpu_ms", cpu}};
}

double percentile(const std::vector<std::uint32_t>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * share)] / 1000.0;
}

/// A room that talks evenly: the time from saying to hearing. A machine that stands still for a moment spoils the p99
/// of all, but of few seconds.
json measureLatency(Crowd& crowd, int rate, int seconds) {
  const auto pause = std::chrono::nanoseconds(1s) / rate;
  auto next = Clock::now();
  crowd.measureLatencies(false);
  (void)crowd.takeLatencies();
  std::vector<std::uint32_t> all;
  std::vector<double> ofSeconds;
  const auto gather = [&] {
    auto latencies = crowd.takeLatencies();
    std::sort(latencies.begin(), latencies.end());
    all.insert(all.end(), latencies.begin(), latencies.end());
    return percentile(latencies, 0.99);
  };
  for (int i = 0; i < rate * seconds; ++i) {
    if (i == rate) crowd.measureLatencies(true);  // the first second is to warm up
    crowd.say();
    next += pause;
    crowd.run(next);
    if (i > rate && i % rate == rate - 1) ofSeconds.push_back(gather());
  }
  crowd.run(Clock::now() + 30s, [&] { return crowd.everybodyHasAll(); });
  gather();
  std::sort(all.begin(), all.end());
  std::sort(ofSeconds.begin(), ofSeconds.end());
  return {{"p50_ms", percentile(all, 0.5)},
          {"p99_ms", percentile(all, 0.99)},
          {"p99_of_median_second_ms", ofSeconds.empty() ? 0 : ofSeconds[ofSeconds.size() / 2]},
          {"rate", rate}};
}

/// The one who starts the servers kills this one and starts it again; it says so on our standard input.
json measureComingBack(Crowd& crowd) {
  std::cout << json{{"ready", true}} << std::endl;
  std::string line;
  if (!std::getline(std::cin, line)) return {};  // "gone"
  if (!crowd.waitUntilGone(20s)) return {{"came_back", false}};
  if (!std::getline(std::cin, line)) return {};  // the port
  const auto back = crowd.comeBack(static_cast<std::uint16_t>(std::atoi(line.c_str())), Clock::now(), 120s);
  if (!back) return {{"came_back", false}};
  return {{"came_back", true}, {"back_in_s", static_cast<double>(back->count()) / 1000}};
}

int run(const Options& options) {
  const auto dialect = makeDialect(options.system, options.tls, options.members);
  if (!dialect) return 2;
  const ServerProcess server(options.pid);
  Crowd crowd(*dialect, options.port, options.members);
  json result{{"system", options.system}, {"tls", options.tls}, {"members", options.members}};

  const double cpuBefore = server.cpuMs();
  const double memoryBefore = server.residentKib();
  if (!crowd.bringIn(180s)) {
    result["error"] = "not everybody got in";
    std::cout << result << std::endl;
    return 1;
  }
  settle(crowd, server);
  const auto count = static_cast<double>(options.members);
  result["connect_cpu_ms"] = (server.cpuMs() - cpuBefore) / count;

  const double idleBefore = server.cpuMs();
  crowd.run(Clock::now() + std::chrono::seconds(kIdleSeconds));
  result["idle_cpu_percent"] = (server.cpuMs() - idleBefore) / (10 * kIdleSeconds);
  result["kib_per_member"] = (server.residentKib() - memoryBefore) / count;

  if (options.seconds > 0) result.update(measureThroughput(crowd, server, options.seconds));
  if (options.rate > 0 && options.steady > 0) result.update(measureLatency(crowd, options.rate, options.steady));
  result["said"] = crowd.said();
  result["in_order"] = crowd.inOrder();
  result["everybody_has_all"] = crowd.everybodyHasAll();
  if (options.comeBack) {
    const json back = measureComingBack(crowd);
    if (back.is_object()) result.update(back);
  }
  std::cout << result << std::endl;
  return 0;
}

}  // namespace
}  // namespace earshot::load

int main(int argc, char** argv) {
  using earshot::load::Options;
  if (argc < 5) {
    std::fprintf(stderr, "usage: %s SYSTEM PORT PID MEMBERS [options], see the source\n", argv[0]);
    return 2;
  }
  Options options{argv[1], static_cast<std::uint16_t>(std::atoi(argv[2])), std::atoi(argv[3]),
                  static_cast<std::size_t>(std::atoi(argv[4]))};
  for (int i = 5; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--tls") {
      options.tls = true;
    } else if (name == "--come-back") {
      options.comeBack = true;
    } else if (i + 1 < argc && name == "--seconds") {
      options.seconds = std::atoi(argv[++i]);
    } else if (i + 1 < argc && name == "--rate") {
      options.rate = std::atoi(argv[++i]);
    } else if (i + 1 < argc && name == "--steady") {
      options.steady = std::atoi(argv[++i]);
    } else {
      return 2;
    }
  }
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  return earshot::load::run(options);
}
