#include "ui/people_list.h"

#include <unordered_map>
#include <utility>

#include <wx/menu.h>

#include "ui/accessible.h"
#include "ui/avatar.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

constexpr int kAvatarDip = 26;
constexpr int kRowDip = 34;
constexpr int kAvatarColumnDip = 38;
/// Beyond this many changes at once, filling the list anew is quicker.
constexpr std::size_t kMaxStepwiseChanges = 100;

}  // namespace

class PeopleList::Rows : public wxDataViewVirtualListModel {
 public:
  void show(const PeopleModel& people, bool hosting) {
    std::vector<Person> next;
    next.reserve(people.size());
    for (std::size_t i = 0; i < people.size(); ++i) next.push_back(people.at(i));
    const bool hostingChanged = std::exchange(hosting_, hosting) != hosting;
    const auto changes = listChanges(people_, next);
    if (changes.size() > kMaxStepwiseChanges) {
      people_ = std::move(next);
      Reset(static_cast<unsigned>(people_.size()));
      return;
    }
    for (const ListChange& change : changes) follow(change, next);
    if (hostingChanged && !people_.empty()) RowChanged(0);
  }

  void setTheme(const Theme& theme) {
    theme_ = theme;
    avatars_.clear();
    Reset(static_cast<unsigned>(people_.size()));
  }

  [[nodiscard]] const Person* at(unsigned int row) const { return row < people_.size() ? &people_[row] : nullptr; }

  unsigned int GetColumnCount() const override { return 2; }
  wxString GetColumnType(unsigned int column) const override { return column == 0 ? "wxBitmapBundle" : "string"; }
  void GetValueByRow(wxVariant& value, unsigned int row, unsigned int column) const override {
    if (row >= people_.size()) return;
    const Person& person = people_[row];
    if (column == 0) {
      value << avatar(person);
      return;
    }
    wxString label = fromUtf8(person.name);
    if (person.self) label = wxString::Format(hosting_ ? tr("%s (you) · host") : tr("%s (you)"), label);
    value = label;
  }
  bool SetValueByRow(const wxVariant&, unsigned int, unsigned int) override { return false; }

 private:
  void follow(const ListChange& change, const std::vector<Person>& next) {
    const auto row = static_cast<std::ptrdiff_t>(change.row);
    if (change.kind == ListChange::Kind::Removed) {
      people_.erase(people_.begin() + row);
      RowDeleted(static_cast<unsigned>(change.row));
    } else {
      people_.insert(people_.begin() + row, next[change.row]);
      RowInserted(static_cast<unsigned>(change.row));
    }
  }

  const wxBitmapBundle& avatar(const Person& person) const {
    auto& entry = avatars_[person.id];
    if (!entry.second.IsOk() || entry.first != person.name) {
      entry = {person.name, avatarBitmap(person.name, person.id, theme_, kAvatarDip)};
    }
    return entry.second;
  }

  std::vector<Person> people_;
  bool hosting_ = false;
  Theme theme_;
  mutable std::unordered_map<app::MemberId, std::pair<std::string, wxBitmapBundle>> avatars_;
};

PeopleList::PeopleList(wxWindow* parent)
    : wxDataViewCtrl(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxDV_NO_HEADER | wxDV_SINGLE | wxBORDER_NONE),
      rows_(new Rows) {
  AssociateModel(rows_.get());
  SetRowHeight(FromDIP(kRowDip));
  AppendColumn(new wxDataViewColumn(wxEmptyString, new wxDataViewBitmapRenderer("wxBitmapBundle"), 0,
                                    FromDIP(kAvatarColumnDip)));
  auto* renderer = new wxDataViewTextRenderer;
  renderer->EnableEllipsize(wxELLIPSIZE_END);
  AppendColumn(new wxDataViewColumn(_("Name"), renderer, 1, wxCOL_WIDTH_AUTOSIZE, wxALIGN_LEFT));
  setAccessibleName(this, _("People"));
  SetToolTip(_("Double-click somebody to write to them alone."));

  // What these do may open a dialog or show another conversation: not while the list reports.
  Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent& event) {
    CallAfter([this, person = otherAt(event.GetItem())] {
      if (person && onWriteTo) onWriteTo(*person);
    });
  });
  Bind(wxEVT_DATAVIEW_ITEM_CONTEXT_MENU, [this](wxDataViewEvent& event) {
    CallAfter([this, person = otherAt(event.GetItem())] {
      if (person) showMenuOf(*person);
    });
  });
}

PeopleList::~PeopleList() {
  AssociateModel(nullptr);
}

std::optional<app::MemberId> PeopleList::otherAt(const wxDataViewItem& item) const {
  const Person* person = item.IsOk() ? rows_->at(rows_->GetRow(item)) : nullptr;
  return person != nullptr && !person->self ? std::optional(person->id) : std::nullopt;
}

void PeopleList::showMenuOf(const app::MemberId& person) {
  wxMenu menu;
  const int write = menu.Append(wxID_ANY, _("&Write privately"))->GetId();
  const int trust = menu.Append(wxID_ANY, tr("&Compare pictures…"))->GetId();
  const int chosen = GetPopupMenuSelectionFromUser(menu);
  if (chosen == write && onWriteTo) onWriteTo(person);
  if (chosen == trust && onTrust) onTrust(person);
}

void PeopleList::show(const PeopleModel& people, bool hosting) {
  rows_->show(people, hosting);
}

void PeopleList::applyTheme(const Theme& theme) {
  SetBackgroundColour(theme.window);
  rows_->setTheme(theme);
}

}  // namespace earshot::ui
