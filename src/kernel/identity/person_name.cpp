#include "kernel/identity/person_name.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace jiuzhu {
namespace {

constexpr std::size_t kMaxLength = 50;
constexpr char32_t kMiddleDot = U'\u00B7';

bool is_between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool is_han(char32_t c) {
  return is_between(c, 0x4E00, 0x9FFF) || is_between(c, 0x3400, 0x4DBF) || is_between(c, 0x20000, 0x323AF) ||
         is_between(c, 0xF900, 0xFAFF) || c == 0x3007;
}

bool is_latin(char32_t c) {
  return is_between(c, 'A', 'Z') || is_between(c, 'a', 'z') ||
         (is_between(c, 0x00C0, 0x024F) && c != 0x00D7 && c != 0x00F7);
}

/// Characters that keyboards and old registers put where U+00B7 belongs.
bool is_middle_dot(char32_t c) {
  constexpr std::array<char32_t, 9> kLookAlikes{0x00B7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65, 0x0387, 0x16EB};
  return std::ranges::find(kLookAlikes, c) != kLookAlikes.end();
}

bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == 0x00A0 || c == 0x3000; }

std::u32string normalised(std::u32string_view points) {
  std::u32string name;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t c = points[i];
    const bool is_last = i + 1 == points.size();
    if (is_middle_dot(c)) {
      name += kMiddleDot;
    } else if (c == '.' && !name.empty() && is_han(name.back()) && !is_last && is_han(points[i + 1])) {
      name += kMiddleDot;
    } else if (!is_blank(c)) {
      if (is_han(c) && name.size() >= 2 && name.back() == ' ' && is_han(name[name.size() - 2])) name.pop_back();
      name += c;
    } else if (!name.empty() && name.back() != ' ') {
      name += ' ';
    }
  }
  while (!name.empty() && name.back() == ' ') name.pop_back();
  return name;
}

bool has_misplaced_dot(std::u32string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] != kMiddleDot) continue;
    if (i == 0 || i + 1 == name.size()) return true;
    for (const char32_t neighbour : {name[i - 1], name[i + 1]}) {
      if (neighbour == kMiddleDot || neighbour == ' ') return true;
    }
  }
  return false;
}

/// Surnames of two characters that are in use; in a name of three or more characters both stay visible.
bool has_compound_surname(std::u32string_view name) {
  constexpr std::array<std::u32string_view, 46> kCompoundSurnames{
      U"欧阳", U"司马", U"上官", U"诸葛", U"东方", U"皇甫", U"尉迟", U"公孙", U"慕容", U"令狐", U"宇文", U"长孙",
      U"司徒", U"夏侯", U"端木", U"百里", U"东郭", U"南宫", U"西门", U"呼延", U"轩辕", U"独孤", U"闻人", U"澹台",
      U"公冶", U"太叔", U"申屠", U"钟离", U"濮阳", U"淳于", U"单于", U"仲孙", U"司空", U"赫连", U"万俟", U"拓跋",
      U"第五", U"梁丘", U"左丘", U"鲜于", U"闾丘", U"司寇", U"颛孙", U"乐正", U"公羊", U"谷梁"};
  return name.size() >= 3 && std::ranges::find(kCompoundSurnames, name.substr(0, 2)) != kCompoundSurnames.end();
}

std::string to_utf8(std::u32string_view points) {
  std::string text;
  for (const char32_t c : points) append_utf8(text, c);
  return text;
}

}  // namespace

Result<PersonName> PersonName::parse(std::string_view text) {
  if (!is_clean_utf8(text)) return refuse(ErrorCode::invalid_input, "text.malformed");
  const std::u32string name = normalised(to_code_points(to_half_width(trim(text))));
  if (name.empty()) return refuse(ErrorCode::invalid_input, "person_name.empty");
  if (name.size() > kMaxLength) {
    return refuse(ErrorCode::invalid_input, "person_name.length", {{"max", std::to_string(kMaxLength)}});
  }
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char32_t c = name[i];
    if (is_han(c) || is_latin(c) || c == kMiddleDot || c == ' ') continue;
    return refuse(ErrorCode::invalid_input, "person_name.characters", {{"position", std::to_string(i + 1)}});
  }
  if (has_misplaced_dot(name)) return refuse(ErrorCode::invalid_input, "person_name.middle_dot");
  return PersonName(to_utf8(name));
}

std::string PersonName::masked() const {
  std::u32string name = to_code_points(text_);
  if (name.size() == 1) return "*";
  for (std::size_t i = has_compound_surname(name) ? 2 : 1; i < name.size(); ++i) {
    if (name[i] != kMiddleDot && name[i] != ' ') name[i] = '*';
  }
  return to_utf8(name);
}

}  // namespace jiuzhu
