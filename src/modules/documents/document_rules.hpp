#pragma once
// What a document must be, and who may add, see and remove one. Pure; any thread.

#include <cstdint>
#include <span>

#include "base/result.hpp"
#include "modules/documents/document_store.hpp"

namespace jiuzhu::documents {

/// A page scanned in colour or a phone's photo is 2 to 8 MiB.
inline constexpr std::uint64_t kFileBytesMax = 20U << 20;
/// Of the documents of one case that are not removed.
inline constexpr std::int64_t kCaseBytesMax = std::int64_t{500} << 20;
/// Of one case, the removed among them: the list is read as a whole.
inline constexpr std::size_t kDocumentsMax = 300;
inline constexpr std::size_t kTitleLengthMax = 60;
inline constexpr std::size_t kReasonLengthMin = 2;
inline constexpr std::size_t kReasonLengthMax = 200;

struct DocumentDraft {
  DocumentKind kind = DocumentKind::other;
  std::optional<std::string> person_key = {};
  std::string title = {};
};

/// Field errors at "/title" and "/person": too long, characters that are not seen or turn the direction of reading,
/// nobody of this case.
std::vector<FieldError> faults_in(const DocumentDraft& draft, std::span<const cases::PersonRow> persons);

/// Field errors at "/reason".
std::vector<FieldError> faults_in_reason(const std::string& reason);

/// Papers may still come to an approved case. Refuses with "document.case_closed".
Status check_takes_documents(cases::State state);

/// A photo is an image: a PDF is none. Refuses with "document.photo_not_image".
Status check_kind(DocumentKind kind, ContentType type);

/// Refuses with "document.too_many" (param maximum) and "document.case_full" (param max_mib).
Status check_room(std::span<const DocumentRow> present, std::uint64_t size);

/// Villages see photos of visits and what villages and townships took in, not what banks and registers told the county
/// (O-04: only what the task needs).
bool is_shown_to(Role reader, const DocumentRow& document);

/// What a decision rests on stays; before it, a document goes by its own level or one above. Refuses with
/// "document.case_decided" and "document.of_higher_level".
Status check_removable(Role actor, const DocumentRow& document, cases::State state);

}  // namespace jiuzhu::documents
