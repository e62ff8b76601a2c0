#pragma once
// The words that every part of the policy engine shares. Plain values, usable from any thread.

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"

namespace jiuzhu::policy {

/// Three-valued: a fact that nobody established is neither true nor false (Kleene's logic).
enum class Truth : std::uint8_t { no, unknown, yes };
BOOST_DESCRIBE_ENUM(Truth, no, unknown, yes)

constexpr Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }
constexpr Truth truth_of(std::optional<bool> value) { return value ? truth_of(*value) : Truth::unknown; }
constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }
constexpr Truth opposite(Truth a) { return a == Truth::yes ? Truth::no : a == Truth::no ? Truth::yes : Truth::unknown; }

enum class Language { zh, en };

/// A text that people read, in both languages; it comes from policy/.
struct BilingualText {
  std::string zh;
  std::string en;

  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
  bool operator==(const BilingualText&) const = default;
};
BOOST_DESCRIBE_STRUCT(BilingualText, (), (zh, en))

/// How well a rule or value is known; the marks of policy/instruments.yaml.
enum class Verification : std::uint8_t {
  verified,       // V: checked against a full text of the instrument
  page_only,      // P: seen on a web page only
  from_memory,    // MEM: nobody has checked; a person must confirm before real use
  notice,         // NOTICE: stated by the Yangquan notice of 2019-08-01
  design,         // DESIGN: not law; our choice where the law is silent
  demonstration,  // an invented value for demonstrations and tests
  override_value  // given with the facts, for a what-if
};
BOOST_DESCRIBE_ENUM(Verification, verified, page_only, from_memory, notice, design, demonstration, override_value)

enum class Programme : std::uint8_t { urban, rural };
BOOST_DESCRIBE_ENUM(Programme, urban, rural)

/// The enumerator's name as stored and sent.
template <class E>
constexpr std::string_view name_of(E value) {
  std::string_view text;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    if (enumerator.value == value) text = enumerator.name;
  });
  return text;
}

template <class E>
constexpr std::optional<E> enum_named(std::string_view text) {
  std::optional<E> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    if (text == enumerator.name) found = enumerator.value;
  });
  return found;
}

template <class E>
constexpr std::size_t enumerator_count() {
  return boost::mp11::mp_size<boost::describe::describe_enumerators<E>>::value;
}

}  // namespace jiuzhu::policy
