#include "engines/sieve/table_file.hpp"

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "engines/sieve/byte_digest.hpp"
#include "platform/files/text_encoding.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kEncodingLookedAt = 64 << 10;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Without a character that was cut at the end: after the last line feed nothing is half.
std::string_view whole_lines(std::string_view begin, bool is_all) {
  if (is_all) return begin;
  const std::size_t end = begin.rfind('\n');
  return end == std::string_view::npos ? std::string_view() : begin.substr(0, end);
}

TextEncoding text_encoding(Encoding encoding) {
  return encoding == Encoding::utf_8 ? TextEncoding::utf_8 : TextEncoding::gb18030;
}

}  // namespace

std::string TableFile::name() const { return std::filesystem::path(path_).filename(); }

Result<TableFile> TableFile::open(const std::string& path, const TableShape& shape, std::uint32_t place,
                                  const Reading& reading) {
  TableFile table;
  table.path_ = path;
  table.shape_ = {.separator = shape.separator, .quote = shape.quote};
  table.encoding_ = shape.encoding;
  table.has_header_ = shape.has_header;
  JZ_TRY(OpenedFeed opened, open_feed(path, place, table.shape_, shape.has_header, reading));
  if (opened.packing == Packing::workbook) {
    table.shape_ = {};
    table.encoding_ = Encoding::utf_8;
  }
  table.bytes_ = opened.file_bytes;
  table.is_packed_ = opened.packing != Packing::none;
  table.feed_ = std::move(opened.feed);
  table.begin_digest_ = ByteDigest::of(opened.begin.bytes);
  std::string_view begin = opened.begin.bytes;
  if (begin.starts_with(kByteOrderMark)) begin.remove_prefix(kByteOrderMark.size());
  JZ_TRY_VOID(table.check_encoding(begin, opened.begin.is_all));
  if (shape.has_header) JZ_TRY_VOID(table.read_header(begin, opened.begin.is_all));
  return table;
}

Status TableFile::check_encoding(std::string_view begin, bool is_all) const {
  const bool is_short = begin.size() <= kEncodingLookedAt;
  const std::string_view lines = whole_lines(begin.substr(0, kEncodingLookedAt), is_all && is_short);
  if (is_ascii(lines)) return {};
  // A register may hold a broken name or a NUL here and there; those are found when their row matters. Here the
  // question is whether all of it was meant as something else.
  std::string without_nul(lines);
  std::erase(without_nul, '\0');
  const auto looks_like = detect_encoding(without_nul);
  const bool is_utf_16 = !looks_like;
  const bool is_other = looks_like && *looks_like != text_encoding(encoding_);
  const bool reads_all_the_same = is_other && decode_text(without_nul, text_encoding(encoding_)).has_value();
  if (!is_utf_16 && (!is_other || (reads_all_the_same && encoding_ == Encoding::utf_8))) return {};
  return refuse(ErrorCode::invalid_input, "sieve.wrong_encoding",
                {{"file", name()}, {"encoding", encoding_ == Encoding::utf_8 ? "utf-8" : "gb18030"}});
}

Status TableFile::read_header(std::string_view begin, bool is_all) {
  if (begin.empty()) return refuse(ErrorCode::invalid_input, "sieve.file_empty", {{"file", name()}});
  std::vector<std::uint32_t> ends(begin.size());
  const RowsFound found = walk_row_ends({.bytes = begin.data(),
                                         .until = static_cast<std::uint32_t>(begin.size()),
                                         .separator = shape_.separator,
                                         .quote = shape_.quote},
                                        ends.data());
  if (found.count == 0 && !is_all) {
    return refuse(ErrorCode::invalid_input, "sieve.record_too_long", {{"file", name()}});
  }
  Record record;
  record.split(found.count > 0 ? begin.substr(0, ends[0] - 1) : begin, shape_, begin.size());
  TextRoom room;
  for (std::size_t i = 0; i < record.size(); ++i) {
    titles_.emplace_back(trim(text_of(record.field(i), encoding_, room).value_or("")));
  }
  return {};
}

Result<std::size_t> TableFile::find_column(const ColumnName& column) const {
  if (!has_header_) return static_cast<std::size_t>(column.number - 1);
  const auto found = std::ranges::find(titles_, column.name);
  if (found == titles_.end()) {
    std::string all;
    for (const std::string& title : titles_) all += (all.empty() ? "" : ", ") + title;
    return refuse(ErrorCode::invalid_input, "sieve.column_missing",
                  {{"file", name()}, {"column", column.name}, {"columns", all}});
  }
  if (std::ranges::count(titles_, column.name) > 1) {
    return refuse(ErrorCode::invalid_input, "sieve.column_twice", {{"file", name()}, {"column", column.name}});
  }
  return static_cast<std::size_t>(found - titles_.begin());
}

std::optional<std::string_view> text_of(std::string_view field, Encoding encoding, TextRoom& room) {
  if (is_ascii(field)) {
    if (field.find('\0') != std::string_view::npos) return std::nullopt;
    return field;
  }
  if (encoding == Encoding::utf_8) {
    if (!is_clean_utf8(field)) return std::nullopt;
    return field;
  }
  if (!room.decoder) room.decoder.emplace(TextEncoding::gb18030);
  auto decoded = room.decoder->decode(field);
  if (!decoded || !room.decoder->finish()) {
    room.decoder.reset();  // of no use after a refusal
    return std::nullopt;
  }
  room.text = std::move(*decoded);
  return room.text;
}

}  // namespace jiuzhu::sieve
