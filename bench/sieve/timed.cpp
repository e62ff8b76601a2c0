// Runs a command and writes what it took into a file, as JSON: wall and processor seconds, the most memory that was
// ever resident, exit code. Node.js cannot ask for that of its children.
//   sieve-timed RESULT.json COMMAND ARGUMENT…

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>

namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::cerr << "usage: sieve-timed RESULT.json COMMAND ARGUMENT…\n";
    return 2;
  }
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child < 0) {
    std::cerr << "sieve-timed: no process\n";
    return EXIT_FAILURE;
  }
  if (child == 0) {
    ::execvp(arguments[2], arguments + 2);
    std::cerr << "sieve-timed: cannot start " << arguments[2] << '\n';
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::ofstream file(arguments[1]);
  file << R"({"seconds": )" << seconds << R"(, "cpu_seconds": )"
       << seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime) << R"(, "peak_mib": )"
       << static_cast<double>(usage.ru_maxrss) / 1024 << R"(, "exit_code": )" << code << "}\n";
  file.close();
  return file ? code : EXIT_FAILURE;
}
