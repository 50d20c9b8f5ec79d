#include "ui/transcript_format.h"

#include <ctime>

#include <wx/datetime.h>

#include "ui/transcript_text.h"

namespace earshot::ui {
namespace {

const std::string kDeleted = "This message was deleted.";

wxDateTime::Tm localTime(app::UtcMillis time) {
  return wxDateTime(std::chrono::system_clock::to_time_t(time)).GetTm();
}

std::string twoDigits(int number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 2) digits.insert(digits.begin(), '0');
  return digits;
}

}  // namespace

std::string clockTime(app::UtcMillis time) {
  const auto tm = localTime(time);
  return twoDigits(tm.hour) + ":" + twoDigits(tm.min);
}

std::string dayName(app::UtcMillis time) {
  auto tm = localTime(time);
  const wxString weekday = wxDateTime::GetEnglishWeekDayName(tm.GetWeekDay());
  const wxString month = wxDateTime::GetEnglishMonthName(tm.mon);
  return (weekday + ", ").ToStdString() + std::to_string(tm.mday) + (" " + month + " ").ToStdString() +
         std::to_string(tm.year);
}

bool sameDay(app::UtcMillis a, app::UtcMillis b) {
  const auto x = localTime(a);
  const auto y = localTime(b);
  return x.mday == y.mday && x.mon == y.mon && x.year == y.year;
}

std::string spokenLine(const TranscriptRow& row) {
  const std::string time = clockTime(row.time);
  std::string line = row.kind == RowKind::Notice ? time : row.senderName + ", " + time;
  if (row.quote) line += row.quote->name.empty() ? ", a reply" : ", in reply to " + row.quote->name;
  line += ": " + (row.deleted ? kDeleted : row.text);
  if (row.edited) line += " (edited)";
  if (row.mentioned) line += " (mentions you)";
  for (const RowReaction& reaction : row.reactions) {
    line += "; " + reaction.emoji;
    for (std::size_t i = 0; i < reaction.names.size(); ++i) line += (i == 0 ? " " : ", ") + reaction.names[i];
  }
  switch (row.delivery) {
    case Delivery::Kept:
      return line + " (sent)";
    case Delivery::Delivered:
      return line + " (delivered)";
    case Delivery::Sent:
    case Delivery::Sending:
    case Delivery::Failed:
      break;
  }
  return line;
}

std::string shownText(const TranscriptRow& row) {
  if (row.deleted) return kDeleted;
  const bool action = row.kind == RowKind::Text && row.style == app::TextStyle::Action;
  return displayText(action ? "* " + row.senderName + " " + row.text : row.text);
}

std::string copiedLine(const TranscriptRow& row, const std::string& part) {
  std::string line = "[";
  line += clockTime(row.time);
  line += "] ";
  if (row.kind == RowKind::Text && row.style == app::TextStyle::Plain) line += row.senderName + ": ";
  return line + part;
}

}  // namespace earshot::ui
