#pragma once
// Patterns to handlers. "/cases/{case}/visits" matches one segment for {case}. The table is fixed before the server
// starts; reading it needs no lock.

#include <string>
#include <vector>

#include "platform/http/response.hpp"

namespace jiuzhu::http {

class Router {
 public:
  /// `pattern` starts with '/', has no empty segment, and a parameter is a whole segment with a name of its own. Two
  /// routes that could match the same path with the same method are a bug, and so is a HEAD route.
  void add(Method method, std::string pattern, Handler handler);
  /// Answers whatever no route matches (the web page); without one, a 404 problem document.
  void set_fallback(Handler handler) { fallback_ = std::move(handler); }
  /// Answers a known path asked with another method; gets the request and the Allow header's value. Without
  /// one, a 405 problem document.
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
  std::vector<std::vector<Route>> routes_;  // by number of segments
  Handler fallback_;
  std::function<Response(const Request&, std::string_view)> method_not_allowed_;
};

}  // namespace jiuzhu::http
