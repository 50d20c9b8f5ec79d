#include <algorithm>
#include <ostream>

#include "app/backup_file.h"
#include "app/backup_format.h"

namespace earshot::app {

using crypto::ByteView;

struct BackupWriter::Impl {
  Impl(std::ostream& stream, const crypto::SecretArray<32>& key) : out(stream), sealer(key) {}

  void write(ByteView bytes) {
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }

  void add(ByteView bytes) {
    while (!bytes.empty()) {
      if (filled == backup::kChunkBytes) seal(false);
      const std::size_t part = std::min(bytes.size(), backup::kChunkBytes - filled);
      std::ranges::copy(bytes.first(part), chunk.data() + filled);
      filled += part;
      bytes = bytes.subspan(part);
    }
  }

  void seal(bool last) {
    write(sealer.seal(chunk.view().first(filled), context, last));
    context.clear();
    filled = 0;
  }

  std::ostream& out;
  crypto::StreamSealer sealer;
  crypto::Bytes context;  ///< of the chunk to come
  crypto::SecretBuffer chunk{backup::kChunkBytes};
  std::size_t filled = 0;
  std::uint32_t entries = 0;
};

BackupWriter::BackupWriter(std::ostream& out, const crypto::SecretArray<32>& key, const crypto::PassphraseSalt& salt,
                           const crypto::PassphraseCost& cost)
    : impl_(std::make_unique<Impl>(out, key)) {
  crypto::Bytes& context = impl_->context;
  const auto append = [&context](ByteView bytes) { context.insert(context.end(), bytes.begin(), bytes.end()); };
  append(crypto::bytesOf(backup::kMagic));
  append(backup::littleEndian<4>(backup::kVersion));
  append(backup::littleEndian<4>(cost.passes));
  append(backup::littleEndian<4>(cost.memoryKib));
  append(salt);
  impl_->write(context);
  impl_->write(impl_->sealer.header());
}

BackupWriter::~BackupWriter() = default;

void BackupWriter::beginEntry(std::string_view name, std::uint64_t size) {
  impl_->add(backup::littleEndian<1>(backup::kEntry));
  impl_->add(backup::littleEndian<2>(name.size()));
  impl_->add(crypto::bytesOf(name));
  impl_->add(backup::littleEndian<8>(size));
  ++impl_->entries;
}

void BackupWriter::add(ByteView bytes) {
  impl_->add(bytes);
}

void BackupWriter::finish() {
  impl_->add(backup::littleEndian<1>(backup::kEnd));
  impl_->add(backup::littleEndian<4>(impl_->entries));
  impl_->seal(true);
}

}  // namespace earshot::app
