// Bytes of a database change or are missing: it is refused, or repaired with the damaged one kept; what comes
// out of it was in it, and nothing crashes.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "app/conversation.h"
#include "app/host_log.h"
#include "app/profile_check.h"
#include "reliability/run_length.h"
#include "support/temporary_folder.h"

namespace earshot::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRoom = "Kitchen table";
constexpr app::UtcMillis kNow{std::chrono::milliseconds{1'795'354'205'000}};
constexpr std::uint64_t kTexts = 150;
constexpr std::size_t kMostFlips = 20;
constexpr std::size_t kAllEvents = 1'000'000;

class Damage : public ::testing::Test {
 protected:
  void SetUp() override {
    auto profile = app::openProfile(pathsIn("good"));
    ASSERT_TRUE(profile);
    std::vector<app::Event> events;
    for (std::uint64_t seq = 1; seq <= kTexts; ++seq) {
      const std::string text = "text " + std::to_string(seq) + std::string(seq % 90, 'x');
      texts_.insert(text);
      events.push_back({app::Seq{seq}, kNow, profile->id, "Anna",
                        app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, text}});
    }
    auto log = app::HostLog::openOrCreate(pathsIn("good").rooms, kRoom);
    ASSERT_TRUE(log);
    ASSERT_TRUE((*log)->commit(events, {}));
    room_ = (*log)->identity().id;
    logFile_ = fs::relative((*log)->path(), folder_ / "good");
    auto conversation = app::Conversation::open(pathsIn("good").conversations, room_);
    ASSERT_TRUE(conversation);
    app::ConversationInfo info;
    info.room = room_;
    info.roomName = kRoom;
    info.self = profile->id;
    ASSERT_TRUE((*conversation)->admitted((*log)->identity().epoch, info));
    ASSERT_TRUE((*conversation)->record(events, app::MemberId{}));
    talkFile_ = fs::relative((*conversation)->path(), folder_ / "good");
  }

  app::ProfilePaths pathsIn(const std::string& name) const {
    return app::profilePaths(folder_ / name, folder_ / "earshot");
  }
  /// A profile of its own in which that file is harmed.
  app::ProfilePaths harm(const std::string& name, const fs::path& file, const std::string& content) const {
    fs::remove_all(folder_ / name);
    fs::copy(folder_ / "good", folder_ / name, fs::copy_options::recursive);
    writeFile(folder_ / name / file, content);
    return pathsIn(name);
  }
  static std::string harmed(std::string content, std::mt19937_64& random) {
    if (random() % 4 == 0) {
      content.resize(random() % content.size());
      return content;
    }
    for (auto flips = 1 + random() % kMostFlips; flips > 0; --flips) {
      content[random() % content.size()] ^= static_cast<char>(1U << (random() % 8));
    }
    return content;
  }
  /// As if nobody had looked before. What comes of it does not matter.
  void useUnrepaired(const app::ProfilePaths& paths) const {
    if (auto log = app::HostLog::openOrCreate(paths.rooms, kRoom)) {
      (void)(*log)->loadState().ok();
      (void)(*log)->loadAccess().ok();
      (void)(*log)->eventsAfter(app::Seq{}, kAllEvents, kAllEvents).ok();
      const std::vector<app::Event> more{{app::Seq{kTexts + 1}, kNow, {}, "Anna", app::MemberJoined{}}};
      (void)(*log)->commit(more, {}).ok();
    }
    if (auto conversation = app::Conversation::open(paths.conversations, room_)) {
      (void)(*conversation)->outbox().ok();
      (void)(*conversation)->queue({app::makeRandom<app::RequestId>(), kNow, app::TextStyle::Plain, "more"}).ok();
    }
  }
  /// How many of the texts in it were never in it.
  [[nodiscard]] std::size_t inventedIn(const app::ProfilePaths& paths) const {
    std::vector<app::Event> events;
    if (auto log = app::HostLog::openOrCreate(paths.rooms, kRoom)) {
      events = *(*log)->eventsAfter(app::Seq{}, kAllEvents, kAllEvents);
    }
    for (const auto& info : app::listConversations(paths.conversations)) {
      auto reader = app::ConversationReader::open(info.path);
      const auto stored = (*reader)->after(app::Position{}, kAllEvents);
      for (const auto& each : *stored) events.push_back(each.event);
    }
    return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [this](const app::Event& event) {
      const auto* text = std::get_if<app::TextPosted>(&event.body);
      return text != nullptr && !texts_.contains(text->text);
    }));
  }

  const TemporaryFolder folder_;
  app::RoomId room_;
  fs::path logFile_;
  fs::path talkFile_;
  std::set<std::string> texts_;
};

TEST_F(Damage, IsRefusedOrRepairedAndTheDamagedFileIsKept) {
  std::size_t unnoticed = 0;
  std::size_t repaired = 0;
  std::size_t hopeless = 0;
  const auto all = seeds(60, 1'000);
  for (const std::uint64_t seed : all) {
    SCOPED_TRACE(repeatWith(seed));
    std::mt19937_64 random(seed);
    const fs::path& file = random() % 2 == 0 ? logFile_ : talkFile_;
    const std::string bad = harmed(contentOf(folder_ / "good" / file), random);
    useUnrepaired(harm("used", file, bad));
    const auto paths = harm("checked", file, bad);
    const auto checked = app::checkProfile(paths);
    ASSERT_TRUE(checked);
    for (const app::CheckedFile& each : *checked) {
      if (each.path != folder_ / "checked" / file) continue;
      if (each.health != app::FileHealth::Damaged) {
        ++unnoticed;  // a bit of a text, or of what is nowhere used
        continue;
      }
      ASSERT_FALSE(each.problem.empty());
      const auto saved = app::repairFile(each, kNow);
      if (!saved) {
        ++hopeless;
        ASSERT_EQ(contentOf(each.path), bad) << "it was changed";
        continue;
      }
      ++repaired;
      ASSERT_EQ(contentOf(saved->kept), bad);
      ASSERT_NE(saved->kept.filename().string().find(".corrupt-"), std::string::npos);
      const auto again = app::checkProfile(paths);
      for (const app::CheckedFile& now : *again) ASSERT_EQ(now.health, app::FileHealth::Good) << now.problem;
      // A text has no check sum of its own: each flip may have hit one, and no more than that.
      ASSERT_LE(inventedIn(paths), kMostFlips);
    }
  }
  tell(std::to_string(all.size()) + " harmed files: " + std::to_string(repaired) + " repaired, " +
       std::to_string(hopeless) + " refused and left as they were, " + std::to_string(unnoticed) +
       " without a sign of it, seeds " + std::to_string(all.front()) + " to " + std::to_string(all.back()));
  EXPECT_TRUE(repaired > all.size() / 4 || all.size() == 1) << "the damage is hardly seen";
}

}  // namespace
}  // namespace earshot::test
