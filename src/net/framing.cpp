#include "net/framing.h"

#include <algorithm>

#include "app/limits.h"

namespace earshot::net {

using app::Errc;
using app::Error;

void writeHeader(const FrameHeader& header, std::span<std::uint8_t, 8> out) {
  for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<std::uint8_t>(header.length >> (24 - 8 * i));
  out[4] = static_cast<std::uint8_t>(header.type >> 8);
  out[5] = static_cast<std::uint8_t>(header.type);
  out[6] = static_cast<std::uint8_t>(header.flags >> 8);
  out[7] = static_cast<std::uint8_t>(header.flags);
}

FrameHeader readHeader(std::span<const std::uint8_t, 8> in) {
  const auto word = [&](std::size_t at) { return static_cast<std::uint16_t>(in[at] << 8 | in[at + 1]); };
  return {static_cast<std::uint32_t>(word(0)) << 16 | word(2), word(4), word(6)};
}

app::Result<FrameDecoder::Verdict> FrameDecoder::judge(const FrameHeader& header) const {
  if (const auto limit = limit_(static_cast<FrameType>(header.type))) {
    if (header.length > *limit) return Error{Errc::ProtocolViolation, "frame too large"};
    return Verdict{header.length, false};
  }
  const bool optional = (header.flags & kFlagOptional) != 0;
  if (!optional || header.length > app::kMaxControlFrameBytes) {
    return Error{Errc::ProtocolViolation, "unexpected frame"};
  }
  return Verdict{header.length, true};
}

app::Status FrameDecoder::feed(std::span<const std::uint8_t> bytes, const Sink& sink) {
  constexpr std::size_t kHeader = app::kFrameHeaderBytes;
  while (!bytes.empty()) {
    if (skipping_ > 0) {
      const auto dropped = std::min(skipping_, bytes.size());
      skipping_ -= dropped;
      bytes = bytes.subspan(dropped);
      continue;
    }
    if (pending_.size() < kHeader) {
      const auto taken = std::min(kHeader - pending_.size(), bytes.size());
      pending_.insert(pending_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(taken));
      bytes = bytes.subspan(taken);
      if (pending_.size() < kHeader) break;
    }
    const FrameHeader header = readHeader(std::span<const std::uint8_t, kHeader>(pending_.data(), kHeader));
    if (!judged_) {
      const auto verdict = judge(header);
      if (!verdict) return verdict.error();
      if (verdict->skip) {
        skipping_ = verdict->length;
        pending_.clear();
        continue;
      }
      judged_ = true;
    }
    const auto missing = header.length - (pending_.size() - kHeader);
    Frame frame{static_cast<FrameType>(header.type), {}};
    std::size_t taken = 0;
    if (pending_.size() == kHeader && bytes.size() >= missing) {
      taken = missing;  // the whole body is in the input: no copy
      frame.body = bytes.first(missing);
    } else {
      taken = std::min(missing, bytes.size());
      pending_.insert(pending_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(taken));
      if (taken < missing) break;
      frame.body = std::span(pending_).subspan(kHeader);
    }
    bytes = bytes.subspan(taken);
    const bool goOn = sink(frame);
    pending_.clear();
    judged_ = false;
    if (!goOn) return app::Done{};
  }
  if (pending_.empty() && pending_.capacity() > kHeader) pending_ = {};
  return app::Done{};
}

}  // namespace earshot::net
