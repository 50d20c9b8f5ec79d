#include "reliability/room_run.h"

#include <algorithm>

#include "app/host_log.h"

namespace earshot::test {
namespace {

constexpr const char* kRoom = "Kitchen table";
constexpr std::size_t kAllEvents = 10'000'000;

}  // namespace

RoomRun::RoomRun(std::uint64_t seed, std::size_t people, app::Clock hostClock, app::Clock memberClock)
    : hostClock_(std::move(hostClock)), network_(seed) {
  for (std::size_t i = 0; i < people; ++i) {
    const std::string name = "Person " + std::to_string(i + 1);
    people_.push_back(std::make_unique<Person>(folder_ / name, name, network_.address(), memberClock));
  }
}

RoomRun::~RoomRun() {
  people_.clear();
}

void RoomRun::openRoom() {
  if (host_) return;
  host_ = std::make_unique<TestHost>(TestHost::openRoom(rooms_, 0, kRoom), hostClock_);
  network_.leadTo(host_->port());
}

void RoomRun::closeRoom() {
  if (!host_) return;
  network_.leadTo(0);
  host_->stopAndWait();
  host_.reset();
}

bool RoomRun::begin() {
  openRoom();
  return std::all_of(people_.begin(), people_.end(), [](const auto& person) { return person->comeIn(); });
}

std::string RoomRun::settle() {
  network_.strike(0);
  network_.holdBack(false);
  openRoom();
  for (const auto& person : people_) {
    if (!person->comeIn()) return "cannot come in: " + person->state();
  }
  for (const auto& person : people_) {
    if (!person->waitUntilAllSent()) return "cannot send: " + person->state();
  }
  const auto last = people_.front()->say("That was all.");
  for (const auto& person : people_) {
    if (!person->waitUntilShown(last)) return "does not get the end: " + person->state();
  }
  settled_ = people_.front()->numberOf(last);
  return {};
}

History RoomRun::history() {
  for (const auto& person : people_) person->stop();
  closeRoom();
  History history;
  history.settled = settled_;
  for (const auto& person : people_) history.parties.push_back(person->party());
  auto log = app::HostLog::openOrCreate(rooms_, kRoom);
  if (!log) return history;
  const auto events = (*log)->eventsAfter(app::Seq{}, kAllEvents, kAllEvents * 1'000);
  if (!events) return history;
  for (const app::Event& event : *events) history.log.push_back(entryOf(event));
  return history;
}

}  // namespace earshot::test
