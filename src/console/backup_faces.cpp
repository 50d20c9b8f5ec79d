// The faces that keep a profile safe: backup and restore.
#include <iostream>

#include "app/error_text.h"
#include "app/limits.h"
#include "app/profile_backup.h"
#include "app/whole_file.h"
#include "console/faces.h"
#include "console/terminal.h"

namespace earshot::console {
namespace {

using app::Errc;
using app::Error;

/// Overwritten when it goes.
class Passphrase {
 public:
  explicit Passphrase(std::string text) : text_(std::move(text)) {}
  Passphrase(Passphrase&& other) noexcept : text_(std::move(other.text_)) {}
  Passphrase& operator=(Passphrase&&) = delete;
  ~Passphrase() { app::crypto::wipe({reinterpret_cast<std::uint8_t*>(text_.data()), text_.size()}); }
  bool operator==(const Passphrase& other) const {
    return app::crypto::equalInConstantTime(app::crypto::bytesOf(text_), app::crypto::bytesOf(other.text_));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// The first line.
app::Result<Passphrase> passphraseIn(const std::filesystem::path& file) {
  auto content = app::readWholeFile(file);
  if (!content) return content.error();
  const Passphrase whole(*std::move(content));
  std::string line = whole.text().substr(0, whole.text().find('\n'));
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.size() > app::kMaxPassphraseBytes) return Error{Errc::UsageInvalid, app::textOf(file)};
  return Passphrase(std::move(line));
}

app::Result<Passphrase> ask(const char* question) {
  auto line = readTypedLine(question, Echo::Hidden, app::kMaxPassphraseBytes);
  if (!line) return Error{Errc::Cancelled, {}};
  return Passphrase(*std::move(line));
}

/// From the file, from standard input, or typed; a new one twice, since nobody sees what they type.
app::Result<Passphrase> passphraseFor(const std::optional<std::filesystem::path>& file, bool isNew) {
  if (file) return passphraseIn(*file);
  for (;;) {
    auto first = ask("Passphrase of the backup: ");
    if (!first || !isNew || !typesOnATerminal()) return first;
    if (const auto good = app::checkNewPassphrase(first->text()); !good) {
      std::cerr << app::describe(good.error()) << std::endl;
      continue;
    }
    const auto second = ask("The same again: ");
    if (!second) return second.error();
    if (*first == *second) return first;
    std::cerr << "These two were different; please type it once more." << std::endl;
  }
}

/// A percentage that counts up in place.
app::BackupProgress showProgress(const char* what, const Interruption& interruption) {
  return [what, &interruption, shown = std::uint64_t{101}](std::uint64_t done, std::uint64_t total) mutable {
    const std::uint64_t percent = total == 0 ? 100 : done * 100 / total;
    if (percent != shown && errorsGoToATerminal()) std::cerr << '\r' << what << percent << " % " << std::flush;
    shown = percent;
    return !interruption.asked();
  };
}

void endProgress() {
  if (errorsGoToATerminal()) std::cerr << '\r';
}

bool mayReplace(const RestoreArguments& arguments, const app::ProfilePaths& paths) {
  if (arguments.replace || !app::hasProfile(paths)) return true;
  if (!typesOnATerminal()) return false;
  const auto answer = readTypedLine("Somebody's Earshot is in \"" + app::textOf(paths.config) +
                                        "\" already. Set it aside and restore the backup? [y/N] ",
                                    Echo::Shown, app::kMaxPassphraseBytes);
  return answer && (*answer == "y" || *answer == "Y" || *answer == "yes");
}

}  // namespace

int runBackup(const BackupArguments& arguments, const app::ProfilePaths& paths) {
  const Interruption interruption;
  const auto passphrase = passphraseFor(arguments.passphraseFile, true);
  if (!passphrase) return failWith(passphrase.error());
  const auto made =
      app::backUpProfile(paths, arguments.file, passphrase->text(), showProgress("Backing up: ", interruption));
  endProgress();
  if (!made) return failWith(made.error());
  std::cerr << "Backed up " << *made << (*made == 1 ? " file" : " files") << " to \"" << app::textOf(arguments.file)
            << "\"; without the passphrase nobody can read it, you included." << std::endl;
  return 0;
}

int runRestore(const RestoreArguments& arguments, const app::ProfilePaths& paths) {
  const Interruption interruption;
  if (const auto looked = app::looksLikeBackup(arguments.file); !looked) return failWith(looked.error());
  if (!mayReplace(arguments, paths)) return failWith({Errc::ProfileExists, app::textOf(paths.config)});
  const auto passphrase = passphraseFor(arguments.passphraseFile, false);
  if (!passphrase) return failWith(passphrase.error());
  const auto restored = app::restoreProfile(paths, arguments.file, passphrase->text(), app::systemNow(),
                                            showProgress("Restoring: ", interruption));
  endProgress();
  if (!restored) return failWith(restored.error());
  std::cerr << "Restored the profile in \"" << app::textOf(paths.config) << "\".";
  if (*restored) std::cerr << " The one that was there is in \"" << app::textOf(**restored) << "\".";
  std::cerr << std::endl;
  return 0;
}

}  // namespace earshot::console
