// multipart/form-data (RFC 7578, RFC 2046 section 5.1). One pass over the body with memchr-fast searches; nothing is
// copied but names. Whatever is not exactly the format is refused as a whole: a lenient reader in front of a strict one
// is how an upload filter is passed.

#include <algorithm>

#include "base/text.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

namespace jiuzhu::http {
namespace {

constexpr std::size_t kPartsMax = 1000;
constexpr std::size_t kPartHeaderBytesMax = 8 * 1024;
constexpr std::size_t kBoundaryBytesMax = 70;  // RFC 2046 section 5.1.1

// The value of a parameter in `form-data; name="a\"b"; filename=c`; quoted values keep ';' and '='.
class Parameters {
 public:
  explicit Parameters(std::string_view text) : rest_(text) { main_ = trim(take_until_semicolon()); }

  std::string_view main() const { return main_; }

  // False at the end or on malformed text; `is_malformed` tells which.
  bool next(std::string& name, std::string& value) {
    rest_ = trim(rest_);
    if (rest_.empty()) return false;
    const auto equals = rest_.find('=');
    if (equals == std::string_view::npos) return fail();
    name.assign(trim(rest_.substr(0, equals)));
    rest_.remove_prefix(equals + 1);
    rest_ = trim(rest_);
    value.clear();
    if (!rest_.starts_with('"')) {
      value.assign(trim(take_until_semicolon()));
      return true;
    }
    std::size_t at = 1;
    for (; at < rest_.size() && rest_[at] != '"'; ++at) {
      // Browsers escape only the quote (as %22 or \"); a backslash elsewhere is part of a Windows path.
      if (rest_[at] == '\\' && at + 1 < rest_.size() && (rest_[at + 1] == '"' || rest_[at + 1] == '\\')) ++at;
      value += rest_[at];
    }
    if (at >= rest_.size()) return fail();
    rest_.remove_prefix(at + 1);
    if (!trim(take_until_semicolon()).empty()) return fail();
    return true;
  }

  bool is_malformed() const { return is_malformed_; }

 private:
  bool fail() {
    is_malformed_ = true;
    return false;
  }

  std::string_view take_until_semicolon() {
    const auto end = rest_.find(';');
    const auto taken = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    return taken;
  }

  std::string_view rest_;
  std::string_view main_;
  bool is_malformed_ = false;
};

std::optional<std::string> boundary_of(const Request& request) {
  const auto content_type = request.header("content-type");
  if (!content_type) return std::nullopt;
  Parameters parameters(*content_type);
  if (!equal_ignoring_case(parameters.main(), "multipart/form-data")) return std::nullopt;
  std::optional<std::string> boundary;
  std::string name, value;
  while (parameters.next(name, value)) {
    if (!equal_ignoring_case(name, "boundary")) continue;
    if (boundary) return std::nullopt;
    boundary = value;
  }
  if (parameters.is_malformed() || !boundary || boundary->empty() || boundary->size() > kBoundaryBytesMax) {
    return std::nullopt;
  }
  const bool is_printable = std::ranges::all_of(*boundary, [](char letter) { return letter >= 0x20 && letter < 0x7F; });
  return is_printable ? boundary : std::nullopt;
}

bool read_disposition(std::string_view text, FormPart& part) {
  Parameters parameters(text);
  if (!equal_ignoring_case(parameters.main(), "form-data")) return false;
  bool has_name = false, has_file_name = false;
  std::string name, value;
  while (parameters.next(name, value)) {
    if (equal_ignoring_case(name, "name")) {
      if (has_name) return false;
      has_name = true;
      part.name = value;
    } else if (equal_ignoring_case(name, "filename")) {
      if (has_file_name) return false;
      has_file_name = true;
      part.file_name = value;
    }
  }
  return !parameters.is_malformed() && has_name && is_clean_utf8(part.name) && is_clean_utf8(part.file_name);
}

bool read_part_headers(std::string_view text, FormPart& part) {
  bool has_disposition = false;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view name = line.substr(0, colon);
    if (name.find_first_of(" \t\r\n") != std::string_view::npos) return false;
    if (equal_ignoring_case(name, "content-disposition")) {
      if (has_disposition || !read_disposition(line.substr(colon + 1), part)) return false;
      has_disposition = true;
    } else if (equal_ignoring_case(name, "content-type")) {
      part.content_type = trim(line.substr(colon + 1));
    }
  }
  return has_disposition;
}

// After a delimiter: blanks and CRLF before a part, or "--" at the end.
enum class AfterDelimiter { part, end, neither };

AfterDelimiter read_after_delimiter(std::string_view& rest) {
  if (rest.starts_with("--")) return AfterDelimiter::end;
  const auto content = rest.find_first_not_of(" \t");
  if (content == std::string_view::npos || !rest.substr(content).starts_with("\r\n")) return AfterDelimiter::neither;
  rest.remove_prefix(content + 2);
  return AfterDelimiter::part;
}

}  // namespace

std::optional<std::vector<FormPart>> parse_form(const Request& request) {
  const auto boundary = boundary_of(request);
  if (!boundary) return std::nullopt;
  const std::string first_delimiter = "--" + *boundary;
  const std::string delimiter = "\r\n" + first_delimiter;
  std::string_view rest = request.body;
  // A preamble is allowed by RFC 2046, but no browser sends one.
  if (!rest.starts_with(first_delimiter)) return std::nullopt;
  rest.remove_prefix(first_delimiter.size());

  std::vector<FormPart> parts;
  while (true) {
    switch (read_after_delimiter(rest)) {
      case AfterDelimiter::end: return parts;
      case AfterDelimiter::neither: return std::nullopt;
      case AfterDelimiter::part: break;
    }
    if (parts.size() == kPartsMax) return std::nullopt;
    const auto headers_end = rest.substr(0, kPartHeaderBytesMax).find("\r\n\r\n");
    if (headers_end == std::string_view::npos) return std::nullopt;
    FormPart part;
    if (!read_part_headers(rest.substr(0, headers_end), part)) return std::nullopt;
    // The blank line's own CRLF may begin the delimiter of an empty part.
    rest.remove_prefix(headers_end + 2);
    const auto end = rest.find(delimiter);
    if (end == std::string_view::npos) return std::nullopt;
    part.content = end == 0 ? std::string_view() : rest.substr(2, end - 2);
    rest.remove_prefix(end + delimiter.size());
    parts.push_back(std::move(part));
  }
}

}  // namespace jiuzhu::http
