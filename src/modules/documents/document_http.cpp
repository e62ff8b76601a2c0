#include "modules/documents/document_http.hpp"

#include <algorithm>

#include "modules/documents/document_service.hpp"

namespace jiuzhu {

struct DocumentRemovalView {
  std::string removed_by;
  Instant removed_at;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(DocumentRemovalView, (), (removed_by, removed_at, reason))

struct DocumentView {
  documents::DocumentId id;
  documents::DocumentKind kind = documents::DocumentKind::other;
  std::string title;  // may be empty
  std::optional<std::string> person;
  std::optional<std::string> person_name;  // absent when the declaration names that person no longer
  std::string media_type;
  std::int64_t size = 0;
  std::string added_by;
  Role added_role = Role::village_cadre;
  Instant added_at;
  std::optional<DocumentRemovalView> removal;
  bool is_removable = false;  // by the caller, now
};
BOOST_DESCRIBE_STRUCT(DocumentView, (),
                      (id, kind, title, person, person_name, media_type, size, added_by, added_role, added_at, removal,
                       is_removable))

struct DocumentList {
  std::vector<DocumentView> items;       // oldest first
  std::optional<ObstacleView> obstacle;  // why the caller can add nothing
  std::int64_t file_bytes_max = 0;
};
BOOST_DESCRIBE_STRUCT(DocumentList, (), (items, obstacle, file_bytes_max))

struct AddedDocumentView {
  documents::DocumentId id;
  documents::DocumentKind kind = documents::DocumentKind::other;
  bool is_new = true;  // false: the same contents stood in the case already
};
BOOST_DESCRIBE_STRUCT(AddedDocumentView, (), (id, kind, is_new))

struct DocumentRemovalRequest {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(DocumentRemovalRequest, (), (reason))
template <>
inline constexpr json::Meta json::meta<&DocumentRemovalRequest::reason>{.title = "移除原因"};

struct DocumentContentQuery {
  bool save = false;
};
BOOST_DESCRIBE_STRUCT(DocumentContentQuery, (), (save))
template <>
inline constexpr json::Meta json::meta<&DocumentContentQuery::save>{.title = "另存为文件", .optional = true};

namespace documents {
namespace {

using api::Call;
using api::FileContent;
using api::FormField;
using api::Nothing;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

constexpr const char* kTag = "documents";
// The most that the server lets in, so that a file over the limit is told the limit of files.
constexpr std::size_t kUploadBytesMax = 32U << 20;

/// Contents come from outside. Whatever a browser takes them for, nothing in them runs, loads or is framed.
constexpr const char* kContentPolicy = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'";

Result<CasePlace> place_of(const Call& call) {
  JZ_TRY(const cases::CaseTarget target, cases::target_of(call, 0));
  return CasePlace{target.county, target.id};
}

struct Upload {
  DocumentDraft draft;
  std::string_view bytes;
};

/// Each part once, and none that is not known: a lenient reader hides what was sent.
Result<Upload> read_upload(const api::FormInput& form) {
  Upload upload;
  std::vector<FieldError> faults;
  std::vector<std::string> seen;
  for (const http::FormPart& part : form.parts) {
    const std::string pointer = "/" + part.name;
    if (std::ranges::find(seen, part.name) != seen.end()) {
      faults.push_back({pointer, "document.part_twice", {}});
      continue;
    }
    seen.push_back(part.name);
    if (part.name == "file") {
      upload.bytes = part.content;
      continue;
    }
    if (!is_clean_utf8(part.content)) {
      faults.push_back({pointer, "field.not_text", {}});
    } else if (part.name == "kind") {
      const auto kind = enum_from_text<DocumentKind>(part.content);
      if (kind) {
        upload.draft.kind = *kind;
      } else {
        faults.push_back({pointer, "field.not_in_list", {}});
      }
    } else if (part.name == "person") {
      if (!part.content.empty()) upload.draft.person_key = std::string(part.content);
    } else if (part.name == "title") {
      upload.draft.title = std::string(part.content);
    } else {
      faults.push_back({pointer, "field.unknown", {}});
    }
  }
  for (const char* needed : {"file", "kind"}) {
    if (std::ranges::find(seen, needed) == seen.end()) {
      faults.push_back({std::string("/") + needed, "field.missing", {}});
    }
  }
  if (!faults.empty()) {
    return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(faults)});
  }
  return upload;
}

DocumentView view_of(const ListedDocument& listed, const std::vector<cases::PersonRow>& persons) {
  const DocumentRow& document = listed.document;
  DocumentView view{.id = document.id,
                    .kind = document.kind,
                    .title = document.title,
                    .person = document.person_key,
                    .person_name = {},
                    .media_type = document.media_type,
                    .size = document.size,
                    .added_by = document.added_by_name,
                    .added_role = document.added_role,
                    .added_at = document.added_at,
                    .removal = {},
                    .is_removable = listed.is_removable};
  if (document.person_key) {
    const auto person = std::ranges::find(persons, *document.person_key, &cases::PersonRow::person_key);
    if (person != persons.end()) view.person_name = person->name;
  }
  if (document.is_removed()) {
    view.removal = DocumentRemovalView{document.removed_by_name.value_or(""), *document.removed_at,
                                       document.removal_reason.value_or("")};
  }
  return view;
}

/// "身份证件-140302U2019000001-2019-08-02.jpg". Of our own making: the name the file came with is nowhere kept.
std::string file_name_of(const DocumentContents& contents, Language language, const Messages& messages) {
  const DocumentRow& document = contents.document;
  const std::string kind = messages.text(language, "document.kind_" + std::string(enum_text(document.kind)));
  const std::string_view ending = document.media_type == media_type_of(ContentType::pdf)   ? ".pdf"
                                  : document.media_type == media_type_of(ContentType::png) ? ".png"
                                                                                           : ".jpg";
  std::string name = kind;
  name += "-" + contents.row.case_number + "-" + document.added_at.china_date().to_text();
  name += ending;
  return name;
}

FileContent content_of(const DocumentContents& contents, bool save, Call& call, const Messages& messages) {
  call.response_headers = {{"X-Content-Type-Options", "nosniff"}, {"Content-Security-Policy", kContentPolicy}};
  // A PDF can carry scripts and forms of its own, and the sandbox keeps browsers from showing one: it is only saved.
  const bool is_shown = !save && contents.document.media_type != media_type_of(ContentType::pdf);
  return FileContent{.name = file_name_of(contents, call.language, messages),
                     .media_type = contents.document.media_type,
                     .bytes = {contents.bytes.begin(), contents.bytes.end()},
                     .disposition = is_shown ? api::Disposition::shown : api::Disposition::saved};
}

void add_reading_routes(api::Api& api, const Context& context, const Attachments& attachments,
                        const std::string& path) {
  api.get<Nothing, DocumentList>(path, {.id = "listDocuments", .summary = "材料清单", .tag = kTag},
                                 [context](Call& call, Nothing) -> Result<DocumentList> {
                                   JZ_TRY(const CasePlace place, place_of(call));
                                   JZ_TRY(const DocumentFile file,
                                          read_documents(context->surroundings, call.actor(), place));
                                   DocumentList list{.items = {}, .obstacle = {}, .file_bytes_max = kFileBytesMax};
                                   for (const ListedDocument& listed : file.documents)
                                     list.items.push_back(view_of(listed, file.persons));
                                   if (file.obstacle)
                                     list.obstacle = cases::view_of(*file.obstacle, call.language, context->views);
                                   return list;
                                 });
  api.get<DocumentContentQuery, FileContent>(
      path + "/{document}/content", {.id = "getDocumentContent", .summary = "材料原件（留痕）", .tag = kTag},
      [context, attachments](Call& call, DocumentContentQuery query) -> Result<FileContent> {
        JZ_TRY(const CasePlace place, place_of(call));
        JZ_TRY(const DocumentId id, call.path<DocumentId>("document"));
        JZ_TRY(const DocumentContents contents,
               read_contents(context->surroundings, attachments, call.actor(), place, id));
        return content_of(contents, query.save, call, context->views.messages);
      });
}

}  // namespace

void add_document_routes(api::Api& api, const Context& context, Attachments attachments) {
  const std::string path = "/cases/{county}/{case}/documents";
  add_reading_routes(api, context, attachments, path);
  api.post<api::FormInput, AddedDocumentView>(
      path,
      {.id = "addDocument",
       .summary = "上传材料",
       .tag = kTag,
       .success = 201,
       .body_bytes_max = kUploadBytesMax,
       .form = {{"file", "JPEG、PNG 图片或 PDF 文件", FormField::Kind::file},
                {"kind", "材料类别", FormField::Kind::text},
                {"person", "所属人员", FormField::Kind::optional_text},
                {"title", "名称", FormField::Kind::optional_text}}},
      [context, attachments](Call& call, const api::FormInput& form) -> Result<AddedDocumentView> {
        JZ_TRY(const CasePlace place, place_of(call));
        JZ_TRY(const Upload upload, read_upload(form));
        const std::span bytes(reinterpret_cast<const std::uint8_t*>(upload.bytes.data()), upload.bytes.size());
        JZ_TRY(const AddedDocument added,
               add_document(context->surroundings, attachments, call.actor(), place, upload.draft, bytes));
        return AddedDocumentView{added.document.id, added.document.kind, added.is_new};
      });
  api.post<DocumentRemovalRequest, Nothing>(
      path + "/{document}/removal", {.id = "removeDocument", .summary = "移除材料", .tag = kTag},
      [context, attachments](Call& call, DocumentRemovalRequest request) -> Result<Nothing> {
        JZ_TRY(const CasePlace place, place_of(call));
        JZ_TRY(const DocumentId id, call.path<DocumentId>("document"));
        JZ_TRY_VOID(remove_document(context->surroundings, attachments, call.actor(), place, id, request.reason));
        return Nothing{};
      });
}

}  // namespace documents
}  // namespace jiuzhu
