#pragma once

#include "commands.hpp"

namespace jiuzhu {

/// Adds `register` below `import`.
void add_import_register(CLI::App& import, Settings& settings);

}  // namespace jiuzhu
