#pragma once
// The sieve (核对): everybody on a list against every register, as a plan says. The result is the same for any number
// of threads, any vector width, any order of files and any division into shares. Memory: the people (their rows, some
// 60 bytes each, and the words of tally.hpp a household), not the registers.

#include <filesystem>

#include "engines/sieve/feed.hpp"
#include "engines/sieve/kernels.hpp"
#include "engines/sieve/plan.hpp"
#include "engines/sieve/report.hpp"

namespace jiuzhu::sieve {

struct Options {
  unsigned threads = 0;  // 0: as many as the machine has
  Instructions instructions = Instructions::automatic;
  std::uint32_t window_bytes = 256 << 10;
  bool scans_before_share = false;         // feed.hpp
  std::filesystem::path temporary_folder;  // empty: the system's
  std::stop_token stop;
  std::function<void(const Progress&)> on_progress;
  Receiver* receiver = nullptr;  // gets besides what run() finds; outlives the run
};

/// Sifts one share of the registers against all people, and writes what it found to `path`, for merge(). Refuses like
/// run().
Status run_share(const Plan& plan, const Options& options, Share share, const std::string& path);

/// Joins all shares of a run: the outputs are those that run() would have written. Reads the people again, but no
/// register. Refuses besides with "sieve.share…".
Result<Summary> merge(const Plan& plan, const Options& options, const std::vector<std::string>& paths);

/// Writes the outputs that the plan names: all, or on a refusal none. Refuses with "sieve.…" and "packed.…"; throws
/// std::system_error when something cannot be written.
Result<Summary> run(const Plan& plan, const Options& options);

}  // namespace jiuzhu::sieve
