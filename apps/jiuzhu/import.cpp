#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "import_register.hpp"
#include "installation.hpp"
#include "modules/roster/roster_service.hpp"
#include "modules/standards/standard_feed.hpp"
#include "operator_actor.hpp"
#include "platform/files/draft_file.hpp"

namespace jiuzhu {
namespace {

struct Wish {
  std::string file;
  std::string login;
  std::string approver;
  bool takes_good_households = false;
  std::string payable_from;
  std::string annotated;
};

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return refuse(ErrorCode::not_found, "assess.file_unreadable", {{"file", path}});
  std::stringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

/// One line on standard error, written over again and again; silent where nobody watches.
roster::Around watched(const char* what) {
  return {.advance = [what](std::int64_t done, std::int64_t total) -> Status {
            if (!isatty(STDERR_FILENO)) return {};
            std::cerr << '\r' << what << ' ' << done;
            if (total > 0) std::cerr << '/' << total;
            std::cerr << std::flush;
            return {};
          },
          .finish = [](db::Transaction&) -> Status { return {}; }};
}

void print_findings(const roster::ImportRow& row, const Messages& messages) {
  const Language language = terminal_language();
  const auto findings = roster::kept_findings(row);
  for (const roster::Finding& finding : findings) {
    std::cerr << finding.row << ' ' << (finding.column ? roster::plan_of(*finding.column).title : "") << ' '
              << messages.text(language, finding.key, finding.params) << '\n';
  }
  if (findings.size() == roster::kFindingsKept) {
    std::cerr << messages.text(language, "roster.more_in_copy") << '\n';
  }
}

class RosterImport {
 public:
  RosterImport(const Settings& settings, Wish wish)
      : wish_(std::move(wish)),
        program_(open_existing_or_exit(settings)),
        actor_(actor_or_exit(*program_, wish_.login, Permission::roster_import)),
        approver_(actor_or_exit(*program_, wish_.approver, Permission::case_decide)),
        cases_{program_->rulebook(), program_->calendar(), {}},
        world_{program_->surroundings(), cases_, program_->messages(),
               roster::StoredFiles(settings.roster_folder(), program_->surroundings().vault)} {
    standards::StandardFeed(program_->database(), cases_.rulebook).refresh();
  }

  void run() {
    const Month payable_from = chosen_month();
    const auto stored = value(roster::store_upload(world_, actor_, wish_.file, value(read_file(wish_.file)), false));
    const auto checked =
        value_or_discard(stored, roster::run_check(world_, actor_, stored.county_code, stored.id, watched("checked")));
    if (const auto fault = roster::file_fault_of(checked)) {
      discard(stored);
      exit_with(*fault, program_->messages());
    }
    print_findings(checked, program_->messages());
    keep_annotated(stored);
    const roster::Application application{
        wish_.takes_good_households ? roster::Extent::good_households : roster::Extent::all_or_nothing, payable_from};
    value_or_discard(stored,
                     roster::start_application(world_, approver_, county(stored), stored.id, application, false));
    auto outcome =
        roster::run_application(world_, approver_, stored.county_code, stored.id, application, watched("imported"));
    if (!outcome) keep_annotated(stored);  // somebody may have been filed since the check
    const auto applied = value_or_discard(stored, std::move(outcome));
    std::cout << program_->messages().text(terminal_language(), "roster.imported",
                                           {{"households", std::to_string(applied.applied_count)},
                                            {"amount", applied.amount.to_text()},
                                            {"left", std::to_string(applied.household_count - applied.applied_count)}})
              << '\n';
  }

 private:
  static RegionCode county(const roster::ImportRow& row) { return *RegionCode::parse(row.county_code); }

  template <class T>
  T value(Result<T> result) {
    return value_or_exit(std::move(result), program_->messages());
  }

  /// A refusal ends the command; nothing of the file stays then.
  template <class T>
  T value_or_discard(const roster::ImportRow& stored, Result<T> result) {
    if (!result) discard(stored);
    return value(std::move(result));
  }

  Month chosen_month() const {
    if (wish_.payable_from.empty()) return program_->clock().today().month_of();
    const auto month = Month::parse(wish_.payable_from);
    if (!month) exit_with(Error{.key = "field.not_month"}, program_->messages());
    return *month;
  }

  void keep_annotated(const roster::ImportRow& row) {
    if (wish_.annotated.empty() || !world_.files.has(row.county_code, row.id, roster::FileKind::annotated)) return;
    const auto copy = value(roster::read_file(world_, actor_, county(row), row.id, roster::FileKind::annotated));
    DraftFile draft(wish_.annotated);  // whole registers of citizen numbers: for this user only
    draft.write(copy.bytes);
    draft.publish();
  }

  /// Whatever comes of it, the refusal before is what there is to tell.
  void discard(const roster::ImportRow& row) { (void)roster::discard(world_, actor_, county(row), row.id); }

  Wish wish_;
  std::unique_ptr<Program> program_;
  Actor actor_;
  Actor approver_;
  cases::CaseWorld cases_;
  roster::RosterWorld world_;
};

}  // namespace

void add_import(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("import", "take data over that were kept elsewhere");
  command->require_subcommand(1);
  CLI::App* roster = command->add_subcommand(
      "roster", "households in benefit (XLSX or CSV, docs/formats/roster.md); may run beside a server");
  auto wish = std::make_shared<Wish>();
  roster->add_option("file", wish->file, "the roster")->required()->check(CLI::ExistingFile);
  roster->add_option("--login", wish->login, "the county case officer who prepared it")->required();
  roster->add_option("--approver", wish->approver, "the county approver who takes it over; another person")->required();
  auto takes_all = std::make_shared<bool>(false);
  CLI::Option* all =
      roster->add_flag("--all-or-nothing", *takes_all, "refuse the file when a row has a problem (the default)");
  roster->add_flag("--good-households", wish->takes_good_households, "leave out the households that have a problem")
      ->excludes(all);
  roster->add_option("--payable-from", wish->payable_from, "first month paid by this program; this month when absent");
  roster->add_option("--annotated", wish->annotated, "where to write the copy (XLSX) that shows the problems");
  roster->callback([&settings, wish, takes_all] { RosterImport(settings, *wish).run(); });
  add_import_register(*command, settings);
}

}  // namespace jiuzhu
