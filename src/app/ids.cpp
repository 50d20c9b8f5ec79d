#include "app/ids.h"

#include <sodium.h>

#include <mutex>

#include "app/clock.h"
#include "app/following_id.h"

namespace earshot::app {

void fillRandom(std::span<std::uint8_t> out) {
  // sodium_init is idempotent and thread-safe; it only has to come before the first use.
  static const int ready = sodium_init();
  (void)ready;
  randombytes_buf(out.data(), out.size());
}

RequestId makeRequestId() {
  constexpr std::size_t kTimeBytes = 6;
  auto id = makeRandom<RequestId>();
  auto time = static_cast<std::uint64_t>(systemNow().time_since_epoch().count());
  for (std::size_t i = kTimeBytes; i-- > 0; time >>= 8) id.bytes[i] = static_cast<std::uint8_t>(time);
  static std::mutex mutex;
  static RequestId last;
  const std::lock_guard lock(mutex);
  if (id.view().substr(0, kTimeBytes) <= last.view().substr(0, kTimeBytes)) id = following(last);
  return last = id;
}

std::string toHex(std::span<const std::uint8_t> bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

bool parseHex(std::string_view hex, std::span<std::uint8_t> out) {
  if (hex.size() != out.size() * 2) return false;
  if (out.empty()) return true;
  std::size_t written = 0;
  const char* end = nullptr;
  const int rc = sodium_hex2bin(out.data(), out.size(), hex.data(), hex.size(), nullptr, &written, &end);
  return rc == 0 && written == out.size() && end == hex.data() + hex.size();
}

}  // namespace earshot::app
