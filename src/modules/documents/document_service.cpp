#include "modules/documents/document_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/cases/recusal.hpp"

namespace jiuzhu::documents {
namespace {

using cases::CaseRow;

std::unexpected<Error> refuse_fields(std::vector<FieldError> faults) {
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(faults)});
}

/// Everything but the contents themselves.
Result<CaseRow> check_addition(UseCase& act, cases::CaseId id, const DocumentDraft& draft) {
  JZ_TRY(CaseRow row, cases::find_visible_case(act, id, Permission::document_change));
  JZ_TRY_VOID(cases::refuse_kin(act.tx, act.actor, row.county_code, row.id));
  JZ_TRY_VOID(check_takes_documents(row.state));
  auto faults = faults_in(draft, cases::persons_of(act.tx, row.county_code, row.id));
  if (!faults.empty()) return refuse_fields(std::move(faults));
  return row;
}

const DocumentRow* find_same(std::span<const DocumentRow> present, const std::string& digest) {
  const auto same = std::ranges::find_if(
      present, [&](const DocumentRow& document) { return !document.is_removed() && document.digest == digest; });
  return same == present.end() ? nullptr : &*same;
}

/// A document that the actor may see.
Result<DocumentRow> find_visible_document(UseCase& act, const CaseRow& row, DocumentId id) {
  auto document = find_document(act.tx, row.county_code, row.id, id);
  if (!document || !is_shown_to(act.actor.role, *document)) return refuse(ErrorCode::not_found, "document.not_found");
  if (document->is_removed()) return refuse(ErrorCode::not_found, "document.removed");
  return *document;
}

Result<DocumentContents> record_reading(UseCase& act, cases::CaseId case_id, DocumentId id) {
  JZ_TRY(const CaseRow row, cases::find_visible_case(act, case_id, Permission::case_read));
  JZ_TRY(const DocumentRow document, find_visible_document(act, row, id));
  act.record({.action = "document.read",
              .subject_kind = "case",
              .subject_id = row.id.to_text(),
              .changes = json::Value().set("document", id.to_text())});
  return DocumentContents{row, document, {}};
}

Result<DocumentRow> record_removal(UseCase& act, cases::CaseId case_id, DocumentId id, const std::string& reason) {
  JZ_TRY(const CaseRow row, cases::find_visible_case(act, case_id, Permission::document_change));
  JZ_TRY_VOID(cases::refuse_kin(act.tx, act.actor, row.county_code, row.id));
  JZ_TRY(DocumentRow document, find_visible_document(act, row, id));
  // Two who remove at once come one after the other; the second finds it removed.
  lock_content(act.tx, row.county_code, document.digest);
  JZ_TRY(document, find_visible_document(act, row, id));
  JZ_TRY_VOID(check_removable(act.actor.role, document, row.state));
  if (auto faults = faults_in_reason(reason); !faults.empty()) return refuse_fields(std::move(faults));
  document.removed_by = act.actor.user;
  document.removed_by_name = act.actor.name;
  document.removed_at = act.now;
  document.removal_reason = std::string(trim(reason));
  mark_removed(act.tx, document);
  if (!is_named(act.tx, row.county_code, document.digest)) {
    set_content_state(act.tx, row.county_code, document.digest, ContentState::unnamed);
  }
  act.record({.action = "document.removed",
              .subject_kind = "case",
              .subject_id = row.id.to_text(),
              .basis = *document.removal_reason,
              .changes = json::Value().set("document", id.to_text()).set("kind", enum_text(document.kind))});
  return document;
}

/// Erases the files of the county that no document names any more, also those that an earlier, interrupted removal
/// left. Whoever adds the same contents at this moment waits for the lock, finds the file gone and writes it again.
Status erase_unnamed(const Surroundings& surroundings, const ContentStore& contents, const Actor& actor,
                     const RegionCode& county) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Status {
    const std::string code = county.to_text();
    for (const std::string& digest : unnamed_contents(act.tx, code)) {
      lock_content(act.tx, code, digest);
      if (is_named(act.tx, code, digest)) {
        set_content_state(act.tx, code, digest, ContentState::kept);
        continue;
      }
      contents.remove(*Digest::parse(digest));
      set_content_state(act.tx, code, digest, ContentState::erased);
      act.record({.action = "document.contents_erased", .subject_kind = "document_content", .subject_id = digest});
    }
    return {};
  });
}

}  // namespace

Result<AddedDocument> add_document(const Surroundings& surroundings, const Attachments& attachments, const Actor& actor,
                                   const CasePlace& place, const DocumentDraft& draft,
                                   std::span<const std::uint8_t> bytes) {
  // A file of no known type is refused by put().
  if (const auto type = sniff_content(bytes)) JZ_TRY_VOID(check_kind(draft.kind, *type));
  // Asked before the file is written, so that nobody fills the disk who may not, and once more with the row.
  JZ_TRY_VOID(surroundings.database.read([&](db::Transaction& tx) -> Status {
    UseCase act(tx, surroundings, actor, place.county);
    JZ_TRY(const CaseRow row, check_addition(act, place.id, draft));
    const auto present = documents_of(tx, row.county_code, row.id);
    if (find_same(present, sm3(bytes).to_text())) return {};
    return check_room(present, bytes.size());
  }));
  const ContentStore contents = attachments.of(place.county);
  JZ_TRY(const StoredContent content, contents.put(bytes));
  return run_use_case(surroundings, actor, place.county, [&](UseCase& act) -> Result<AddedDocument> {
    JZ_TRY(const CaseRow row, check_addition(act, place.id, draft));
    keep_content(act.tx, row.county_code, content, act.now);
    const auto present = documents_of(act.tx, row.county_code, row.id);
    const std::string digest = content.digest.to_text();
    if (const DocumentRow* same = find_same(present, digest)) {
      if (!is_shown_to(act.actor.role, *same)) return refuse(ErrorCode::conflict, "document.held_by_county");
      return AddedDocument{*same, false};
    }
    JZ_TRY_VOID(check_room(present, content.size));
    // Somebody may have erased the same contents since; from here on the lock keeps them.
    if (!contents.contains(content.digest)) JZ_TRY_VOID(contents.put(bytes));
    const DocumentRow document{.county_code = row.county_code,
                               .id = act.new_id<DocumentId>(),
                               .case_id = row.id,
                               .kind = draft.kind,
                               .person_key = draft.person_key,
                               .title = std::string(trim(draft.title)),
                               .digest = digest,
                               .media_type = std::string(media_type_of(content.type)),
                               .size = static_cast<std::int64_t>(content.size),
                               .added_by = act.actor.user,
                               .added_by_name = act.actor.name,
                               .added_role = act.actor.role,
                               .added_at = act.now,
                               .removed_by = {},
                               .removed_by_name = {},
                               .removed_at = {},
                               .removal_reason = {}};
    insert_document(act.tx, document);
    act.record({.action = "document.added",
                .subject_kind = "case",
                .subject_id = row.id.to_text(),
                .changes = json::Value()
                               .set("document", document.id.to_text())
                               .set("kind", enum_text(document.kind))
                               .set("digest", document.digest)
                               .set("media_type", document.media_type)
                               .set("size", document.size)});
    return AddedDocument{document, true};
  });
}

Result<DocumentFile> read_documents(const Surroundings& surroundings, const Actor& actor, const CasePlace& place) {
  return run_use_case(surroundings, actor, place.county, [&](UseCase& act) -> Result<DocumentFile> {
    JZ_TRY(const CaseRow row, cases::find_visible_case(act, place.id, Permission::case_read));
    DocumentFile file{
        .row = row, .persons = cases::persons_of(act.tx, row.county_code, row.id), .documents = {}, .obstacle = {}};
    auto present = documents_of(act.tx, row.county_code, row.id);
    if (const auto addition = check_addition(act, row.id, {}); !addition) {
      file.obstacle = addition.error();
    } else if (const Status room = check_room(present, 1); !room) {
      file.obstacle = room.error();
    }
    const bool may_remove = allows(act.actor.role, Permission::document_change) &&
                            cases::refuse_kin(act.tx, act.actor, row.county_code, row.id).has_value();
    for (DocumentRow& document : present) {
      if (!is_shown_to(act.actor.role, document)) continue;
      const bool is_removable =
          may_remove && !document.is_removed() && check_removable(act.actor.role, document, row.state).has_value();
      file.documents.push_back({std::move(document), is_removable});
    }
    act.record({.action = "document.listed", .subject_kind = "case", .subject_id = row.id.to_text()});
    return file;
  });
}

Result<DocumentContents> read_contents(const Surroundings& surroundings, const Attachments& attachments,
                                       const Actor& actor, const CasePlace& place, DocumentId id) {
  JZ_TRY(DocumentContents found, run_use_case(surroundings, actor, place.county,
                                              [&](UseCase& act) { return record_reading(act, place.id, id); }));
  auto bytes = attachments.of(place.county).get(*Digest::parse(found.document.digest));
  if (!bytes) {
    // The row says that the file was there: that it is gone is for the administrator and his backup, not a wrong link.
    if (bytes.error().code == ErrorCode::not_found) return refuse(ErrorCode::unavailable, "document.contents_missing");
    return std::unexpected<Error>(std::move(bytes).error());
  }
  found.bytes = std::move(*bytes);
  return found;
}

Result<DocumentRow> remove_document(const Surroundings& surroundings, const Attachments& attachments,
                                    const Actor& actor, const CasePlace& place, DocumentId id,
                                    const std::string& reason) {
  JZ_TRY(DocumentRow removed, run_use_case(surroundings, actor, place.county,
                                           [&](UseCase& act) { return record_removal(act, place.id, id, reason); }));
  // Apart from the removal: a file that is erased before its removal is certain could be missed.
  JZ_TRY_VOID(erase_unnamed(surroundings, attachments.of(place.county), actor, place.county));
  return removed;
}

}  // namespace jiuzhu::documents
