#include "kernel/use_case/use_case.hpp"

namespace jiuzhu {

std::string audit_chain_of(const RegionCode& region) {
  std::string code = region.to_text().substr(0, 6);
  code.resize(6, '0');
  return code;
}

}  // namespace jiuzhu
