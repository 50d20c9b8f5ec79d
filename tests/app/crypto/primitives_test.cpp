// libsodium's functions, called as this folder calls them, against their specifications' vectors.
#include <gtest/gtest.h>
#include <sodium.h>

#include "hex_bytes.h"

namespace earshot::app::crypto {
namespace {

TEST(Primitives, ChaCha20Poly1305AgreesWithRfc8439) {
  prepare();
  // RFC 8439, section 2.8.2.
  const Bytes key = unhex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  const Bytes nonce = unhex("070000004041424344454647");
  const Bytes aad = unhex("50515253c0c1c2c3c4c5c6c7");
  const ByteView plaintext = bytesOf(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be "
      "it.");
  Bytes sealed(plaintext.size() + crypto_aead_chacha20poly1305_ietf_ABYTES);
  crypto_aead_chacha20poly1305_ietf_encrypt(sealed.data(), nullptr, plaintext.data(), plaintext.size(), aad.data(),
                                            aad.size(), nullptr, nonce.data(), key.data());
  EXPECT_EQ(hex(sealed),
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
            "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
            "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691");
  Bytes opened(plaintext.size());
  EXPECT_EQ(crypto_aead_chacha20poly1305_ietf_decrypt(opened.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                      aad.data(), aad.size(), nonce.data(), key.data()),
            0);
  EXPECT_EQ(hex(opened), hex(plaintext));
}

TEST(Primitives, Ed25519AgreesWithRfc8032) {
  prepare();
  // RFC 8032, section 7.1, tests 1 to 3.
  struct Vector {
    const char* seed;
    const char* publicKey;
    const char* message;
    const char* signature;
  };
  for (const Vector& vector :
       {Vector{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
               "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
               "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
               "d25bf5f0595bbe24655141438e7a100b"},
        Vector{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
               "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
               "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
               "387b2eaeb4302aeeb00d291612bb0c00"},
        Vector{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
               "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
               "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
               "4a7c15e9716ed28dc027beceea1ec40a"}}) {
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> publicKey{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secretKey{};
    crypto_sign_seed_keypair(publicKey.data(), secretKey.data(), unhex(vector.seed).data());
    EXPECT_EQ(hex(publicKey), vector.publicKey);
    const Bytes message = unhex(vector.message);
    std::array<std::uint8_t, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secretKey.data());
    EXPECT_EQ(hex(signature), vector.signature);
    EXPECT_EQ(crypto_sign_verify_detached(signature.data(), message.data(), message.size(), publicKey.data()), 0);
    signature[0] ^= 1;
    EXPECT_NE(crypto_sign_verify_detached(signature.data(), message.data(), message.size(), publicKey.data()), 0);
  }
}

TEST(Primitives, Argon2idAgreesWithItsReferenceImplementation) {
  prepare();
  // The reference implementation's own vector for version 19, 2 passes, 64 MiB, 1 lane.
  const std::string_view password = "password";
  EXPECT_EQ(
      crypto_pwhash_str_verify("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                               password.data(), password.size()),
      0);
}

}  // namespace
}  // namespace earshot::app::crypto
