#include "register_files.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "numbers.hpp"
#include "platform/files/text_encoding.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr std::size_t kFlushBytes = 256 << 10;
constexpr std::uint64_t kFirstStream = 100;

std::string replaced(std::string text, char from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, 1, to);
  }
  return text;
}

const std::string& value_of(const Entry& entry, std::string_view title) {
  const auto found = std::ranges::find(entry.values, title, [](const auto& value) { return value.first; });
  JZ_ASSERT(found != entry.values.end());
  return found->second;
}

}  // namespace

RegisterFile::RegisterFile(const Delivery& delivery, const std::filesystem::path& folder, std::uint64_t seed)
    : delivery_(delivery),
      file_(folder / delivery.file_name()),
      dice_(seed, kFirstStream + static_cast<std::uint64_t>(delivery.name)) {
  if (delivery.is_packed) packer_.emplace();
  append_titles();
}

void RegisterFile::append_titles() {
  for (const DeliveredColumn& column : delivery_.columns) {
    if (&column != &delivery_.columns.front()) text_ += delivery_.separator;
    append_field(column.title);
  }
  text_ += "\r\n";
}

void RegisterFile::append_field(std::string_view text) {
  const bool needs_quotes =
      text.find_first_of("\"\r\n") != std::string_view::npos || text.contains(delivery_.separator);
  if (!needs_quotes && !delivery_.quotes_all) {
    text_ += text;
  } else {
    text_.append("\"").append(replaced(std::string(text), '"', "\"\"")).append("\"");
  }
}

void RegisterFile::add(const Subject& subject, const Entry& entry) {
  ++rows_;
  for (const DeliveredColumn& column : delivery_.columns) {
    if (&column != &delivery_.columns.front()) text_ += delivery_.separator;
    switch (column.form) {
      case ColumnForm::number: append_field(subject.number); break;
      case ColumnForm::name: append_field(subject.name); break;
      case ColumnForm::serial: append_field(std::to_string(rows_)); break;
      case ColumnForm::constant: append_field(column.catalogue); break;
      case ColumnForm::plain: append_field(value_of(entry, column.catalogue)); break;
      case ColumnForm::compact: append_field(replaced(value_of(entry, column.catalogue), '-', "")); break;
      case ColumnForm::slashed: append_field(replaced(value_of(entry, column.catalogue), '-', "/")); break;
      case ColumnForm::with_time: append_field(value_of(entry, column.catalogue) + " 10:20:00"); break;
    }
  }
  text_ += "\r\n";
  if (text_.size() >= kFlushBytes) flush();
}

std::string RegisterFile::number_as_written(const std::string& number) {
  if (dice_.one_in(40)) {
    const std::string old = old_style(number);
    if (!old.empty()) return old;
  }
  if (number.back() == 'X' && dice_.one_in(3)) return number.substr(0, 17) + 'x';
  return number;
}

void RegisterFile::flush() {
  std::string bytes = delivery_.encoding == sieve::Encoding::gb18030 ? encode_gb18030(text_) : text_;
  if (packer_) bytes = packer_->pack(bytes);
  file_.write(bytes);
  text_.clear();
}

void RegisterFile::settle() {
  flush();
  if (packer_) file_.write(packer_->finish());
  file_.settle();
}

RegisterFiles::RegisterFiles(const std::filesystem::path& folder, std::uint64_t seed) {
  for (const Delivery& delivery : deliveries()) {
    files_[static_cast<std::size_t>(delivery.name)] = std::make_unique<RegisterFile>(delivery, folder, seed);
  }
}

void RegisterFiles::add(const Subject& subject, const Entry& entry) {
  RegisterFile& into = file(entry.where);
  into.add({.number = into.number_as_written(subject.number), .name = subject.name}, entry);
}

void RegisterFiles::add_malformed(const Subject& subject, const Entry& entry) { file(entry.where).add(subject, entry); }

std::uint64_t RegisterFiles::rows() const {
  std::uint64_t rows = 0;
  for (const auto& file : files_) rows += file->rows();
  return rows;
}

void RegisterFiles::publish() {
  for (const auto& file : files_) file->settle();
  for (const auto& file : files_) file->publish();
}

}  // namespace jiuzhu::demo_city
