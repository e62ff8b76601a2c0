#include "web_api.hpp"

#include "audit_chains_http.hpp"
#include "audit_http.hpp"
#include "demo_http.hpp"
#include "gates.hpp"
#include "modules/access/user_export.hpp"
#include "modules/appraisals/appraisal_http.hpp"
#include "modules/awards/award_http.hpp"
#include "modules/decisions/decision_http.hpp"
#include "modules/documents/document_http.hpp"
#include "modules/payments/payment_http.hpp"
#include "modules/publicity/publicity_http.hpp"
#include "modules/regions/region_http.hpp"
#include "modules/registers/register_http.hpp"
#include "modules/reviews/review_http.hpp"
#include "modules/roster/roster_http.hpp"
#include "modules/standards/standard_http.hpp"
#include "modules/verification/verification_http.hpp"
#include "modules/visits/visit_http.hpp"
#include "modules/watch/watch_http.hpp"
#include "platform/embedded/embedded.hpp"
#include "platform/http/static_site.hpp"
#include "platform/log/log.hpp"
#include "register_hall.hpp"

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

/// "《社会救助暂行办法》第九条" for "SA-2014/9".
api::ArticleTitles article_titles(const policy::Rulebook& rulebook) {
  return [wording = rulebook.wording()](const std::string& article, Language language) {
    return wording->cite(article, language == Language::zh ? policy::Language::zh : policy::Language::en);
  };
}

}  // namespace

WebApi::WebApi(Program& program)
    : sessions_(program.surroundings()),
      region_names_(program.database()),
      program_(program),
      case_world_{program.rulebook(), program.calendar(), {}},
      standards_(program.database(), case_world_.rulebook),
      api_(router_, program.messages(), access::make_authenticator(sessions_), article_titles(*program.rulebook())),
      jobs_(program.surroundings()) {
  const auto region_name = [this](const RegionCode& region) { return region_names_.name(region); };
  access::add_access_routes(api_, program.surroundings(), sessions_,
                            {.is_demo = program.settings().is_demo, .cookie_needs_tls = program.settings().behind_tls},
                            region_name);
  access::add_user_export_routes(api_, program.surroundings(), program.messages(), region_name);
  regions::add_region_routes(api_, program.database());
  add_audit_routes(api_, program.surroundings(), program.messages());
  add_audit_chain_routes(api_, program.surroundings(),
                         AuditAnchors(program.settings().data_folder + "/audit-anchors.jsonl"), program.messages(),
                         region_name);

  const auto cases = std::make_shared<const cases::CaseRoutesContext>(cases::CaseRoutesContext{
      program.surroundings(), case_world_, {region_name, program.messages(), article_titles(*program.rulebook())}});
  provide_all_needs(case_world_);
  cases::add_case_routes(api_, cases);
  const auto hall = open_register_hall(program, case_world_);
  erase_contents_ = [hall] { registers::erase_outdated(*hall); };
  registers::provide_register_jobs(jobs_, hall);
  registers::add_register_routes(api_, hall, jobs_, program.messages(), article_titles(*program.rulebook()));
  verification::add_verification_routes(api_, cases);
  verification::add_lookup_routes(api_, cases, hall);
  documents::add_document_routes(api_, cases, documents::Attachments(program.settings().attachments_folder()));
  visits::add_visit_routes(api_, cases);
  appraisals::add_appraisal_routes(api_, cases);
  publicity::add_publicity_routes(api_, cases);
  reviews::add_review_routes(api_, cases);
  decisions::add_decision_routes(api_, cases, awards::open_on_approval());
  awards::add_award_routes(api_, cases);
  awards::add_standard_change_routes(api_, cases);
  payments::add_payment_routes(api_, cases);
  const auto watch_world = std::make_shared<const watch::WatchWorld>(program.surroundings(), case_world_, hall);
  watch::provide_check_jobs(jobs_, watch_world);
  watch::add_watch_routes(api_, cases, watch_world, jobs_);
  standards::add_standard_routes(api_, cases, standards_);
  const auto roster = std::make_shared<const roster::RosterWorld>(
      roster::RosterWorld{program.surroundings(), case_world_, program.messages(),
                          roster::StoredFiles(program.settings().roster_folder(), program.surroundings().vault)});
  roster::provide_roster_jobs(jobs_, roster);
  roster::add_roster_routes(api_, roster, jobs_);
  if (program.settings().is_demo) add_demo_routes(api_, program.clock());
  router_.add(http::Method::get, "/api/v1/openapi.json",
              [document = json::print(api_.document())](const http::Request&) {
                return http::Response::of(200, "application/json", document);
              });
  router_.set_fallback(make_fallback(program.messages()));
}

void WebApi::erase_contents_daily(Date today) {
  const std::int64_t day = today.days().time_since_epoch().count();
  if (erased_on_.exchange(day) != day) erase_contents_();
}

http::Response WebApi::answer(http::Request& request) {
  try {
    standards_.refresh_now_and_then(program_.clock().now());
    erase_contents_daily(program_.clock().today());
    return router_.dispatch(request);
  } catch (const db::DatabaseError& error) {
    if (error.kind() != db::ErrorKind::busy) throw;
    log::warn("database.busy", {{"method", http::name_of(request.method)}, {"path", request.path}});
    const Language language = Messages::choose(request.header("accept-language").value_or(""));
    auto response = api::to_response(api::to_problem(Error{.code = ErrorCode::unavailable, .key = "database.busy"},
                                                     program_.messages(), language, nullptr));
    response.set_header("Retry-After", "5");
    return response;
  }
}

}  // namespace jiuzhu
