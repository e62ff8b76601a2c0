#include "platform/log/log.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <chrono>
#include <memory>

#include "base/text.hpp"

namespace jiuzhu::log {
namespace {

spdlog::logger& logger() {
  static spdlog::logger instance = [] {
    spdlog::logger created("jiuzhu", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    created.set_pattern("%v");
    return created;
  }();
  return instance;
}

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warn: return "warn";
    case Level::error: return "error";
  }
  return "error";
}

// A line break or a quote inside a value must not start a forged event, and bytes that are no UTF-8 must not make the
// line unreadable for the collector.
void append_text(std::string& line, std::string_view text) {
  const bool is_clean = is_clean_utf8(text);
  line += '"';
  for (const char raw : text) {
    const auto byte = static_cast<unsigned char>(raw);
    if (raw == '"' || raw == '\\') {
      line += '\\';
      line += raw;
    } else if (byte < 0x20 || byte == 0x7F) {
      fmt::format_to(std::back_inserter(line), "\\u{:04x}", byte);
    } else if (byte >= 0x80 && !is_clean) {
      line += '?';
    } else {
      line += raw;
    }
  }
  line += '"';
}

void append_value(std::string& line, const Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value.get())) {
    append_text(line, *text);
  } else if (const auto* number = std::get_if<std::int64_t>(&value.get())) {
    fmt::format_to(std::back_inserter(line), "{}", *number);
  } else if (const auto* count = std::get_if<std::uint64_t>(&value.get())) {
    fmt::format_to(std::back_inserter(line), "{}", *count);
  } else {
    line += std::get<bool>(value.get()) ? "true" : "false";
  }
}

std::string utc_now() {
  using namespace std::chrono;
  const auto now = floor<microseconds>(system_clock::now());
  const auto day = floor<days>(now);
  const year_month_day date{day};
  const hh_mm_ss clock{now - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

void write(Level level, std::string_view event, Fields fields) {
  if (!logger().should_log(to_spdlog(level))) return;
  std::string line = R"({"time":")" + utc_now() + R"(","level":")" + std::string(name_of(level)) + R"(","event":)";
  append_text(line, event);
  for (const Field& field : fields) {
    line += ',';
    append_text(line, field.name);
    line += ':';
    append_value(line, field.value);
  }
  line += '}';
  logger().log(to_spdlog(level), line);
}

}  // namespace

void set_level(Level level) { logger().set_level(to_spdlog(level)); }

void debug(std::string_view event, Fields fields) { write(Level::debug, event, fields); }
void info(std::string_view event, Fields fields) { write(Level::info, event, fields); }
void warn(std::string_view event, Fields fields) { write(Level::warn, event, fields); }
void error(std::string_view event, Fields fields) { write(Level::error, event, fields); }

}  // namespace jiuzhu::log
