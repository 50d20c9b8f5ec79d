#pragma once
// Every number that bounds something, with its unit and its reason.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace earshot::app {

using namespace std::chrono_literals;

// --- what people write -------------------------------------------------------------------------
/// A message. Long enough for a pasted log, short enough to relay to a full room at once.
inline constexpr std::size_t kMaxTextCodePoints = 8'000;
inline constexpr std::size_t kMaxTextBytes = std::size_t{32} * 1024;
/// A topic is one line of the header.
inline constexpr std::size_t kMaxTopicCodePoints = 400;
/// A name: counted in what people see as letters, and in bytes so that a list of 5,000 stays small.
inline constexpr std::size_t kMaxNameGraphemes = 32;
inline constexpr std::size_t kMaxNameBytes = 96;
/// Of what the other side says it is, in our diagnostics.
inline constexpr std::size_t kMaxProgramBytes = 64;
/// A room's name is a title; it may be a little longer than a person's.
inline constexpr std::size_t kMaxRoomNameGraphemes = 64;
inline constexpr std::size_t kMaxRoomNameBytes = 256;
inline constexpr std::size_t kMaxMembers = 5'000;

// --- ports -------------------------------------------------------------------------------------
/// Below the ranges that Windows (49152…) and Linux (32768…) hand out by themselves.
inline constexpr std::uint16_t kDefaultPort = 1060;
/// How many ports after the default are tried when nobody asked for a certain one.
inline constexpr int kPortTries = 20;

/// Where the page with the installers is, or at one of the next ports.
inline constexpr std::uint16_t kDefaultSharePort = 8060;

// --- giving the program away --------------------------------------------------------------------
/// Six systems and a few versions of each.
inline constexpr std::size_t kMaxSharedInstallers = 32;
/// Downloads at a time; a browser opens up to six connections, one computer gets a few more.
inline constexpr unsigned kMaxDownloadConnections = 64;
inline constexpr unsigned kMaxDownloadConnectionsPerAddress = 8;
/// A request of a browser has about 1 KiB of headers.
inline constexpr std::size_t kMaxRequestBytes = std::size_t{16} * 1024;
/// A connection that says nothing is closed, a download that nobody takes a while later.
inline constexpr auto kIdleRequestDeadline = 15s;
inline constexpr auto kStalledDownloadDeadline = 60s;

// --- frames (docs/PROTOCOL.md) -----------------------------------------------------------------
inline constexpr std::size_t kFrameHeaderBytes = 8;
inline constexpr std::size_t kMaxControlFrameBytes = std::size_t{64} * 1024;
/// Before admission a stranger may send little, in few frames, in a short time.
inline constexpr std::size_t kMaxGreetingFrameBytes = std::size_t{4} * 1024;
inline constexpr int kMaxGreetingFrames = 8;
inline constexpr auto kGreetingDeadline = 10s;
/// Sequence numbers fit into 48 bits: a million events a second for nine years.
inline constexpr std::uint64_t kMaxSeq = (std::uint64_t{1} << 48) - 1;

// --- queues and liveness -----------------------------------------------------------------------
/// Bytes waiting for one member before it leaves live mode and is served from the log.
inline constexpr std::size_t kMaxQueuedBytes = std::size_t{1024} * 1024;
/// Below this a member that had left live mode gets its next page from the log.
inline constexpr std::size_t kRefillQueuedBytes = std::size_t{64} * 1024;
/// One page from the log for a member that is catching up, a tick.
inline constexpr std::size_t kCatchUpPageBytes = std::size_t{256} * 1024;
inline constexpr std::size_t kCatchUpPageEvents = 2'000;
/// The kernel buffers more than asked (a 64 MB write put 3.9 MB there); this keeps "bounded" true.
inline constexpr int kSocketSendBufferBytes = 256 * 1024;
inline constexpr std::size_t kReadChunkBytes = std::size_t{64} * 1024;
/// A member that takes nothing for this long while bytes wait is shown out.
inline constexpr auto kStalledWriterDeadline = 30s;
/// A member lets the host hear from it this often.
inline constexpr auto kPingInterval = 20s;
inline constexpr auto kSilenceDeadline = 60s;
inline constexpr auto kConnectDeadline = 10s;
/// How long a member waits for Welcome and Joined after the connection stands.
inline constexpr auto kAdmissionDeadline = 10s;
/// How long a closing side keeps trying to hand over its last bytes (Goodbye).
inline constexpr auto kFarewellDeadline = 2s;

// --- one program for a profile ------------------------------------------------------------------
/// Where the running program can be reached: the path of a socket or the name of a pipe.
inline constexpr std::size_t kMaxHolderWordBytes = 4096;
/// What a second start passes on: a command line with a link in it.
inline constexpr std::size_t kMaxSecondStartBytes = std::size_t{16} * 1024;
inline constexpr std::size_t kMaxSecondStartArguments = 64;
/// For one step of that talk, which takes a millisecond when all is well.
inline constexpr auto kSecondStartPatience = 2s;
/// A window that is just opening or closing is waited for this long.
inline constexpr auto kProfileInUsePatience = 4s;
inline constexpr auto kProfileInUsePause = 50ms;

// --- backups (docs/BACKUP.md) -------------------------------------------------------------------
/// File systems allow 255 bytes or letters in one part of a path.
inline constexpr std::size_t kMaxBackupNamePartBytes = 200;
/// A person in ten thousand rooms.
inline constexpr std::uint32_t kMaxBackupEntries = 100'000;
/// Four short words; what is shorter is guessed by a computer that has the file.
inline constexpr std::size_t kMinPassphraseCodePoints = 10;
inline constexpr std::size_t kMaxPassphraseBytes = 1024;
/// A profile.json has 120 bytes.
inline constexpr std::size_t kMaxProfileFileBytes = std::size_t{64} * 1024;

// --- records -----------------------------------------------------------------------------------
/// Rows of the connection log that are kept; a week of a busy school fits.
inline constexpr std::size_t kMaxConnectionRecords = 20'000;

}  // namespace earshot::app
