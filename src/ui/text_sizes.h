#pragma once
// How large headings are, of the system's font. All of them are bold.

namespace earshot::ui {

inline constexpr float kTitleScale = 2.0F;
inline constexpr float kHeadingScale = 1.25F;

}  // namespace earshot::ui
