#pragma once
// Text is UTF-8 without U+0000 (PostgreSQL would cut it there silently).

#include <string>
#include <string_view>
#include <vector>

namespace jiuzhu {

/// Well-formed UTF-8 (no overlong forms, no surrogates) without U+0000.
bool is_clean_utf8(std::string_view text);

/// Number of Unicode code points; `text` must be well-formed.
std::size_t code_points(std::string_view text);

/// The code points of well-formed `text`.
std::u32string to_code_points(std::string_view text);

/// Appends one code point; a surrogate or a value above U+10FFFF trips an assertion.
void append_utf8(std::string& text, char32_t point);

/// Without ASCII blanks, U+3000 and U+FEFF at both ends.
std::string_view trim(std::string_view text);

/// Full-width ASCII (U+FF01..U+FF5E) and U+3000 become their half-width forms.
std::string to_half_width(std::string_view text);

std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace jiuzhu
