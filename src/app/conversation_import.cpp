#include "app/conversation_import.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/conversation_archive.h"
#include "app/conversation_json.h"
#include "app/conversation_schema.h"
#include "app/crypto/sha256.h"
#include "app/limits.h"
#include "app/whole_file.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIdLabel = "Earshot archive 1";
constexpr std::uint64_t kEventsPerProgress = 1'000;

/// What makes an archive the one it is: what was said where, and which part of it. Not where and when it
/// was exported.
class Fingerprint {
 public:
  explicit Fingerprint(const ExportHeader& header) {
    add(kIdLabel);
    OrderedJson core = headerJson(header);
    for (const char* key : {"address", "time_zone", "hosted_here", "missing"}) core.erase(key);
    add(lineOf(core));
  }
  void add(std::string_view line) {
    std::string chained(reinterpret_cast<const char*>(hash_.data()), hash_.size());
    hash_ = crypto::sha256(crypto::bytesOf(chained.append(line)));
  }
  [[nodiscard]] RoomId id() const {
    RoomId id;
    std::copy_n(hash_.begin(), id.bytes.size(), id.bytes.begin());
    return id;
  }

 private:
  std::array<std::uint8_t, 32> hash_{};
};

/// The lines of a file, one at a time; one that is too long is none.
class Lines {
 public:
  explicit Lines(const fs::path& file) : in_(file, std::ios::binary), buffer_(kMaxImportLineBytes + 2) {}

  [[nodiscard]] bool isOpen() const { return in_.is_open(); }
  /// False at the end of the file and before a line that is too long; then atEnd() tells.
  bool next(std::string_view& line) {
    if (!in_.getline(buffer_.data(), static_cast<std::streamsize>(buffer_.size()))) return false;
    ++number_;
    line = {buffer_.data(), static_cast<std::size_t>(in_.gcount()) - (in_.eof() ? 0U : 1U)};
    if (line.ends_with('\r')) line.remove_suffix(1);
    return true;
  }
  [[nodiscard]] bool atEnd() const { return in_.eof() && in_.gcount() == 0; }
  [[nodiscard]] std::uint64_t number() const { return number_; }

 private:
  std::ifstream in_;
  std::vector<char> buffer_;
  std::uint64_t number_ = 0;
};

/// The database in the making: it has no name under which anybody would look for it, and vanishes unless
/// it is kept.
class Draft {
 public:
  explicit Draft(const fs::path& folder)
      : path_(folder / (".earshot-" + hexOf(makeRandom<RequestId>()) + ".tmp")),
        db_(std::make_unique<SQLite::Database>(
            openForWriting(path_, kConversationSchema, Durability::Full, Journal::Rollback))) {}
  ~Draft() {
    db_.reset();
    std::error_code ignored;
    fs::remove(path_, ignored);
    fs::remove(fs::path(path_) += "-journal", ignored);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  SQLite::Database& db() { return *db_; }
  Status keepAs(const fs::path& target) {
    db_.reset();
    return moveFile(path_, target);
  }

 private:
  fs::path path_;
  std::unique_ptr<SQLite::Database> db_;
};

class Import {
 public:
  Import(const fs::path& file, const fs::path& conversations, const ImportProgress& progress)
      : file_(file), conversations_(conversations), progress_(progress), lines_(file) {}

  Result<ImportedConversation> run() {
    if (!lines_.isOpen()) return Error{Errc::StorageFailed, textOf(file_)};
    std::string_view line;
    if (!lines_.next(line)) return Error{Errc::ImportInvalid, textOf(file_)};
    auto header = headerFromLine(line);
    if (!header) return Error{header.error().code, textOf(file_)};
    header_ = *std::move(header);
    if (!epochsDiffer()) return damaged();
    Draft draft(conversations_);
    SQLite::Transaction transaction(draft.db(), SQLite::TransactionBehavior::IMMEDIATE);
    Fingerprint fingerprint(header_);
    if (auto read = readEvents(draft.db(), fingerprint); !read) return read.error();
    saveHead(draft.db(), fingerprint.id());
    transaction.commit();
    return finish(draft, fingerprint.id());
  }

 private:
  [[nodiscard]] bool epochsDiffer() const {
    std::set<Epoch> seen;
    for (const SavedEpoch& each : header_.epochs) {
      if (!seen.insert(each.epoch).second) return false;
    }
    return true;
  }

  Status readEvents(SQLite::Database& db, Fingerprint& fingerprint) {
    for (const SavedEpoch& each : header_.epochs) {
      SQLite::Statement insert(db, "INSERT INTO epochs(number, epoch) VALUES(?,?)");
      insert.bind(1, each.number);
      bindBlob(insert, 2, each.epoch.view());
      insert.exec();
    }
    SQLite::Statement insert(db, "INSERT INTO events(position, " EARSHOT_EVENT_COLUMNS ") VALUES(?,?,?,?,?,?,?,?)");
    std::string_view line;
    while (lines_.next(line)) {
      const auto read = eventFromLine(line);
      if (!read || read->epoch > std::max<std::size_t>(header_.epochs.size(), 1)) return damaged();
      const Position position = positionAt(static_cast<std::int64_t>(read->epoch), read->event.seq);
      if (position <= last_) return damaged();
      last_ = position;
      insert.reset();
      insert.bind(1, toNumber(position));
      bindEvent(insert, 2, read->event);
      insert.exec();
      fingerprint.add(lineOf(eventJson(read->event, read->epoch)));
      lastActivity_ = std::max(lastActivity_, read->event.time);
      if (std::holds_alternative<TextPosted>(read->event.body)) ++messages_;
      if (++events_ > header_.eventCount) return damaged();
      if (events_ % kEventsPerProgress == 0 && progress_ && !progress_(events_, header_.eventCount)) {
        return Error{Errc::Cancelled};
      }
    }
    if (!lines_.atEnd() || events_ != header_.eventCount || messages_ != header_.messageCount) {
      return Error{Errc::ImportDamaged, "the end of \"" + textOf(file_) + "\""};
    }
    return Done{};
  }

  [[nodiscard]] Error damaged() const {
    return {Errc::ImportDamaged, "line " + std::to_string(lines_.number()) + " of \"" + textOf(file_) + "\""};
  }

  void saveHead(SQLite::Database& db, const RoomId& id) {
    info_ = header_.conversation;
    info_.archive = ArchiveSource{info_.room, info_.roomName, info_.peer, header_.range.from, header_.range.to};
    info_.room = id;
    info_.roomName = titleOf(info_) + " (imported)";
    info_.peer.reset();
    info_.lastActivity = lastActivity_;
    info_.messageCount = messages_;
    saveInfo(db, info_);
    SQLite::Statement count(db, "UPDATE info SET message_count = ?");
    count.bind(1, static_cast<std::int64_t>(messages_));
    count.exec();
    saveSource(db, *info_.archive);
  }

  Result<ImportedConversation> finish(Draft& draft, const RoomId& id) {
    info_.path = conversations_ / (hexOf(id) + kConversationExtension);
    std::error_code ignored;
    if (fs::exists(info_.path, ignored)) return ImportedConversation{info_, false};
    if (auto kept = draft.keepAs(info_.path); !kept) return kept.error();
    return ImportedConversation{info_, true};
  }

  const fs::path& file_;
  const fs::path& conversations_;
  const ImportProgress& progress_;
  Lines lines_;
  ExportHeader header_;
  ConversationInfo info_;
  Position last_{};
  UtcMillis lastActivity_{};
  std::uint64_t events_ = 0;
  std::uint64_t messages_ = 0;
};

}  // namespace

Result<ImportedConversation> importConversation(const fs::path& file, const fs::path& conversations,
                                                const ImportProgress& progress) {
  std::error_code failed;
  if (!fs::exists(file, failed)) return Error{Errc::NotFound, textOf(file)};
  if (!fs::is_regular_file(file, failed)) return Error{Errc::ImportInvalid, textOf(file)};
  if (auto made = makePrivateFolder(conversations); !made) return made.error();
  return attempt(conversations, [&] { return Import(file, conversations, progress).run(); });
}

}  // namespace earshot::app
