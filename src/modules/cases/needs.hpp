#pragma once
// The seam between the road and the evidence: the road's table says what a step needs, the module that owns the
// evidence says whether it is there. Every need has exactly one answerer, or the program does not start: a gate that
// nobody guards must not stand open.

#include <array>
#include <functional>

#include "kernel/use_case/use_case.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::policy {
class Rulebook;
struct Procedure;
}  // namespace jiuzhu::policy

namespace jiuzhu::cases {

/// What an answerer may look at.
struct NeedContext {
  db::Transaction& tx;
  const Surroundings& surroundings;
  const Actor& actor;  // who wants to take the step
  Date today;
  const CaseRow& row;
  const policy::Procedure& procedure;  // the rules of the case's own date
};

/// Success, or the refusal with its article.
using NeedAnswer = std::function<Status(const NeedContext&)>;

class NeedRegistry {
 public:
  /// A second answer to the same need is a bug.
  void provide(Need need, NeedAnswer answer);
  /// Trips an assertion when a need has no answer. Call once, before serving.
  void require_complete() const;
  Status check(Need need, const NeedContext& context) const;

 private:
  static constexpr std::size_t kCount = static_cast<std::size_t>(Need::checked_account) + 1;
  std::array<NeedAnswer, kCount> answers_;
};

}  // namespace jiuzhu::cases
