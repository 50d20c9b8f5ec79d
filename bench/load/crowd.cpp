#include "crowd.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <queue>

#include "net/retry_plan.h"

namespace earshot::load {

using namespace std::chrono_literals;

namespace {

/// Connections that are being made at a time.
constexpr std::size_t kArrivalsAtOnce = 64;
constexpr std::size_t kReadBytes = std::size_t{256} * 1024;
/// Everybody says that they are there within this time.
constexpr std::size_t kKeepAliveSeconds = 15;

std::uint64_t nowNs() {
  return static_cast<std::uint64_t>(Clock::now().time_since_epoch() / 1ns);
}

}  // namespace

Crowd::Crowd(Dialect& dialect, std::uint16_t port, std::size_t members, std::size_t first)
    : dialect_(dialect),
      port_(port),
      first_(first),
      members_(members),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      nextKeepAlive_(Clock::now() + 1s),
      buffer_(kReadBytes) {}

Crowd::~Crowd() {
  ::close(epoll_);
}

std::size_t Crowd::listeners() const {
  return dialect_.echoes() ? members_.size() : members_.size() - 1;
}

void Crowd::open(std::size_t index) {
  Member& member = members_[index];
  member.stream = Stream(port_, dialect_.newTls(first_ + index));
  member.greeted = member.inside = false;
  member.received.clear();
  member.tlsHeld = dialect_.speaksFirst();
  if (member.tlsHeld) member.stream.holdTls();
  if (member.stream.state() == Stream::State::Closed) return gone(index);
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT;
  event.data.u64 = index;
  member.watched = true;
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, member.stream.descriptor(), &event);
}

void Crowd::watch(std::size_t index) {
  Member& member = members_[index];
  if (member.stream.state() == Stream::State::Closed) return;
  // Until the connection stands nothing but its own progress matters.
  const bool writable =
      member.stream.awaitsWritable() && !(member.greeted && member.stream.state() != Stream::State::Open);
  if (writable == member.watched) return;
  epoll_event event{};
  event.events = EPOLLIN | (writable ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
  event.data.u64 = index;
  member.watched = writable;
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, member.stream.descriptor(), &event);
}

void Crowd::gone(std::size_t index) {
  Member& member = members_[index];
  if (member.inside) --inside_;
  member.inside = false;
  member.stream.close();
  ++lost_;
  if (onGone_) onGone_(index);
}

void Crowd::greet(std::size_t index) {
  Member& member = members_[index];
  if (member.tlsHeld) {
    const auto line = member.received.find("\r\n");
    if (line == std::string::npos) return;
    member.received.erase(0, line + 2);
    member.tlsHeld = false;
    member.stream.beginTls();
  }
  if (member.stream.state() == Stream::State::Open && !member.greeted) {
    member.greeted = true;
    member.stream.send(dialect_.hello(first_ + index));
  }
  const auto progress = dialect_.greet(first_ + index, member.received, member.stream);
  if (progress == Dialect::Progress::Refused) refused_ = true;
  if (progress != Dialect::Progress::Inside) return;
  member.inside = true;
  ++inside_;
  hear(member, std::exchange(member.received, {}));
}

void Crowd::hear(Member& member, std::string_view bytes) {
  std::size_t at = 0;
  while (const auto mark = nextMark(bytes, at)) {
    if (mark->number != member.next || mark->number >= missing_.size()) {
      inOrder_ = false;
      continue;
    }
    ++member.next;
    ++deliveries_;
    if (--missing_[mark->number] == 0) ++heardByAll_;
    if (measuring_) latenciesUs_.push_back(static_cast<std::uint32_t>((readNs_ - mark->saidNs) / 1'000));
  }
  member.received.assign(bytes.substr(at));
}

void Crowd::onEvent(std::size_t index) {
  Member& member = members_[index];
  member.stream.advance();
  if (!member.greeted && !member.tlsHeld && member.stream.state() == Stream::State::Open) greet(index);
  // A second reading tells plain from "all read"; TLS hands out one record at a time.
  for (std::size_t reads = 0; reads < 64; ++reads) {
    if (member.stream.state() != Stream::State::Open) break;
    const std::size_t kept = member.received.size();
    if (member.inside) std::copy(member.received.begin(), member.received.end(), buffer_.begin());
    const auto room = std::span(buffer_).subspan(member.inside ? kept : 0);
    const std::size_t count = member.stream.read(room);
    if (count == 0) break;
    if (index == 0) dialect_.overhear({room.data(), count});
    if (member.inside) {
      hear(member, {buffer_.data(), kept + count});
    } else {
      member.received.append(buffer_.data(), count);
      greet(index);
    }
  }
  if (member.stream.state() == Stream::State::Closed) return gone(index);
  watch(index);
}

void Crowd::keepAlive() {
  if (Clock::now() < nextKeepAlive_) return;
  nextKeepAlive_ += 1s;
  const std::string word = dialect_.keepAlive();
  if (word.empty()) return;
  for (std::size_t i = 0; i < members_.size() / kKeepAliveSeconds + 1; ++i) {
    keepAliveAt_ = (keepAliveAt_ + 1) % members_.size();
    if (members_[keepAliveAt_].inside) members_[keepAliveAt_].stream.send(word);
    watch(keepAliveAt_);
  }
}

void Crowd::run(Clock::time_point until, const std::function<bool()>& done) {
  std::array<epoll_event, 512> events;
  while (!done()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    const auto count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                    static_cast<int>(std::clamp<std::int64_t>(left, 0, 200)));
    for (int i = 0; i < count; ++i) {
      readNs_ = nowNs();
      onEvent(static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64));
    }
    keepAlive();
    if (Clock::now() >= until) return;
  }
}

bool Crowd::bringIn(std::chrono::seconds patience) {
  std::size_t opened = 0;
  const auto until = Clock::now() + patience;
  run(until, [&] {
    while (opened < members_.size() && opened < inside_ + kArrivalsAtOnce) open(opened++);
    return inside_ == members_.size() || refused_ || lost_ > 0;
  });
  return inside_ == members_.size();
}

void Crowd::say() {
  missing_.push_back(static_cast<std::uint32_t>(listeners()));
  const Mark mark{static_cast<std::uint32_t>(missing_.size() - 1), nowNs()};
  members_.front().stream.send(dialect_.publish(payloadOf(mark)));
  watch(0);
}

bool Crowd::waitUntilGone(std::chrono::seconds patience) {
  run(Clock::now() + patience, [&] { return inside_ == 0; });
  return inside_ == 0;
}

std::optional<std::chrono::milliseconds> Crowd::comeBack(std::uint16_t port, Clock::time_point listening,
                                                         std::chrono::seconds patience) {
  port_ = port;
  dialect_.comesBack();
  std::uniform_real_distribution<double> chance(0.0, 1.0);
  std::vector<net::RetryPlan> plans(members_.size());
  using Attempt = std::pair<Clock::time_point, std::size_t>;
  std::priority_queue<Attempt, std::vector<Attempt>, std::greater<>> attempts;
  const auto plan = [&](std::size_t index) {
    attempts.emplace(Clock::now() + plans[index].next(0ms, chance(random_)), index);
  };
  for (std::size_t i = 0; i < members_.size(); ++i) plan(i);
  onGone_ = plan;
  const auto until = listening + patience;
  while (inside_ < members_.size() && Clock::now() < until && !refused_) {
    while (!attempts.empty() && attempts.top().first <= Clock::now()) {
      const auto index = attempts.top().second;
      attempts.pop();
      open(index);
    }
    run(Clock::now() + 5ms);
  }
  onGone_ = {};
  lost_ = 0;
  if (inside_ < members_.size()) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - listening);
}

}  // namespace earshot::load
