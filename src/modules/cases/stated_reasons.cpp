#include "modules/cases/stated_reasons.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace jiuzhu::cases {

bool is_article(std::string_view text, const policy::Wording& wording) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || !wording.instruments.contains(text.substr(0, slash))) return false;
  const auto parts = split(text.substr(slash + 1), '-');
  if (parts.size() > 3) return false;
  return std::ranges::all_of(parts, [](std::string_view part) {
    return !part.empty() && part.size() <= 4 &&
           std::ranges::all_of(part, [](char digit) { return digit >= '0' && digit <= '9'; });
  });
}

std::vector<FieldError> problems_of(const std::vector<StatedReason>& reasons, const policy::Wording& wording,
                                    const std::string& pointer) {
  std::vector<FieldError> problems;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const std::string here = pointer + "/" + std::to_string(i);
    if (!is_article(reasons[i].article, wording)) {
      problems.push_back({here + "/article", "reason.article_unknown", {{"article", reasons[i].article}}});
    }
    if (trim(reasons[i].text).empty()) problems.push_back({here + "/text", "field.empty"});
  }
  return problems;
}

Status require_reasons(const std::vector<StatedReason>& reasons, const policy::Wording& wording,
                       const std::string& pointer) {
  auto problems = problems_of(reasons, wording, pointer);
  if (reasons.empty()) problems.push_back({pointer, "reason.missing"});
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

std::vector<StatedReasonView> views_of(const std::vector<StatedReason>& reasons, const policy::Wording& wording,
                                       policy::Language language) {
  std::vector<StatedReasonView> views;
  for (const StatedReason& reason : reasons) {
    views.push_back({reason.article, wording.cite(reason.article, language), reason.text});
  }
  return views;
}

std::string write_reasons(const std::vector<StatedReason>& reasons) { return json::print(json::write(reasons)); }

std::vector<StatedReason> read_reasons(const std::string& text) {
  const auto value = json::parse(text);
  JZ_ASSERT(value.has_value());
  auto reasons = json::read<std::vector<StatedReason>>(*value);
  JZ_ASSERT(reasons.has_value());
  return std::move(*reasons);
}

}  // namespace jiuzhu::cases
