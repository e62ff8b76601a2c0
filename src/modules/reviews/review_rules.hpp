#pragma once
// Which homes the county checks: all that need a closer look, and a sample of the rest (S2 art. 26, S3 art. 20). Pure.

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "engines/policy/procedure.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::reviews {

enum class VisitReason { kin_filed, doubtful, reported, sampled };
BOOST_DESCRIBE_ENUM(VisitReason, kin_filed, doubtful, reported, sampled)

/// Why the rules of the case's date want its home checked, apart from a sample.
std::vector<VisitReason> priority_of(const cases::CaseRow& row, const policy::Procedure& procedure);

/// The articles behind a reason.
const std::vector<std::string>& law_of(VisitReason reason, const policy::Procedure& procedure);

/// ceil(ratio * count). Needs 0 <= ratio <= 1.
std::size_t share_of(std::size_t count, const policy::Rational& ratio);

/// How many of `drawable` cases to draw beside `priority` cases that are visited anyway. Where those count towards the
/// ratio, fewer are drawn, perhaps none (regulation E-02; the default is that they do not count).
std::size_t sample_size(std::size_t drawable, std::size_t priority, const policy::Rational& ratio,
                        bool priority_counts);

/// The `count` cases that come first when all are ordered by SM3(seed ‖ id), seed and id as text. The same for every
/// order of `ids`; duplicates count once. `count` is at most their number.
std::vector<cases::CaseId> draw_sample(std::vector<cases::CaseId> ids, std::size_t count, const std::string& seed);

/// The plain case: ceil(ratio * number of ids).
std::vector<cases::CaseId> draw_sample(std::vector<cases::CaseId> ids, const policy::Rational& ratio,
                                       const std::string& seed);

}  // namespace jiuzhu::reviews
