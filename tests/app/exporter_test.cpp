#include "app/exporter.h"
#include "app/whole_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/temporary_folder.h"

#ifndef _WIN32
#include <sys/resource.h>

#include <csignal>

#include "support/read_only.h"
#endif

namespace earshot::app {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::contentOf;
using test::writeFile;

const TimeZone kUtc{[](UtcMillis) { return 0min; }, "UTC"};
constexpr UtcMillis kStart{1'795'354'205'000ms};  // 2026-11-22 13:30:05

/// A conversation of one member and what was written of it.
class ExporterTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Conversation::open(folder / "data", makeRandom<RoomId>());
    ASSERT_TRUE(opened);
    conversation = std::move(*opened);
    ConversationInfo info;
    info.roomName = "Kitchen table";
    info.address = "192.168.1.20:1060";
    info.selfName = "Anna";
    info.lastActivity = kStart;
    ASSERT_TRUE(conversation->admitted(makeRandom<Epoch>(), info));
    auto read = ConversationReader::open(conversation->path());
    ASSERT_TRUE(read);
    reader = std::move(*read);
    fs::create_directory(folder / "out");
  }

  void record(const std::vector<Event>& events) { ASSERT_TRUE(conversation->record(events, MemberId{})); }
  /// Number `seq` is said `seq` seconds after the start.
  static Event text(std::uint64_t seq) {
    return {Seq{seq}, kStart + std::chrono::seconds{seq}, MemberId{}, "Anna",
            TextPosted{makeRandom<RequestId>(), TextStyle::Plain, "text " + std::to_string(seq)}};
  }
  void recordTexts(std::uint64_t first, std::uint64_t last) {
    std::vector<Event> events;
    for (std::uint64_t seq = first; seq <= last; ++seq) events.push_back(text(seq));
    record(events);
  }

  Result<std::uint64_t> toFile(const ExportRange& range = {}, const ExportProgress& progress = {}) {
    return exportConversation(*reader, target, ExportFormat::Text, range, kUtc, progress);
  }
  void expectFailure(const Result<std::uint64_t>& result, Errc code) const {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, code);
  }
  [[nodiscard]] std::vector<std::string> filesWritten() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder / "out")) names.push_back(entry.path().filename().string());
    return names;
  }

  test::TemporaryFolder folder;
  fs::path target = folder / "out" / pathFromText("Gespräch 你好.txt");
  std::unique_ptr<Conversation> conversation;
  std::unique_ptr<ConversationReader> reader;
};

std::vector<std::string> lines(const std::string& text, const std::string& prefix) {
  std::vector<std::string> found;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(prefix)) found.push_back(line);
  }
  return found;
}

/// What the header says about events, and how many there are.
void expectCountIsTrue(const std::string& text) {
  const auto stated = lines(text, "Events: ");
  ASSERT_EQ(stated.size(), 1U);
  EXPECT_EQ(stated.front(), "Events: " + std::to_string(lines(text, "[").size()));
}

TEST_F(ExporterTest, WritesTheWholeConversation) {
  record({{Seq{1}, kStart, MemberId{}, "Anna", MemberJoined{}},
          {Seq{2}, kStart + 4s, MemberId{}, "Anna", TextPosted{RequestId{}, TextStyle::Plain, "Grüße 🎉 مرحبا 你好"}},
          {Seq{3}, kStart + 9s, MemberId{}, "Anna", MemberLeft{}}});
  const auto messages = toFile();
  ASSERT_TRUE(messages);
  EXPECT_EQ(*messages, 1U);
  EXPECT_EQ(contentOf(target),
            "Earshot conversation\n"
            "Room: Kitchen table\n"
            "Address: 192.168.1.20:1060\n"
            "Range: everything\n"
            "Time zone: UTC+00:00 (UTC)\n"
            "Messages: 1\n"
            "Events: 3\n"
            "Missing: none known\n"
            "\n"
            "--- Sunday, 22 November 2026 ---\n"
            "[13:30:05] -- Anna joined\n"
            "[13:30:09] Anna: Grüße 🎉 مرحبا 你好\n"
            "[13:30:14] -- Anna left\n");
}

TEST_F(ExporterTest, WritesToAStreamWhatItWritesToAFile) {
  recordTexts(1, 30);
  std::ostringstream out;
  ASSERT_TRUE(exportConversation(*reader, out, ExportFormat::Text, {}, kUtc));
  ASSERT_TRUE(toFile());
  EXPECT_EQ(out.str(), contentOf(target));
}

TEST_F(ExporterTest, TakesARangeFromItsStartUpToButWithoutItsEnd) {
  recordTexts(1, 10);
  const auto messages = toFile({kStart + 3s, kStart + 6s});
  ASSERT_TRUE(messages);
  EXPECT_EQ(*messages, 3U);
  EXPECT_EQ(
      lines(contentOf(target), "["),
      (std::vector<std::string>{"[13:30:08] Anna: text 3", "[13:30:09] Anna: text 4", "[13:30:10] Anna: text 5"}));
  expectCountIsTrue(contentOf(target));
}

TEST_F(ExporterTest, WritesOnlyTheHeaderWhenTheRangeIsEmpty) {
  recordTexts(1, 10);
  const auto messages = toFile({kStart + 1h, {}});
  ASSERT_TRUE(messages);
  EXPECT_EQ(*messages, 0U);
  EXPECT_EQ(lines(contentOf(target), "Messages: "), std::vector<std::string>{"Messages: 0"});
  expectCountIsTrue(contentOf(target));
}

TEST_F(ExporterTest, StatesBothOffsetsWhenClocksChangedMeanwhile) {
  recordTexts(1, 10);
  const TimeZone zone{[](UtcMillis time) { return time < kStart + 5s ? 120min : 60min; }, "CET/CEST"};
  std::ostringstream out;
  ASSERT_TRUE(exportConversation(*reader, out, ExportFormat::Text, {}, zone));
  EXPECT_EQ(lines(out.str(), "Time zone: "), std::vector<std::string>{"Time zone: UTC+02:00 to UTC+01:00 (CET/CEST)"});
}

TEST_F(ExporterTest, ReplacesAnOlderExport) {
  writeFile(target, std::string(100'000, 'x'));
  recordTexts(1, 3);
  ASSERT_TRUE(toFile());
  EXPECT_TRUE(contentOf(target).starts_with("Earshot conversation\n"));
  EXPECT_TRUE(contentOf(target).ends_with("Anna: text 3\n"));
  EXPECT_EQ(filesWritten().size(), 1U);
}

TEST_F(ExporterTest, StatesWhatTheFileHoldsEvenIfPeopleTalkMeanwhile) {
  // Number 500 is missing, as an own text may be whose acknowledgement comes late.
  recordTexts(1, 499);
  recordTexts(501, 2500);
  bool spoken = false;
  const auto messages = toFile({}, [&](std::uint64_t, std::uint64_t) {
    if (!spoken) {
      recordTexts(500, 500);
      recordTexts(2501, 2600);
      spoken = true;
    }
    return true;
  });
  ASSERT_TRUE(messages);
  ASSERT_TRUE(spoken);
  EXPECT_EQ(*messages, 2499U);
  EXPECT_EQ(lines(contentOf(target), "[").size(), 2499U);
  expectCountIsTrue(contentOf(target));
}

TEST_F(ExporterTest, CountsWhatIsMissingBetweenItsFirstEventAndItsLast) {
  recordTexts(5, 6);  // what was said before one came is not missing
  recordTexts(9, 10);
  recordTexts(12, 13);
  ASSERT_TRUE(toFile());
  EXPECT_EQ(lines(contentOf(target), "Missing: "), std::vector<std::string>{"Missing: 3 events in 2 places"});
  ASSERT_TRUE(toFile({kStart + 9s, kStart + 11s}));
  EXPECT_EQ(lines(contentOf(target), "Missing: "), std::vector<std::string>{"Missing: none known"});
  ASSERT_TRUE(toFile({kStart + 6s, kStart + 10s}));
  EXPECT_EQ(lines(contentOf(target), "Missing: "), std::vector<std::string>{"Missing: 2 events in 1 place"});
}

TEST_F(ExporterTest, MissesNothingBetweenTwoEpochsOrWhereTheClockWentBack) {
  recordTexts(1, 3);
  Event late = text(4);
  late.time = kStart + 1h;
  record({late});
  recordTexts(5, 6);
  ConversationInfo info;
  info.roomName = "Kitchen table";
  ASSERT_TRUE(conversation->admitted(makeRandom<Epoch>(), info));
  recordTexts(900, 901);
  ASSERT_TRUE(toFile({{}, kStart + 30min}));
  EXPECT_EQ(lines(contentOf(target), "Missing: "), std::vector<std::string>{"Missing: none known"});
}

TEST(ExportFormatNames, GoBothWaysAndFollowTheEndingOfAFile) {
  for (const auto format : {ExportFormat::Text, ExportFormat::Html, ExportFormat::JsonLines, ExportFormat::Csv}) {
    EXPECT_EQ(exportFormatNamed(nameOf(format)), format);
    EXPECT_EQ(exportFormatOf("x" + std::string(extensionOf(format))), format);
  }
  EXPECT_EQ(exportFormatOf("folder.csv/x.HTM"), ExportFormat::Html);
  EXPECT_EQ(exportFormatOf("x.CSV"), ExportFormat::Csv);
  EXPECT_FALSE(exportFormatOf("x"));
  EXPECT_FALSE(exportFormatOf("x.doc"));
  EXPECT_FALSE(exportFormatNamed("xml"));
}

TEST_F(ExporterTest, TellsItsProgressUpToTheEnd) {
  recordTexts(1, 2500);
  std::vector<std::uint64_t> done;
  ASSERT_TRUE(toFile({}, [&](std::uint64_t now, std::uint64_t total) {
    EXPECT_EQ(total, 2500U);
    EXPECT_TRUE(done.empty() || done.back() <= now);
    done.push_back(now);
    return true;
  }));
  ASSERT_GE(done.size(), 3U);
  EXPECT_EQ(done.back(), 2500U);
  for (std::size_t i = 1; i < done.size(); ++i) EXPECT_LE(done[i] - done[i - 1], 1000U);
}

TEST_F(ExporterTest, LeavesNothingBehindWhenItIsCancelledAtAnyPoint) {
  recordTexts(1, 2500);
  writeFile(target, "an older export");
  int calls = 0;
  ASSERT_TRUE(exportConversation(*reader, folder / "out" / "other.txt", ExportFormat::Text, {}, kUtc,
                                 [&](std::uint64_t, std::uint64_t) { return ++calls > 0; }));
  fs::remove(folder / "out" / "other.txt");
  for (int cancelAt = 1; cancelAt <= calls; ++cancelAt) {
    int call = 0;
    expectFailure(toFile({}, [&](std::uint64_t, std::uint64_t) { return ++call < cancelAt; }), Errc::Cancelled);
    EXPECT_EQ(call, cancelAt);
    EXPECT_EQ(contentOf(target), "an older export");
    EXPECT_EQ(filesWritten().size(), 1U);
  }
}

TEST_F(ExporterTest, SaysWhenTheFolderIsMissing) {
  target = folder / "missing" / "x.txt";
  const auto result = toFile();
  expectFailure(result, Errc::NotFound);
  EXPECT_NE(result.error().detail.find("missing"), std::string::npos);
}

TEST_F(ExporterTest, DoesNotReplaceAFolder) {
  fs::create_directory(target);
  writeFile(target / "inside", "x");
  EXPECT_FALSE(toFile());
  EXPECT_EQ(contentOf(target / "inside"), "x");
  EXPECT_EQ(filesWritten().size(), 1U);
}

TEST_F(ExporterTest, StopsWhenTheStreamFails) {
  recordTexts(1, 2500);
  std::ostringstream out;
  const auto result = exportConversation(*reader, out, ExportFormat::Text, {}, kUtc, [&](std::uint64_t done, auto) {
    if (done > 0) out.setstate(std::ios::badbit);
    return true;
  });
  expectFailure(result, Errc::StorageFailed);
}

#ifndef _WIN32
TEST_F(ExporterTest, LeavesTheOldFileWhenTheFolderIsReadOnly) {
  recordTexts(1, 10);
  writeFile(target, "an older export");
  {
    const test::ReadOnly guard(folder / "out");
    expectFailure(toFile(), Errc::StorageReadOnly);
  }
  EXPECT_EQ(contentOf(target), "an older export");
  EXPECT_EQ(filesWritten().size(), 1U);
}

/// No file may grow beyond this for a while, as if the disk were full.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST_F(ExporterTest, LeavesTheOldFileWhenTheDiskIsFullAtAnyPoint) {
  recordTexts(1, 2500);
  ASSERT_TRUE(toFile());
  const auto size = fs::file_size(target);
  writeFile(target, "an older export");
  for (const auto room : {std::uintmax_t{0}, std::uintmax_t{10}, size / 2, size - 1}) {
    {
      const FileSizeLimit limit(room);
      expectFailure(toFile(), Errc::StorageFull);
    }
    EXPECT_EQ(contentOf(target), "an older export");
    EXPECT_EQ(filesWritten().size(), 1U);
  }
  EXPECT_TRUE(toFile()) << "works again once there is space";
}
#endif

#ifdef __linux__
TEST_F(ExporterTest, SaysThatTheDiskIsFullWhenTheStreamSaysNothing) {
  recordTexts(1, 2500);
  std::ofstream out("/dev/full");
  ASSERT_TRUE(out);
  expectFailure(exportConversation(*reader, out, ExportFormat::Text, {}, kUtc), Errc::StorageFull);
}
#endif

}  // namespace
}  // namespace earshot::app
