#include <CLI/CLI.hpp>
#include <iostream>

#include "commands.hpp"
#include "modules/access/user_service.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu {
namespace {

struct Wish {
  std::string login;
  std::string name;
  std::string role = "county_administrator";
  std::string region;
};

access::NewUser to_new_user(const Wish& wish, const Messages& messages) {
  const auto role = json::enum_from_text<Role>(wish.role);
  if (!role) exit_with(Error{.key = "user.role_unknown", .params = {{"role", wish.role}}}, messages);
  return {.login = wish.login,
          .name = wish.name,
          .grants = {{*role, value_or_exit(RegionCode::parse(wish.region), messages)}}};
}

}  // namespace

void add_user(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("user", "accounts that cannot be made in the browser");
  command->require_subcommand(1);
  CLI::App* create = command->add_subcommand("create", "create an account and print its one-time password");
  auto wish = std::make_shared<Wish>();
  create->add_option("--login", wish->login, "3 to 40 of a-z 0-9 . - _")->required();
  create->add_option("--name", wish->name, "the person's name")->required();
  create->add_option("--role", wish->role, "county_administrator, city_inspector, …")->capture_default_str();
  create->add_option("--region", wish->region, "region code, e.g. 140302")->required();
  create->callback([&settings, wish] {
    const auto program = open_or_exit(settings, SchemaCheck::must_be_current);
    const auto created = value_or_exit(
        access::create_user_as_operator(program->surroundings(), to_new_user(*wish, program->messages()), std::nullopt),
        program->messages());
    std::cout << created.one_time_password << '\n';
  });
}

}  // namespace jiuzhu
