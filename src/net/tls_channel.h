#pragma once
// TLS 1.3 over a socket. OpenSSL never sees the socket: what is read and what is to be written goes
// through one buffer a thread, which all its connections share, so that an idle connection costs no
// buffers and a batch of records is one write call. One thread at a time; only write() and advance() may be another's
// than the one that reads.

#include <array>
#include <memory>
#include <vector>

#include "app/crypto/signing_key.h"
#include "net/channel.h"
#include "net/tls_context.h"

namespace earshot::net {

/// Names one TLS connection and nothing else: the exporter of RFC 9266 ("tls-exporter"). Two sides that
/// have the same one have nobody between them.
using ChannelBinding = std::array<std::uint8_t, 32>;

class TlsChannel final : public Channel {
 public:
  TlsChannel(std::unique_ptr<Channel> below, std::shared_ptr<const TlsContext> context);
  ~TlsChannel() override;

  IoResult read(std::span<std::uint8_t> into) override;
  IoResult write(std::span<const std::uint8_t> from) override;
  IoStatus advance() override;
  [[nodiscard]] bool awaitsWritable() const override;
  [[nodiscard]] bool isEstablished() const override { return established_; }
  void shutdownWrite() override;
  /// NotEarshot: something else than Earshot. VersionMismatch: an Earshot of another major version.
  [[nodiscard]] app::Errc endReason() const override;
  [[nodiscard]] int descriptor() const override { return below_->descriptor(); }

  /// The first bytes were exchanged.
  [[nodiscard]] bool hasBegun() const { return tls_ != nullptr; }

  /// Who the other side is. Precondition: isEstablished().
  [[nodiscard]] const app::crypto::PublicKey& peerKey() const { return peerKey_; }
  /// Precondition: isEstablished().
  [[nodiscard]] const ChannelBinding& binding() const { return binding_; }
  /// Asks the other side to use new keys too. For tests.
  void updateKeys();

 private:
  /// NotTls: the first bytes were no TLS handshake. OtherProtocol: TLS, but not for us. Broken: anything
  /// else, during the handshake or after it.
  enum class Failure : std::uint8_t { None, NotTls, OtherProtocol, Broken };

  static constexpr std::size_t kRecordHeaderBytes = 5;

  bool begin();
  void writeHere();
  bool looksLikeTls(std::span<const std::uint8_t>& in);
  IoResult take(std::span<const std::uint8_t> in, std::span<std::uint8_t> into);
  bool handshake();
  bool verifyPeer();
  IoResult fail(Failure why);
  IoStatus handOver(std::span<const std::uint8_t> bytes);

  std::unique_ptr<Channel> below_;
  std::shared_ptr<const TlsContext> context_;
  ssl_st* tls_ = nullptr;  ///< a host's is made when the first bytes have passed
  std::vector<std::uint8_t> waiting_;
  std::array<std::uint8_t, kRecordHeaderBytes> firstBytes_{};
  std::uint8_t firstCount_ = 0;
  bool established_ = false;
  Failure failure_ = Failure::None;
  app::crypto::PublicKey peerKey_;
  ChannelBinding binding_{};
};

}  // namespace earshot::net
