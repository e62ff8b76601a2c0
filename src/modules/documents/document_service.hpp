#pragma once
// Papers and photos of a case: adding, looking at, removing. None of it raises the case's version, so that an upload
// never throws somebody's half-typed form into a conflict.
//
// File and row: the file is on the disk before its row is committed, and goes only after the last row that names it was
// committed as removed, under a lock on the row of document_content that adding takes as well. Whatever is killed in
// between leaves a file that no row names, never a row without its file.

#include <cstdint>
#include <span>
#include <vector>

#include "modules/cases/case_service.hpp"
#include "modules/documents/attachments.hpp"
#include "modules/documents/document_rules.hpp"

namespace jiuzhu::documents {

/// One case of a county.
struct CasePlace {
  RegionCode county;
  cases::CaseId id;
};

struct AddedDocument {
  DocumentRow document;
  bool is_new = true;  // false: these contents stood in the case already, and nothing was changed
};

/// Needs Permission::document_change. Refuses with "case.not_found", "case.recusal", "document.case_closed", field
/// errors as in faults_in(), refusals as in ContentStore::put(), check_kind() and check_room().
Result<AddedDocument> add_document(const Surroundings& surroundings, const Attachments& attachments, const Actor& actor,
                                   const CasePlace& place, const DocumentDraft& draft,
                                   std::span<const std::uint8_t> bytes);

struct ListedDocument {
  DocumentRow document;
  bool is_removable = false;  // by the actor, now
};

/// The documents that the actor may see, oldest first, the removed among them.
struct DocumentFile {
  cases::CaseRow row;
  std::vector<cases::PersonRow> persons;
  std::vector<ListedDocument> documents;
  std::optional<Error> obstacle;  // why nothing can be added
};
/// Reading it is recorded. Needs Permission::case_read.
Result<DocumentFile> read_documents(const Surroundings& surroundings, const Actor& actor, const CasePlace& place);

struct DocumentContents {
  cases::CaseRow row;
  DocumentRow document;
  std::vector<std::uint8_t> bytes;
};
/// Recorded, each time, before anything is given away. Needs Permission::case_read. Refuses with "document.not_found",
/// "document.removed", "document.contents_missing" and "content.damaged".
Result<DocumentContents> read_contents(const Surroundings& surroundings, const Attachments& attachments,
                                       const Actor& actor, const CasePlace& place, DocumentId id);

/// The record stays, with who removed it and why; the contents go when no other document of the county names them.
/// Needs Permission::document_change. Refuses with "case.not_found", "case.recusal", "document.not_found",
/// "document.removed", field errors as in faults_in_reason(), refusals as in check_removable().
Result<DocumentRow> remove_document(const Surroundings& surroundings, const Attachments& attachments,
                                    const Actor& actor, const CasePlace& place, DocumentId id,
                                    const std::string& reason);

}  // namespace jiuzhu::documents
