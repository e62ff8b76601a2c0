#include "web_api.hpp"

#include "platform/embedded/embedded.hpp"
#include "platform/http/static_site.hpp"

namespace jiuzhu {
namespace {

/// Unknown paths below /api are problems; everything else is the web page.
http::Handler make_fallback(const Messages& messages) {
  std::vector<http::StaticFile> files;
  for (const auto& file : embedded::web_page()) files.push_back({file.name, file.content});
  const auto site = std::make_shared<http::StaticSite>(std::move(files));
  return [site, &messages](const http::Request& request) {
    if (!request.path.starts_with("/api/")) return site->serve(request);
    const Language language = Messages::choose(request.header("accept-language").value_or(""));
    return api::to_response(api::to_problem(Error{.code = ErrorCode::not_found, .key = "request.no_such_resource"},
                                            messages, language, nullptr));
  };
}

}  // namespace

WebApi::WebApi(Program& program)
    : sessions_(program.surroundings()),
      api_(router_, program.messages(), access::make_authenticator(sessions_), nullptr) {
  access::add_access_routes(api_, program.surroundings(), sessions_,
                            {.is_demo = program.settings().is_demo, .cookie_needs_tls = program.settings().behind_tls},
                            [](const RegionCode& region) { return region.to_text(); });
  router_.add(http::Method::get, "/api/v1/openapi.json",
              [document = json::print(api_.document())](const http::Request&) {
                return http::Response::of(200, "application/json", document);
              });
  router_.set_fallback(make_fallback(program.messages()));
}

}  // namespace jiuzhu
