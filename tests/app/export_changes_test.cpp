// What edits, deletions, replies and reactions look like in each export, and that they come back.
#include <gmock/gmock.h>

#include <sstream>

#include "app/conversation_import.h"
#include "app/export_samples.h"

namespace earshot::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ExportedChanges : public ::testing::Test {
 protected:
  ExportedChanges() {
    auto conversation = std::move(*Conversation::open(folder_.path(), makeRandom<RoomId>()));
    ConversationInfo info;
    info.self = anna_;
    info.roomName = "Kitchen table";
    info.selfName = "Anna";
    EXPECT_TRUE(conversation->admitted(makeRandom<Epoch>(), info).ok());
    const std::vector<Event> events{
        event(1, anna_, "Anna", text("Is anybody here?")),
        event(2, ben_, "Ben (edited)", text("yes", Seq{1})),
        event(3, anna_, "Anna", text("a secret")),
        event(4, ben_, "Ben (edited)", text("what?", Seq{3})),
        event(5, ben_, "Ben (edited)", TextEdited{Seq{2}, "yes, I am\n    + forged"}),
        event(6, anna_, "Anna", TextDeleted{Seq{3}}),
        event(7, anna_, "Anna", Reacted{Seq{2}, "👍", true}),
        event(8, ben_, "Ben (edited)", Reacted{Seq{2}, "👍", true}),
        event(9, ben_, "Ben (edited)", Reacted{Seq{1}, "🎉", true}),
        event(10, ben_, "Ben (edited)", Reacted{Seq{1}, "🎉", false}),
    };
    EXPECT_TRUE(conversation->record(events, anna_).ok());
    file_ = conversation->path();
  }
  static TextPosted text(const std::string& words, Seq replyTo = {}) {
    return {makeRandom<RequestId>(), TextStyle::Plain, words, replyTo};
  }
  static Event event(std::uint64_t seq, const MemberId& who, const std::string& name, EventBody body) {
    return {Seq{seq}, samples::at("2026-11-22 14:30:00"), who, name, std::move(body)};
  }
  static std::string exported(const std::filesystem::path& file, ExportFormat format) {
    auto reader = ConversationReader::open(file);
    EXPECT_TRUE(reader.ok());
    std::ostringstream out;
    EXPECT_TRUE(exportConversation(**reader, out, format, {}, samples::kCet).ok());
    return out.str();
  }

  const test::TemporaryFolder folder_;
  const MemberId anna_ = makeRandom<MemberId>();
  const MemberId ben_ = makeRandom<MemberId>();
  std::filesystem::path file_;
};

TEST_F(ExportedChanges, StandInTheTextThatTheyAreAbout) {
  const std::string text = exported(file_, ExportFormat::Text);
  EXPECT_THAT(text, HasSubstr("\n[14:30:00] \"Ben (edited)\" (to Anna, \"Is anybody here?\"; edited): yes, I am\n"
                              "    |     + forged\n    + 👍 Anna, \"Ben (edited)\"\n"));
  EXPECT_THAT(text, HasSubstr("\n[14:30:00] -- Anna wrote a message that was deleted\n"));
  EXPECT_THAT(text, HasSubstr("(to Anna, deleted): what?\n"));
  EXPECT_THAT(text, Not(HasSubstr("secret")));
  EXPECT_THAT(text, Not(HasSubstr("🎉")));
}

TEST_F(ExportedChanges, StandInHtmlBesideTheirText) {
  const std::string html = exported(file_, ExportFormat::Html);
  EXPECT_THAT(html, HasSubstr("<span class=\"deed\">(edited)</span><blockquote><bdi class=\"who\">Anna</bdi> <bdi>Is "
                              "anybody here?</bdi></blockquote>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"reaction\"><bdi>👍 Anna, Ben (edited)</bdi></span>"));
  EXPECT_THAT(html, Not(HasSubstr("secret")));
}

TEST_F(ExportedChanges, AreRowsOfTheTable) {
  const std::string csv = exported(file_, ExportFormat::Csv);
  EXPECT_THAT(csv, HasSubstr("\"Ben (edited)\",\"message\",\"yes, I am\n    '+ forged\",\"2\",\"1\"\r\n"));
  EXPECT_THAT(csv, HasSubstr("\"deleted_message\",\"\",\"3\",\"\"\r\n"));
  EXPECT_THAT(csv, HasSubstr("\"Anna\",\"deleted\",\"\",\"6\",\"3\"\r\n"));
  EXPECT_THAT(csv, HasSubstr("\"Anna\",\"reacted\",\"👍\",\"7\",\"2\"\r\n"));
  EXPECT_THAT(csv, HasSubstr("\"reaction_taken_back\",\"🎉\",\"10\",\"1\"\r\n"));
}

TEST_F(ExportedChanges, ComeBackFromJsonLinesAsTheyWere) {
  const std::string lines = exported(file_, ExportFormat::JsonLines);
  EXPECT_THAT(lines, Not(HasSubstr("secret")));
  test::writeFile(folder_ / "chat.jsonl", lines);
  const auto imported = importConversation(folder_ / "chat.jsonl", folder_ / "archive");
  ASSERT_TRUE(imported.ok());
  EXPECT_EQ(exported(imported->info.path, ExportFormat::JsonLines), lines);
  EXPECT_EQ(exported(imported->info.path, ExportFormat::Html), exported(file_, ExportFormat::Html));
}

}  // namespace
}  // namespace earshot::app
