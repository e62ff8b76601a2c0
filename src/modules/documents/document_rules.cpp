#include "modules/documents/document_rules.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/cases/road.hpp"

namespace jiuzhu::documents {
namespace {

/// Control characters, and marks that are not seen but change what is read: zero width, direction, line separators.
bool is_unseen(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0xAD || point == 0x61C ||
         (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF;
}

/// 0 for villages, 1 for townships, 2 for counties and above.
int height_of(Role role) {
  switch (title_of(role).levels.front()) {
    case RegionLevel::village: return 0;
    case RegionLevel::township: return 1;
    case RegionLevel::county:
    case RegionLevel::city:
    case RegionLevel::province: return 2;
  }
  return 2;
}

}  // namespace

std::vector<FieldError> faults_in(const DocumentDraft& draft, std::span<const cases::PersonRow> persons) {
  std::vector<FieldError> faults;
  if (code_points(draft.title) > kTitleLengthMax) {
    faults.push_back({"/title", "field.too_long", {{"maximum", std::to_string(kTitleLengthMax)}}});
  }
  if (std::ranges::any_of(to_code_points(draft.title), is_unseen)) {
    faults.push_back({"/title", "document.title_unseen", {}});
  }
  if (draft.person_key &&
      std::ranges::find(persons, *draft.person_key, &cases::PersonRow::person_key) == persons.end()) {
    faults.push_back({"/person", "document.person_unknown", {}});
  }
  return faults;
}

std::vector<FieldError> faults_in_reason(const std::string& reason) {
  const std::size_t length = code_points(trim(reason));
  if (length < kReasonLengthMin) {
    return {{"/reason", "field.too_short", {{"minimum", std::to_string(kReasonLengthMin)}}}};
  }
  if (length > kReasonLengthMax) {
    return {{"/reason", "field.too_long", {{"maximum", std::to_string(kReasonLengthMax)}}}};
  }
  return {};
}

Status check_takes_documents(cases::State state) {
  if (cases::is_open(state) || state == cases::State::approved) return {};
  return refuse(ErrorCode::conflict, "document.case_closed");
}

Status check_kind(DocumentKind kind, ContentType type) {
  if (kind != DocumentKind::visit_photo || type != ContentType::pdf) return {};
  return refuse(Error{.code = ErrorCode::invalid_input,
                      .key = "request.invalid",
                      .fields = {{"/file", "document.photo_not_image", {}}}});
}

Status check_room(std::span<const DocumentRow> present, std::uint64_t size) {
  if (present.size() >= kDocumentsMax) {
    return refuse(ErrorCode::too_large, "document.too_many", {{"maximum", std::to_string(kDocumentsMax)}});
  }
  std::int64_t sum = static_cast<std::int64_t>(size);
  for (const DocumentRow& document : present) sum += document.is_removed() ? 0 : document.size;
  if (sum > kCaseBytesMax) {
    return refuse(ErrorCode::too_large, "document.case_full", {{"max_mib", std::to_string(kCaseBytesMax >> 20)}});
  }
  return {};
}

bool is_shown_to(Role reader, const DocumentRow& document) {
  if (reader != Role::village_cadre || document.kind == DocumentKind::visit_photo) return true;
  return height_of(document.added_role) < height_of(Role::county_case_officer);
}

Status check_removable(Role actor, const DocumentRow& document, cases::State state) {
  if (!cases::is_open(state)) return refuse(ErrorCode::conflict, "document.case_decided");
  if (height_of(actor) < height_of(document.added_role)) {
    return refuse(ErrorCode::forbidden, "document.of_higher_level");
  }
  return {};
}

}  // namespace jiuzhu::documents
