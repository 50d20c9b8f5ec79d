#pragma once
// The faces of Earshot without a window. Each runs until it is done and returns the exit code of
// the program: 0 done, 1 failed (one sentence on standard error), 2 wrong usage.

#include "app/hosting.h"
#include "app/profile.h"
#include "app/room_link.h"
#include "app/sharing.h"
#include "console/command_line.h"

namespace earshot::console {

int runHost(const HostArguments& arguments, const app::Profile& profile, const app::StartHost& startHost,
            const app::StartSharing& startSharing);
int runJoin(const JoinArguments& arguments, const app::Profile& profile, const app::OpenLink& openLink);
/// Needs no network, and never changes the folders.
int runExport(const ExportArguments& arguments, const app::ProfilePaths& paths);
/// Adds an archive to the folders, which may be in use.
int runImport(const ImportArguments& arguments, const app::ProfilePaths& paths);
int runSearch(const SearchArguments& arguments, const app::ProfilePaths& paths);
int runRooms(const RoomsArguments& arguments, const app::ProfilePaths& paths);
/// Reads the folders, which may be in use.
int runBackup(const BackupArguments& arguments, const app::ProfilePaths& paths);
/// For folders that nobody uses.
int runRestore(const RestoreArguments& arguments, const app::ProfilePaths& paths);

/// Reads the folders, which may be in use; with --repair nobody may use them.
int runCheck(const CheckArguments& arguments, const app::ProfilePaths& paths);

/// The error as one sentence on standard error; returns 1.
int failWith(const app::Error& error);
/// The same before the face of this command line has begun: with --json also an event.
int failWith(const app::Error& error, const CommandLine& line);

}  // namespace earshot::console
