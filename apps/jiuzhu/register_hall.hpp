#pragma once
// The registers of an installation with the watch behind them, for the server and for commands.

#include <memory>

#include "modules/registers/delivery_service.hpp"
#include "modules/watch/alert_service.hpp"
#include "program.hpp"

namespace jiuzhu {

/// `program` and `cases` outlive it.
std::shared_ptr<registers::RegisterWorld> open_register_hall(const Program& program, const cases::CaseWorld& cases);

}  // namespace jiuzhu
