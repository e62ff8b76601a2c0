#include "platform/http/static_site.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include "base/text.hpp"
#include "platform/http/compression.hpp"
#include "platform/http/problem.hpp"

namespace jiuzhu::http {
namespace {

// FNV-1a, 64 bits. Our own build makes the content, so only accidents count, and index.html is the one file whose name
// does not change with it.
std::string hash_of(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char letter : bytes) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  std::string text;
  for (int digit = 0; digit < 16; ++digit, hash >>= 4) text += "0123456789abcdef"[hash & 15];
  return text;
}

std::string_view content_type_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 19> kTypes{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".wasm", "application/wasm"},
      {".txt", "text/plain; charset=utf-8"},
      {".pdf", "application/pdf"},
      {".xml", "application/xml"},
  }};
  for (const auto& [suffix, type] : kTypes) {
    if (name.ends_with(suffix)) return type;
  }
  return "application/octet-stream";
}

bool is_one_of(std::string_view list, std::string_view etag) {
  for (const std::string_view piece : split(list, ',')) {
    std::string_view candidate = trim(piece);
    if (candidate == "*") return true;
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == etag) return true;
  }
  return false;
}

bool is_page_address(const Request& request) {
  const std::string_view path = request.path;
  if (path == "/") return true;  // whoever tries the printed address with curl shall find the page, too
  if (path.substr(path.rfind('/')).find('.') != std::string_view::npos) return false;
  const auto accept = request.header("accept");
  return accept && accept->find("text/html") != std::string_view::npos;
}

Response not_found() { return answer({404, "http.not_found", "There is nothing at this address."}); }

}  // namespace

StaticSite::StaticSite(const std::vector<StaticFile>& files, std::string api_prefix)
    : api_prefix_(std::move(api_prefix)) {
  for (const StaticFile& file : files) {
    const std::string path = "/" + std::string(file.name);
    Entry& entry = entries_[path];
    entry.plain = {file.bytes, '"' + hash_of(file.bytes) + '"'};
    entry.content_type = content_type_of(file.name);
    entry.is_immutable = path.starts_with("/assets/");
  }
  // A second pass, because the twins may stand before their files.
  for (const auto& [suffix, member] : {std::pair{".gz", &Entry::gzip}, std::pair{".br", &Entry::brotli}}) {
    for (const StaticFile& file : files) {
      if (!file.name.ends_with(suffix)) continue;
      const std::string path = "/" + std::string(file.name);
      const auto original = entries_.find(path.substr(0, path.size() - 3));
      if (original == entries_.end()) continue;
      const std::string_view plain_etag = original->second.plain.etag;
      original->second.*member = {file.bytes, std::string(plain_etag.substr(0, plain_etag.size() - 1)) + suffix + '"'};
      entries_.erase(path);
    }
  }
}

Response StaticSite::serve(const Request& request) const {
  if (request.method != Method::get && request.method != Method::head) {
    return answer({405, "http.method_not_allowed", "This address does not take that method; see Allow."})
        .set_header("Allow", "GET, HEAD");
  }
  if (request.path.starts_with(api_prefix_)) return not_found();
  auto found = entries_.find(request.path);
  if (found == entries_.end() && is_page_address(request)) found = entries_.find("/index.html");
  return found == entries_.end() ? not_found() : respond(request, found->second);
}

Response StaticSite::respond(const Request& request, const Entry& entry) {
  const Variant* variant = &entry.plain;
  std::string_view coding;
  if (!entry.brotli.etag.empty() && accepts_encoding(request, "br")) {
    variant = &entry.brotli;
    coding = "br";
  } else if (!entry.gzip.etag.empty() && accepts_encoding(request, "gzip")) {
    variant = &entry.gzip;
    coding = "gzip";
  }
  Response response;
  response.add_header("ETag", variant->etag);
  response.add_header("Cache-Control", entry.is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (!entry.brotli.etag.empty() || !entry.gzip.etag.empty()) response.add_header("Vary", "Accept-Encoding");
  const auto known = request.header("if-none-match");
  if (known && is_one_of(*known, variant->etag)) {
    response.status = 304;
    return response;
  }
  response.add_header("Content-Type", std::string(entry.content_type));
  if (!coding.empty()) response.add_header("Content-Encoding", std::string(coding));
  response.static_body = variant->bytes;
  return response;
}

}  // namespace jiuzhu::http
