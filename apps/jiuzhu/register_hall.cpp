#include "register_hall.hpp"

namespace jiuzhu {

std::shared_ptr<registers::RegisterWorld> open_register_hall(const Program& program, const cases::CaseWorld& cases) {
  auto hall = std::make_shared<registers::RegisterWorld>(
      registers::RegisterWorld{program.surroundings(), registers::load_catalogue(),
                               registers::RegisterFiles(program.settings().registers_folder())});
  hall->watch = watch::watch_deliveries(program.surroundings(), cases, hall->catalogue);
  return hall;
}

}  // namespace jiuzhu
