#include "platform/http/target.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/http/response.hpp"

namespace jiuzhu::http {
namespace {

int digit_of(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

enum class Blanks { as_plus, as_sent };

std::optional<std::string> decode(std::string_view text, Blanks blanks) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && blanks == Blanks::as_plus) {
      decoded += ' ';
    } else if (text[at] != '%') {
      decoded += text[at];
    } else {
      if (text.size() - at < 3) return std::nullopt;
      const int high = digit_of(text[at + 1]);
      const int low = digit_of(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  if (!is_clean_utf8(decoded)) return std::nullopt;
  return decoded;
}

bool is_control(char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; }

std::optional<std::string> parse_path(std::string_view text) {
  if (text.empty() || text.front() != '/') return std::nullopt;
  const auto slashes_sent = std::ranges::count(text, '/');
  auto path = decode(text, Blanks::as_sent);
  if (!path) return std::nullopt;
  if (std::ranges::count(*path, '/') != slashes_sent) return std::nullopt;
  if (path->find('\\') != std::string::npos || std::ranges::any_of(*path, is_control)) return std::nullopt;
  const auto segments = split(std::string_view(*path).substr(1), '/');
  for (std::size_t index = 0; index < segments.size(); ++index) {
    if (segments[index] == "." || segments[index] == "..") return std::nullopt;
    if (segments[index].empty() && index + 1 < segments.size()) return std::nullopt;
  }
  return path;
}

// RFC 9112 section 3.2.2: a server must take the absolute form as well.
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size() || !equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    const auto end = target.find_first_of("/?", scheme.size());
    return end == std::string_view::npos ? std::string_view() : target.substr(end);
  }
  return target;
}

}  // namespace

std::optional<Pairs> parse_query(std::string_view text) {
  Pairs pairs;
  if (text.empty()) return pairs;
  for (const std::string_view piece : split(text, '&')) {
    if (piece.empty()) continue;
    const auto equals = piece.find('=');
    auto name = decode(piece.substr(0, equals), Blanks::as_plus);
    auto value = equals == std::string_view::npos ? std::string() : decode(piece.substr(equals + 1), Blanks::as_plus);
    if (!name || !value) return std::nullopt;
    pairs.emplace_back(*std::move(name), *std::move(value));
  }
  return pairs;
}

std::optional<Target> parse_target(std::string_view target) {
  const std::size_t size_sent = target.size();
  target = without_authority(target);
  if (target.find('#') != std::string_view::npos) return std::nullopt;
  const auto question = target.find('?');
  std::string_view path_sent = target.substr(0, question);
  // "http://host" and "http://host?a" name the root.
  if (path_sent.empty() && target.size() < size_sent) path_sent = "/";
  auto path = parse_path(path_sent);
  if (!path) return std::nullopt;
  auto query = question == std::string_view::npos ? Pairs() : parse_query(target.substr(question + 1));
  if (!query) return std::nullopt;
  return Target{.path = *std::move(path), .query = *std::move(query)};
}

}  // namespace jiuzhu::http
