#include "reliability/fault_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>

namespace earshot::test {
namespace {

std::atomic<bool> synchronousIsOff{false};

}  // namespace

/// One file, however many connections have it open.
struct FaultVfs::Node {
  struct Write {
    std::int64_t offset;  ///< of a truncation: the new size
    std::string bytes;
    bool truncates;
  };
  std::string current;              ///< as the program sees it
  std::vector<Write> unsynced;      ///< since the last sync, in order
  std::vector<sqlite3_file*> open;  ///< real files; any of them will do

  void apply(const Write& write) const {
    sqlite3_file* file = open.front();
    if (write.truncates) {
      file->pMethods->xTruncate(file, write.offset);
    } else {
      file->pMethods->xWrite(file, write.bytes.data(), static_cast<int>(write.bytes.size()), write.offset);
    }
  }
  void sync() {
    for (const Write& write : unsynced) apply(write);
    unsynced.clear();
  }
  void losePower(std::mt19937_64& random, std::int64_t sector) {
    for (const Write& write : unsynced) {
      if (write.truncates) {
        if (random() % 2 == 0) apply(write);
        continue;
      }
      const auto end = write.offset + static_cast<std::int64_t>(write.bytes.size());
      for (std::int64_t from = write.offset; from < end;) {
        const std::int64_t to = std::min(end, (from / sector + 1) * sector);
        const auto begin = static_cast<std::size_t>(from - write.offset);
        if (random() % 2 == 0) apply({from, write.bytes.substr(begin, static_cast<std::size_t>(to - from)), false});
        from = to;
      }
    }
    unsynced.clear();
  }
};

namespace {

using Node = FaultVfs::Node;

struct File {
  sqlite3_file base;
  FaultVfs* vfs;
  sqlite3_file* real;           ///< owned; behind this struct in the same memory
  std::string* path;            ///< owned
  std::shared_ptr<Node>* node;  ///< owned
};

File& of(sqlite3_file* file) {
  return *reinterpret_cast<File*>(file);
}
Node& nodeOf(sqlite3_file* file) {
  return **of(file).node;
}

int closeFile(sqlite3_file* file) {
  File& mine = of(file);
  const std::lock_guard lock(mine.vfs->mutex());
  Node& node = nodeOf(file);
  if (node.open.size() == 1 && !mine.vfs->hasCrashed()) {
    // What nobody has open any more is taken to have reached the disk.
    node.sync();
    mine.vfs->forget(*mine.path);
  }
  node.open.erase(std::remove(node.open.begin(), node.open.end(), mine.real), node.open.end());
  const int closed = mine.real->pMethods->xClose(mine.real);
  delete mine.node;
  delete mine.path;
  return closed;
}

int readFile(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
  const std::lock_guard lock(of(file).vfs->mutex());
  if (of(file).vfs->hasCrashed()) return SQLITE_IOERR_READ;
  const std::string& current = nodeOf(file).current;
  const auto wanted = static_cast<std::size_t>(count);
  const auto from = std::min(static_cast<std::size_t>(offset), current.size());
  const auto there = std::min(wanted, current.size() - from);
  auto* bytes = static_cast<char*>(into);
  std::copy_n(current.data() + from, there, bytes);
  if (there == wanted) return SQLITE_OK;
  std::fill_n(bytes + there, wanted - there, '\0');
  return SQLITE_IOERR_SHORT_READ;
}

int writeFile(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  const std::lock_guard lock(of(file).vfs->mutex());
  Node& node = nodeOf(file);
  if (of(file).vfs->hasCrashed()) return SQLITE_IOERR_WRITE;
  // It may be on its way already when the power goes.
  node.unsynced.push_back(
      {offset, std::string(static_cast<const char*>(from), static_cast<std::size_t>(count)), false});
  if (const int failed = of(file).vfs->beforeChange(*of(file).path, true, false); failed != SQLITE_OK) {
    if (!of(file).vfs->hasCrashed()) node.unsynced.pop_back();
    return failed;
  }
  const auto end = static_cast<std::size_t>(offset) + static_cast<std::size_t>(count);
  if (node.current.size() < end) node.current.resize(end);
  std::memcpy(node.current.data() + offset, from, static_cast<std::size_t>(count));
  return SQLITE_OK;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
  const std::lock_guard lock(of(file).vfs->mutex());
  if (const int failed = of(file).vfs->beforeChange(*of(file).path, false, false); failed != SQLITE_OK) return failed;
  nodeOf(file).unsynced.push_back({size, {}, true});
  nodeOf(file).current.resize(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int syncFile(sqlite3_file* file, int) {
  const std::lock_guard lock(of(file).vfs->mutex());
  if (const int failed = of(file).vfs->beforeChange(*of(file).path, false, true); failed != SQLITE_OK) return failed;
  nodeOf(file).sync();
  return SQLITE_OK;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size) {
  const std::lock_guard lock(of(file).vfs->mutex());
  *size = static_cast<sqlite3_int64>(nodeOf(file).current.size());
  return SQLITE_OK;
}

// Locks and shared memory are of running programs, not of disks: the real ones do.
int lockFile(sqlite3_file* file, int level) {
  return of(file).real->pMethods->xLock(of(file).real, level);
}
int unlockFile(sqlite3_file* file, int level) {
  return of(file).real->pMethods->xUnlock(of(file).real, level);
}
int checkReservedLock(sqlite3_file* file, int* reserved) {
  return of(file).real->pMethods->xCheckReservedLock(of(file).real, reserved);
}
int fileControl(sqlite3_file* file, int operation, void* argument) {
  if (operation == SQLITE_FCNTL_PRAGMA && synchronousIsOff) {
    auto* const* words = static_cast<char**>(argument);
    const bool asked = sqlite3_stricmp(words[1], "synchronous") == 0 && words[2] != nullptr;
    if (asked && sqlite3_stricmp(words[2], "OFF") != 0) return SQLITE_OK;  // as if it were done
  }
  // A size or a chunk for a file that is in memory so far would be lasting at once.
  if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_NOTFOUND;
  return of(file).real->pMethods->xFileControl(of(file).real, operation, argument);
}
int sectorSize(sqlite3_file* file) {
  return of(file).real->pMethods->xSectorSize(of(file).real);
}
int deviceCharacteristics(sqlite3_file* file) {
  return of(file).real->pMethods->xDeviceCharacteristics(of(file).real);
}
int shmMap(sqlite3_file* file, int region, int size, int extend, void volatile** at) {
  return of(file).real->pMethods->xShmMap(of(file).real, region, size, extend, at);
}
int shmLock(sqlite3_file* file, int offset, int count, int flags) {
  return of(file).real->pMethods->xShmLock(of(file).real, offset, count, flags);
}
void shmBarrier(sqlite3_file* file) {
  of(file).real->pMethods->xShmBarrier(of(file).real);
}
int shmUnmap(sqlite3_file* file, int erase) {
  return of(file).real->pMethods->xShmUnmap(of(file).real, erase);
}

constexpr sqlite3_io_methods kMethods{
    2,          closeFile,         readFile,    writeFile,  truncateFile,          syncFile, fileSize, lockFile,
    unlockFile, checkReservedLock, fileControl, sectorSize, deviceCharacteristics, shmMap,   shmLock,  shmBarrier,
    shmUnmap,   nullptr,           nullptr};

FaultVfs& of(sqlite3_vfs* vfs) {
  return *static_cast<FaultVfs*>(vfs->pAppData);
}

int openFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags) {
  FaultVfs& faults = of(vfs);
  const std::lock_guard lock(faults.mutex());
  file->pMethods = nullptr;
  if (faults.hasCrashed()) return SQLITE_CANTOPEN;
  // Files without a name are of nobody after a crash.
  if (name == nullptr) return faults.real().xOpen(&faults.real(), name, file, flags, outFlags);
  File& mine = of(file);
  mine.real = reinterpret_cast<sqlite3_file*>(&mine + 1);
  const int opened = faults.real().xOpen(&faults.real(), name, mine.real, flags, outFlags);
  if (opened != SQLITE_OK) {
    if (mine.real->pMethods != nullptr) mine.real->pMethods->xClose(mine.real);
    return opened;
  }
  mine.vfs = &faults;
  mine.path = new std::string(name);
  mine.node = new std::shared_ptr<Node>(faults.node(name));
  Node& node = **mine.node;
  if (node.open.empty()) {
    sqlite3_int64 size = 0;
    mine.real->pMethods->xFileSize(mine.real, &size);
    node.current.resize(static_cast<std::size_t>(size));
    if (size > 0) mine.real->pMethods->xRead(mine.real, node.current.data(), static_cast<int>(size), 0);
  }
  node.open.push_back(mine.real);
  file->pMethods = &kMethods;
  return SQLITE_OK;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int syncsFolder) {
  FaultVfs& faults = of(vfs);
  const std::lock_guard lock(faults.mutex());
  if (const int failed = faults.beforeChange(name, false, false); failed != SQLITE_OK) return failed;
  faults.forget(name);
  return faults.real().xDelete(&faults.real(), name, syncsFolder);
}

/// A file whose content is only in memory so far exists, too.
int access(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
  FaultVfs& faults = of(vfs);
  const std::lock_guard lock(faults.mutex());
  const int asked = faults.real().xAccess(&faults.real(), name, flags, result);
  if (flags == SQLITE_ACCESS_EXISTS && faults.holds(name)) *result = 1;
  return asked;
}

}  // namespace

FaultVfs::FaultVfs() : real_(sqlite3_vfs_find(nullptr)), own_(std::make_unique<sqlite3_vfs>(*real_)) {
  own_->zName = "fault";
  own_->pAppData = this;
  own_->szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
  own_->xOpen = openFile;
  own_->xDelete = deleteFile;
  own_->xAccess = access;
  sqlite3_vfs_register(own_.get(), 1);
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(own_.get());
  sqlite3_vfs_register(real_, 1);
}

std::size_t FaultVfs::changes() const {
  const std::lock_guard lock(mutex_);
  return changes_;
}

void FaultVfs::crashAt(std::size_t change, std::uint64_t seed, std::size_t sectorBytes) {
  const std::lock_guard lock(mutex_);
  crash_ = {change, seed, sectorBytes};
}

bool FaultVfs::hasCrashed() const {
  const std::lock_guard lock(mutex_);
  return crashed_;
}

void FaultVfs::powerOn() {
  const std::lock_guard lock(mutex_);
  crashed_ = false;
  crash_.reset();
  nodes_.clear();
}

void FaultVfs::failAt(std::size_t change, int code, std::size_t times, std::string under) {
  const std::lock_guard lock(mutex_);
  failing_ = {change, code, times, std::move(under)};
}

std::size_t FaultVfs::heal() {
  const std::lock_guard lock(mutex_);
  const std::size_t failed = failing_ ? failing_->failed : 0;
  failing_.reset();
  return failed;
}

int FaultVfs::beforeChange(const std::string& path, bool writes, bool syncs) {
  if (crashed_) return SQLITE_IOERR;
  ++changes_;
  if (crash_ && --crash_->left == 0) {
    crash();
    return SQLITE_IOERR;
  }
  if (!failing_ || path.find(failing_->under) == std::string::npos) return SQLITE_OK;
  if (failing_->left > 1) {
    --failing_->left;
    return SQLITE_OK;
  }
  const bool hit = failing_->code == SQLITE_IOERR_FSYNC ? syncs : writes;
  if (!hit || failing_->times == 0) return SQLITE_OK;
  --failing_->times;
  ++failing_->failed;
  return failing_->code;
}

void FaultVfs::crash() {
  crashed_ = true;
  std::mt19937_64 random(crash_->seed);
  for (const auto& [path, node] : nodes_) {
    if (!node->open.empty()) node->losePower(random, static_cast<std::int64_t>(crash_->sectorBytes));
  }
}

std::shared_ptr<FaultVfs::Node> FaultVfs::node(const std::string& path) {
  auto& node = nodes_[path];
  if (!node) node = std::make_shared<Node>();
  return node;
}

bool FaultVfs::holds(const std::string& path) const {
  const auto found = nodes_.find(path);
  return found != nodes_.end() && !found->second->current.empty();
}

void FaultVfs::forget(const std::string& path) {
  nodes_.erase(path);
}

namespace {

int turnOff(sqlite3* db, char**, const void*) {
  return sqlite3_exec(db, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
}
void (*entryPoint())() {
  return reinterpret_cast<void (*)()>(turnOff);
}

}  // namespace

SynchronousOff::SynchronousOff() {
  synchronousIsOff = true;
  sqlite3_auto_extension(entryPoint());
}

SynchronousOff::~SynchronousOff() {
  sqlite3_cancel_auto_extension(entryPoint());
  synchronousIsOff = false;
}

}  // namespace earshot::test
