#pragma once

#include "kernel/api/api.hpp"
#include "modules/access/session_service.hpp"

namespace jiuzhu::access {

inline constexpr std::string_view kSessionCookie = "jiuzhu_session";

/// What the routes tell the browser about the installation.
struct InstallationNotes {
  bool is_demo = false;
  bool cookie_needs_tls = false;  // true when a proxy in front serves HTTPS
};

/// The authenticator for kernel/api.
api::Api::Authenticator make_authenticator(SessionService& sessions);

using RegionName = std::function<std::string(const RegionCode&)>;

void add_access_routes(api::Api& api, const Surroundings& surroundings, SessionService& sessions,
                       InstallationNotes notes, RegionName region_name);

}  // namespace jiuzhu::access
