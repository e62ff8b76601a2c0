#pragma once
// A person's name as documents write it. Registers and clerks type the same name in several ways; parse() brings them
// to one form so that comparing texts compares names. No stream operator: names do not belong into logs. Immutable
// values; any thread.

#include <compare>
#include <iosfwd>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jiuzhu {

class PersonName {
 public:
  /// Han characters (the Unicode blocks with extensions, and 〇), Latin letters, the middle dot between parts, and
  /// single blanks; 1 to 50 characters. Normalises: full width to half width, every look-alike of the middle dot to
  /// U+00B7 (a full stop only between Han characters), blanks to one, and none between Han characters ("张 三").
  /// Refuses with "person_name.empty", ".length" (param max), ".characters" (param position, counted from 1 in the
  /// normalised text) or ".middle_dot" (at an end, doubled, or beside a blank), and bytes that are not UTF-8 with
  /// "text.malformed".
  static Result<PersonName> parse(std::string_view text);

  const std::string& text() const { return text_; }
  /// For public notices: the surname stays, each further character becomes one asterisk, dots and blanks stay.
  /// "张三" gives "张*", "欧阳明月" gives "欧阳**", "买买提·艾力" gives "买**·**". A name of one character gives "*".
  std::string masked() const;

  auto operator<=>(const PersonName&) const = default;
  friend std::ostream& operator<<(std::ostream&, const PersonName&) = delete;

 private:
  explicit PersonName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace jiuzhu
