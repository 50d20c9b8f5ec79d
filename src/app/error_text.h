#pragma once
// The one place where an error becomes a sentence that says what to do next.

#include <string>

#include "app/command.h"
#include "app/result.h"

namespace earshot::app {

struct HostSaving;

/// One plain English sentence, with a full stop, without codes or jargon.
[[nodiscard]] std::string describe(const Error& error);

/// A stable snake_case word for machines ("name_taken"), as the console's JSON uses it.
[[nodiscard]] std::string codeName(Errc code);

/// Why somebody was not let in, as one short phrase for the connection log.
[[nodiscard]] std::string describeFailedProof(Errc why);

/// Why nothing can be said in a room that is hosted on this computer, or nothing privately, to the person who hosts it,
/// as describe() does. Precondition: saving.failed.
[[nodiscard]] std::string describeUnsaved(const HostSaving& saving);

/// "left", "lost the connection" …: finishes the sentence "NAME …".
[[nodiscard]] std::string describe(LeaveReason reason);

}  // namespace earshot::app
