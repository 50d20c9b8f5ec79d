#pragma once
// What a person can do after a way into a room led nowhere. Pure.

#include <cstdint>

#include "app/result.h"

namespace earshot::ui {

enum class NextStep : std::uint8_t {
  TryAgain,          ///< the same way may work later
  TypeJoinCode,      ///< the room asks for its join code
  MayTypeJoinCode,   ///< a full stop; who has the join code of today can prove the host anew with it
  AskForAnotherWay,  ///< a full stop; only the host can help, with an invite or another address
};

[[nodiscard]] constexpr NextStep nextStepAfter(const app::Error& error) {
  switch (error.code) {
    case app::Errc::JoinCodeNeeded:
    case app::Errc::JoinCodeWrong:
    case app::Errc::JoinCodeInvalid:
    case app::Errc::TooManyTries:
      return NextStep::TypeJoinCode;
    case app::Errc::HostKeyChanged:
      return NextStep::MayTypeJoinCode;
    case app::Errc::HostNotTrusted:
    case app::Errc::OtherRoom:
    case app::Errc::InviteExpired:
      return NextStep::AskForAnotherWay;
    default:
      return NextStep::TryAgain;
  }
}

}  // namespace earshot::ui
