#include "modules/reviews/review_rules.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "platform/crypto/digest.hpp"

namespace jiuzhu::reviews {

std::vector<VisitReason> priority_of(const cases::CaseRow& row, const policy::Procedure& procedure) {
  std::vector<VisitReason> reasons;
  if (row.is_kin_filed && *procedure.visit_kin_filed) reasons.push_back(VisitReason::kin_filed);
  if (row.is_doubtful && *procedure.visit_doubtful) reasons.push_back(VisitReason::doubtful);
  if (row.is_reported && *procedure.visit_reported) reasons.push_back(VisitReason::reported);
  return reasons;
}

const std::vector<std::string>& law_of(VisitReason reason, const policy::Procedure& procedure) {
  switch (reason) {
    case VisitReason::kin_filed: return procedure.visit_kin_filed.articles;
    case VisitReason::doubtful: return procedure.visit_doubtful.articles;
    case VisitReason::reported: return procedure.visit_reported.articles;
    case VisitReason::sampled: return procedure.sample_ratio.articles;
  }
  return procedure.sample_ratio.articles;
}

std::size_t share_of(std::size_t count, const policy::Rational& ratio) {
  const policy::Rational share = policy::Rational(static_cast<std::int64_t>(count)) * ratio;
  return static_cast<std::size_t>(-(policy::Rational(0) - share).floor());
}

std::size_t sample_size(std::size_t drawable, std::size_t priority, const policy::Rational& ratio,
                        bool priority_counts) {
  if (!priority_counts) return share_of(drawable, ratio);
  const std::size_t wanted = share_of(drawable + priority, ratio);
  return wanted > priority ? std::min(wanted - priority, drawable) : 0;
}

std::vector<cases::CaseId> draw_sample(std::vector<cases::CaseId> ids, std::size_t count, const std::string& seed) {
  std::vector<std::pair<std::string, cases::CaseId>> tickets;  // digest first
  for (const cases::CaseId& id : ids) tickets.emplace_back(sm3(seed + id.to_text()).to_text(), id);
  std::ranges::sort(tickets);
  const auto repeated = std::ranges::unique(tickets);
  tickets.erase(repeated.begin(), repeated.end());
  JZ_ASSERT(count <= tickets.size());
  std::vector<cases::CaseId> chosen;
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(tickets[i].second);
  return chosen;
}

std::vector<cases::CaseId> draw_sample(std::vector<cases::CaseId> ids, const policy::Rational& ratio,
                                       const std::string& seed) {
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  const std::size_t count = share_of(ids.size(), ratio);
  return draw_sample(std::move(ids), count, seed);
}

}  // namespace jiuzhu::reviews
