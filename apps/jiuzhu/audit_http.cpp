#include "audit_http.hpp"

#include <charconv>

#include "kernel/audit/audit.hpp"
#include "kernel/exports/list_export.hpp"

namespace jiuzhu {

struct AuditChangeView {
  std::string field;
  std::string before;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(AuditChangeView, (), (field, before, after))

struct AuditRecordView {
  std::string chain;
  std::int64_t sequence = 0;
  Instant recorded_at;
  std::string actor_name;
  std::string role;
  std::string action;
  std::string subject_kind;
  std::string subject_id;
  std::string basis;
  std::vector<AuditChangeView> changes;
};
BOOST_DESCRIBE_STRUCT(AuditRecordView, (),
                      (chain, sequence, recorded_at, actor_name, role, action, subject_kind, subject_id, basis,
                       changes))

struct AuditList {
  std::vector<AuditRecordView> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(AuditList, (), (items, next))

struct ExportAuditRequest {
  std::optional<std::string> county;
  std::optional<std::string> subject;
  std::optional<std::string> actor;
};
BOOST_DESCRIBE_STRUCT(ExportAuditRequest, (), (county, subject, actor))

struct AuditQuery {
  std::string county;
  std::string subject;
  std::string actor;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(AuditQuery, (), (county, subject, actor, after))
template <>
inline constexpr json::Meta json::meta<&AuditQuery::county>{.title = "县（区）代码", .max_length = 6, .optional = true};
template <>
inline constexpr json::Meta json::meta<&AuditQuery::subject>{.title = "对象编号", .max_length = 60, .optional = true};
template <>
inline constexpr json::Meta json::meta<&AuditQuery::actor>{.title = "经办人编号", .max_length = 60, .optional = true};
template <>
inline constexpr json::Meta json::meta<&AuditQuery::after>{.title = "上一页末尾", .max_length = 80, .optional = true};

namespace {

constexpr int kPage = 50;

std::string text_of(const json::Value* value) {
  if (!value || value->is_null()) return "";
  return value->as_text() ? *value->as_text() : json::print(*value);
}

std::vector<AuditChangeView> changes_of(const std::string& text) {
  std::vector<AuditChangeView> changes;
  const auto document = json::parse(text);
  if (!document || !document->as_object()) return changes;
  for (const auto& [field, value] : *document->as_object()) {
    const bool has_sides = value.find("before") || value.find("after");
    changes.push_back({field, has_sides ? text_of(value.find("before")) : "",
                       has_sides ? text_of(value.find("after")) : text_of(&value)});
  }
  return changes;
}

/// "<microseconds>.<chain>.<sequence>" of the last record on the page before.
Result<std::optional<AuditCursor>> read_cursor(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto parts = split(text, '.');
  AuditCursor cursor;
  const auto number = [](std::string_view digits, std::int64_t& out) {
    return std::from_chars(digits.data(), digits.data() + digits.size(), out).ec == std::errc();
  };
  if (parts.size() != 3 || !number(parts[0], cursor.recorded_at.microseconds) || !number(parts[2], cursor.sequence)) {
    return refuse(
        Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/after", "field.not_id"}}});
  }
  cursor.chain = parts[1];
  return cursor;
}

std::vector<exports::Column<AuditRecord>> export_columns(const exports::Words& words) {
  using Record = AuditRecord;
  const auto role = [words](const Record& record) {
    const auto known = enum_from_text<Role>(record.actor_role);
    return known ? std::string(words.language() == Language::en ? title_of(*known).en : title_of(*known).zh)
                 : record.actor_role;
  };
  return {
      {"export.chain", 8, ColumnKind::text, [](const Record& record) { return record.chain; }},
      {"export.sequence", 10, ColumnKind::number, [](const Record& record) { return record.sequence; }},
      {"export.recorded_at", 28, ColumnKind::text, [](const Record& record) { return record.recorded_at.to_text(); }},
      {"export.actor", 12, ColumnKind::text, [](const Record& record) { return record.actor_name; }},
      {"export.role", 20, ColumnKind::text, role},
      {"export.action", 30, ColumnKind::text, [](const Record& record) { return record.action; }},
      {"export.subject_kind", 16, ColumnKind::text, [](const Record& record) { return record.subject_kind; }},
      {"export.subject", 38, ColumnKind::text, [](const Record& record) { return record.subject_id; }},
      {"export.audit_basis", 20, ColumnKind::text, [](const Record& record) { return record.basis; }},
      {"export.changes", 60, ColumnKind::text, [](const Record& record) { return record.changes; }},
      {"export.mac", 66, ColumnKind::text, [](const Record& record) { return record.mac; }},
  };
}

void add_export_route(api::Api& api, const Surroundings& surroundings, const Messages& messages) {
  api.post<ExportAuditRequest, api::FileContent>(
      "/audit/export", {.id = "exportAudit", .summary = "导出审计记录（XLSX）", .tag = "audit"},
      [&surroundings, &messages](api::Call& call, ExportAuditRequest request) -> Result<api::FileContent> {
        JZ_TRY_VOID(require(call.actor(), Permission::audit_read));
        const exports::Words words(messages, call.language);
        return exports::export_list<AuditRecord>(
            {surroundings, call.actor(), words}, "export.audit", "audit", request.county.value_or(""),
            export_columns(words), [&](const AuditRecord* last) -> Result<std::vector<AuditRecord>> {
              AuditFilter filter{.scope = scope_of(call.actor()),
                                 .subject_id = request.subject,
                                 .actor_id = request.actor,
                                 .chain = request.county,
                                 .after = {},
                                 .limit = exports::kPage};
              if (last) filter.after = AuditCursor{last->recorded_at, last->chain, last->sequence};
              return surroundings.database.read([&](db::Transaction& tx) { return list_audit(tx, filter); });
            });
      });
}

}  // namespace

void add_audit_routes(api::Api& api, const Surroundings& surroundings, const Messages& messages) {
  add_export_route(api, surroundings, messages);
  db::Database& database = surroundings.database;
  api.get<AuditQuery, AuditList>(
      "/audit", {.id = "listAudit", .summary = "审计记录", .tag = "audit"},
      [&database](api::Call& call, AuditQuery query) -> Result<AuditList> {
        JZ_TRY_VOID(require(call.actor(), Permission::audit_read));
        JZ_TRY(const auto after, read_cursor(query.after));
        const auto records = database.read([&](db::Transaction& tx) {
          return list_audit(tx, {.scope = scope_of(call.actor()),
                                 .subject_id = query.subject,
                                 .actor_id = query.actor,
                                 .chain = query.county,
                                 .after = after,
                                 .limit = kPage});
        });
        AuditList list;
        for (const AuditRecord& record : records) {
          list.items.push_back({record.chain, record.sequence, record.recorded_at, record.actor_name, record.actor_role,
                                record.action, record.subject_kind, record.subject_id, record.basis,
                                changes_of(record.changes)});
        }
        if (records.size() == kPage) {
          const AuditRecord& last = records.back();
          list.next =
              std::to_string(last.recorded_at.microseconds) + "." + last.chain + "." + std::to_string(last.sequence);
        }
        return list;
      });
}

}  // namespace jiuzhu
