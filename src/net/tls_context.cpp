#include "net/tls_context.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <string>

#include "app/log.h"

namespace earshot::net {
namespace {

using app::Errc;
using app::Error;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, Freed<X509_free>>;
using ContextPointer = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;

/// Our certificates take about 220 bytes; a chain of somebody else's is not read.
constexpr long kMaxCertificateBytes = 4096;

Error failed(const char* what) {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  ERR_clear_error();
  app::log::error(std::string("tls: ") + what + ": " + text.data());
  return {Errc::ProtocolViolation, {}};
}

/// The same for everybody but for the key and its signature, and valid on every computer's clock.
CertificatePointer makeCertificate(EVP_PKEY* key) {
  CertificatePointer certificate(X509_new());
  if (!certificate) return nullptr;
  X509* x = certificate.get();
  X509_NAME* name = X509_get_subject_name(x);
  static constexpr std::array<unsigned char, 7> kName{'e', 'a', 'r', 's', 'h', 'o', 't'};
  const bool made = X509_set_version(x, X509_VERSION_3) == 1 && ASN1_INTEGER_set(X509_get_serialNumber(x), 1) == 1 &&
                    ASN1_TIME_set_string_X509(X509_getm_notBefore(x), "20000101000000Z") == 1 &&
                    ASN1_TIME_set_string_X509(X509_getm_notAfter(x), "99991231235959Z") == 1 &&
                    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, kName.data(), kName.size(), -1, 0) == 1 &&
                    X509_set_issuer_name(x, name) == 1 && X509_set_pubkey(x, key) == 1 &&
                    X509_sign(x, key, nullptr) > 0;
  return made ? std::move(certificate) : nullptr;
}

/// The chain and its dates are not looked at; that the other side holds the key of its certificate is
/// proven by TLS itself (CertificateVerify) all the same.
int acceptCertificate(X509_STORE_CTX*, void*) {
  return 1;
}

std::array<unsigned char, 1 + kTlsProtocol.size()> protocolList() {
  std::array<unsigned char, 1 + kTlsProtocol.size()> list{};
  list[0] = static_cast<unsigned char>(kTlsProtocol.size());
  kTlsProtocol.copy(reinterpret_cast<char*>(list.data()) + 1, kTlsProtocol.size());
  return list;
}

int chooseProtocol(SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* in,
                   unsigned int inSize, void*) {
  static const auto ours = protocolList();
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, outSize, ours.data(), ours.size(), in, inSize) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

bool configure(SSL_CTX* context, TlsRole role) {
  const bool host = role == TlsRole::Host;
  SSL_CTX_set_options(
      context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);
  SSL_CTX_set_max_cert_list(context, kMaxCertificateBytes);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | (host ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
  SSL_CTX_set_cert_verify_callback(context, acceptCertificate, nullptr);
  const auto protocols = protocolList();
  if (host) {
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
  } else if (SSL_CTX_set_alpn_protos(context, protocols.data(), protocols.size()) != 0) {
    return false;
  }
  return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1 && SSL_CTX_set_num_tickets(context, 0) == 1 &&
         SSL_CTX_set_max_early_data(context, 0) == 1 &&
         // The first one is the fastest where the processor helps, the second where it doesn't.
         SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256") == 1 &&
         SSL_CTX_set1_groups_list(context, "X25519") == 1 && SSL_CTX_set1_sigalgs_list(context, "ed25519") == 1 &&
         SSL_CTX_set1_client_sigalgs_list(context, "ed25519") == 1;
}

ContextPointer makeContext(TlsRole role, EVP_PKEY* key, X509* certificate) {
  ContextPointer context(SSL_CTX_new(role == TlsRole::Host ? TLS_server_method() : TLS_client_method()));
  const bool made = context && configure(context.get(), role) &&
                    SSL_CTX_use_certificate(context.get(), certificate) == 1 &&
                    SSL_CTX_use_PrivateKey(context.get(), key) == 1;
  return made ? std::move(context) : nullptr;
}

}  // namespace

app::Result<std::shared_ptr<const TlsContext>> TlsContext::make(TlsRole role, const app::crypto::SigningKey& key) {
  const KeyPointer privateKey(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, key.seed.data(), app::crypto::SecretArray<32>::kSize));
  if (!privateKey) return failed("key");
  const CertificatePointer certificate = makeCertificate(privateKey.get());
  if (!certificate) return failed("certificate");
  ContextPointer context = makeContext(role, privateKey.get(), certificate.get());
  if (!context) return failed("settings");
  return std::shared_ptr<const TlsContext>(new TlsContext(role, context.release()));
}

TlsContext::~TlsContext() {
  SSL_CTX_free(context_);
  SSL_CTX_free(bare_);
}

ssl_st* TlsContext::newConnection() const {
  SSL* connection = SSL_new(context_);
  if (connection == nullptr) return nullptr;
  if (role_ == TlsRole::Host) {
    SSL_set_accept_state(connection);
  } else {
    SSL_set_connect_state(connection);
  }
  return connection;
}

void TlsContext::dropSession(ssl_st* connection) const {
  // OpenSSL would set a connection whose method is not its context's back to the beginning when it loses
  // its session; an established one has the method of TLS 1.3 alone, so it gets a context with the same.
  if (bare_ == nullptr) bare_ = SSL_CTX_new(SSL_get_ssl_method(connection));
  if (bare_ != nullptr && SSL_set_SSL_CTX(connection, bare_) == bare_) SSL_set_session(connection, nullptr);
}

}  // namespace earshot::net
