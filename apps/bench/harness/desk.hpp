#pragma once
// One signed-in officer with a kept connection. One thread at a time.

#include <cstdint>
#include <string>

#include "platform/http/client.hpp"
#include "platform/json/value.hpp"

namespace jiuzhu::bench {

class Desk {
 public:
  /// Throws when the server refuses.
  Desk(std::uint16_t port, const std::string& login, const std::string& password);

  /// Answers with the parsed document; throws unless the status is a success.
  json::Value act(http::Method method, const std::string& path, const json::Value& body = {});
  /// Sends a file as the part "file" of a form.
  json::Value upload(const std::string& path, const std::string& file_name, std::string_view content);
  /// For measuring: the body as text, whatever the status.
  http::Reply send(http::Method method, const std::string& path, std::string_view body = {});

 private:
  http::Client client_;
};

/// What every account of a benchmark uses after its one-time password.
inline constexpr const char* kPassword = "benchmark-2026";

/// Signs in with a one-time password and replaces it by kPassword.
void change_one_time_password(std::uint16_t port, const std::string& login, const std::string& one_time_password);

}  // namespace jiuzhu::bench
