#include "ui/transcript_accessible.h"

#ifndef __WXGTK__

namespace earshot::ui {
namespace {

/// The reading view serves screen readers where the list is not reported yet.
class NoAccessible final : public TranscriptAccessible {
 public:
  void rowsReset() override {}
  void rowsInserted(std::size_t, std::size_t) override {}
  void rowsRemoved(std::size_t, std::size_t) override {}
  void rowChanged(std::size_t) override {}
  void rowFocused(std::size_t) override {}
  void updated() override {}
  void announce(const std::string&) override {}
};

}  // namespace

std::unique_ptr<TranscriptAccessible> TranscriptAccessible::create(wxWindow&, AccessibleRows&) {
  return std::make_unique<NoAccessible>();
}

}  // namespace earshot::ui

#endif
