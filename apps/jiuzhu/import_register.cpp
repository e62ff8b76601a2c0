// `jiuzhu import register`: what an officer does on the page of registers, for a file, for what another program writes
// to standard input, for what a query gives in a department's PostgreSQL, or for all files of a folder.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>
#include <thread>

#include "base/text.hpp"
#include "import_register.hpp"
#include "installation.hpp"
#include "operator_actor.hpp"
#include "platform/db/foreign_query.hpp"
#include "platform/files/nameless_file.hpp"
#include "register_hall.hpp"

namespace jiuzhu {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kPiece = std::size_t{8} << 20;

struct Wish {
  std::string file;      // "-": standard input
  std::string database;  // instead of file: a connection string, and
  std::string query;     // the file with what is asked there
  std::string folder;    // instead of file, register_code and as_of
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
    if (!wish_.folder.empty()) return run_folder();
    const auto as_of = Date::parse(wish_.as_of);
    if (!as_of) exit_with(Error{.key = "field.not_date"}, program_->messages());
    // A department's whole register is not fetched for a name that is none.
    if (!hall_->catalogue.find(wish_.register_code)) exit_with(Error{.key = "registers.unknown"}, program_->messages());
    if (!wish_.database.empty() || wish_.file == "-") {
      NamelessFile spooled(hall_->files.temporary_folder());
      wish_.file == "-" ? spool_standard_input(spooled) : spool_answer(spooled);
      tell(value_or_exit(import(spooled.path(), wish_.register_code, *as_of, wish_.register_code + ".csv"),
                         program_->messages()));
    } else {
      tell(value_or_exit(import(wish_.file, wish_.register_code, *as_of, wish_.file), program_->messages()));
    }
  }

 private:
  RegionCode county() const { return actor_.region.county(); }

  /// What is read before a failure is not taken: half of a register would clear people.
  static void spool_standard_input(NamelessFile& spooled) {
    std::string piece(kPiece, '\0');
    while (std::cin.read(piece.data(), static_cast<std::streamsize>(piece.size())) || std::cin.gcount() > 0) {
      spooled.write(std::string_view(piece).substr(0, static_cast<std::size_t>(std::cin.gcount())));
    }
    if (std::ferror(stdin) != 0) throw std::system_error(EIO, std::generic_category(), "read standard input");
  }

  void spool_answer(NamelessFile& spooled) const {
    std::ifstream file(wish_.query);
    const std::string query{std::istreambuf_iterator<char>(file), {}};
    done_or_exit(db::copy_as_csv(wish_.database, query, [&](std::string_view piece) { spooled.write(piece); }),
                 program_->messages());
  }

  /// Files are named by their register and day, "vehicles_2026-06-30.csv". What was taken goes to `accepted`, what was
  /// not to `refused`, so that nothing is tried twice; the others stay. Other names are told of and left alone.
  void run_folder() {
    bool has_refusals = false;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(wish_.folder)) {
      if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.')) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const std::filesystem::path& file : files) {
      const std::string name = file.filename();
      const auto parts = split(std::string_view(name).substr(0, name.find('.')), '_');
      const auto as_of = parts.size() < 2 ? std::nullopt : Date::parse(parts.back());
      const std::string code = as_of ? name.substr(0, name.find("_" + std::string(parts.back()))) : std::string();
      if (!as_of || !hall_->catalogue.find(code)) {
        std::cerr << name << ": " << text("registers.file_name", {}) << '\n';
        has_refusals = true;
        continue;
      }
      const auto row = import(file, code, *as_of, name);
      std::cout << name << ": ";
      if (row) {
        tell(*row);
      } else {
        std::cout << text(row.error().key, row.error().params) << '\n';
        has_refusals = true;
      }
      const auto target = std::filesystem::path(wish_.folder) / (row ? "accepted" : "refused");
      std::filesystem::create_directory(target);
      std::filesystem::rename(file, target / name);
    }
    if (has_refusals) throw Exit{kRefused};
  }

  std::string text(const std::string& key, const MessageParams& params) const {
    return program_->messages().text(terminal_language(), key, params);
  }
  void tell(const registers::DeliveryRow& row) const {
    std::cout << text("registers.imported",
                      {{"rows", std::to_string(row.row_count)}, {"matched", std::to_string(row.matched_count)}})
              << '\n';
  }

  /// A refusal leaves nothing of the file here.
  Result<registers::DeliveryRow> import(const std::filesystem::path& file, const std::string& code, Date as_of,
                                        const std::string& name) {
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file));
    JZ_TRY(const registers::DeliveryRow begun, registers::begin_delivery(*hall_, actor_, {code, name, size, as_of}));
    const Status said = upload(file, begun.id);
    if (!said) {
      (void)registers::withdraw_delivery(*hall_, actor_, county(), begun.id);
      return refuse(said.error());
    }
    registers::DeliveryRow row = wait_for_check(begun.id);
    if (row.state == registers::DeliveryState::accepted) return row;
    return refuse(registers::fault_of(row).value_or(Error{.code = ErrorCode::conflict, .key = "job.broken"}));
  }

  Status upload(const std::filesystem::path& path, registers::DeliveryId id) {
    std::ifstream file(path, std::ios::binary);
    std::string piece(kPiece, '\0');
    std::int64_t offset = 0;
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
      const auto count = static_cast<std::size_t>(file.gcount());
      JZ_TRY_VOID(
          registers::add_contents(*hall_, actor_, county(), id, offset, std::string_view(piece).substr(0, count)));
      offset += static_cast<std::int64_t>(count);
    }
    JZ_TRY(const registers::DeliveryPreview preview, registers::look_at_delivery(*hall_, actor_, county(), id, {}));
    JZ_TRY_VOID(registers::accept_columns(*hall_, actor_, county(), id, preview.begin.shape, preview.matches));
    return {};
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
  CLI::Option* file = command->add_option("file", wish->file, "the file; - for standard input");
  CLI::Option* database = command->add_option(
      "--from-database", wish->database,
      "instead: a department's PostgreSQL, libpq's connection string; the password stands in ~/.pgpass");
  database->excludes(file);
  CLI::Option* query = command->add_option("--query", wish->query, "the file with what is asked there");
  query->check(CLI::ExistingFile)->needs(database);
  database->needs(query);
  command->add_option("--register", wish->register_code, "its name in policy/registers, such as vehicles");
  command->add_option("--as-of", wish->as_of, "the day of the data, 2026-06-30");
  command->add_option("--folder", wish->folder, "instead: all files of a folder, named like vehicles_2026-06-30.csv")
      ->check(CLI::ExistingDirectory)
      ->excludes(file)
      ->excludes(database);
  command->add_option("--login", wish->login, "the officer of the verification agency who received it")->required();
  command->callback([&settings, wish] {
    const bool has_source = !wish->file.empty() || (!wish->database.empty() && !wish->query.empty());
    const bool is_one = has_source && !wish->register_code.empty() && !wish->as_of.empty();
    if (wish->folder.empty() && !is_one) {
      throw CLI::RequiredError("file (or --from-database and --query), --register and --as-of, or --folder");
    }
    if (!wish->file.empty() && wish->file != "-" && !std::filesystem::is_regular_file(wish->file)) {
      throw CLI::ValidationError("file", wish->file + " is no file");
    }
    RegisterImport(settings, *wish).run();
  });
}

}  // namespace jiuzhu
