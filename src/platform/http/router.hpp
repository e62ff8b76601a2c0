#pragma once
// Patterns to handlers. "/cases/{case}/visits" matches one segment for {case}. The table is fixed before the server
// starts; reading it needs no lock.

#include <string>
#include <vector>

#include "platform/http/response.hpp"

namespace jiuzhu::http {

class Router {
 public:
  /// Two routes that could match the same path with the same method are a bug.
  void add(Method method, std::string pattern, Handler handler);
  /// Answers whatever no route matches (the web page, or a problem document).
  void set_fallback(Handler handler) { fallback_ = std::move(handler); }
  /// Answers a known path asked with another method; gets the request and the Allow header's value.
  void set_method_not_allowed(std::function<Response(const Request&, std::string_view allow)> handler) {
    method_not_allowed_ = std::move(handler);
  }

  /// Fills request.path_values. HEAD is answered by the GET handler (the server drops the body).
  Response dispatch(Request& request) const;

 private:
  struct Route {
    Method method;
    std::vector<std::string> segments;
    Handler handler;
  };
  std::vector<Route> routes_;
  Handler fallback_;
  std::function<Response(const Request&, std::string_view)> method_not_allowed_;
};

}  // namespace jiuzhu::http
