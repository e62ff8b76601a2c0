#pragma once
// The web page out of memory: files that the build put into the program, with validators and precompressed twins. Fixed
// after construction; any thread may call serve().

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/response.hpp"

namespace jiuzhu::http {

/// `name` is the path without the leading slash ("assets/index-3f2a.js"). "name.gz" and "name.br" are taken as the
/// precompressed twins of `name` and are not addresses of their own.
struct StaticFile {
  std::string_view name;
  std::string_view bytes;
};

class StaticSite {
 public:
  /// The bytes must live as long as the site and its responses. Paths below `api_prefix` are never answered with the
  /// page, so that a mistyped API address stays a 404 in a browser as well.
  explicit StaticSite(const std::vector<StaticFile>& files, std::string api_prefix = "/api/");

  /// Needs GET or HEAD, else 405. A file: 200, or 304 when If-None-Match has its strong ETag; "assets/" (names carry a
  /// content hash) is immutable for a year, everything else is revalidated. A path whose last segment has no dot, asked
  /// for by Accept: text/html, is a page of the application: index.html. Anything else: 404.
  Response serve(const Request& request) const;

 private:
  struct Variant {
    std::string_view bytes;
    std::string etag;
  };
  struct Entry {
    Variant plain;
    Variant gzip;  // empty etag: there is none
    Variant brotli;
    std::string_view content_type;
    bool is_immutable = false;
  };

  static Response respond(const Request& request, const Entry& entry);

  std::map<std::string, Entry, std::less<>> entries_;  // by path with the leading slash
  std::string api_prefix_;
};

}  // namespace jiuzhu::http
