#pragma once
// A table opened for a run: its header read, its encoding looked at, its rows ready to be taken by any thread.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engines/sieve/feed.hpp"
#include "engines/sieve/plan.hpp"
#include "platform/files/text_encoding.hpp"

namespace jiuzhu::sieve {

class TableFile {
 public:
  /// Refuses with "sieve.file_unreadable", "sieve.file_empty", "sieve.wrong_encoding", "sieve.record_too_long",
  /// "packed.…" and like read_table for a workbook; each with {file}.
  static Result<TableFile> open(const std::string& path, const TableShape& shape, std::uint32_t place,
                                const Reading& reading);

  /// From 0. Refuses with "sieve.column_missing" {file, column, columns} or "sieve.column_twice" {file, column}.
  Result<std::size_t> find_column(const ColumnName& column) const;

  const std::string& path() const { return path_; }
  /// Without folders: what people are shown.
  std::string name() const;
  std::uint64_t bytes() const { return bytes_; }
  bool is_packed() const { return is_packed_; }
  /// Of the first 64 KiB: tells registers of one size apart, as far as that goes.
  std::uint64_t begin_digest() const { return begin_digest_; }
  RecordShape shape() const { return shape_; }
  Encoding encoding() const { return encoding_; }
  Feed& feed() const { return *feed_; }

 private:
  TableFile() = default;
  Status check_encoding(std::string_view begin, bool is_all) const;
  Status read_header(std::string_view begin, bool is_all);

  std::string path_;
  std::uint64_t bytes_ = 0;
  bool is_packed_ = false;
  std::uint64_t begin_digest_ = 0;
  RecordShape shape_;
  Encoding encoding_ = Encoding::utf_8;
  bool has_header_ = true;
  std::vector<std::string> titles_;  // in UTF-8
  std::unique_ptr<Feed> feed_;
};

/// Where decoded texts lie, and what decodes them: making a decoder takes longer than using it. One thread at a time.
struct TextRoom {
  std::string text;
  std::optional<TextDecoder> decoder;
};

/// The text of a field in UTF-8, or nothing where it is not in that encoding. Text of ASCII is given back as it is;
/// anything else may lie in `room` until the next call.
std::optional<std::string_view> text_of(std::string_view field, Encoding encoding, TextRoom& room);

}  // namespace jiuzhu::sieve
