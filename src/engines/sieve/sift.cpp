#include "engines/sieve/sift.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/enum_text.hpp"
#include "engines/sieve/sifter.hpp"

namespace jiuzhu::sieve {
namespace {

/// Fewer rows of the people than this say nothing about a source.
constexpr std::uint64_t kFewRows = 10;

Result<std::vector<SourceFile>> open_sources(const Plan& plan, const Reading& reading) {
  std::vector<SourceFile> files;
  std::uint16_t first_measure = 0;
  for (std::size_t i = 0; i < plan.sources.size(); ++i) {
    const Source& source = plan.sources[i];
    for (std::size_t file = 0; file < source.files.size(); ++file) {
      const auto place = static_cast<std::uint32_t>(files.size());
      JZ_TRY(TableFile table, TableFile::open(source.files[file], source.shape, place, reading));
      JZ_TRY(SourceColumns columns, SourceColumns::find(table, source, first_measure, plan.as_of));
      files.push_back({.source = static_cast<std::uint16_t>(i),
                       .file = static_cast<std::uint32_t>(file),
                       .table = std::move(table),
                       .columns = std::move(columns)});
    }
    first_measure = static_cast<std::uint16_t>(first_measure + source.measures.size());
  }
  return files;
}

/// How many rows each window had, gathered by thread.
struct WindowRows {
  std::size_t file = 0;  // of all
  std::uint32_t window = 0;
  std::uint32_t rows = 0;
};

void keep_windows(Findings& findings, const std::vector<SourceFile>& files, const std::vector<WindowRows>& windows) {
  for (const SourceFile& file : files) {
    FileWindows& kept = findings.files[file.source][file.file];
    kept.ends = file.table.feed().ends();
    kept.bytes = file.table.bytes();
    kept.is_packed = file.table.is_packed();
    kept.begin_digest = file.table.begin_digest();
    kept.rows.assign(kept.ends.windows, 0);
  }
  for (const WindowRows& window : windows) {
    FileWindows& kept = findings.files[files[window.file].source][files[window.file].file];
    kept.rows[window.window - kept.ends.first_window] = window.rows;
  }
}

std::string percent_of(std::uint64_t part, std::uint64_t all) {
  const std::uint64_t tenths = part * 1000 / std::max<std::uint64_t>(all, 1);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

Status sift_registers(const Plan& plan, const People& people, const Reading& reading, const Watching& watching,
                      Signals& signals, Findings& findings) {
  JZ_TRY(const std::vector<SourceFile> files, open_sources(plan, reading));
  const bool has_names = std::ranges::any_of(plan.sources, &Source::is_by_name);
  const auto names = has_names ? std::make_unique<NameIndex>(people, watching.threads) : nullptr;
  const Sifting sifting{.plan = plan,
                        .people = people,
                        .kernels = *reading.kernels,
                        .names = names.get(),
                        .findings = findings,
                        .is_stopped = &signals.is_stopped};
  std::vector<WindowRows> windows;
  std::mutex mutex;
  JZ_TRY_VOID(run_workers(watching, signals, [&](unsigned thread) -> Status {
    Sifter sifter(sifting);
    Window window;
    std::vector<WindowRows> taken;
    for (std::size_t i = 0; i < files.size(); ++i) {
      // Each begins elsewhere, so that threads wait for each other at the end only, if at all.
      const std::size_t at = (i + files.size() * thread / watching.threads) % files.size();
      for (;;) {
        JZ_TRY(const bool is_there, files[at].table.feed().next(window));
        if (!is_there) break;
        sifter.sift(files[at], window);
        taken.push_back(
            {.file = at, .window = window.number, .rows = window.first_row + static_cast<std::uint32_t>(window.rows)});
        signals.bytes.fetch_add(window.bytes_taken, std::memory_order_relaxed);
        signals.rows.fetch_add(window.rows, std::memory_order_relaxed);
        if (signals.is_stopped.load(std::memory_order_relaxed)) return {};
      }
    }
    const std::scoped_lock lock(mutex);
    sifter.finish();
    std::ranges::copy(taken, std::back_inserter(windows));
    return {};
  }));
  for (const SourceFile& file : files) JZ_TRY_VOID(file.table.feed().check_unchanged());
  keep_windows(findings, files, windows);
  return {};
}

Status check_sums(const Plan& plan, const Findings& findings) {
  for (std::size_t i = 0; i < plan.sources.size(); ++i) {
    const RowCounts& counts = findings.counts[i];
    if (counts.add_up()) continue;
    return refuse(ErrorCode::unavailable, "sieve.rows_do_not_add_up",
                  {{"source", plan.sources[i].name},
                   {"rows", std::to_string(counts.rows)},
                   {"matched", std::to_string(counts.matched)},
                   {"not_ours", std::to_string(counts.not_ours)},
                   {"malformed", std::to_string(counts.malformed_all())},
                   {"filtered", std::to_string(counts.filtered)}});
  }
  return {};
}

Status check_malformed(const Plan& plan, const Findings& findings) {
  for (std::size_t i = 0; i < plan.sources.size(); ++i) {
    const Source& source = plan.sources[i];
    const RowCounts& counts = findings.counts[i];
    const auto most = static_cast<std::uint64_t>(source.malformed_most);
    const ColumnName& searched = source.birth_date ? *source.birth_date : source.number;
    const auto refuse_source = [&](std::string key, std::uint64_t part, std::uint64_t all, Malformed kind) {
      return refuse(ErrorCode::invalid_input, std::move(key),
                    {{"source", source.name},
                     {"percent", percent_of(part, all)},
                     {"most", std::to_string(most)},
                     {"column", searched.name.empty() ? std::to_string(searched.number) : searched.name},
                     {"kind", std::string(enum_text(kind))}});
    };
    // Values are only looked at in rows of the people: what is wrong with all of them is lost among the strangers.
    const std::uint64_t values = counts.malformed[static_cast<std::size_t>(Malformed::value)];
    const std::uint64_t texts = counts.malformed[static_cast<std::size_t>(Malformed::encoding)];
    const std::uint64_t used = counts.matched + counts.filtered;
    const bool are_many = !source.is_by_name() && (values + texts >= kFewRows || used == 0);
    if (are_many && (values + texts) * 100 > (used + values + texts) * most) {
      return refuse_source("sieve.mostly_unusable", values + texts, used + values + texts,
                           values >= texts ? Malformed::value : Malformed::encoding);
    }
    if (counts.malformed_all() * 100 > counts.rows * most) {
      const auto place = std::ranges::max_element(counts.malformed) - counts.malformed.begin();
      const auto worst = static_cast<Malformed>(place);
      if (!source.is_by_name() && (worst == Malformed::value || worst == Malformed::encoding)) {
        return refuse_source("sieve.mostly_unusable", values + texts, used + values + texts, worst);
      }
      return refuse_source("sieve.mostly_malformed", counts.malformed_all(), counts.rows, worst);
    }
  }
  return {};
}

}  // namespace jiuzhu::sieve
