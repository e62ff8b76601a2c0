#pragma once
// Text from outside arrives as UTF-8 or as GB18030 (what Excel and the banks write in China). Inside it is UTF-8.
// Two known converters disagree about rare characters in names, see text_encoding.cpp. Free functions may be called
// from any thread; a TextDecoder belongs to one thread at a time.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jiuzhu {

enum class TextEncoding { utf_8, gb18030 };

/// What these bytes are, looking at all of them: a byte order mark or well-formed UTF-8 means UTF-8, otherwise GB18030.
/// UTF-8 whose only characters beyond ASCII take two bytes (Latin, Greek, Cyrillic) is taken for GB18030: in our
/// records it is a short Chinese text whose bytes happen to look like UTF-8. Bytes that begin as Chinese UTF-8 and go
/// wrong later are damaged UTF-8, which the decoder refuses: as GB18030 they would pass, as nonsense.
/// Refuses with "text.contains_nul" {offset} and, for what Excel calls "Unicode text", "text.utf_16".
Result<TextEncoding> detect_encoding(std::string_view bytes);

/// Turns pieces of a text into UTF-8 without byte order mark, and the private points that old converters used for
/// characters in names into those characters. A character may be cut between two pieces.
class TextDecoder {
 public:
  explicit TextDecoder(TextEncoding encoding);
  ~TextDecoder();
  TextDecoder(TextDecoder&&) noexcept;
  TextDecoder& operator=(TextDecoder&&) noexcept;

  /// Refuses with "text.invalid_bytes" {offset} or "text.contains_nul" {offset}, counted in bytes from the very start;
  /// the decoder is of no use afterwards.
  Result<std::string> decode(std::string_view piece);
  /// Refuses with "text.invalid_bytes" {offset} when the text ends inside a character.
  Status finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The whole text at once.
Result<std::string> decode_text(std::string_view bytes, TextEncoding encoding);

/// `text` is well-formed UTF-8 without U+0000. GB18030 has a place for every character, so nothing is refused; the
/// private points of the edition of 2000 go out as the characters they stood for.
std::string encode_gb18030(std::string_view text);

}  // namespace jiuzhu
