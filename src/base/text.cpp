#include "base/text.hpp"

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

unsigned char at(std::string_view text, std::size_t index) { return static_cast<unsigned char>(text[index]); }

/// Bytes of the well-formed code point at `index`, or 0.
std::size_t sequence_length(std::string_view text, std::size_t index) {
  const unsigned char lead = at(text, index);
  const auto continues = [&](std::size_t offset) {
    return index + offset < text.size() && (at(text, index + offset) & 0xC0) == 0x80;
  };
  if (lead < 0x80) return lead == 0 ? 0 : 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    const unsigned char second = at(text, index + 1);
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    const unsigned char second = at(text, index + 1);
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
    return 4;
  }
  return 0;
}

constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::size_t blank_at_front(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')) return 1;
  return text.starts_with(kIdeographicSpace) || text.starts_with(kByteOrderMark) ? 3 : 0;
}

std::size_t blank_at_back(std::string_view text) {
  if (text.empty()) return 0;
  if (text.back() == ' ' || (text.back() >= '\t' && text.back() <= '\r')) return 1;
  return text.ends_with(kIdeographicSpace) || text.ends_with(kByteOrderMark) ? 3 : 0;
}

}  // namespace

bool is_clean_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::u32string to_code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    JZ_ASSERT(length > 0);
    char32_t point = length == 1 ? at(text, i) : at(text, i) & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) point = point << 6 | (at(text, i + k) & 0x3FU);
    points += point;
    i += length;
  }
  return points;
}

void append_utf8(std::string& text, char32_t point) {
  JZ_ASSERT(point < 0x110000 && (point < 0xD800 || point > 0xDFFF));
  const std::size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  constexpr unsigned kLead[] = {0, 0x00, 0xC0, 0xE0, 0xF0};
  text += static_cast<char>(kLead[length] | (point >> (6 * (length - 1))));
  for (std::size_t k = length - 1; k-- > 0;) text += static_cast<char>(0x80U | ((point >> (6 * k)) & 0x3FU));
}

std::string_view trim(std::string_view text) {
  while (const std::size_t blank = blank_at_front(text)) text.remove_prefix(blank);
  while (const std::size_t blank = blank_at_back(text)) text.remove_suffix(blank);
  return text;
}

std::string to_half_width(std::string_view text) {
  std::string narrow;
  narrow.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i).starts_with(kIdeographicSpace)) {
      narrow += ' ';
      i += 3;
      continue;
    }
    // U+FF01..U+FF3F is EF BC 81..BF, U+FF40..U+FF5E is EF BD 80..9E.
    if (i + 2 < text.size() && at(text, i) == 0xEF && (at(text, i + 1) == 0xBC || at(text, i + 1) == 0xBD)) {
      const unsigned point = 0xF000U | (static_cast<unsigned>(at(text, i + 1) & 0x3F) << 6) | (at(text, i + 2) & 0x3F);
      if (point >= 0xFF01 && point <= 0xFF5E) {
        narrow += static_cast<char>(point - 0xFF01 + 0x21);
        i += 3;
        continue;
      }
    }
    narrow += text[i++];
  }
  return narrow;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace jiuzhu
