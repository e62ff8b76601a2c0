#include "harness/desk.hpp"

#include <stdexcept>

namespace jiuzhu::bench {
namespace {

const std::string kPrefix = "/api/v1";

}  // namespace

Desk::Desk(std::uint16_t port, const std::string& login, const std::string& password) : client_(port) {
  client_.set_header("Content-Type", "application/json");
  client_.set_header("Accept-Language", "en");
  const json::Value session =
      act(http::Method::post, "/session", json::Value().set("login", login).set("password", password));
  client_.set_header("X-CSRF-Token", *session.find("csrf_token")->as_text());
}

http::Reply Desk::send(http::Method method, const std::string& path, std::string_view body) {
  return client_.send(method, kPrefix + path, body);
}

json::Value Desk::act(http::Method method, const std::string& path, const json::Value& body) {
  const http::Reply reply = send(method, path, body.is_null() ? "" : json::print(body));
  if (reply.status >= 300) {
    throw std::runtime_error(path + " was answered " + std::to_string(reply.status) + ": " + reply.body);
  }
  auto parsed = reply.body.empty() ? Result<json::Value>(json::Value()) : json::parse(reply.body);
  if (!parsed) throw std::runtime_error(path + " was not answered with JSON");
  return std::move(*parsed);
}

json::Value Desk::upload(const std::string& path, const std::string& file_name, std::string_view content) {
  const std::string boundary = "----jiuzhu-bench-form";
  std::string body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file_name +
                     "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
  body += content;
  body += "\r\n--" + boundary + "--\r\n";
  client_.set_header("Content-Type", "multipart/form-data; boundary=" + boundary);
  const http::Reply reply = send(http::Method::post, path, body);
  client_.set_header("Content-Type", "application/json");
  if (reply.status >= 300) throw std::runtime_error(path + " was answered " + std::to_string(reply.status));
  return *json::parse(reply.body);
}

void change_one_time_password(std::uint16_t port, const std::string& login, const std::string& one_time_password) {
  Desk desk(port, login, one_time_password);
  desk.act(http::Method::put, "/session/password",
           json::Value().set("old_password", one_time_password).set("new_password", kPassword));
}

}  // namespace jiuzhu::bench
