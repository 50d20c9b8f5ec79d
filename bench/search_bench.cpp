// How long a search in one long conversation takes, what its index weighs, and what it costs to write:
//   build/release/search_bench [messages]
// Writes a conversation to a folder beside the system's other temporary files, and takes it away again.

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "app/search.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using Millis = std::chrono::duration<double, std::milli>;

constexpr std::size_t kBatch = 500;
constexpr std::size_t kHits = 200;
constexpr std::int64_t kStart = 1'600'000'000'000;
constexpr std::int64_t kBetween = 60'000;

/// Ranks as often as words are in a language (Zipf).
class Ranks {
 public:
  explicit Ranks(std::size_t count) : sums_(count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sums_[i] = sum += 1 / (static_cast<double>(i) + 3);
  }
  std::size_t operator()(std::mt19937& random) const {
    const double at = std::uniform_real_distribution<>(0, sums_.back())(random);
    return static_cast<std::size_t>(std::upper_bound(sums_.begin(), sums_.end(), at) - sums_.begin());
  }

 private:
  std::vector<double> sums_;
};

/// Made-up talk: three quarters in words with spaces, one quarter in Chinese signs.
class Talk {
 public:
  Talk() {
    constexpr std::array kSyllables{"ka", "the", "an", "do", "re", "mi", "so", "li", "ver", "ton", "es", "ing", "or"};
    for (std::size_t i = 0; i < 30'000; ++i) {
      std::string word;
      for (std::size_t rest = i + 1; rest > 0; rest /= kSyllables.size()) word += kSyllables[rest % kSyllables.size()];
      words_.push_back(word);
    }
  }

  Event next(std::uint64_t seq) {
    Event event{
        Seq{seq}, UtcMillis{std::chrono::milliseconds{kStart + static_cast<std::int64_t>(seq) * kBetween}}, {}, {}, {}};
    const std::size_t person = random_() % 1'000 == 0 ? 40 : random_() % 40;
    event.actor.bytes.fill(static_cast<std::uint8_t>(person + 1));
    event.actorName = person == 40 ? "Zoe" : "Person" + std::to_string(person);
    event.body = TextPosted{makeRandom<RequestId>(), TextStyle::Plain, seq % 4 == 0 ? signs() : sentence()};
    return event;
  }

  [[nodiscard]] const std::string& word(std::size_t rank) const { return words_[rank]; }
  static std::string sign(std::size_t rank) {
    const auto code = static_cast<unsigned>(0x4E00 + rank);
    return {static_cast<char>(0xE0U | (code >> 12U)), static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
            static_cast<char>(0x80U | (code & 0x3FU))};
  }

 private:
  std::string sentence() {
    std::string text;
    for (std::size_t left = 4 + random_() % 10; left > 0; --left) text += words_[wordRanks_(random_)] + ' ';
    return text;
  }
  std::string signs() {
    std::string text;
    for (std::size_t left = 6 + random_() % 14; left > 0; --left) text += sign(signRanks_(random_));
    return text + "。";
  }

  std::mt19937 random_{1};
  std::vector<std::string> words_;
  Ranks wordRanks_{30'000};
  Ranks signRanks_{3'000};
};

/// Wall and processor time of what happened between begin() and end().
class Stopwatch {
 public:
  void begin() {
    wallStart_ = std::chrono::steady_clock::now();
    cpuStart_ = std::clock();
  }
  void end() {
    wall_ += std::chrono::steady_clock::now() - wallStart_;
    cpu_ += std::clock() - cpuStart_;
  }
  [[nodiscard]] double wallMicrosPer(std::size_t count) const {
    return wall_.count() * 1'000 / static_cast<double>(count);
  }
  [[nodiscard]] double cpuMicrosPer(std::size_t count) const {
    return static_cast<double>(cpu_) * 1'000'000 / CLOCKS_PER_SEC / static_cast<double>(count);
  }

 private:
  Millis wall_{};
  std::clock_t cpu_ = 0;
  std::chrono::steady_clock::time_point wallStart_;
  std::clock_t cpuStart_ = 0;
};

std::unique_ptr<Conversation> open(const std::filesystem::path& folder, const RoomId& room) {
  return std::move(Conversation::open(folder, room)).value();
}

std::unique_ptr<Conversation> newRoom(const std::filesystem::path& folder, const RoomId& room) {
  auto conversation = open(folder, room);
  ConversationInfo info;
  info.room = room;
  info.roomName = "Kitchen table";
  (void)conversation->admitted(makeRandom<Epoch>(), info);
  return conversation;
}

void fill(Conversation& conversation, Talk& talk, std::size_t messages, Stopwatch& watch) {
  std::vector<Event> batch;
  for (std::size_t i = 1; i <= messages; ++i) {
    batch.push_back(talk.next(i));
    if (batch.size() < kBatch && i < messages) continue;
    watch.begin();
    (void)conversation.record(batch, MemberId{});
    watch.end();
    batch.clear();
  }
}

void make(const std::filesystem::path& folder, const RoomId& room, std::size_t messages, bool withIndex) {
  auto conversation = newRoom(folder, room);
  const auto file = conversation->path();
  if (!withIndex) {
    conversation.reset();
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("DROP TRIGGER search_added");
    conversation = open(folder, room);
  }
  Talk talk;
  Stopwatch together;
  fill(*conversation, talk, messages, together);
  constexpr std::size_t kAlone = 500;
  Stopwatch alone;
  for (std::size_t i = 1; i <= kAlone; ++i) {
    const Event event = talk.next(messages + i);
    alone.begin();
    (void)conversation->record(std::span(&event, 1), MemberId{});
    alone.end();
  }
  conversation.reset();
  const auto bytes = static_cast<double>(std::filesystem::file_size(file)) / static_cast<double>(messages);
  std::printf(
      "%-12s %6.1f us a message in batches of %zu (processor %4.1f), %6.0f us alone (processor %3.0f);"
      " %4.0f bytes a message\n",
      withIndex ? "with index:" : "without:", together.wallMicrosPer(messages), kBatch, together.cpuMicrosPer(messages),
      alone.wallMicrosPer(kAlone), alone.cpuMicrosPer(kAlone), bytes);
}

void measure(const std::filesystem::path& folder, const char* what, const SearchQuery& query) {
  constexpr int kTimes = 9;
  std::array<double, kTimes> took{};
  std::size_t hits = 0;
  for (double& each : took) {
    const auto start = std::chrono::steady_clock::now();
    hits = searchConversations(folder, query, kHits).hits.size();
    each = Millis(std::chrono::steady_clock::now() - start).count();
  }
  const double first = took[0];
  std::sort(took.begin(), took.end());
  std::printf("%-44s %8.2f ms, first %8.2f, worst %8.2f  (%zu found)\n", what, took[kTimes / 2], first, took.back(),
              hits);
}

SearchQuery forWords(const std::string& words, const std::string& person = {}) {
  SearchQuery query;
  query.words = words;
  query.person = person;
  return query;
}

/// As a program without an index left it, and as it is when that room is next entered.
void measureOldFile(const std::filesystem::path& folder, const RoomId& room, const SearchQuery& rare) {
  const auto file = folder / (hexOf(room) + ".earshot");
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec(
          "DROP TRIGGER search_added; DROP TRIGGER search_changed; DROP TRIGGER search_removed; DROP TABLE search;"
          "DROP TABLE search_days; PRAGMA user_version = 1");
  measure(folder, "rare word in a file without index", rare);
  const auto start = std::chrono::steady_clock::now();
  (void)open(folder, room);
  std::printf("making the index of that file: %.1f s\n",
              std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

void run(std::size_t messages) {
  const RoomId room = makeRandom<RoomId>();
  {
    const test::TemporaryFolder folder;
    make(folder.path(), room, messages, false);
  }
  const test::TemporaryFolder folder;
  make(folder.path(), room, messages, true);
  Talk talk;
  const auto dayOf = [&](std::size_t message) {
    return UtcMillis{std::chrono::milliseconds{kStart + static_cast<std::int64_t>(message) * kBetween}};
  };
  const std::string common = talk.word(5);
  measure(folder.path(), "common word, whole", forWords(common + " " + common));
  measure(folder.path(), "common word", forWords(common));
  measure(folder.path(), "rare word", forWords(talk.word(25'000)));
  measure(folder.path(), "a word that nobody said", forWords("quetzalcoatl"));
  measure(folder.path(), "one letter", forWords("k"));
  measure(folder.path(), "two letters", forWords("ka"));
  measure(folder.path(), "three letters", forWords("ver"));
  measure(folder.path(), "two words", forWords(talk.word(3) + " " + talk.word(900)));
  measure(folder.path(), "common Chinese word of two signs", forWords(Talk::sign(1) + Talk::sign(2)));
  measure(folder.path(), "rare Chinese word of two signs", forWords(Talk::sign(900) + Talk::sign(50)));
  measure(folder.path(), "one common Chinese sign", forWords(Talk::sign(1)));
  measure(folder.path(), "one rare Chinese sign", forWords(Talk::sign(2'500)));
  measure(folder.path(), "common word by a rare person", forWords(common, "Zoe"));
  measure(folder.path(), "one letter by a rare person", forWords("k", "Zoe"));
  SearchQuery query = forWords(common, "Person3");
  query.from = dayOf(messages / 10);
  query.to = dayOf(messages / 10 + 20 * 1'440);
  measure(folder.path(), "common word, person, 20 days long ago", query);
  query.words.clear();
  measure(folder.path(), "person, 20 days long ago", query);
  query.person.clear();
  measure(folder.path(), "20 days long ago", query);
  constexpr int kRooms = 100;
  Stopwatch ignored;
  for (int i = 0; i < kRooms; ++i) fill(*newRoom(folder.path(), makeRandom<RoomId>()), talk, 100, ignored);
  measure(folder.path(), "rare word, and 100 conversations more", forWords(talk.word(25'000)));
  measureOldFile(folder.path(), room, forWords(talk.word(25'000)));
}

}  // namespace
}  // namespace earshot::app

int main(int argc, char** argv) {
  earshot::app::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'000'000);
  return 0;
}
