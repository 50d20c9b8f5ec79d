#pragma once
// What a text looks like (UTS 39). Pure; any thread.

#include <array>
#include <string>
#include <string_view>

namespace earshot::app {

/// UTS 39's skeleton: texts with the same one can hardly be told apart. Also letters in the shape of
/// small capitals, circles, squares and flags are taken for the letter.
/// Precondition: isValidText, in the form NFKC.
[[nodiscard]] std::string skeleton(std::string_view utf8);

/// The skeleton whatever the case, once as it is read (of the small letters) and once as it is seen
/// (of the text itself: "Ian" is seen as "lan"). Texts that share one of the two are taken for each
/// other; with only one, "Ilse" and "Lise" would be the same. Precondition: as skeleton.
[[nodiscard]] std::array<std::string, 2> skeletonsOfAnyCase(std::string_view utf8);

}  // namespace earshot::app
