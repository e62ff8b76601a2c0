#pragma once
// Other programs: the server under test, its commands, pgbench. No shell is involved, so nothing needs quoting.
// A child that does not start, or fails where it must not, is an exception: a benchmark without it is over.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace jiuzhu::bench {

/// Processor time and memory of one process.
struct Usage {
  double cpu_seconds = 0;
  double peak_memory_mib = 0;  // VmHWM: the most that was ever resident
};

class ChildProcess {
 public:
  /// Its output can be read by lines; its error output is appended to `error_file`.
  ChildProcess(const std::vector<std::string>& arguments, const std::filesystem::path& error_file);
  /// Ends it (SIGTERM) and waits.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Without the line's end; empty when the output has ended.
  std::string read_line();
  std::string read_all();
  /// Exit code; minus the signal's number when one ended it.
  int wait();
  void terminate();
  Usage usage() const;
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::string buffer_;
  bool is_over_ = false;
};

/// Runs to the end and gives the whole output. Throws with the last lines of the error output unless it exits with 0.
std::string output_of(const std::vector<std::string>& arguments, const std::filesystem::path& error_file);

struct ProcessTimes {
  pid_t parent = 0;
  double own_seconds = 0;
  double ended_children_seconds = 0;
};
/// Zeros for a process that is gone.
ProcessTimes times_of(pid_t pid);

/// Processor time of this process, and of children that have ended.
double own_cpu_seconds();
double ended_children_cpu_seconds();

}  // namespace jiuzhu::bench
