#include "platform/http/response_head.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/assert.hpp"

namespace jiuzhu::http {
namespace {

struct Default {
  std::string_view name;
  std::string_view value;
};

// style-src: Element Plus sets style attributes. img-src: previews of photos before they are uploaded are blob: or
// data:. frame-src: a notice's PDF is shown from a blob:. Answers are about people, so no cache keeps one unless it was
// told to.
constexpr std::array<Default, 8> kDefaults{{
    {"Content-Security-Policy",
     "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
     "font-src 'self' data:; connect-src 'self'; worker-src 'self'; frame-src 'self' blob:; object-src 'none'; "
     "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
}};

std::string join_defaults() {
  std::string block;
  for (const Default& header : kDefaults) {
    block.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  return block;
}

void append_defaults(std::string& head, const Response& response) {
  static const std::string whole_block = join_defaults();
  const auto is_set = [&](const Default& header) { return response.header(header.name).has_value(); };
  if (std::ranges::none_of(kDefaults, is_set)) {
    head += whole_block;
    return;
  }
  for (const Default& header : kDefaults) {
    if (!is_set(header)) head.append(header.name).append(": ").append(header.value).append("\r\n");
  }
}

// RFC 9110 section 5.6.7, "Thu, 01 Aug 2019 08:00:00 GMT"; made once a second and thread.
std::string_view date_text() {
  using namespace std::chrono;
  thread_local sys_seconds made_for{};
  thread_local std::string text;
  const auto now = floor<seconds>(system_clock::now());
  if (now == made_for) return text;
  made_for = now;
  const auto day = floor<days>(now);
  const year_month_day date{day};
  const hh_mm_ss clock{now - day};
  const auto two_digits = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const auto word = [](std::string_view words, unsigned index) { return std::string(words.substr(index * 3, 3)); };
  text = word("SunMonTueWedThuFriSat", weekday(day).c_encoding()) + ", " +
         two_digits(static_cast<unsigned>(date.day())) + " " +
         word("JanFebMarAprMayJunJulAugSepOctNovDec", static_cast<unsigned>(date.month()) - 1) + " " +
         std::to_string(static_cast<int>(date.year())) + " " + two_digits(clock.hours().count()) + ":" +
         two_digits(clock.minutes().count()) + ":" + two_digits(clock.seconds().count()) + " GMT";
  return text;
}

bool is_token(std::string_view name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [&](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           kMarks.find(letter) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view value) {
  return std::ranges::none_of(value, [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return (byte < 0x20 && letter != '\t') || byte == 0x7F;
  });
}

bool is_framing(std::string_view name) {
  return equal_ignoring_case(name, "content-length") || equal_ignoring_case(name, "transfer-encoding") ||
         equal_ignoring_case(name, "connection");
}

}  // namespace

std::string head_of(const Response& response, ConnectionAfter after) {
  JZ_ASSERT(response.status >= 200 && response.status <= 599);
  std::string head;
  head.reserve(1200);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(reason_phrase(response.status)).append("\r\nDate: ").append(date_text()).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    JZ_ASSERT(is_token(name) && !is_framing(name));
    JZ_ASSERT(is_field_value(value));
    head.append(name).append(": ").append(value).append("\r\n");
  }
  append_defaults(head, response);
  const bool has_length = response.status != 204 && response.status != 304;
  JZ_ASSERT(has_length || body_of(response).empty());
  if (has_length) head.append("Content-Length: ").append(std::to_string(body_of(response).size())).append("\r\n");
  switch (after) {
    case ConnectionAfter::kept: break;
    case ConnectionAfter::kept_1_0: head += "Connection: keep-alive\r\n"; break;
    case ConnectionAfter::closed: head += "Connection: close\r\n"; break;
  }
  head += "\r\n";
  return head;
}

}  // namespace jiuzhu::http
