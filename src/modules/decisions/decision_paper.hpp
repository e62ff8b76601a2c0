#pragma once
// The written notice of a decision (S1 art. 11, S2 art. 26, S3 art. 21): whom it is for, what was decided, why, article
// by article, and how to contest it. Pure.

#include "engines/policy/procedure.hpp"
#include "engines/policy/wording.hpp"
#include "modules/cases/papers.hpp"
#include "modules/decisions/decision_store.hpp"
#include "platform/files/pdf_document.hpp"

namespace jiuzhu::decisions {

/// `procedure` is that of the case's date; `remedies` that of the day of the decision, because contesting it follows
/// the law under which it was made. The paper carries names of the family's own members and no identifier; its QR code
/// holds the case number alone.
PdfDocument decision_paper(const DecisionRow& decision, const cases::CaseRow& row, const policy::Procedure& procedure,
                           const policy::Procedure& remedies, const policy::Wording& wording,
                           const cases::RegionName& region_name);

/// The stored explanation in a language.
std::vector<std::string> explanation_of(const DecisionRow& decision, policy::Language language);

}  // namespace jiuzhu::decisions
