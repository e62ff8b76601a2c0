#pragma once
// Assertions stay on in every build: a broken invariant in a benefit decision must stop the request, not pass on.
// The exception is caught at the boundary (request, job, command), which rolls back and answers with an incident
// number.

#include <stdexcept>
#include <string>

namespace jiuzhu {

/// A bug of ours, never a user's mistake.
class InvariantError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void fail_invariant(const char* condition, const char* file, int line) {
  throw InvariantError(std::string(file) + ":" + std::to_string(line) + ": " + condition);
}

}  // namespace jiuzhu

#define JZ_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::jiuzhu::fail_invariant(#condition, __FILE__, __LINE__))
