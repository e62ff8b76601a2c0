#include "platform/db/child_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace jiuzhu::db {
namespace {

constexpr std::size_t kErrorsMax = 64U << 10;

void check(int problem, const char* what) {
  if (problem != 0) throw std::system_error(problem, std::generic_category(), what);
}

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_, O_CLOEXEC) != 0) check(errno, "make pipe");
  }
  ~Pipe() {
    close_writer();
    ::close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int writer() const { return ends_[1]; }
  void close_writer() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }
  /// Reads to the end, so that the child never waits for a full pipe; keeps the beginning.
  std::string read_all() const {
    std::string text;
    char buffer[4096];
    for (;;) {
      const ssize_t got = ::read(ends_[0], buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return text;
      if (text.size() < kErrorsMax) text.append(buffer, static_cast<std::size_t>(got));
    }
  }

 private:
  int ends_[2] = {-1, -1};
};

class FileActions {
 public:
  FileActions() { check(posix_spawn_file_actions_init(&actions_), "prepare child"); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  void nothing(int descriptor) {
    check(posix_spawn_file_actions_addopen(&actions_, descriptor, "/dev/null", O_RDWR, 0), "prepare child");
  }
  void lead(int from, int to) { check(posix_spawn_file_actions_adddup2(&actions_, from, to), "prepare child"); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view text(*entry);
    bool is_replaced = false;
    for (const auto& [name, value] : added) is_replaced = is_replaced || text.starts_with(name + "=");
    if (!is_replaced) environment.emplace_back(text);
  }
  for (const auto& [name, value] : added) environment.push_back(name + "=" + value);
  return environment;
}

}  // namespace

ChildExit run_child(const std::vector<std::string>& words,
                    const std::vector<std::pair<std::string, std::string>>& environment) {
  Pipe errors;
  FileActions actions;
  actions.nothing(STDIN_FILENO);
  actions.nothing(STDOUT_FILENO);
  actions.lead(errors.writer(), STDERR_FILENO);
  std::vector<std::string> own_words = words;
  std::vector<std::string> own_environment = environment_with(environment);
  pid_t child = 0;
  const int problem = posix_spawnp(&child, own_words.front().c_str(), actions.get(), nullptr,
                                   pointers_to(own_words).data(), pointers_to(own_environment).data());
  if (problem == ENOENT) return {.was_found = false};
  check(problem, "start child");
  errors.close_writer();
  ChildExit exit;
  exit.errors = errors.read_all();
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) check(errno, "wait for child");
  }
  exit.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return exit;
}

}  // namespace jiuzhu::db
