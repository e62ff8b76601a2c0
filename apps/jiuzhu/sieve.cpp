#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <functional>
#include <iostream>
#include <mutex>
#include <optional>
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
  std::string shard;
  std::string to;
  std::vector<std::string> parts;
  bool is_quiet = false;
};

std::atomic<bool> has_interrupted = false;

/// Between SIGINT or SIGTERM and the run's end nothing is written; a second one ends the program at once.
class Interruption {
 public:
  explicit Interruption(std::stop_source& stop)
      : watcher_([&stop](const std::stop_token& is_over) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any nothing;  // but the end wakes it, so that no run waits for its watcher
          while (!is_over.stop_requested()) {
            if (has_interrupted) stop.request_stop();
            nothing.wait_for(lock, is_over, std::chrono::milliseconds(50), [] { return false; });
          }
        }) {
    for (const int signal : {SIGINT, SIGTERM}) {
      struct sigaction action{};
      action.sa_handler = [](int) {
        has_interrupted = true;
        for (const int again : {SIGINT, SIGTERM}) ::signal(again, SIG_DFL);
      };
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

/// All registers are open during a run.
void allow_many_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);  // a wish: opening says what is too much
}

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

/// A run with its surroundings: texts, interruption, progress.
class Command {
 public:
  explicit Command(const Wish& wish)
      : wish_(wish),
        messages_(load_messages()),
        plan_(value_or_exit(sieve::read_run_file(wish.run_file), messages_)),
        options_(wish.options),
        interruption_(stop_) {
    options_.stop = stop_.get_token();
  }

  void run() {
    allow_many_files();
    if (!wish_.shard.empty()) return run_share();
    summarise([this] { return sieve::run(plan_, options_); });
  }
  void merge() {
    summarise([this] { return sieve::merge(plan_, options_, wish_.parts); });
  }

 private:
  /// The line of progress is gone before anything else is said.
  template <class Act>
  auto watched(Act act) {
    ProgressLine line(messages_);
    if (!wish_.is_quiet && ::isatty(STDERR_FILENO) != 0) {
      options_.on_progress = [&line](const sieve::Progress& progress) { line.show(progress); };
    }
    return act();
  }
  void run_share() {
    const auto share = share_of(wish_.shard);
    if (!share || wish_.to.empty()) {
      std::cerr << "--shard needs a share such as 2/8, and --to the file to write\n";
      throw Exit{kUsage};
    }
    done_or_exit(check_free(wish_.to), messages_);
    done_or_exit(watched([&] { return sieve::run_share(plan_, options_, *share, wish_.to); }), messages_);
    if (wish_.is_quiet) return;
    std::cout << messages_.text(terminal_language(), "sieve.share_written", {{"file", wish_.to}}) << '\n';
  }
  void summarise(const std::function<Result<sieve::Summary>()>& act) {
    const sieve::Summary summary = value_or_exit(watched(act), messages_);
    if (!wish_.is_quiet) print_summary(summary, messages_);
  }
  /// A partial result needs a place, and must not replace what it is made from. Asked before the run, which may be
  /// long.
  Status check_free(const std::string& path) const {
    const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
    if (!std::filesystem::is_directory(folder)) {
      return refuse(ErrorCode::invalid_input, "sieve.no_such_folder", {{"path", folder.string()}});
    }
    std::vector<std::string> taken{wish_.run_file,           plan_.outputs.households, plan_.outputs.hits,
                                   plan_.outputs.candidates, plan_.outputs.malformed,  plan_.outputs.statistics};
    std::ranges::copy(plan_.people.files, std::back_inserter(taken));
    for (const sieve::Source& source : plan_.sources) std::ranges::copy(source.files, std::back_inserter(taken));
    const auto canonical = [](const std::string& name) { return std::filesystem::weakly_canonical(name); };
    for (const std::string& name : taken) {
      if (!name.empty() && canonical(name) == canonical(path)) {
        return refuse(ErrorCode::invalid_input, "sieve_file.output_taken", {{"path", name}});
      }
    }
    return {};
  }
  /// From "2/8"; counted from 1 there.
  static std::optional<sieve::Share> share_of(const std::string& text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) return std::nullopt;
    std::uint32_t number = 0;
    std::uint32_t count = 0;
    const auto first = std::from_chars(text.data(), text.data() + slash, number);
    const auto second = std::from_chars(text.data() + slash + 1, text.data() + text.size(), count);
    const bool are_numbers = first.ptr == text.data() + slash && second.ptr == text.data() + text.size();
    constexpr std::uint32_t kSharesMost = 100'000;
    if (!are_numbers || number < 1 || number > count || count > kSharesMost) return std::nullopt;
    return sieve::Share{.index = number - 1, .count = count};
  }

  const Wish& wish_;
  Messages messages_;
  sieve::Plan plan_;
  std::stop_source stop_;
  sieve::Options options_;
  Interruption interruption_;
};

void add_common_options(CLI::App* command, const std::shared_ptr<Wish>& wish) {
  command->add_option("--threads", wish->options.threads, "0: as many as the machine has")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  command->add_option("--temporary-folder", wish->options.temporary_folder, "for what does not fit into memory")
      ->check(CLI::ExistingDirectory);
  command->add_flag("--quiet", wish->is_quiet, "no progress and no summary");
}

}  // namespace

void add_sieve(CLI::App& app) {
  CLI::App* command = app.add_subcommand("sieve", "check everybody on a list against registers, as a run file says");
  command->footer("docs/formats/sieve-run.md describes run files, outputs and shares.");
  auto wish = std::make_shared<Wish>();
  command->add_option("run-file", wish->run_file, "YAML");
  add_common_options(command, wish);
  const std::map<std::string, Instructions> widths{{"automatic", Instructions::automatic},
                                                   {"portable", Instructions::portable},
                                                   {"avx2", Instructions::avx2},
                                                   {"avx512", Instructions::avx512}};
  command->add_option("--instructions", wish->options.instructions, "keep to narrower vectors than the processor has")
      ->transform(CLI::CheckedTransformer(widths, CLI::ignore_case));
  command->add_option("--shard", wish->shard, "only this share of the registers, such as 2/8; needs --to");
  command->add_option("--to", wish->to, "where the share's partial result goes");
  command->add_flag("--from-the-beginning", wish->options.scans_before_share,
                    "with --shard: read files from their beginning to know whether the share begins inside quotes");

  CLI::App* merge = command->add_subcommand("merge", "join the partial results of all shares");
  auto merge_wish = std::make_shared<Wish>();
  merge->add_option("run-file", merge_wish->run_file, "YAML, the same as for the shares")->required();
  merge->add_option("parts", merge_wish->parts, "what --shard wrote, all of them")->required();
  add_common_options(merge, merge_wish);
  merge->callback([merge_wish] { Command(*merge_wish).merge(); });
  command->callback([wish, merge] {
    if (merge->parsed()) return;
    if (wish->run_file.empty()) throw CLI::RequiredError("run-file");
    Command(*wish).run();
  });
}

}  // namespace jiuzhu
