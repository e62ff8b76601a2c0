#include "kernel/messages/messages.hpp"

#include "platform/json/value.hpp"

namespace jiuzhu {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

Result<Texts> parse_texts(std::string_view text, const char* language) {
  const auto document = json::parse(text);
  const auto malformed = [&] { return refuse(ErrorCode::unavailable, "messages.malformed", {{"language", language}}); };
  if (!document || !document->as_object()) return malformed();
  Texts texts;
  for (const auto& [key, value] : *document->as_object()) {
    if (!value.as_text()) return malformed();
    texts.emplace(key, *value.as_text());
  }
  return texts;
}

}  // namespace

Result<Messages> Messages::parse(std::string_view zh, std::string_view en) {
  Messages messages;
  JZ_TRY(messages.zh_, parse_texts(zh, "zh-CN"));
  JZ_TRY(messages.en_, parse_texts(en, "en"));
  return messages;
}

std::string Messages::text(Language language, std::string_view key, const MessageParams& params) const {
  const Texts& texts = language == Language::zh ? zh_ : en_;
  const auto found = texts.find(key);
  if (found == texts.end()) return std::string(key);
  std::string text = found->second;
  for (const auto& [name, value] : params) {
    const std::string placeholder = "{" + name + "}";
    for (std::size_t at = text.find(placeholder); at != std::string::npos;
         at = text.find(placeholder, at + value.size())) {
      text.replace(at, placeholder.size(), value);
    }
  }
  return text;
}

bool Messages::has(std::string_view key) const { return zh_.contains(key) && en_.contains(key); }

Language Messages::choose(std::string_view accept_language) {
  const std::size_t en = accept_language.find("en");
  const std::size_t zh = accept_language.find("zh");
  return en != std::string_view::npos && (zh == std::string_view::npos || en < zh) ? Language::en : Language::zh;
}

}  // namespace jiuzhu
