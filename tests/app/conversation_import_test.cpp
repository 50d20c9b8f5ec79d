#include "app/conversation_import.h"

#include <gtest/gtest.h>

#include <random>

#include "app/conversation_json.h"
#include "app/export_samples.h"
#include "app/limits.h"
#include "app/whole_file.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;
using namespace samples;
using test::contentOf;
using test::writeFile;

class ImportTest : public testing::Test {
 protected:
  ImportTest() {
    info.room = makeRandom<RoomId>();
    info.roomName = "Kitchen table";
    info.address = "192.168.1.20:1060";
    info.selfName = "Anna";
    info.self = makeRandom<MemberId>();
    info.hostedHere = true;
  }

  static Event event(std::uint64_t seq, EventBody body, const std::string& name = "Anna") {
    return {Seq{seq}, at("2026-11-22 14:30:05") + std::chrono::seconds{seq}, makeRandom<MemberId>(), name,
            std::move(body)};
  }
  static EventBody text(const std::string& words, TextStyle style = TextStyle::Plain) {
    return TextPosted{makeRandom<RequestId>(), style, words};
  }

  /// Each in an epoch of its own.
  fs::path conversationOf(const std::vector<std::vector<Event>>& lives) const {
    auto conversation = Conversation::open(folder / "data", info.room);
    EXPECT_TRUE(conversation);
    for (const auto& events : lives) {
      EXPECT_TRUE((*conversation)->admitted(makeRandom<Epoch>(), info));
      EXPECT_TRUE((*conversation)->record(events, MemberId{}));
    }
    return (*conversation)->path();
  }
  fs::path talk() const {
    return conversationOf({{event(1, MemberJoined{}), event(2, text("Hello\nyou")),
                            event(4, text("waves", TextStyle::Action)), event(5, MemberRenamed{"Annika"}),
                            event(6, TopicChanged{"Tea"}), event(7, MemberLeft{LeaveReason::ConnectionLost})},
                           {event(1, MemberJoined{}), event(2, text("again"))}});
  }
  static std::string exported(const fs::path& conversation, ExportFormat format = ExportFormat::JsonLines,
                              const ExportRange& range = {}) {
    auto reader = ConversationReader::open(conversation);
    EXPECT_TRUE(reader);
    std::ostringstream out;
    EXPECT_TRUE(exportConversation(**reader, out, format, range, kCet));
    return out.str();
  }
  Result<ImportedConversation> import(const std::string& content) const {
    writeFile(folder / "chat.jsonl", content);
    return importConversation(folder / "chat.jsonl", archives());
  }
  [[nodiscard]] fs::path archives() const { return folder / "other"; }
  [[nodiscard]] std::size_t filesKept() const {
    std::size_t count = 0;
    for (fs::directory_iterator entry(archives()), end; entry != end; ++entry) ++count;
    return count;
  }
  void expectRefused(const std::string& content, Errc code, const std::string& what) const {
    const auto result = import(content);
    ASSERT_FALSE(result) << what;
    EXPECT_EQ(result.error().code, code) << what;
    EXPECT_EQ(filesKept(), 0U) << what;
  }
  static std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto found = text.find(what);
    EXPECT_NE(found, std::string::npos) << what;
    return text.replace(found, what.size(), by);
  }

  test::TemporaryFolder folder;
  ConversationInfo info;
};

TEST(ExportJson, IsOneObjectALine) {
  expectGolden("everyday.jsonl", written(ExportFormat::JsonLines, everydayHeader(), everyday()));
}

TEST(ExportJson, IsReadableWhateverIsSaid) {
  for (const std::string& piece : hostilePieces()) {
    const auto events = eventsWith(piece);
    std::istringstream lines(written(ExportFormat::JsonLines, headerWith(piece), events));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      EXPECT_TRUE(OrderedJson::parse(line, nullptr, false).is_object()) << piece.substr(0, 40);
    }
    EXPECT_EQ(count, events.size() + 1) << piece.substr(0, 40);
  }
}

TEST_F(ImportTest, ComesBackAsItWas) {
  const std::string before = exported(talk());
  const auto imported = import(before);
  ASSERT_TRUE(imported) << static_cast<int>(imported.error().code);
  EXPECT_TRUE(imported->isNew);
  for (const auto format : {ExportFormat::JsonLines, ExportFormat::Text, ExportFormat::Html, ExportFormat::Csv}) {
    EXPECT_EQ(exported(imported->info.path, format),
              exported(folder / "data" / (hexOf(info.room) + ".earshot"), format));
  }
}

TEST_F(ImportTest, IsAnArchiveWithAnIdOfItsOwn) {
  const auto imported = import(exported(talk()));
  ASSERT_TRUE(imported);
  const auto listed = listConversations(archives());
  ASSERT_EQ(listed.size(), 1U);
  const ConversationInfo& archive = listed.front();
  EXPECT_EQ(archive.roomName, "Kitchen table (imported)");
  EXPECT_NE(archive.room, info.room);
  EXPECT_EQ(archive.path, archives() / (hexOf(archive.room) + ".earshot"));
  EXPECT_EQ(archive.messageCount, 3U);
  EXPECT_EQ(archive.self, info.self);
  ASSERT_TRUE(archive.archive);
  EXPECT_EQ(*archive.archive, (ArchiveSource{info.room, "Kitchen table"}));
  EXPECT_EQ(imported->info.archive, archive.archive);
}

TEST_F(ImportTest, LeavesALiveRoomOfTheSameNameAlone) {
  const fs::path live = talk();
  const std::string before = exported(live);
  const auto imported = importConversation(
      [&] {
        writeFile(folder / "chat.jsonl", before);
        return folder / "chat.jsonl";
      }(),
      folder / "data");
  ASSERT_TRUE(imported);
  EXPECT_NE(imported->info.path, live);
  EXPECT_EQ(listConversations(folder / "data").size(), 2U);
  EXPECT_EQ(exported(live), before);
}

TEST_F(ImportTest, DoesNotDoubleWhatIsHereAlready) {
  const std::string before = exported(talk());
  const auto first = import(before);
  ASSERT_TRUE(first);
  const auto second = import(before);
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->isNew);
  EXPECT_EQ(second->info.room, first->info.room);
  const auto third = import(exported(first->info.path));
  ASSERT_TRUE(third);
  EXPECT_FALSE(third->isNew);
  EXPECT_EQ(filesKept(), 1U);
}

TEST_F(ImportTest, KnowsTheSameTalkWithOtherLineEndsAndFromAnotherTimeZone) {
  const std::string before = exported(talk());
  ASSERT_TRUE(import(before));
  std::string windows;
  for (const char c : before) windows += c == '\n' ? "\r\n" : std::string(1, c);
  const auto again = import(replaced(windows, "UTC+01:00 (CET)", "UTC+02:00 (CEST)"));
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->isNew);
}

TEST_F(ImportTest, RemembersWhichPartOfTheTalkItIs) {
  const ExportRange range{at("2026-11-22 14:30:07"), at("2026-11-22 14:30:11")};
  const std::string before = exported(talk(), ExportFormat::JsonLines, range);
  const auto imported = import(before);
  ASSERT_TRUE(imported);
  EXPECT_EQ(exported(imported->info.path), before);
  const std::string text = exported(imported->info.path, ExportFormat::Text);
  EXPECT_NE(text.find("Range: 2026-11-22 14:30:07 to 2026-11-22 14:30:11\n"), std::string::npos) << text;
}

TEST_F(ImportTest, TakesAPrivateChatWithoutMakingItOne) {
  ExportHeader header{"Kitchen table", "a:1", {}, "UTC", 1, 1, "Berta"};
  header.conversation = info;
  header.conversation.peer = PrivatePeer{makeRandom<MemberId>(), "Berta", makeRandom<RoomId>()};
  const std::string before = written(ExportFormat::JsonLines, header, {event(1, text("for you"))});
  const auto imported = import(before);
  ASSERT_TRUE(imported);
  const auto listed = listConversations(archives());
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_FALSE(listed.front().peer) << "nothing may be sealed for its person";
  EXPECT_EQ(listed.front().roomName, "Berta in \"Kitchen table\" (private) (imported)");
  EXPECT_EQ(listed.front().archive->peer, header.conversation.peer);
  const std::string after = exported(imported->info.path);
  EXPECT_EQ(after.substr(after.find('\n')), before.substr(before.find('\n')));
}

TEST_F(ImportTest, TakesAnyTimeThatAHostMayClaim) {
  std::vector<Event> events;
  std::uint64_t seq = 0;
  for (const auto millis : {std::chrono::milliseconds::min(), std::chrono::milliseconds{-1},
                            std::chrono::milliseconds{0}, std::chrono::milliseconds::max()}) {
    Event each = event(++seq, text("x"));
    each.time = UtcMillis{millis};
    events.push_back(each);
  }
  const std::string before = exported(conversationOf({events}));
  const auto imported = import(before);
  // The very last millisecond lies outside every range that ends before it.
  ASSERT_TRUE(imported);
  EXPECT_EQ(exported(imported->info.path), before);
}

TEST_F(ImportTest, RefusesWhatIsNoExport) {
  expectRefused("", Errc::ImportInvalid, "empty");
  expectRefused("Earshot conversation\nRoom: x\n", Errc::ImportInvalid, "text export");
  expectRefused("{}\n", Errc::ImportInvalid, "object without fields");
  expectRefused("[1,2]\n", Errc::ImportInvalid, "list");
  expectRefused("{\"format\":\"something else\",\"version\":1}\n", Errc::ImportInvalid, "other format");
  expectRefused(std::string(kMaxImportLineBytes * 3, ' '), Errc::ImportInvalid, "endless line");
  expectRefused(std::string(kMaxImportLineBytes, '['), Errc::ImportInvalid, "deep nesting");
  expectRefused(std::string("\0\0\0\0", 4), Errc::ImportInvalid, "NULs");
  expectRefused("{\"format\":\"earshot-conversation\",\"version\":2}\n", Errc::StorageNewer, "version to come");
  expectRefused("{\"format\":\"earshot-conversation\",\"version\":-1}\n", Errc::ImportInvalid, "version");
}

TEST_F(ImportTest, SaysWhenThereIsNoSuchFile) {
  EXPECT_EQ(importConversation(folder / "missing.jsonl", archives()).error().code, Errc::NotFound);
  fs::create_directory(folder / "a folder");
  EXPECT_EQ(importConversation(folder / "a folder", archives()).error().code, Errc::ImportInvalid);
}

TEST_F(ImportTest, RefusesAHeaderThatNobodyWrote) {
  const std::string good = exported(talk());
  const std::string big = "18446744073709551615";
  for (const auto& [what, by] : std::vector<std::pair<std::string, std::string>>{
           {"\"room_id\":\"" + hexOf(info.room), "\"room_id\":\"" + hexOf(info.room).substr(1)},
           {"\"events\":8", "\"events\":-8"},
           {"\"events\":8", "\"events\":1e300"},
           {"\"events\":8", "\"events\":" + big},
           {"\"events\":8", "\"events\":\"8\""},
           {"\"hosted_here\":true", "\"hosted_here\":1"},
           {"\"Kitchen table\"", "\"Kitchen\\ntable\""},
           {"\"Kitchen table\"", "\"Kitchen \\u202etable\""},
           {"\"Kitchen table\"", "\"\xFF\""},
           {"\"Kitchen table\"", "\"\\u0000\""},
           {"\"Kitchen table\"", "\"" + std::string(kMaxRoomNameBytes + 1, 'x') + "\""},
           {"\"epochs\":[", "\"epochs\":[1,"},
           {"\"from\":null", "\"from\":\"yesterday\""},
           {"\"from\":null", "\"from\":\"2026-11-22\""}}) {
    expectRefused(replaced(good, what, by), Errc::ImportInvalid, by);
  }
}

TEST_F(ImportTest, RefusesLinesThatNobodyWrote) {
  const std::string good = exported(talk());
  const std::string longText(kMaxTextBytes + 1, 'x');
  for (const auto& [what, by] : std::vector<std::pair<std::string, std::string>>{
           {"{\"event\":\"message\"", "\"event\":\"message\""},
           {"{\"event\":\"message\"", "{\"event\":\"massage\""},
           {"\"seq\":4", "\"seq\":2"},
           {"\"seq\":4", "\"seq\":1"},
           {"\"seq\":4", "\"seq\":0"},
           {"\"seq\":4", "\"seq\":-4"},
           {"\"seq\":4", "\"seq\":4.5"},
           {"\"seq\":4", "\"seq\":281474976710656"},
           {"\"epoch\":2", "\"epoch\":3"},
           {"\"epoch\":2", "\"epoch\":0"},
           {"\"epoch\":2", "\"epoch\":18446744073709551615"},
           {"\"time\":\"2026", "\"time\":\"x026"},
           {"\"Hello\\nyou\"", "null"},
           {"\"Hello\\nyou\"", "\"\\u0000\""},
           {"\"Hello\\nyou\"", "\"\\ud800\""},
           {"\"Hello\\nyou\"", "\"\xC3\x28\""},
           {"\"Hello\\nyou\"", "\"" + longText + "\""},
           {"\"from\":\"Anna\"", "\"from\":\"An\\nna\""},
           {"\"from\":\"Anna\"", "\"from\":\"\\u202eannA\""},
           {"\"from\":\"Anna\"", "\"from\":\"" + std::string(kMaxNameBytes + 1, 'x') + "\""},
           {"\"message_id\":\"", "\"message_id\":\"zz"},
           {"\"reason\":\"connection_lost\"", "\"reason\":\"bored\""},
           {"\"new_name\":\"Annika\"", "\"new_name\":7"},
           {"\"Tea\"}\n", "\"Tea\"}\n\n"},
           {"\"Tea\"}\n", "\"Tea\"}\n" + std::string(2 * kMaxImportLineBytes, ' ') + "\n"}}) {
    expectRefused(replaced(good, what, by), Errc::ImportDamaged, by.substr(0, 60));
  }
}

TEST_F(ImportTest, RefusesAFileThatWasCutOffOrGotMore) {
  const std::string good = exported(talk());
  for (std::size_t end = good.find('\n') + 1; end < good.size(); end += 97) {
    expectRefused(good.substr(0, end), Errc::ImportDamaged, "cut at " + std::to_string(end));
  }
  const auto last = good.rfind('\n', good.size() - 2) + 1;
  expectRefused(good + replaced(good.substr(last), "\"seq\":2", "\"seq\":3"), Errc::ImportDamaged, "one more");
  expectRefused(replaced(good, "\"events\":8", "\"events\":9"), Errc::ImportDamaged, "one less");
  expectRefused(replaced(good, "\"messages\":3", "\"messages\":4"), Errc::ImportDamaged, "another count");
  EXPECT_TRUE(import(good.substr(0, good.size() - 1))) << "without the last line's end it is all there";
}

TEST_F(ImportTest, NamesTheLineThatIsDamaged) {
  const auto result = import(replaced(exported(talk()), "\"seq\":4", "\"seq\":x"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().detail, "line 4 of \"" + textOf(folder / "chat.jsonl") + "\"");
}

TEST_F(ImportTest, LeavesNothingBehindWhenItIsCancelled) {
  std::vector<Event> events;
  for (std::uint64_t seq = 1; seq <= 2500; ++seq) events.push_back(event(seq, text("x")));
  writeFile(folder / "chat.jsonl", exported(conversationOf({events})));
  const auto result = importConversation(folder / "chat.jsonl", archives(),
                                         [](std::uint64_t done, std::uint64_t) { return done < 2000; });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::Cancelled);
  EXPECT_EQ(filesKept(), 0U);
}

TEST_F(ImportTest, LosesNothingOfAnyConversation) {
  constexpr unsigned kSeed = 7;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const auto nasty = [&] {
    std::string words;
    for (auto i = random() % 6; i > 0; --i) {
      const std::string& piece = hostilePieces()[random() % (hostilePieces().size() - 1)];
      // What a room lets through: text without U+0000.
      if (piece.find('\0') == std::string::npos && piece != "\xFF" && piece != "\xE2\x80") words += piece;
    }
    return words;
  };
  const std::vector<std::string> names{"Anna", "Jean-Luc O'Neill", "=1+1",     "<b>", "مريم",
                                       "李",   "-- Berta",         "a:b \"c\""};
  const auto name = [&] { return names[random() % names.size()]; };
  for (int round = 0; round < 20; ++round) {
    info.room = makeRandom<RoomId>();
    std::vector<std::vector<Event>> lives;
    for (auto life = 1 + random() % 3; life > 0; --life) {
      std::vector<Event> events;
      std::uint64_t seq = random() % 5;
      for (auto i = random() % 60; i > 0; --i) {
        const std::vector<EventBody> bodies{text(nasty()),         text(nasty(), TextStyle::Action),
                                            MemberJoined{},        MemberLeft{static_cast<LeaveReason>(random() % 5)},
                                            MemberRenamed{name()}, TopicChanged{nasty()}};
        seq += 1 + random() % 3;
        Event each = event(seq, bodies[random() % bodies.size()], name());
        each.time = UtcMillis{std::chrono::milliseconds{static_cast<std::int64_t>(random()) * 1000 - 500'000'000'000}};
        events.push_back(std::move(each));
      }
      lives.push_back(std::move(events));
    }
    const fs::path original = conversationOf(lives);
    const std::string before = exported(original);
    const auto imported = import(before);
    ASSERT_TRUE(imported) << before;
    EXPECT_EQ(exported(imported->info.path), before);
  }
}

}  // namespace
}  // namespace earshot::app
