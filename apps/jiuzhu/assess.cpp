#include <iostream>

#include "commands.hpp"
#include "modules/assessment/assess_command.hpp"

namespace jiuzhu {

std::optional<int> run_plain_command(std::span<char* const> words) {
  if (words.size() < 2) return std::nullopt;
  const std::string_view name = words[1];
  const std::vector<std::string> args(words.begin() + 2, words.end());
  if (name == "assess") return assessment::run_assess(args, std::cin, std::cout, std::cerr);
  if (name == "policy") return assessment::run_policy(args, std::cout, std::cerr);
  return std::nullopt;
}

}  // namespace jiuzhu
