// `jiuzhu import register`: what an officer does on the page of registers, for files that arrive in a folder.

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "import_register.hpp"
#include "installation.hpp"
#include "operator_actor.hpp"
#include "register_hall.hpp"

namespace jiuzhu {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kPiece = std::size_t{8} << 20;

struct Wish {
  std::string file;
  std::string register_code;
  std::string as_of;
  std::string login;
};

class RegisterImport {
 public:
  RegisterImport(const Settings& settings, Wish wish)
      : wish_(std::move(wish)),
        program_(open_existing_or_exit(settings)),
        actor_(actor_or_exit(*program_, wish_.login, Permission::register_deliver)),
        cases_{program_->rulebook(), program_->calendar(), {}},
        hall_(open_register_hall(*program_, cases_)),
        runner_(program_->surroundings()) {
    registers::provide_register_jobs(runner_, hall_);
  }

  void run() {
    const registers::DeliveryId id = upload();
    const auto preview = value_or_withdraw(id, registers::look_at_delivery(*hall_, actor_, county(), id, {}));
    value_or_withdraw(id,
                      registers::accept_columns(*hall_, actor_, county(), id, preview.begin.shape, preview.matches));
    const registers::DeliveryRow row = wait_for_check(id);
    const Language language = terminal_language();
    if (row.state != registers::DeliveryState::accepted) {
      exit_with(registers::fault_of(row).value_or(Error{.code = ErrorCode::conflict, .key = "job.broken"}),
                program_->messages());
    }
    std::cout << program_->messages().text(
                     language, "registers.imported",
                     {{"rows", std::to_string(row.row_count)}, {"matched", std::to_string(row.matched_count)}})
              << '\n';
  }

 private:
  RegionCode county() const { return actor_.region.county(); }

  template <class T>
  T value_or_withdraw(registers::DeliveryId id, Result<T> result) {
    if (!result) (void)registers::withdraw_delivery(*hall_, actor_, county(), id);
    return value_or_exit(std::move(result), program_->messages());
  }

  registers::DeliveryId upload() {
    const auto as_of = Date::parse(wish_.as_of);
    if (!as_of) exit_with(Error{.key = "field.not_date"}, program_->messages());
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(wish_.file));
    const auto begun =
        value_or_exit(registers::begin_delivery(*hall_, actor_, {wish_.register_code, wish_.file, size, *as_of}),
                      program_->messages());
    std::ifstream file(wish_.file, std::ios::binary);
    std::string piece(kPiece, '\0');
    std::int64_t offset = 0;
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
      const auto count = static_cast<std::size_t>(file.gcount());
      value_or_withdraw(begun.id, registers::add_contents(*hall_, actor_, county(), begun.id, offset,
                                                          std::string_view(piece).substr(0, count)));
      offset += static_cast<std::int64_t>(count);
    }
    return begun.id;
  }

  /// Here, or by the server that runs beside: whoever takes the job first.
  registers::DeliveryRow wait_for_check(registers::DeliveryId id) {
    for (;;) {
      runner_.run_waiting();
      const auto delivery = value_or_exit(registers::read_delivery(*hall_, actor_, county(), id), program_->messages());
      if (delivery.row.state != registers::DeliveryState::checking) return delivery.row;
      std::this_thread::sleep_for(100ms);
    }
  }

  Wish wish_;
  std::unique_ptr<Program> program_;
  Actor actor_;
  cases::CaseWorld cases_;
  std::shared_ptr<registers::RegisterWorld> hall_;
  jobs::Runner runner_;
};

}  // namespace

void add_import_register(CLI::App& import, Settings& settings) {
  CLI::App* command = import.add_subcommand(
      "register", "a file of another department's register (CSV, XLSX, packed too); may run beside a server");
  auto wish = std::make_shared<Wish>();
  command->add_option("file", wish->file, "the file")->required()->check(CLI::ExistingFile);
  command->add_option("--register", wish->register_code, "its name in policy/registers, such as vehicles")->required();
  command->add_option("--as-of", wish->as_of, "the day of the data, 2026-06-30")->required();
  command->add_option("--login", wish->login, "the officer of the verification agency who received it")->required();
  command->callback([&settings, wish] { RegisterImport(settings, *wish).run(); });
}

}  // namespace jiuzhu
