#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>
#include <thread>

#include "commands.hpp"
#include "engines/sieve/sieve.hpp"
#include "kernel/sieve_files/run_file.hpp"

namespace jiuzhu {
namespace {

using sieve::Instructions;

struct Wish {
  std::string run_file;
  sieve::Options options;
  bool is_quiet = false;
};

std::atomic<bool> has_interrupted = false;

/// Between SIGINT or SIGTERM and the run's end nothing is written; a second one ends the program at once.
class Interruption {
 public:
  explicit Interruption(std::stop_source& stop)
      : watcher_([&stop](const std::stop_token& is_over) {
          while (!is_over.stop_requested()) {
            if (has_interrupted) stop.request_stop();
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
          }
        }) {
    for (const int signal : {SIGINT, SIGTERM}) {
      struct sigaction action{};
      action.sa_handler = [](int) { has_interrupted = true; };
      action.sa_flags = SA_RESETHAND;
      ::sigaction(signal, &action, nullptr);
    }
  }

 private:
  std::jthread watcher_;
};

/// One line on the terminal that is written over.
class ProgressLine {
 public:
  explicit ProgressLine(const Messages& messages) : messages_(messages) {}
  ~ProgressLine() {
    if (has_written_) std::cerr << "\r\033[K" << std::flush;
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const sieve::Progress& progress) {
    if (progress.bytes_all == 0) return;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    const double share = std::min(1.0, static_cast<double>(progress.bytes) / static_cast<double>(progress.bytes_all));
    const double left = share > 0 ? seconds * (1 - share) / share : 0;
    constexpr std::uint64_t kMegabyte = 1'000'000;
    std::cerr << "\r\033[K"
              << messages_.text(terminal_language(), "sieve.progress",
                                {{"percent", std::to_string(static_cast<int>(share * 100))},
                                 {"rows", std::to_string(progress.rows)},
                                 {"megabytes", std::to_string(progress.bytes / kMegabyte)},
                                 {"seconds_left", std::to_string(static_cast<std::uint64_t>(left + 0.5))}})
              << std::flush;
    has_written_ = true;
  }

 private:
  const Messages& messages_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  bool has_written_ = false;
};

std::string text(std::uint64_t count) { return std::to_string(count); }

void print_summary(const sieve::Summary& summary, const Messages& messages) {
  const auto say = [&](std::string_view key, const MessageParams& params) {
    std::cout << messages.text(terminal_language(), key, params) << '\n';
  };
  say("sieve.summary", {{"households", text(summary.households)},
                        {"persons", text(summary.persons)},
                        {"flagged", text(summary.flagged)}});
  for (const sieve::SourceSummary& source : summary.sources) {
    say("sieve.summary_source", {{"source", source.title},
                                 {"rows", text(source.counts.rows)},
                                 {"matched", text(source.counts.matched)},
                                 {"not_ours", text(source.counts.not_ours)},
                                 {"malformed", text(source.counts.malformed_all())},
                                 {"filtered", text(source.counts.filtered)}});
  }
  for (const sieve::RuleSummary& rule : summary.rules) {
    say("sieve.summary_rule", {{"rule", rule.title.empty() ? rule.code : rule.title},
                               {"exceeds", text(rule.exceeds)},
                               {"clue", text(rule.clue)},
                               {"review", text(rule.review)}});
  }
  if (summary.malformed_persons == 0) return;
  std::cerr << messages.text(terminal_language(), "sieve.malformed_persons",
                             {{"count", text(summary.malformed_persons)}})
            << '\n';
}

void run(const Wish& wish) {
  const Messages messages = load_messages();
  const sieve::Plan plan = value_or_exit(sieve::read_run_file(wish.run_file), messages);
  std::stop_source stop;
  sieve::Options options = wish.options;
  options.stop = stop.get_token();
  const Interruption interruption(stop);
  const auto summarise = [&]() -> Result<sieve::Summary> {
    ProgressLine line(messages);
    if (!wish.is_quiet && ::isatty(STDERR_FILENO) != 0) {
      options.on_progress = [&line](const sieve::Progress& progress) { line.show(progress); };
    }
    return sieve::run(plan, options);
  };
  const sieve::Summary summary = value_or_exit(summarise(), messages);
  if (!wish.is_quiet) print_summary(summary, messages);
}

}  // namespace

void add_sieve(CLI::App& app) {
  CLI::App* command = app.add_subcommand("sieve", "check everybody on a list against registers, as a run file says");
  auto wish = std::make_shared<Wish>();
  command->add_option("run-file", wish->run_file, "YAML: docs/formats/sieve-run.md")->required();
  command->add_option("--threads", wish->options.threads, "0: as many as the machine has")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  const std::map<std::string, Instructions> widths{{"automatic", Instructions::automatic},
                                                   {"portable", Instructions::portable},
                                                   {"avx2", Instructions::avx2},
                                                   {"avx512", Instructions::avx512}};
  command->add_option("--instructions", wish->options.instructions, "keep to narrower vectors than the processor has")
      ->transform(CLI::CheckedTransformer(widths, CLI::ignore_case));
  command->add_option("--temporary-folder", wish->options.temporary_folder, "for what does not fit into memory")
      ->check(CLI::ExistingDirectory);
  command->add_flag("--quiet", wish->is_quiet, "no progress and no summary");
  command->callback([wish] { run(*wish); });
}

}  // namespace jiuzhu
