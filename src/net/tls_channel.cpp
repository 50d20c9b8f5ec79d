#include "net/tls_channel.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <string_view>
#include <utility>

#include "app/limits.h"
#include "net/thread_owned.h"

namespace earshot::net {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// A record's plaintext, its header and what AES-GCM adds (RFC 8446, 5.2).
constexpr std::size_t kMaxRecordBytes = 16'384 + 256 + 5;
/// Taken by one write. All of it may have to wait for the network, so it stays far below the next figure.
constexpr std::size_t kMaxWriteBytes = std::size_t{64} * 1024;
/// What a peer can make us answer (alerts, new keys) without taking it; more is hostile.
constexpr std::size_t kMaxWaitingBytes = std::size_t{256} * 1024;

/// What OpenSSL reads from and writes to. `in` is what has just arrived, `out` what it has made of it.
struct Scratch {
  Scratch();
  ~Scratch() { BIO_free(bio); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::span<const std::uint8_t> in;
  Bytes out;
  BIO* bio;

  /// For what a read brings; a thread that only writes has none.
  std::span<std::uint8_t> arrived() {
    if (!arrived_) arrived_ = std::make_unique_for_overwrite<std::uint8_t[]>(kArrivedBytes);
    return {arrived_.get(), kArrivedBytes};
  }

 private:
  /// What one read brings, and the unfinished record before it, has room in a buffer of kReadChunkBytes when opened.
  static constexpr std::size_t kArrivedBytes = app::kReadChunkBytes - kMaxRecordBytes;
  std::unique_ptr<std::uint8_t[]> arrived_;
};

int readScratch(BIO* bio, char* into, std::size_t size, std::size_t* count) {
  auto& scratch = *static_cast<Scratch*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  *count = std::min(size, scratch.in.size());
  if (*count == 0) {
    BIO_set_retry_read(bio);
    return 0;
  }
  std::memcpy(into, scratch.in.data(), *count);
  scratch.in = scratch.in.subspan(*count);
  return 1;
}

int writeScratch(BIO* bio, const char* from, std::size_t size, std::size_t* count) {
  auto& scratch = *static_cast<Scratch*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(from);
  scratch.out.insert(scratch.out.end(), bytes, bytes + size);
  *count = size;
  return 1;
}

long controlScratch(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* scratchMethod() {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "scratch");
    BIO_meth_set_read_ex(made, readScratch);
    BIO_meth_set_write_ex(made, writeScratch);
    BIO_meth_set_ctrl(made, controlScratch);
    return made;
  }();
  return method;
}

Scratch::Scratch() : bio(BIO_new(scratchMethod())) {
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
}

Scratch& scratch() {
  return threadOwned<Scratch>();
}

bool saidOtherProtocol(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  return reason == SSL_R_NO_APPLICATION_PROTOCOL || reason == SSL_AD_REASON_OFFSET + SSL_AD_NO_APPLICATION_PROTOCOL;
}

}  // namespace

TlsChannel::TlsChannel(std::unique_ptr<Channel> below, std::shared_ptr<const TlsContext> context)
    : below_(std::move(below)), context_(std::move(context)) {}

TlsChannel::~TlsChannel() {
  SSL_free(tls_);
}

bool TlsChannel::begin() {
  tls_ = context_->newConnection();
  if (tls_ == nullptr) return false;
  BIO* shared = scratch().bio;
  BIO_up_ref(shared);
  SSL_set_bio(tls_, shared, shared);
  return true;
}

/// What OpenSSL makes goes into the buffer of the thread that is here now.
void TlsChannel::writeHere() {
  BIO* own = scratch().bio;
  if (SSL_get_wbio(tls_) == own) return;
  BIO_up_ref(own);
  SSL_set0_wbio(tls_, own);
}

/// A stranger's first five bytes are the header of a handshake record, or nothing is made for it.
/// Takes them out of `in`, which may be empty afterwards.
bool TlsChannel::looksLikeTls(std::span<const std::uint8_t>& in) {
  const std::size_t taken = std::min(in.size(), kRecordHeaderBytes - firstCount_);
  std::copy_n(in.begin(), taken, firstBytes_.begin() + firstCount_);
  firstCount_ = static_cast<std::uint8_t>(firstCount_ + taken);
  in = in.subspan(taken);
  constexpr std::array<int, 3> kHandshake{0x16, 0x03, -1};
  for (std::size_t i = 0; i < std::min<std::size_t>(firstCount_, kHandshake.size()); ++i) {
    if (kHandshake[i] >= 0 && firstBytes_[i] != kHandshake[i]) return false;
  }
  if (firstCount_ < kRecordHeaderBytes) return true;
  const std::size_t length = static_cast<std::size_t>(firstBytes_[3]) << 8 | firstBytes_[4];
  return firstBytes_[2] <= 0x03 && length > 0 && length <= kMaxRecordBytes;
}

IoResult TlsChannel::read(std::span<std::uint8_t> into) {
  if (failure_ != Failure::None) return {IoStatus::Closed};
  assert(into.size() >= app::kReadChunkBytes);
  const auto arrived = scratch().arrived();
  const IoResult got = below_->read(arrived);
  if (got.status != IoStatus::Ok) return got;
  std::span<const std::uint8_t> in = arrived.first(got.bytes);
  if (tls_ == nullptr) {
    if (context_->role() == TlsRole::Host) {
      if (!looksLikeTls(in)) return fail(Failure::NotTls);
      if (firstCount_ < kRecordHeaderBytes) return {IoStatus::WouldBlock};
    }
    if (!begin()) return fail(Failure::Broken);
    if (context_->role() == TlsRole::Host) {
      scratch().out.clear();
      const IoResult header = take(firstBytes_, into);
      if (header.status == IoStatus::Closed || in.empty()) return header;
    }
  }
  return take(in, into);
}

/// Gives OpenSSL what has arrived, and the network what OpenSSL answers.
IoResult TlsChannel::take(std::span<const std::uint8_t> in, std::span<std::uint8_t> into) {
  Scratch& buffers = scratch();
  writeHere();
  buffers.in = in;
  buffers.out.clear();
  ERR_clear_error();
  if (!established_ && !handshake()) {
    if (failure_ != Failure::None) return fail(failure_);
    const IoStatus handed = handOver(buffers.out);
    return {handed == IoStatus::Closed ? IoStatus::Closed : IoStatus::WouldBlock};
  }
  std::size_t filled = 0;
  int error = SSL_ERROR_NONE;
  // Where nothing is left, asking for more would only cost OpenSSL a buffer.
  while (filled < into.size() && (!buffers.in.empty() || SSL_pending(tls_) > 0)) {
    std::size_t count = 0;
    if (SSL_read_ex(tls_, into.data() + filled, into.size() - filled, &count) == 1) {
      filled += count;
      continue;
    }
    error = SSL_get_error(tls_, 0);
    break;
  }
  const bool ended = error == SSL_ERROR_ZERO_RETURN;
  if (error != SSL_ERROR_NONE && error != SSL_ERROR_WANT_READ && !ended) return fail(Failure::Broken);
  if (handOver(buffers.out) == IoStatus::Closed) return {IoStatus::Closed};
  if (filled > 0) return {IoStatus::Ok, filled};
  return {ended ? IoStatus::Closed : IoStatus::WouldBlock};
}

/// True when it is complete. False with failure_ set when it never will be.
bool TlsChannel::handshake() {
  const int result = SSL_do_handshake(tls_);
  if (result == 1) {
    established_ = verifyPeer();
    return established_;
  }
  if (SSL_get_error(tls_, result) != SSL_ERROR_WANT_READ) {
    failure_ = saidOtherProtocol(ERR_peek_last_error()) ? Failure::OtherProtocol : Failure::Broken;
  }
  return false;
}

bool TlsChannel::verifyPeer() {
  const unsigned char* protocol = nullptr;
  unsigned int protocolSize = 0;
  SSL_get0_alpn_selected(tls_, &protocol, &protocolSize);
  // A client that names no protocol is never asked for one by OpenSSL.
  if (std::string_view(reinterpret_cast<const char*>(protocol), protocolSize) != kTlsProtocol) {
    failure_ = Failure::OtherProtocol;
    return false;
  }
  X509* certificate = SSL_get1_peer_certificate(tls_);
  const EVP_PKEY* key = certificate != nullptr ? X509_get0_pubkey(certificate) : nullptr;
  std::size_t size = peerKey_.bytes.size();
  const bool known = key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 &&
                     EVP_PKEY_get_raw_public_key(key, peerKey_.bytes.data(), &size) == 1 &&
                     size == peerKey_.bytes.size();
  X509_free(certificate);
  constexpr std::string_view kLabel = "EXPORTER-Channel-Binding";
  if (!known || SSL_export_keying_material(tls_, binding_.data(), binding_.size(), kLabel.data(), kLabel.size(),
                                           nullptr, 0, 1) != 1) {
    failure_ = Failure::Broken;
    return false;
  }
  if (context_->role() == TlsRole::Host) context_->dropSession(tls_);
  return true;
}

IoResult TlsChannel::fail(Failure why) {
  failure_ = why;
  ERR_clear_error();
  // The alert that says why, if the network takes it now.
  if (tls_ != nullptr) handOver(scratch().out);
  waiting_ = {};
  return {IoStatus::Closed};
}

/// Behind what waits already; what the network does not take now waits.
IoStatus TlsChannel::handOver(std::span<const std::uint8_t> bytes) {
  if (waiting_.empty()) {
    while (!bytes.empty()) {
      const IoResult written = below_->write(bytes);
      if (written.status == IoStatus::Closed) return IoStatus::Closed;
      if (written.status == IoStatus::WouldBlock) break;
      bytes = bytes.subspan(written.bytes);
    }
  }
  waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
  if (waiting_.empty()) return IoStatus::Ok;
  return waiting_.size() > kMaxWaitingBytes ? IoStatus::Closed : IoStatus::WouldBlock;
}

IoStatus TlsChannel::advance() {
  if (failure_ != Failure::None) return IoStatus::Closed;
  if (!waiting_.empty()) {
    const Bytes before = std::exchange(waiting_, {});
    return handOver(before);
  }
  if (tls_ == nullptr && context_->role() == TlsRole::Member) {
    if (!begin()) return fail(Failure::Broken).status;
    scratch().in = {};
    scratch().out.clear();
    ERR_clear_error();
    handshake();
    return handOver(scratch().out);
  }
  return IoStatus::Ok;
}

bool TlsChannel::awaitsWritable() const {
  return !waiting_.empty();
}

IoResult TlsChannel::write(std::span<const std::uint8_t> from) {
  const IoStatus before = advance();
  if (before == IoStatus::Closed) return {before};
  if (before == IoStatus::WouldBlock || !established_ || from.empty()) return {IoStatus::WouldBlock};
  Scratch& buffers = scratch();
  writeHere();
  buffers.in = {};
  buffers.out.clear();
  std::size_t taken = 0;
  from = from.first(std::min(from.size(), kMaxWriteBytes));
  if (SSL_write_ex(tls_, from.data(), from.size(), &taken) != 1 || taken != from.size()) {
    return fail(Failure::Broken);
  }
  if (handOver(buffers.out) == IoStatus::Closed) return {IoStatus::Closed};
  return {IoStatus::Ok, taken};
}

void TlsChannel::shutdownWrite() {
  if (established_ && failure_ == Failure::None) {
    writeHere();
    scratch().in = {};
    scratch().out.clear();
    ERR_clear_error();
    SSL_shutdown(tls_);
    ERR_clear_error();
    handOver(scratch().out);
  }
  below_->shutdownWrite();
}

app::Errc TlsChannel::endReason() const {
  switch (failure_) {
    case Failure::NotTls:
      return app::Errc::NotEarshot;
    case Failure::OtherProtocol:
      return app::Errc::VersionMismatch;
    case Failure::Broken:
      return established_ ? app::Errc::ConnectionLost : app::Errc::NotEarshot;
    case Failure::None:
      break;
  }
  return below_->endReason();
}

void TlsChannel::updateKeys() {
  SSL_key_update(tls_, SSL_KEY_UPDATE_REQUESTED);
}

}  // namespace earshot::net
