#include "kernel/api/address_limit.hpp"

#include <arpa/inet.h>

namespace jiuzhu::api {

std::string AddressLimit::group_of(const std::string& address) {
  in6_addr parsed{};
  if (inet_pton(AF_INET6, address.c_str(), &parsed) != 1 || IN6_IS_ADDR_V4MAPPED(&parsed)) return address;
  return {reinterpret_cast<const char*>(parsed.s6_addr), 8};
}

}  // namespace jiuzhu::api
