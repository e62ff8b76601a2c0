#include "platform/files/text_encoding.hpp"

#include <iconv.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

#include "base/assert.hpp"
#include "base/text.hpp"

// glibc follows GB18030-2005 and later: the bytes FE59 are U+9FB4, and it rejects the four-byte form 82359037 for it.
// ICU 72 follows the edition of 2000: FE59 is the private point U+E81E there, 82359037 is U+9FB4. Both forms occur in
// files, and both characters occur in names. So glibc decodes, ICU decodes what glibc rejects, and the private points
// of the old edition become what they mean now. Encoding is glibc's alone: one form goes out.

namespace jiuzhu {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct PrivatePoint {
  char16_t old_edition;
  char32_t meaning;
};

/// GB18030-2000 to GB18030-2005: every two-byte code where glibc 2.36 and the old edition differ.
constexpr std::array<PrivatePoint, 25> kPrivatePoints{{
    {0xE78D, 0xFE10},  {0xE78E, 0xFE12},  {0xE78F, 0xFE11},  {0xE790, 0xFE13},  {0xE791, 0xFE14},
    {0xE792, 0xFE15},  {0xE793, 0xFE16},  {0xE794, 0xFE17},  {0xE795, 0xFE18},  {0xE796, 0xFE19},
    {0xE7C7, 0x1E3F},  {0xE816, 0x20087}, {0xE817, 0x20089}, {0xE818, 0x200CC}, {0xE81E, 0x9FB4},
    {0xE826, 0x9FB5},  {0xE82B, 0x9FB6},  {0xE82C, 0x9FB7},  {0xE831, 0x215D7}, {0xE832, 0x9FB8},
    {0xE83B, 0x2298F}, {0xE843, 0x9FB9},  {0xE854, 0x9FBA},  {0xE855, 0x241FE}, {0xE864, 0x9FBB},
}};

unsigned char byte_at(std::string_view bytes, std::size_t index) { return static_cast<unsigned char>(bytes[index]); }

/// All of them lie in U+E000..U+EFFF, whose first byte is 0xEE: a text without that byte is left alone.
std::string replace_private_points(std::string text) {
  if (text.find('\xEE') == std::string::npos) return text;
  std::string replaced;
  replaced.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\xEE') {
      const auto point =
          static_cast<char16_t>(0xE000U | (byte_at(text, i + 1) & 0x3FU) << 6 | (byte_at(text, i + 2) & 0x3FU));
      const auto found = std::ranges::lower_bound(kPrivatePoints, point, {}, &PrivatePoint::old_edition);
      if (found != kPrivatePoints.end() && found->old_edition == point) {
        append_utf8(replaced, found->meaning);
        i += 2;
        continue;
      }
    }
    replaced += text[i];
  }
  return replaced;
}

class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(::iconv_open(to, from)) {
    // glibc's converters for GB18030 may be a package of their own on a cut-down system.
    if (handle_ == broken()) throw std::system_error(errno, std::generic_category(), "iconv_open");
  }
  ~Converter() { ::iconv_close(handle_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  enum class Stop { at_end, at_incomplete, at_invalid };
  struct Progress {
    std::size_t consumed = 0;
    Stop stop = Stop::at_end;
  };

  Progress convert(std::string_view bytes, std::string& output) {
    char* input = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
    std::size_t input_left = bytes.size();
    std::array<char, 16384> buffer;
    while (input_left > 0) {
      char* target = buffer.data();
      std::size_t target_left = buffer.size();
      const std::size_t result = ::iconv(handle_, &input, &input_left, &target, &target_left);
      const int problem = errno;
      output.append(buffer.data(), buffer.size() - target_left);
      if (result != static_cast<std::size_t>(-1)) continue;
      if (problem == E2BIG) continue;
      return {bytes.size() - input_left, problem == EINVAL ? Stop::at_incomplete : Stop::at_invalid};
    }
    return {bytes.size(), Stop::at_end};
  }

 private:
  static iconv_t broken() { return reinterpret_cast<iconv_t>(static_cast<std::intptr_t>(-1)); }
  iconv_t handle_;
};

struct CloseIcu {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using IcuConverter = std::unique_ptr<UConverter, CloseIcu>;

IcuConverter open_icu() {
  UErrorCode status = U_ZERO_ERROR;
  IcuConverter converter(ucnv_open("gb18030", &status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no gb18030 converter");
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  JZ_ASSERT(U_SUCCESS(status));
  return converter;
}

/// Bytes of the two-byte or four-byte character that starts here.
std::size_t gb18030_length(std::string_view bytes) {
  if (bytes.size() < 2) return 2;
  return byte_at(bytes, 1) >= 0x30 && byte_at(bytes, 1) <= 0x39 ? 4 : 2;
}

std::optional<char32_t> decode_by_icu(UConverter* converter, std::string_view sequence) {
  UErrorCode status = U_ZERO_ERROR;
  ucnv_resetToUnicode(converter);
  std::array<UChar, 4> units{};
  const std::int32_t count = ucnv_toUChars(converter, units.data(), static_cast<std::int32_t>(units.size()),
                                           sequence.data(), static_cast<std::int32_t>(sequence.size()), &status);
  if (U_FAILURE(status)) return std::nullopt;
  if (count == 1 && (units[0] < 0xD800 || units[0] > 0xDFFF)) return units[0];
  if (count == 2 && U16_IS_LEAD(units[0]) && U16_IS_TRAIL(units[1])) return U16_GET_SUPPLEMENTARY(units[0], units[1]);
  return std::nullopt;
}

/// Bytes of the longest prefix that is well-formed, and whether what follows may be the start of a character.
struct Utf8Prefix {
  std::size_t size = 0;
  bool may_continue = false;
};

std::size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

Utf8Prefix well_formed_prefix(std::string_view bytes) {
  if (is_clean_utf8(bytes)) return {bytes.size(), false};  // the usual case, and the fast one
  std::size_t i = 0;
  while (i < bytes.size()) {
    const std::size_t length = utf8_length(byte_at(bytes, i));
    if (length == 0) return {i, false};
    if (i + length > bytes.size()) {
      // Cut off: good so far only if padding with some continuation completes it (E0 and F0 exclude low ones, ED and F4
      // high ones).
      std::string low(bytes.substr(i));
      std::string high = low;
      low.resize(length, '\xA0');
      high.resize(length, '\x80');
      return {i, is_clean_utf8(low) || is_clean_utf8(high)};
    }
    if (byte_at(bytes, i) != 0 && !is_clean_utf8(bytes.substr(i, length))) return {i, false};
    i += length;
  }
  return {i, false};
}

/// GB18030 bytes that pass for this many three-byte characters from the very beginning do not occur in practice.
constexpr std::size_t kConvincingCharacters = 4;

std::size_t characters_beyond_latin(std::string_view bytes) {
  return static_cast<std::size_t>(
      std::ranges::count_if(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0xE0; }));
}

std::unexpected<Error> refuse_at(const char* key, std::size_t offset) {
  return refuse(ErrorCode::invalid_input, key, {{"offset", std::to_string(offset)}});
}

}  // namespace

Result<TextEncoding> detect_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return refuse(ErrorCode::invalid_input, "text.utf_16");
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    return refuse_at("text.contains_nul", nul);
  }
  if (bytes.starts_with(kByteOrderMark)) return TextEncoding::utf_8;
  if (const Utf8Prefix prefix = well_formed_prefix(bytes); prefix.size < bytes.size()) {
    return characters_beyond_latin(bytes.substr(0, prefix.size)) >= kConvincingCharacters ? TextEncoding::utf_8
                                                                                          : TextEncoding::gb18030;
  }
  bool has_two_bytes = false;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE0) return TextEncoding::utf_8;
    has_two_bytes = has_two_bytes || byte >= 0xC0;
  }
  return has_two_bytes && decode_text(bytes, TextEncoding::gb18030) ? TextEncoding::gb18030 : TextEncoding::utf_8;
}

struct TextDecoder::State {
  explicit State(TextEncoding chosen) : encoding(chosen) {
    if (encoding == TextEncoding::gb18030) converter.emplace("UTF-8", "GB18030");
  }

  TextEncoding encoding;
  std::optional<Converter> converter;
  IcuConverter icu;         // opened when first needed
  std::string carried;      // the start of a character whose rest is in the next piece
  std::size_t offset = 0;   // bytes consumed so far
  bool is_at_start = true;  // a byte order mark may still come

  Result<std::string> decode_utf8(std::string_view bytes);
  Result<std::string> decode_gb18030(std::string_view bytes);
};

Result<std::string> TextDecoder::State::decode_utf8(std::string_view bytes) {
  const Utf8Prefix prefix = well_formed_prefix(bytes);
  if (prefix.size < bytes.size() && !prefix.may_continue) return refuse_at("text.invalid_bytes", offset + prefix.size);
  carried = bytes.substr(prefix.size);
  offset += prefix.size;
  return std::string(bytes.substr(0, prefix.size));
}

Result<std::string> TextDecoder::State::decode_gb18030(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 2);
  while (!bytes.empty()) {
    const auto [consumed, stop] = converter->convert(bytes, text);
    offset += consumed;
    bytes.remove_prefix(consumed);
    if (stop == Converter::Stop::at_end) break;
    if (byte_at(bytes, 0) < 0x81) return refuse_at("text.invalid_bytes", offset);
    const std::size_t length = gb18030_length(bytes);
    if (bytes.size() < length) {
      carried = bytes;
      return text;
    }
    if (!icu) icu = open_icu();
    const auto point = decode_by_icu(icu.get(), bytes.substr(0, length));
    if (!point) return refuse_at("text.invalid_bytes", offset);
    append_utf8(text, *point);
    offset += length;
    bytes.remove_prefix(length);
  }
  return text;
}

TextDecoder::TextDecoder(TextEncoding encoding) : state_(std::make_unique<State>(encoding)) {}
TextDecoder::~TextDecoder() = default;
TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;

Result<std::string> TextDecoder::decode(std::string_view piece) {
  std::string joined;
  if (!state_->carried.empty()) {
    joined = state_->carried;
    joined += piece;
    state_->carried.clear();
    piece = joined;
  }
  if (const std::size_t nul = piece.find('\0'); nul != std::string_view::npos) {
    return refuse_at("text.contains_nul", state_->offset + nul);
  }
  JZ_TRY(std::string text,
         state_->encoding == TextEncoding::utf_8 ? state_->decode_utf8(piece) : state_->decode_gb18030(piece));
  if (state_->is_at_start && !text.empty()) {
    state_->is_at_start = false;
    if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  }
  return replace_private_points(std::move(text));
}

Status TextDecoder::finish() {
  if (!state_->carried.empty()) return refuse_at("text.invalid_bytes", state_->offset);
  return {};
}

Result<std::string> decode_text(std::string_view bytes, TextEncoding encoding) {
  TextDecoder decoder(encoding);
  JZ_TRY(std::string text, decoder.decode(bytes));
  JZ_TRY_VOID(decoder.finish());
  return text;
}

std::string encode_gb18030(std::string_view text) {
  JZ_ASSERT(is_clean_utf8(text));
  Converter converter("GB18030", "UTF-8");
  std::string bytes;
  bytes.reserve(text.size());
  // The private points are the only ones that glibc does not encode, so nothing can stop it.
  const auto progress = converter.convert(replace_private_points(std::string(text)), bytes);
  JZ_ASSERT(progress.stop == Converter::Stop::at_end);
  return bytes;
}

}  // namespace jiuzhu
