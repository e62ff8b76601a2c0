#pragma once
// All SQL of the module, and its rows.

#include <optional>
#include <string>
#include <vector>

#include "modules/cases/case_store.hpp"
#include "platform/files/content_store.hpp"

namespace jiuzhu::documents {

using DocumentId = Id<struct DocumentTag>;

/// What a paper proves (S2 art. 13), or shows (S2 art. 19).
enum class DocumentKind {
  identity_paper,          // 身份证件
  household_register,      // 户口簿
  income_proof,            // 收入证明
  property_proof,          // 财产证明
  authorisation_letter,    // 核对授权书
  medical_proof,           // 医疗证明
  disability_certificate,  // 残疾人证
  account_proof,           // 账户证明
  visit_photo,             // 入户照片
  appraisal_record,        // 民主评议记录
  other,                   // 其他材料
};
BOOST_DESCRIBE_ENUM(DocumentKind, identity_paper, household_register, income_proof, property_proof,
                    authorisation_letter, medical_proof, disability_certificate, account_proof, visit_photo,
                    appraisal_record, other)

struct DocumentRow {
  std::string county_code;
  DocumentId id;
  cases::CaseId case_id;
  DocumentKind kind = DocumentKind::other;
  std::optional<std::string> person_key;
  std::string title;   // may be empty: the kind says enough
  std::string digest;  // SM3 of the contents
  std::string media_type;
  std::int64_t size = 0;  // bytes
  UserId added_by;
  std::string added_by_name;
  Role added_role = Role::village_cadre;
  Instant added_at;
  std::optional<UserId> removed_by;
  std::optional<std::string> removed_by_name;
  std::optional<Instant> removed_at;
  std::optional<std::string> removal_reason;

  bool is_removed() const { return removed_at.has_value(); }
};
BOOST_DESCRIBE_STRUCT(DocumentRow, (),
                      (county_code, id, case_id, kind, person_key, title, digest, media_type, size, added_by,
                       added_by_name, added_role, added_at, removed_by, removed_by_name, removed_at, removal_reason))

/// `kept`: named by a document. `unnamed`: no longer, the file is to go. `erased`: gone.
enum class ContentState { kept, unnamed, erased };
BOOST_DESCRIBE_ENUM(ContentState, kept, unnamed, erased)

/// Says that the county keeps these contents, and locks that row until the transaction ends: nobody erases the file
/// meanwhile.
void keep_content(db::Transaction& tx, const std::string& county, const StoredContent& content, Instant now);
/// The row of contents that are known; after it, is_named() sees what others did before.
void lock_content(db::Transaction& tx, const std::string& county, const std::string& digest);
/// Whether a document that is not removed names them.
bool is_named(db::Transaction& tx, const std::string& county, const std::string& digest);
void set_content_state(db::Transaction& tx, const std::string& county, const std::string& digest, ContentState state);
/// Digests of files that are to go.
std::vector<std::string> unnamed_contents(db::Transaction& tx, const std::string& county);

void insert_document(db::Transaction& tx, const DocumentRow& row);
/// Writes who removed it, when and why.
void mark_removed(db::Transaction& tx, const DocumentRow& row);
std::optional<DocumentRow> find_document(db::Transaction& tx, const std::string& county, cases::CaseId case_id,
                                         DocumentId id);
/// Oldest first, the removed among them.
std::vector<DocumentRow> documents_of(db::Transaction& tx, const std::string& county, cases::CaseId case_id);

}  // namespace jiuzhu::documents
