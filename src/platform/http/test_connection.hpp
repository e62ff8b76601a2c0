#pragma once
// For tests only: bytes to 127.0.0.1 and back, without any of a client's good manners.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace jiuzhu::http {

class RawConnection {
 public:
  explicit RawConnection(std::uint16_t port, int timeout_seconds = 10) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval timeout{.tv_sec = timeout_seconds, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    const int is_on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &is_on, sizeof is_on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_connected_ = connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawConnection() { close(socket_); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  bool is_connected() const { return is_connected_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// Everything until the server closes. A reset or ten seconds of silence is a failure of the test.
  std::string read_to_end() {
    std::string all;
    while (read_some(all)) {
    }
    EXPECT_TRUE(is_closed_cleanly_) << "reset or silence after: " << all.substr(0, 200);
    return all;
  }

  /// Until `text` was seen `count` times, or the server closed.
  std::string read_until(std::string_view text, int count = 1) {
    std::string all;
    while (occurrences(all, text) < count && read_some(all)) {
    }
    return all;
  }

  bool is_closed_cleanly() const { return is_closed_cleanly_; }

  static int occurrences(std::string_view all, std::string_view text) {
    int count = 0;
    for (auto at = all.find(text); at != std::string_view::npos; at = all.find(text, at + text.size())) ++count;
    return count;
  }

 private:
  bool read_some(std::string& all) {
    std::array<char, 16 * 1024> piece;
    const auto count = recv(socket_, piece.data(), piece.size(), 0);
    is_closed_cleanly_ = count == 0;
    if (count <= 0) return false;
    all.append(piece.data(), static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  bool is_connected_ = false;
  bool is_closed_cleanly_ = false;
};

}  // namespace jiuzhu::http
