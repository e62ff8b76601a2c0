#include "engines/policy/wording.hpp"

#include <array>
#include <charconv>

#include "base/text.hpp"

namespace jiuzhu::policy {
namespace {

int number_of(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The place inside an instrument: {article, paragraph, item}.
std::string place_zh(const Instrument& instrument, const std::vector<std::string_view>& parts) {
  const auto part = [&](std::size_t i) { return chinese_number(number_of(parts[i])); };
  if (instrument.in_sections) {
    std::string place = "第" + part(0) + "部分";
    if (parts.size() > 1) place += "第（" + part(1) + "）项";
    return place;
  }
  std::string place = "第" + part(0) + "条";
  if (parts.size() > 1) place += "第" + part(1) + "款";
  if (parts.size() > 2) place += "第（" + part(2) + "）项";
  return place;
}

std::string place_en(const Instrument& instrument, const std::vector<std::string_view>& parts) {
  std::string place = instrument.in_sections ? " section " : " art. ";
  place += parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) place += "(" + std::string(parts[i]) + ")";
  return place;
}

}  // namespace

std::string chinese_number(int number) {
  static constexpr std::array<std::string_view, 10> kDigits{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  static constexpr std::array<std::pair<int, std::string_view>, 4> kUnits{
      {{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}}};
  if (number == 0) return std::string(kDigits[0]);
  std::string text;
  bool gap = false;
  for (const auto& [unit, name] : kUnits) {
    const int digit = number / unit % 10;
    if (digit == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += kDigits[0];
    gap = false;
    // Ten to nineteen drop the leading one: 十二.
    if (!(unit == 10 && digit == 1 && text.empty())) text += kDigits.at(static_cast<std::size_t>(digit));
    text += name;
  }
  return text;
}

std::string Wording::say(Phrase phrase, Language language, const Values& values) const {
  const auto found = phrases.find(phrase);
  if (found == phrases.end()) return std::string(name_of(phrase));
  std::string text;
  std::string_view rest = found->second.in(language);
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    text += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = rest.find('}', open);
    if (close == std::string_view::npos) return text + std::string(rest.substr(open));
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    for (const auto& [key, value] : values) {
      if (key == name) text += value;
    }
    rest.remove_prefix(close + 1);
  }
  return text;
}

BilingualText Wording::say(Phrase phrase, const Values& zh, const Values& en) const {
  return {say(phrase, Language::zh, zh), say(phrase, Language::en, en)};
}

std::string Wording::term(std::string_view name, Language language) const {
  const auto found = terms.find(name);
  return found == terms.end() ? std::string(name) : found->second.in(language);
}

std::string Wording::cite(std::string_view article, Language language) const {
  const std::size_t slash = article.find('/');
  const auto found = instruments.find(article.substr(0, slash));
  if (found == instruments.end()) return std::string(article);
  const Instrument& instrument = found->second;
  std::string text = language == Language::zh ? "《" + instrument.title + "》" : instrument.title_en;
  if (slash == std::string_view::npos) return text;
  const auto parts = split(article.substr(slash + 1), '-');
  return text + (language == Language::zh ? place_zh(instrument, parts) : place_en(instrument, parts));
}

std::string_view Wording::in_force(std::string_view articles, Date date) const {
  for (;;) {
    const std::string_view article = articles.substr(0, articles.find(' '));
    const auto instrument = instruments.find(article.substr(0, article.find('/')));
    const bool holds = instrument != instruments.end() && instrument->second.effective.value_or(date) <= date &&
                       (!instrument->second.repealed || date < *instrument->second.repealed);
    if (holds || article.size() == articles.size()) return article;
    articles.remove_prefix(article.size() + 1);
  }
}

std::string Wording::cite_all(const std::vector<std::string>& articles, Language language) const {
  std::string text;
  for (const std::string& article : articles) {
    if (!text.empty()) text += language == Language::zh ? "、" : "; ";
    text += cite(article, language);
  }
  return text;
}

}  // namespace jiuzhu::policy
