#pragma once
// The commands `jiuzhu assess` and `jiuzhu policy`. `args` are the words after the command's name. They return the exit
// code: 0 done, 1 refused (one line of a batch is enough), 2 wrong usage, 3 surroundings broken.

#include <iosfwd>
#include <span>
#include <string>

namespace jiuzhu::assessment {

int run_assess(std::span<const std::string> args, std::istream& in, std::ostream& out, std::ostream& err);
int run_policy(std::span<const std::string> args, std::ostream& out, std::ostream& err);

}  // namespace jiuzhu::assessment
