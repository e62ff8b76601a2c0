#include "modules/operations/doctor.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "installation.hpp"
#include "kernel/calendar/calendar_file.hpp"
#include "modules/access/access_store.hpp"
#include "modules/regions/region_directory.hpp"
#include "platform/embedded/embedded.hpp"
#include "platform/json/described.hpp"
#include "stored_columns.hpp"

namespace jiuzhu {
namespace {

std::int64_t count_provinces(db::Transaction& tx) {
  return static_cast<std::int64_t>(regions::children_of(tx, "").size());
}

std::int64_t count_administrators(db::Transaction& tx) {
  const auto officers = access::officers_in(tx, Scope{.from = "", .until = "~"});
  return std::count_if(officers.begin(), officers.end(),
                       [](const access::OfficerRow& officer) { return officer.role == Role::county_administrator; });
}

std::vector<operations::Finding> examine_installation(const Settings& settings, const Messages& messages) {
  SystemClock clock;
  if (settings.is_demo) clock.shift_days(settings.demo_shift_days);
  const WorkingCalendar calendar =
      value_or_exit(parse_calendar(embedded::find(embedded::policy(), "calendar/CN.csv").value_or("")), messages);
  return operations::examine({.places = places_of(settings),
                              .migrations = all_migrations(),
                              .sealed = sealed_columns(),
                              .attachments = attachment_columns(),
                              .clock = clock,
                              .calendar = calendar,
                              .count_places = count_provinces,
                              .count_administrators = count_administrators});
}

void print_lines(const std::vector<operations::Finding>& findings, const Messages& messages) {
  const Language language = terminal_language();
  for (const auto& finding : findings) {
    const std::string health = "doctor." + std::string(enum_text(finding.health));
    std::cout << '[' << messages.text(language, health) << "] " << messages.text(language, finding.key, finding.params)
              << '\n';
  }
  std::cout << messages.text(language, operations::is_healthy(findings) ? "doctor.healthy" : "doctor.unhealthy")
            << '\n';
}

void print_json(const std::vector<operations::Finding>& findings, const Messages& messages) {
  json::Value::Array checks;
  for (const auto& finding : findings) {
    checks.push_back(json::Value()
                         .set("check", finding.check)
                         .set("health", enum_text(finding.health))
                         .set("text", messages.text(terminal_language(), finding.key, finding.params)));
  }
  std::cout << json::print_pretty(
      json::Value().set("is_healthy", operations::is_healthy(findings)).set("checks", std::move(checks)));
}

}  // namespace

void add_doctor(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("doctor", "look the installation over; says of each fault what to do");
  auto as_json = std::make_shared<bool>(false);
  command->add_flag("--json", *as_json, "for programs that watch");
  command->callback([&settings, as_json] {
    const Messages messages = load_messages();
    const auto findings = examine_installation(settings, messages);
    *as_json ? print_json(findings, messages) : print_lines(findings, messages);
    if (!operations::is_healthy(findings)) throw Exit{kRefused};
  });
}

}  // namespace jiuzhu
