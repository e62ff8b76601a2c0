#include <CLI/CLI.hpp>
#include <iostream>

#include "installation.hpp"
#include "modules/awards/award_export.hpp"
#include "modules/cases/case_export.hpp"
#include "modules/payments/payment_export.hpp"
#include "modules/regions/region_directory.hpp"
#include "operator_actor.hpp"
#include "platform/files/draft_file.hpp"

namespace jiuzhu {
namespace {

struct Wish {
  std::string list;
  std::string login;
  std::string to;
  std::string run;
};

class ListExport {
 public:
  ListExport(const Settings& settings, Wish wish)
      : wish_(std::move(wish)),
        program_(open_existing_or_exit(settings)),
        actor_(actor_or_exit(*program_, wish_.login, Permission::list_export)),
        names_(program_->database()),
        views_{[this](const RegionCode& region) { return names_.name(region); }, program_->messages(), {}} {}

  void run() {
    const api::FileContent file = value_or_exit(contents(), program_->messages());
    DraftFile draft(wish_.to);
    draft.write(file.bytes);
    draft.publish();
    std::cout << program_->messages().text(terminal_language(), "export.written", {{"file", wish_.to}}) << '\n';
  }

 private:
  Result<api::FileContent> contents() {
    const exports::Context context{program_->surroundings(), actor_,
                                   exports::Words(program_->messages(), terminal_language())};
    if (wish_.list == "cases") return cases::export_cases(context, views_, {});
    if (wish_.list == "awards") return awards::export_awards(context, views_, {});
    const RegionCode county = actor_.region;
    if (wish_.list == "payment-runs") return payments::export_runs(context, county);
    const auto run = payments::RunId::parse(wish_.run);
    if (!run) return refuse(ErrorCode::invalid_input, "payment.not_found");
    if (wish_.list == "exclusions") return payments::export_exclusions(context, views_, county, *run);
    return payments::export_items(context, county, *run, payments::ItemFilter::all);
  }

  Wish wish_;
  std::unique_ptr<Program> program_;
  Actor actor_;
  regions::RegionNames names_;
  cases::ViewContext views_;
};

}  // namespace

void add_export(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("export", "write a list as XLSX, with everything that an officer may see");
  auto wish = std::make_shared<Wish>();
  command->add_option("list", wish->list, "cases, awards, payment-runs, transfers or exclusions (of --run)")
      ->required()
      ->check(CLI::IsMember({"cases", "awards", "payment-runs", "transfers", "exclusions"}));
  command->add_option("--login", wish->login, "the officer whose list this is")->required();
  command->add_option("--to", wish->to, "file to write")->required();
  command->add_option("--run", wish->run, "id of the payment run, as in its page's address");
  command->callback([&settings, wish] { ListExport(settings, *wish).run(); });
}

}  // namespace jiuzhu
