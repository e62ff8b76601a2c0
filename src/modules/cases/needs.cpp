#include "modules/cases/needs.hpp"

namespace jiuzhu::cases {

void NeedRegistry::provide(Need need, NeedAnswer answer) {
  NeedAnswer& place = answers_.at(static_cast<std::size_t>(need));
  JZ_ASSERT(!place);
  place = std::move(answer);
}

void NeedRegistry::require_complete() const {
  for (const NeedAnswer& answer : answers_) JZ_ASSERT(static_cast<bool>(answer));
}

Status NeedRegistry::check(Need need, const NeedContext& context) const {
  const NeedAnswer& answer = answers_.at(static_cast<std::size_t>(need));
  JZ_ASSERT(static_cast<bool>(answer));
  return answer(context);
}

}  // namespace jiuzhu::cases
