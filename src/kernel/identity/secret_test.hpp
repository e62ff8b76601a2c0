#pragma once
// What every secret type must not offer, checked at compile time by the tests beside it.

#include <ostream>
#include <string>
#include <string_view>

namespace jiuzhu {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

template <class T>
concept HasText = requires(const T& value) { value.to_text(); } || requires(const T& value) { value.text(); } ||
                  requires(const T& value) { to_string(value); };

template <class T>
concept SecretByType = !Streamable<T> && !HasText<T> && !std::is_convertible_v<T, std::string> &&
                       !std::is_convertible_v<T, std::string_view> && !std::is_convertible_v<T, const char*> &&
                       !std::is_default_constructible_v<T> && !std::is_constructible_v<T, std::string>;

}  // namespace jiuzhu
