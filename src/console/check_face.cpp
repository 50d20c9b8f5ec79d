// The face that verifies and repairs a profile.
#include <iostream>

#include "app/error_text.h"
#include "app/profile_check.h"
#include "app/text.h"
#include "app/whole_file.h"
#include "console/faces.h"
#include "console/json_line.h"

namespace earshot::console {
namespace {

using app::CheckedFile;
using app::FileHealth;

std::string nameOf(FileHealth health) {
  switch (health) {
    case FileHealth::Good:
      return "good";
    case FileHealth::Damaged:
      return "damaged";
    case FileHealth::Newer:
      return "newer";
    case FileHealth::Unreadable:
      break;
  }
  return "unreadable";
}

std::string messagesIn(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " message" : " messages");
}

void tell(const CheckedFile& file, const CheckArguments& arguments) {
  if (arguments.json) {
    Json line{{"file", file.name}, {"health", nameOf(file.health)}};
    if (!file.problem.empty()) line["problem"] = file.problem;
    if (!file.title.empty()) line["title"] = file.title;
    if (file.messages) line["messages"] = *file.messages;
    writeLine(std::cout, line);
    return;
  }
  std::cout << app::sanitizeForDisplay(file.name) << ": " << nameOf(file.health);
  if (!file.problem.empty()) std::cout << ", " << file.problem;
  if (!file.title.empty()) std::cout << ", " << app::sanitizeForDisplay(file.title);
  if (file.messages) std::cout << ", " << messagesIn(*file.messages);
  std::cout << std::endl;
}

void tell(const CheckedFile& file, const app::Repaired& repaired, const CheckArguments& arguments) {
  const std::string kept = app::textOf(repaired.kept.filename());
  if (arguments.json) {
    Json line{{"file", file.name}, {"health", "repaired"}, {"kept", kept}};
    if (repaired.messages) line["messages"] = *repaired.messages;
    line["lost"] = repaired.lost;
    line["may_have_lost_more"] = repaired.mayHaveLostMore;
    writeLine(std::cout, line);
    return;
  }
  std::cout << app::sanitizeForDisplay(file.name) << ": repaired";
  if (repaired.messages) std::cout << ", " << messagesIn(*repaired.messages) << " saved";
  if (repaired.lost > 0) std::cout << ", " << messagesIn(repaired.lost) << " lost";
  if (repaired.mayHaveLostMore) std::cout << (repaired.lost > 0 ? ", perhaps more" : ", some may be lost");
  std::cout << "; the damaged file is kept as " << app::sanitizeForDisplay(kept) << std::endl;
}

/// The last line; how many files are not good decides on the exit code.
int sumUp(std::size_t files, std::size_t bad, std::size_t repairable, const CheckArguments& arguments) {
  if (arguments.json) {
    writeLine(std::cout, Json{{"files", files}, {"bad", bad}});
  } else if (bad == 0) {
    std::cout << "All is well in " << files << (files == 1 ? " file." : " files.") << std::endl;
  } else {
    std::cout << bad << " of " << files << (files == 1 ? " file" : " files")
              << (bad == 1 ? " is not as it should be" : " are not as they should be");
    if (repairable > 0 && !arguments.repair) {
      std::cout << "; close Earshot, and \"earshot check --repair\" saves what can be read";
    }
    std::cout << "." << std::endl;
  }
  return bad == 0 ? 0 : 1;
}

}  // namespace

int runCheck(const CheckArguments& arguments, const app::ProfilePaths& paths) {
  std::optional<app::ProfileLock> lock;
  std::error_code ignored;
  if (arguments.repair && std::filesystem::is_directory(paths.config, ignored)) {
    auto taken = app::ProfileLock::take(paths.config);
    if (!taken) return failWith(taken.error());
    lock.emplace(*std::move(taken));
  }
  const auto checked = app::checkProfile(paths);
  if (!checked) return failWith(checked.error());
  std::size_t bad = 0;
  std::size_t repairable = 0;
  for (const CheckedFile& file : *checked) {
    tell(file, arguments);
    if (file.health == FileHealth::Good) continue;
    ++bad;
    if (file.health != FileHealth::Damaged) continue;
    ++repairable;
    if (!lock) continue;
    const auto repaired = app::repairFile(file, app::systemNow());
    if (repaired) {
      --bad;
      tell(file, *repaired, arguments);
    } else {
      std::cerr << "earshot: " << file.name << " could not be repaired and is as it was; a backup can bring it back ("
                << app::codeName(repaired.error().code) << ")." << std::endl;
    }
  }
  return sumUp(checked->size(), bad, repairable, arguments);
}

}  // namespace earshot::console
