#pragma once
// All routes of the program, in one place: what serve answers and what the OpenAPI document describes.

#include <atomic>
#include <functional>

#include "kernel/api/api.hpp"
#include "kernel/jobs/runner.hpp"
#include "modules/access/access_http.hpp"
#include "modules/cases/case_http.hpp"
#include "modules/regions/region_directory.hpp"
#include "modules/standards/standard_feed.hpp"
#include "program.hpp"

namespace jiuzhu {

class WebApi {
 public:
  explicit WebApi(Program& program);

  http::Response answer(http::Request& request);
  json::Value openapi_document() const { return api_.document(); }
  http::Router& router() { return router_; }
  /// Background jobs are done from now on, for as long as this lives.
  void start_jobs() { jobs_.start(); }

 private:
  void erase_contents_daily(Date today);

  http::Router router_;
  access::SessionService sessions_;
  regions::RegionNames region_names_;
  Program& program_;
  cases::CaseWorld case_world_;
  standards::StandardFeed standards_;
  api::Api api_;
  std::function<void()> erase_contents_;     // of registers, that are past their time
  std::atomic<std::int64_t> erased_on_ = 0;  // in days since 1970: with the first request of each day
  jobs::Runner jobs_;                        // last: its jobs use everything above
};

}  // namespace jiuzhu
