#pragma once
// For tests: what a use case refused with.

#include <string>
#include <vector>

#include "base/result.hpp"

namespace jiuzhu::test {

/// "" when nothing was refused, so that a test fails instead of crashing.
template <class T>
std::string key_of(const Result<T>& result) {
  return result ? "" : result.error().key;
}
template <class T>
std::string field_key_of(const Result<T>& result, std::size_t index = 0) {
  return result || result.error().fields.size() <= index ? "" : result.error().fields[index].key;
}
template <class T>
std::vector<std::string> law_of_refusal(const Result<T>& result) {
  return result ? std::vector<std::string>{} : result.error().law;
}

}  // namespace jiuzhu::test
