#include "kernel/identity/phone_number.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace jiuzhu {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits, with one '-' wherever separators stood between two digits; nothing when there are other characters.
std::optional<std::string> plain(std::string_view text) {
  std::string digits;
  bool is_separated = false;
  for (const char c : text) {
    if (is_digit(c)) {
      if (is_separated && !digits.empty()) digits += '-';
      is_separated = false;
      digits += c;
    } else if (c == ' ' || c == '-' || c == '(' || c == ')') {
      is_separated = true;
    } else {
      return std::nullopt;
    }
  }
  return digits;
}

std::string without_hyphens(std::string text) {
  std::erase(text, '-');
  return text;
}

bool is_mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

/// The canonical form of a landline, or nothing. `separated` keeps the hyphens: the last one may precede an extension.
std::optional<std::string> landline(std::string_view separated) {
  std::string digits = without_hyphens(std::string(separated));
  if (digits.size() < 3 || digits[0] != '0') return std::nullopt;
  // 010 and 02x are the only area codes of three digits; 00 is the way abroad.
  if (digits[1] == '0') return std::nullopt;
  const std::size_t area_length = digits.starts_with("010") || digits[1] == '2' ? 3 : 4;
  if (digits[1] == '1' && digits[2] != '0') return std::nullopt;

  std::string extension;
  const std::size_t last_hyphen = separated.rfind('-');
  if (last_hyphen != std::string_view::npos) {
    const std::string head = without_hyphens(std::string(separated.substr(0, last_hyphen)));
    // A hyphen inside the number itself leaves fewer than seven digits before it.
    if (head.size() >= area_length + 7) {
      extension = separated.substr(last_hyphen + 1);
      digits = head;
    }
  }
  if (digits.size() < area_length + 7 || digits.size() > area_length + 8 || extension.size() > 6) return std::nullopt;
  if (digits[area_length] < '2') return std::nullopt;
  digits.insert(area_length, "-");
  return extension.empty() ? digits : digits + '-' + extension;
}

}  // namespace

Result<PhoneNumber> PhoneNumber::parse(std::string_view text) {
  const std::string narrow = to_half_width(text);
  std::string_view rest = trim(narrow);
  bool has_country_code = false;
  for (const std::string_view country_code : {"+86", "0086"}) {
    if (!has_country_code && rest.starts_with(country_code)) {
      rest.remove_prefix(country_code.size());
      has_country_code = true;
    }
  }
  std::optional<std::string> separated = plain(rest);
  if (!separated) return refuse(ErrorCode::invalid_input, "phone_number.characters");
  std::string digits = without_hyphens(*separated);
  if (digits.size() == 13 && digits.starts_with("86")) digits.erase(0, 2);
  if (is_mobile(digits)) return PhoneNumber(PhoneKind::mobile, std::move(digits));
  // Behind a country code the area code stands without its 0.
  if (has_country_code && !separated->starts_with('0')) separated->insert(0, "0");
  if (std::optional<std::string> number = landline(*separated)) {
    return PhoneNumber(PhoneKind::landline, *std::move(number));
  }
  return refuse(ErrorCode::invalid_input, "phone_number.form");
}

std::string PhoneNumber::masked() const {
  if (kind_ == PhoneKind::mobile) return text_.substr(0, 3) + "****" + text_.substr(7);
  // Without the extension: it is not part of what the mask keeps.
  const std::size_t start = text_.find('-') + 1;
  const std::size_t end = std::min(text_.find('-', start), text_.size());
  return text_.substr(0, start) + std::string(end - start - 3, '*') + text_.substr(end - 3, 3);
}

}  // namespace jiuzhu
