#pragma once
// A notice as the sheet that hangs on the board of the village, the town and the service hall (S2 art. 29). Pure.

#include "engines/policy/procedure.hpp"
#include "engines/policy/wording.hpp"
#include "modules/cases/papers.hpp"
#include "modules/publicity/publicity_store.hpp"
#include "platform/files/pdf_document.hpp"

namespace jiuzhu::publicity {

/// What stands on the sheet is what the notice row holds, masked when it was posted; nothing is taken from the case
/// but its number, under which objections are raised.
PdfDocument notice_sheet(const NoticeRow& notice, const std::string& case_number, const policy::Procedure& procedure,
                         const policy::Wording& wording, const cases::RegionName& region_name);

/// Names or places as a notice row holds them.
std::vector<std::string> read_list(const std::string& stored);

}  // namespace jiuzhu::publicity
