#pragma once
// The rulebook of a running program. A county records a new standard while officers work: from the next use case on
// the new rules hold, and whoever still reads the old ones keeps them. Every version stays until the program ends, so
// that a reference from `*rules` never dangles; there are a few in a year.
//
// Copies share one state. Any thread.

#include <memory>
#include <mutex>
#include <vector>

#include "engines/policy/rulebook.hpp"

namespace jiuzhu::policy {

class LiveRulebook {
 public:
  // Implicit on purpose: whoever has one rulebook and never changes it passes just that.
  LiveRulebook(std::shared_ptr<const Rulebook> first) : state_(std::make_shared<State>()) { replace(std::move(first)); }

  const Rulebook& operator*() const { return *current(); }
  const Rulebook* operator->() const { return current().get(); }
  std::shared_ptr<const Rulebook> current() const {
    const std::lock_guard lock(state_->mutex);
    return state_->versions.back();
  }
  void replace(std::shared_ptr<const Rulebook> next) {
    const std::lock_guard lock(state_->mutex);
    state_->versions.push_back(std::move(next));
  }

 private:
  struct State {
    std::mutex mutex;
    std::vector<std::shared_ptr<const Rulebook>> versions;  // the newest last
  };
  std::shared_ptr<State> state_;
};

}  // namespace jiuzhu::policy
