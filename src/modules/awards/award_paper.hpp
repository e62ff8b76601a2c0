#pragma once
// The written notices of a changed and of an ended benefit (S1 art. 13, S3 art. 32: in writing, with reasons), and how
// to contest them. Pure.

#include "engines/policy/procedure.hpp"
#include "engines/policy/wording.hpp"
#include "modules/awards/award_store.hpp"
#include "modules/cases/papers.hpp"
#include "platform/files/pdf_document.hpp"

namespace jiuzhu::awards {

/// `remedies` is the procedure of the day of the act. The paper carries the holder's name and no identifier.
struct PaperContext {
  const policy::Procedure& remedies;
  const policy::Wording& wording;
  const cases::RegionName& region_name;
};

/// Of an adjustment: `before` is what the month was worth until then.
PdfDocument adjustment_paper(const AwardRow& award, const AmountRow& adjusted, Money before,
                             const PaperContext& context);

/// Needs an ended award.
PdfDocument ending_paper(const AwardRow& award, const PaperContext& context);

}  // namespace jiuzhu::awards
