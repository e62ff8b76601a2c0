#include "engines/sieve/sieve.hpp"

#include <algorithm>
#include <thread>

#include "engines/sieve/share_file.hpp"
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
PersonTexts texts_of(const Plan& plan, const Options& options) {
  const bool compares_names =
      std::ranges::any_of(plan.sources, [](const Source& source) { return source.person_name.has_value(); });
  const bool tells_who = !plan.outputs.hits.empty() || options.receiver;
  return compares_names || tells_who ? PersonTexts::kept : PersonTexts::left_out;
}

Watching watching_of(const Options& options) {
  const unsigned threads = options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  return {.threads = threads, .stop = options.stop, .on_progress = options.on_progress};
}

std::filesystem::path temporary_folder(const Options& options) {
  return options.temporary_folder.empty() ? std::filesystem::temp_directory_path() : options.temporary_folder;
}

/// What every way of running has in common.
class Run {
 public:
  Run(const Plan& plan, const Options& options, Share share = {})
      : plan_(plan),
        watching_(watching_of(options)),
        texts_(texts_of(plan, options)),
        receiver_(options.receiver),
        temporary_folder_(temporary_folder(options)),
        reading_{.kernels = &kernels(options.instructions),
                 .window_bytes = options.window_bytes,
                 .share = share,
                 .scans_before_share = options.scans_before_share,
                 .is_stopped = &signals_.is_stopped} {}

  Result<People> people(std::uint64_t bytes_all) {
    signals_.bytes_all = bytes_all;
    return People::load(plan_.people, texts_, reading_, watching_, signals_);
  }
  Findings nothing_yet(const People& people) const { return Findings(plan_, people.households(), temporary_folder_); }
  Status sift(const People& people, Findings& findings) {
    findings.keeps_hits = !plan_.outputs.hits.empty() || receiver_;
    JZ_TRY_VOID(sift_registers(plan_, people, reading_, watching_, signals_, findings));
    return check_sums(plan_, findings);
  }
  Result<Summary> report(const People& people, Findings& findings) const {
    JZ_TRY_VOID(check_malformed(plan_, findings));
    return write_report(plan_, people, findings, watching_, receiver_);
  }
  ShareTerms terms(const People& people) const {
    return {.share = reading_.share,
            .window_bytes = reading_.window_bytes,
            .plan = plan_fingerprint(plan_),
            .people = people.fingerprint()};
  }

 private:
  const Plan& plan_;
  Watching watching_;
  PersonTexts texts_;
  Receiver* receiver_;
  std::filesystem::path temporary_folder_;
  Signals signals_;
  Reading reading_;
};

}  // namespace

Result<Summary> run(const Plan& plan, const Options& options) {
  Run run(plan, options);
  JZ_TRY(const People people, run.people(bytes_of(plan)));
  Findings findings = run.nothing_yet(people);
  JZ_TRY_VOID(run.sift(people, findings));
  return run.report(people, findings);
}

Status run_share(const Plan& plan, const Options& options, Share share, const std::string& path) {
  Run run(plan, options, share);
  JZ_TRY(const People people, run.people(bytes_of(plan.people.files) + bytes_of(plan) / share.count));
  Findings findings = run.nothing_yet(people);
  JZ_TRY_VOID(run.sift(people, findings));
  write_share(path, run.terms(people), plan, findings);
  return {};
}

Result<Summary> merge(const Plan& plan, const Options& options, const std::vector<std::string>& paths) {
  Run run(plan, options);
  JZ_TRY(const People people, run.people(bytes_of(plan.people.files)));
  Findings findings = run.nothing_yet(people);
  ShareJoiner joiner(run.terms(people), plan, people.households(), findings);
  for (const std::string& path : paths) JZ_TRY_VOID(joiner.join(path));
  JZ_TRY_VOID(joiner.finish());
  JZ_TRY_VOID(check_sums(plan, findings));
  return run.report(people, findings);
}

}  // namespace jiuzhu::sieve
