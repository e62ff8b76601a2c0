#include "platform/http/problem.hpp"

namespace jiuzhu::http {
namespace {

// The texts are ours: constants and hexadecimal digits. Escaping keeps a future one from breaking the document.
void append_member(std::string& document, std::string_view name, std::string_view text) {
  document += ",\"";
  document += name;
  document += "\":\"";
  for (const char letter : text) {
    if (static_cast<unsigned char>(letter) < 0x20) continue;
    if (letter == '"' || letter == '\\') document += '\\';
    document += letter;
  }
  document += '"';
}

}  // namespace

Response answer(const Problem& problem) {
  std::string document = R"({"type":"about:blank")";
  append_member(document, "title", reason_phrase(problem.status));
  document += ",\"status\":" + std::to_string(problem.status);
  append_member(document, "detail", problem.detail);
  append_member(document, "key", problem.key);
  if (!problem.incident.empty()) append_member(document, "incident", problem.incident);
  document += '}';
  return Response::of(problem.status, "application/problem+json", std::move(document));
}

}  // namespace jiuzhu::http
