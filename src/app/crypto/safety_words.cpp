#include "app/crypto/safety_words.h"

#include <sodium.h>

#include <algorithm>

namespace earshot::app::crypto {
namespace {

constexpr std::array<SafetyWord, 64> kWords{{
    {"🐶", "Dog"},          {"🐱", "Cat"},
    {"🦁", "Lion"},      {"🐎", "Horse"},
    {"🦄", "Unicorn"},   {"🐷", "Pig"},
    {"🐘", "Elephant"},     {"🐰", "Rabbit"},
    {"🐼", "Panda"},        {"🐓", "Rooster"},
    {"🐧", "Penguin"},      {"🐢", "Turtle"},
    {"🐟", "Fish"},         {"🐙", "Octopus"},
    {"🦋", "Butterfly"}, {"🌷", "Flower"},
    {"🌳", "Tree"},         {"🌵", "Cactus"},
    {"🍄", "Mushroom"},     {"🌏", "Globe"},
    {"🌙", "Moon"},         {"☁️", "Cloud"},
    {"🔥", "Fire"},         {"🍌", "Banana"},
    {"🍎", "Apple"},        {"🍓", "Strawberry"},
    {"🌽", "Corn"},         {"🍕", "Pizza"},
    {"🎂", "Cake"},         {"❤️", "Heart"},
    {"😀", "Smiley"},       {"🤖", "Robot"},
    {"🎩", "Hat"},          {"👓", "Glasses"},
    {"🔧", "Spanner"},      {"🎅", "Santa"},
    {"👍", "Thumbs Up"},    {"☂️", "Umbrella"},
    {"⌛", "Hourglass"},    {"⏰", "Clock"},
    {"🎁", "Gift"},         {"💡", "Light Bulb"},
    {"📕", "Book"},         {"✏️", "Pencil"},
    {"📎", "Paperclip"},    {"✂️", "Scissors"},
    {"🔒", "Lock"},         {"🔑", "Key"},
    {"🔨", "Hammer"},       {"☎️", "Telephone"},
    {"🏁", "Flag"},         {"🚂", "Train"},
    {"🚲", "Bicycle"},      {"✈️", "Aeroplane"},
    {"🚀", "Rocket"},       {"🏆", "Trophy"},
    {"⚽", "Ball"},         {"🎸", "Guitar"},
    {"🎺", "Trumpet"},      {"🔔", "Bell"},
    {"⚓", "Anchor"},       {"🎧", "Headphones"},
    {"📁", "Folder"},       {"📌", "Pin"},
}};

constexpr std::string_view kLabel = "Earshot safety words 1";
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = std::size_t{64} * 1024 * 1024;

}  // namespace

std::span<const SafetyWord, 64> allSafetyWords() {
  return kWords;
}

std::optional<SafetyWords> safetyWordsOf(std::span<const std::uint8_t, 32> identityKey) {
  prepare();
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> label{};
  crypto_hash_sha256(label.data(), bytesOf(kLabel).data(), kLabel.size());
  std::array<std::uint8_t, crypto_pwhash_SALTBYTES> salt{};
  std::copy_n(label.begin(), salt.size(), salt.begin());

  std::array<std::uint8_t, 32> hash{};
  if (crypto_pwhash(hash.data(), hash.size(), reinterpret_cast<const char*>(identityKey.data()), identityKey.size(),
                    salt.data(), kPasses, kMemoryBytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return std::nullopt;
  }
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 6; ++i) bits = bits << 8 | hash[i];
  SafetyWords words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = kWords[bits >> (42 - 6 * i) & 63];
  return words;
}

}  // namespace earshot::app::crypto
