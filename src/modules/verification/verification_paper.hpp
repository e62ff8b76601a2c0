#pragma once
// The verification report on paper (核对报告): who was checked, what was found, where, on which day, by which rule and
// article, beside what was declared; what the officer did not hold against the household, and why. Pure.

#include "engines/policy/wording.hpp"
#include "modules/cases/papers.hpp"
#include "modules/verification/verification_service.hpp"
#include "platform/files/pdf_document.hpp"

namespace jiuzhu::verification {

/// `file.report` is there. The paper carries names and no identifier.
PdfDocument report_paper(const ReportFile& file, const policy::Wording& wording, const cases::RegionName& region_name);

}  // namespace jiuzhu::verification
