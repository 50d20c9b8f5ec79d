#pragma once
// What all TLS connections of one host, or the one of a member, share: TLS 1.3 alone (RFC 8446), ALPN
// "earshot/1", both sides with a self-signed Ed25519 certificate that says nothing but its key. Dates,
// names and issuers mean nothing: who the other side is, is its raw public key, and what that means is
// decided above. No tickets, no resumption, no early data, no compression.

#include <memory>
#include <string_view>

#include "app/crypto/signing_key.h"
#include "app/result.h"

// OpenSSL's own names for its types.
struct ssl_ctx_st;
struct ssl_st;

namespace earshot::net {

inline constexpr std::string_view kTlsProtocol = "earshot/1";

enum class TlsRole { Host, Member };

/// One thread.
class TlsContext {
 public:
  /// Fails only when OpenSSL cannot work here at all (NetworkUnreachable would lie: ProtocolViolation).
  static app::Result<std::shared_ptr<const TlsContext>> make(TlsRole role, const app::crypto::SigningKey& key);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  [[nodiscard]] TlsRole role() const { return role_; }
  /// A new connection's state, in the role; null when out of memory. The caller frees it.
  [[nodiscard]] ssl_st* newConnection() const;
  /// An established connection of a host gives up its copy of the other side's certificate. A member's
  /// may not: a hostile host could send it a ticket, and OpenSSL would look for the session then.
  void dropSession(ssl_st* connection) const;

 private:
  TlsContext(TlsRole role, ssl_ctx_st* context) : role_(role), context_(context) {}

  TlsRole role_;
  ssl_ctx_st* context_;
  mutable ssl_ctx_st* bare_ = nullptr;
};

}  // namespace earshot::net
