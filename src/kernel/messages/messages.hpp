#pragma once
// Texts by key and language, from locales/*.json. A missing key is shown as itself, which a test forbids.

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jiuzhu {

enum class Language { zh, en };

class Messages {
 public:
  /// Each argument is one flat JSON object of key to text. Refuses with "messages.malformed" (param language).
  static Result<Messages> parse(std::string_view zh, std::string_view en);

  /// The text with its {placeholders} filled in.
  std::string text(Language language, std::string_view key, const MessageParams& params = {}) const;
  bool has(std::string_view key) const;

  /// The best language of an Accept-Language header; Chinese when there is no English before it.
  static Language choose(std::string_view accept_language);

 private:
  std::map<std::string, std::string, std::less<>> zh_;
  std::map<std::string, std::string, std::less<>> en_;
};

}  // namespace jiuzhu
