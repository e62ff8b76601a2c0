#include "engines/sieve/sieve.hpp"

#include <algorithm>
#include <thread>

#include "engines/sieve/sift.hpp"

namespace jiuzhu::sieve {
namespace {

std::uint64_t bytes_of(const std::vector<std::string>& files) {
  std::uint64_t bytes = 0;
  for (const std::string& file : files) {
    std::error_code missing;  // whoever opens it says so
    const auto size = std::filesystem::file_size(file, missing);
    if (!missing) bytes += size;
  }
  return bytes;
}

std::uint64_t bytes_of(const Plan& plan) {
  std::uint64_t bytes = bytes_of(plan.people.files);
  for (const Source& source : plan.sources) bytes += bytes_of(source.files);
  return bytes;
}

/// Whether anything asks who somebody is.
PersonTexts texts_of(const Plan& plan) {
  const bool compares_names =
      std::ranges::any_of(plan.sources, [](const Source& source) { return source.person_name.has_value(); });
  return compares_names || !plan.outputs.hits.empty() ? PersonTexts::kept : PersonTexts::left_out;
}

Watching watching_of(const Options& options) {
  const unsigned threads = options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  return {.threads = threads, .stop = options.stop, .on_progress = options.on_progress};
}

std::filesystem::path temporary_folder(const Options& options) {
  return options.temporary_folder.empty() ? std::filesystem::temp_directory_path() : options.temporary_folder;
}

}  // namespace

Result<Summary> run(const Plan& plan, const Options& options) {
  const Watching watching = watching_of(options);
  Signals signals{.bytes_all = bytes_of(plan)};
  const Reading reading{.kernels = &kernels(options.instructions),
                        .window_bytes = options.window_bytes,
                        .is_stopped = &signals.is_stopped};
  JZ_TRY(const People people, People::load(plan.people, texts_of(plan), reading, watching, signals));
  Findings findings(plan, people.households(), temporary_folder(options));
  JZ_TRY_VOID(sift_registers(plan, people, reading, watching, signals, findings));
  JZ_TRY_VOID(check_counts(plan, findings));
  return write_report(plan, people, findings, watching);
}

}  // namespace jiuzhu::sieve
