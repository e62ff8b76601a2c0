#pragma once

#include "modules/cases/case_http.hpp"
#include "modules/documents/attachments.hpp"

namespace jiuzhu::documents {

/// GET  /cases/{county}/{case}/documents, …/documents/{document}/content
/// POST …/documents (multipart/form-data), …/documents/{document}/removal
void add_document_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context,
                         Attachments attachments);

}  // namespace jiuzhu::documents
