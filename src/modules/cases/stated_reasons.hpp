#pragma once
// Reasons that an officer states for an opinion or a decision, each resting on an article of a registered instrument:
// a refusal without an article behind it is no refusal (S1 art. 11(3), DB-2012/26, DB-2021/21).

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/policy/wording.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::cases {

struct StatedReason {
  std::string article;  // "DB-2012/4", as in policy/instruments.yaml
  std::string text;
};
BOOST_DESCRIBE_STRUCT(StatedReason, (), (article, text))

}  // namespace jiuzhu::cases

namespace jiuzhu {

// Here and not with the views: every reader must apply the same limits.
template <>
inline constexpr json::Meta json::meta<&cases::StatedReason::article>{
    .title = "依据条文", .min_length = 1, .max_length = 40};
template <>
inline constexpr json::Meta json::meta<&cases::StatedReason::text>{
    .title = "理由", .min_length = 1, .max_length = 1000};

/// A reason as the page shows it, with the full title of its article.
struct StatedReasonView {
  std::string article;
  std::string citation;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(StatedReasonView, (), (article, citation, text))

}  // namespace jiuzhu

namespace jiuzhu::cases {

std::vector<StatedReasonView> views_of(const std::vector<StatedReason>& reasons, const policy::Wording& wording,
                                       policy::Language language);

/// "DB-2012/5-1-2": a registered instrument, then one to three numbers. Pure.
bool is_article(std::string_view text, const policy::Wording& wording);

/// Every problem, with pointers below `pointer`: "reason.article_unknown", "field.empty". Pure.
std::vector<FieldError> problems_of(const std::vector<StatedReason>& reasons, const policy::Wording& wording,
                                    const std::string& pointer);

/// Refuses with "request.invalid" when there is no reason ("reason.missing") or a malformed one.
Status require_reasons(const std::vector<StatedReason>& reasons, const policy::Wording& wording,
                       const std::string& pointer);

/// As they are stored.
std::string write_reasons(const std::vector<StatedReason>& reasons);
/// Trips an assertion on a text that write_reasons() did not write.
std::vector<StatedReason> read_reasons(const std::string& text);

}  // namespace jiuzhu::cases
