#pragma once
// Structured events, one JSON line each on stderr: {"time":"…Z","level":"info","event":"case.accepted","case":"…"}.
// An event's name is stable and machine-readable; nobody parses a sentence. Any thread may call.
//
// Personal data (names, citizen numbers, accounts, phones) never goes here. The types of fields enforce half of that:
// only plain text and whole numbers convert, so a sealed or masked type does not compile. Never unwrap one to get it
// in.

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace jiuzhu::log {

enum class Level { debug, info, warn, error };

template <class T>
concept PlainText = std::same_as<std::decay_t<T>, std::string> || std::same_as<std::decay_t<T>, std::string_view> ||
                    std::same_as<std::decay_t<T>, const char*> || std::same_as<std::decay_t<T>, char*>;

/// Text or a whole number, borrowed for the call. Exactly these types: nothing that merely converts to text.
class Value {
 public:
  template <PlainText T>
  Value(const T& text) : value_(std::string_view(text)) {}
  template <std::signed_integral T>
  Value(T number) : value_(static_cast<std::int64_t>(number)) {}
  template <std::unsigned_integral T>
    requires(!std::same_as<T, bool>)
  Value(T number) : value_(static_cast<std::uint64_t>(number)) {}
  template <std::same_as<bool> T>
  Value(T statement) : value_(statement) {}

  const std::variant<std::string_view, std::int64_t, std::uint64_t, bool>& get() const { return value_; }

 private:
  std::variant<std::string_view, std::int64_t, std::uint64_t, bool> value_;
};

struct Field {
  std::string_view name;
  Value value;
};

using Fields = std::initializer_list<Field>;

/// Events below `level` are dropped; info is the default.
void set_level(Level level);

void debug(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

}  // namespace jiuzhu::log
