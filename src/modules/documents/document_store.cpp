#include "modules/documents/document_store.hpp"

namespace jiuzhu::documents {
namespace {

using db::Statement;

#define JZ_DOCUMENT_SELECT                                                                                             \
  "select d.county_code, d.id, d.case_id, d.kind, d.person_key, d.title, d.digest, c.media_type, c.size, d.added_by, " \
  "d.added_by_name, d.added_role, d.added_at, d.removed_by, d.removed_by_name, d.removed_at, d.removal_reason "        \
  "from case_document d join document_content c on c.county_code = d.county_code and c.digest = d.digest "

constexpr Statement kKeepContent{
    "documents.keep_content",
    "insert into document_content (county_code, digest, media_type, size, state, stored_at) "
    "values (?, ?, ?, ?, 'kept', ?) on conflict (county_code, digest) do update set state = 'kept'"};
constexpr Statement kLockContent{"documents.lock_content",
                                 "update document_content set state = state where county_code = ? and digest = ?"};
constexpr Statement kNaming{
    "documents.naming",
    "select count(*) from case_document where county_code = ? and digest = ? and removed_at is null"};
constexpr Statement kSetContentState{"documents.set_content_state",
                                     "update document_content set state = ? where county_code = ? and digest = ?"};
constexpr Statement kUnnamed{
    "documents.unnamed",
    "select digest from document_content where county_code = ? and state = 'unnamed' order by digest"};
constexpr Statement kInsert{
    "documents.insert",
    "insert into case_document (county_code, id, case_id, kind, person_key, title, digest, added_by, added_by_name, "
    "added_role, added_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kMarkRemoved{
    "documents.mark_removed",
    "update case_document set removed_by = ?, removed_by_name = ?, removed_at = ?, removal_reason = ? "
    "where county_code = ? and id = ?"};
constexpr Statement kFind{"documents.find",
                          JZ_DOCUMENT_SELECT "where d.county_code = ? and d.case_id = ? and d.id = ?"};
constexpr Statement kOfCase{"documents.of_case",
                            JZ_DOCUMENT_SELECT "where d.county_code = ? and d.case_id = ? order by d.added_at, d.id"};

}  // namespace

void keep_content(db::Transaction& tx, const std::string& county, const StoredContent& content, Instant now) {
  tx.execute(kKeepContent, county, content.digest.to_text(), media_type_of(content.type),
             static_cast<std::int64_t>(content.size), now);
}

void lock_content(db::Transaction& tx, const std::string& county, const std::string& digest) {
  tx.execute(kLockContent, county, digest);
}

bool is_named(db::Transaction& tx, const std::string& county, const std::string& digest) {
  return tx.get<std::int64_t>(kNaming, county, digest) > 0;
}

void set_content_state(db::Transaction& tx, const std::string& county, const std::string& digest, ContentState state) {
  tx.enqueue(kSetContentState, state, county, digest);
}

std::vector<std::string> unnamed_contents(db::Transaction& tx, const std::string& county) {
  return tx.select<std::string>(kUnnamed, county);
}

void insert_document(db::Transaction& tx, const DocumentRow& row) {
  tx.enqueue(kInsert, row.county_code, row.id, row.case_id, row.kind, row.person_key, row.title, row.digest,
             row.added_by, row.added_by_name, row.added_role, row.added_at);
}

void mark_removed(db::Transaction& tx, const DocumentRow& row) {
  tx.enqueue(kMarkRemoved, row.removed_by, row.removed_by_name, row.removed_at, row.removal_reason, row.county_code,
             row.id);
}

std::optional<DocumentRow> find_document(db::Transaction& tx, const std::string& county, cases::CaseId case_id,
                                         DocumentId id) {
  return tx.find<DocumentRow>(kFind, county, case_id, id);
}

std::vector<DocumentRow> documents_of(db::Transaction& tx, const std::string& county, cases::CaseId case_id) {
  return tx.select<DocumentRow>(kOfCase, county, case_id);
}

}  // namespace jiuzhu::documents
