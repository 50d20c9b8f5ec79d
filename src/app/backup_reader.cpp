#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "app/backup_file.h"
#include "app/backup_format.h"
#include "app/limits.h"
#include "app/open_file.h"
#include "app/text.h"
#include "app/whole_file.h"

namespace earshot::app {

using crypto::Bytes;
using crypto::ByteView;

struct BackupReader::Impl {
  Impl(OpenFile opened, std::filesystem::path name) : file(std::move(opened)), path(std::move(name)) {}

  OpenFile file;
  std::filesystem::path path;
  std::uint64_t bytes = 0;
  std::array<std::uint8_t, backup::kHeaderBytes> header{};
  crypto::PassphraseCost cost;
  crypto::SecretArray<32> key;

  [[nodiscard]] Error damaged() const { return {Errc::BackupDamaged, textOf(path)}; }
  [[nodiscard]] ByteView context() const { return ByteView(header).first(backup::kContextBytes); }
  [[nodiscard]] crypto::StreamOpener opener() const {
    crypto::StreamHeader stream{};
    std::ranges::copy(ByteView(header).subspan(backup::kContextBytes), stream.begin());
    return {key, stream};
  }
  /// The sealed chunk that begins there: whole, or as much as there is.
  [[nodiscard]] std::optional<Bytes> sealedAt(std::uint64_t offset) const {
    Bytes sealed(std::min<std::uint64_t>(backup::kSealedChunkBytes, bytes - std::min(bytes, offset)));
    const auto got = file.readAt(offset, {reinterpret_cast<char*>(sealed.data()), sealed.size()});
    if (got != sealed.size()) return std::nullopt;
    return sealed;
  }
};

namespace {

/// Opens chunk after chunk and hands out their content as one sequence.
class Content {
 public:
  using Source = std::function<std::optional<Bytes>(std::uint64_t offset)>;
  using Progress = std::function<bool(std::uint64_t done)>;

  Content(crypto::StreamOpener opener, Source source, ByteView context, const Progress& progress)
      : opener_(std::move(opener)), source_(std::move(source)), context_(context), progress_(progress) {}

  /// At least one byte, at most max. Nothing when there is no more, it is not what was sealed, or it was cancelled.
  std::optional<ByteView> some(std::uint64_t max) {
    while (taken_ == chunk_.bytes.size()) {
      if (!next()) return std::nullopt;
    }
    const ByteView rest = chunk_.bytes.view().subspan(taken_);
    const ByteView part = rest.first(std::min<std::uint64_t>(max, rest.size()));
    taken_ += part.size();
    return part;
  }

  std::optional<Bytes> exactly(std::size_t size) {
    Bytes out;
    while (out.size() < size) {
      const auto part = some(size - out.size());
      if (!part) return std::nullopt;
      out.insert(out.end(), part->begin(), part->end());
    }
    return out;
  }

  std::optional<std::uint64_t> number(std::size_t size) {
    const auto bytes = exactly(size);
    if (!bytes) return std::nullopt;
    return backup::fromLittleEndian(*bytes);
  }

  /// Everything was handed out, and nothing follows in the file.
  [[nodiscard]] bool atEnd(std::uint64_t fileBytes) const {
    return chunk_.last && taken_ == chunk_.bytes.size() && offset_ == fileBytes;
  }
  [[nodiscard]] bool cancelled() const { return cancelled_; }

 private:
  bool next() {
    if (chunk_.last) return false;
    if (progress_ && !progress_(offset_)) {
      cancelled_ = true;
      return false;
    }
    const auto sealed = source_(offset_);
    if (!sealed) return false;
    auto opened = opener_.open(*sealed, offset_ == backup::kHeaderBytes ? context_ : ByteView());
    // Only the last one may be shorter than the others.
    if (!opened || (!opened->last && sealed->size() != backup::kSealedChunkBytes)) return false;
    offset_ += sealed->size();
    chunk_ = std::move(*opened);
    taken_ = 0;
    return true;
  }

  crypto::StreamOpener opener_;
  Source source_;
  ByteView context_;
  const Progress& progress_;
  std::uint64_t offset_ = backup::kHeaderBytes;
  crypto::StreamOpener::Chunk chunk_;
  std::size_t taken_ = 0;
  bool cancelled_ = false;
};

/// One entry after the other. Nothing: the content is not what a writer makes.
class Entries {
 public:
  Entries(Content& content, BackupVisitor& visitor) : content_(content), visitor_(visitor) {}

  std::optional<Status> readAll() {
    std::uint32_t count = 0;
    for (;;) {
      const auto kind = content_.number(1);
      if (kind == backup::kEnd) break;
      if (kind != backup::kEntry || ++count > kMaxBackupEntries) return std::nullopt;
      const auto read = readOne();
      if (!read || !read->ok()) return read;
    }
    if (content_.number(4) != count) return std::nullopt;
    return Done{};
  }

 private:
  std::optional<Status> readOne() {
    const auto length = content_.number(2);
    if (!length) return std::nullopt;
    const auto letters = content_.exactly(*length);
    if (!letters) return std::nullopt;
    const std::string name(letters->begin(), letters->end());
    // Two names that some system takes for one would write into the same file.
    if (!isBackupName(name) || !names_.insert(foldCase(name)).second) return std::nullopt;
    const auto size = content_.number(8);
    if (!size) return std::nullopt;
    if (auto begun = visitor_.beginEntry(name, *size); !begun) return begun;
    for (std::uint64_t left = *size; left > 0;) {
      const auto part = content_.some(left);
      if (!part) return std::nullopt;
      if (auto added = visitor_.add(*part); !added) return added;
      left -= part->size();
    }
    return visitor_.endEntry();
  }

  Content& content_;
  BackupVisitor& visitor_;
  std::set<std::string> names_;
};

}  // namespace

BackupReader::BackupReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
BackupReader::BackupReader(BackupReader&&) noexcept = default;
BackupReader::~BackupReader() = default;

Result<BackupReader> BackupReader::open(const std::filesystem::path& file) {
  auto opened = OpenFile::open(file);
  if (!opened) return opened.error();
  auto impl = std::make_unique<Impl>(*std::move(opened), file);
  const auto state = impl->file.state();
  const auto got = impl->file.readAt(0, {reinterpret_cast<char*>(impl->header.data()), impl->header.size()});
  if (!state || !got) return Error{Errc::StorageFailed, textOf(file)};
  impl->bytes = state->bytes;
  const Error invalid{Errc::BackupInvalid, textOf(file)};
  const ByteView header(impl->header);
  if (*got < backup::kPassesAt ||
      !std::ranges::equal(header.first(backup::kMagic.size()), crypto::bytesOf(backup::kMagic))) {
    return invalid;
  }
  const auto number = [&](std::size_t at) {
    return static_cast<std::uint32_t>(backup::fromLittleEndian(header.subspan(at, 4)));
  };
  const std::uint32_t version = number(backup::kVersionAt);
  if (version > backup::kVersion) return Error{Errc::StorageNewer, textOf(file)};
  if (version != backup::kVersion) return invalid;
  if (impl->bytes < backup::kHeaderBytes + crypto::kStreamOverheadBytes) return impl->damaged();
  impl->cost = {number(backup::kPassesAt), number(backup::kMemoryAt)};
  if (!crypto::isBearable(impl->cost)) return invalid;
  return BackupReader(std::move(impl));
}

std::uint64_t BackupReader::fileBytes() const {
  return impl_->bytes;
}

Status BackupReader::unlock(ByteView passphrase) {
  crypto::PassphraseSalt salt{};
  std::ranges::copy(ByteView(impl_->header).subspan(backup::kSaltAt, salt.size()), salt.begin());
  const auto key = crypto::keyFromPassphrase(passphrase, salt, impl_->cost);
  if (!key) return Error{Errc::StorageFailed, textOf(impl_->path)};
  impl_->key = *key;
  const auto first = impl_->sealedAt(backup::kHeaderBytes);
  if (!first) return Error{Errc::StorageFailed, textOf(impl_->path)};
  if (!impl_->opener().open(*first, impl_->context())) return Error{Errc::PassphraseWrong, textOf(impl_->path)};
  return Done{};
}

Status BackupReader::read(BackupVisitor& visitor, const std::function<bool(std::uint64_t done)>& progress) const {
  const auto source = [this](std::uint64_t offset) { return impl_->sealedAt(offset); };
  Content content(impl_->opener(), source, impl_->context(), progress);
  const auto read = Entries(content, visitor).readAll();
  if (content.cancelled()) return Error{Errc::Cancelled, {}};
  if (!read) return impl_->damaged();
  if (!read->ok()) return *read;
  return content.atEnd(impl_->bytes) ? Status(Done{}) : impl_->damaged();
}

}  // namespace earshot::app
