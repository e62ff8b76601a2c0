#include <iostream>

#include "commands.hpp"

namespace jiuzhu {

void exit_with(const Error& error, const Messages& messages) { throw Exit{report(error, messages, std::cerr)}; }

void done_or_exit(const Status& status, const Messages& messages) {
  if (!status) exit_with(status.error(), messages);
}

std::unique_ptr<Program> open_or_exit(const Settings& settings, SchemaCheck check) {
  auto program = Program::open(settings, check);
  if (!program) exit_with(program.error(), load_messages());
  return std::move(*program);
}

}  // namespace jiuzhu
