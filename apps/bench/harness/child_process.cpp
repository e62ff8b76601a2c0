#include "harness/child_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace jiuzhu::bench {
namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double cpu_seconds_of(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

std::string last_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream whole;
  whole << in.rdbuf();
  std::string text = whole.str();
  constexpr std::size_t kShown = 2000;
  return text.size() > kShown ? text.substr(text.size() - kShown) : text;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, const std::filesystem::path& error_file) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const int errors = open(error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  std::vector<char*> argv;
  std::vector<std::string> kept = arguments;
  for (std::string& argument : kept) argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("no new process");
  if (pid_ == 0) {
    dup2(pipe_ends[1], STDOUT_FILENO);
    if (errors >= 0) dup2(errors, STDERR_FILENO);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  close(pipe_ends[1]);
  if (errors >= 0) close(errors);
  output_ = pipe_ends[0];
}

ChildProcess::~ChildProcess() {
  terminate();
  close(output_);
}

std::string ChildProcess::read_line() {
  while (true) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    std::array<char, 4096> piece{};
    const auto count = read(output_, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::exchange(buffer_, {});
    buffer_.append(piece.data(), static_cast<std::size_t>(count));
  }
}

std::string ChildProcess::read_all() {
  std::array<char, 64 * 1024> piece{};
  while (true) {
    const auto count = read(output_, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::exchange(buffer_, {});
    buffer_.append(piece.data(), static_cast<std::size_t>(count));
  }
}

int ChildProcess::wait() {
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  is_over_ = true;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void ChildProcess::terminate() {
  if (is_over_) return;
  kill(pid_, SIGTERM);
  wait();
}

Usage ChildProcess::usage() const {
  Usage usage;
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) usage.peak_memory_mib = std::stod(line.substr(6)) / 1024;
  }
  usage.cpu_seconds = times_of(pid_).own_seconds;
  return usage;
}

ProcessTimes times_of(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(stat, text);
  // The name in the second field may hold blanks; the fields are counted from its closing parenthesis.
  std::istringstream fields(text.substr(std::min(text.size(), text.rfind(')') + 1)));
  std::string skipped;
  ProcessTimes times;
  fields >> skipped >> times.parent;              // state, parent
  for (int i = 0; i < 9; ++i) fields >> skipped;  // … cmajflt
  std::array<double, 4> ticks{};                  // utime, stime, cutime, cstime
  for (double& one : ticks) fields >> one;
  const auto per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  times.own_seconds = (ticks[0] + ticks[1]) / per_second;
  times.ended_children_seconds = (ticks[2] + ticks[3]) / per_second;
  return times;
}

std::string output_of(const std::vector<std::string>& arguments, const std::filesystem::path& error_file) {
  ChildProcess child(arguments, error_file);
  std::string output = child.read_all();
  if (const int code = child.wait(); code != 0) {
    throw std::runtime_error(arguments[0] + " ended with " + std::to_string(code) + ":\n" + output +
                             last_of(error_file));
  }
  return output;
}

double own_cpu_seconds() { return cpu_seconds_of(RUSAGE_SELF); }
double ended_children_cpu_seconds() { return cpu_seconds_of(RUSAGE_CHILDREN); }

}  // namespace jiuzhu::bench
