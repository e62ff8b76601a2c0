#pragma once
// The ZIP archive around an XLSX file, read with limits. Private to this folder.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "platform/files/table_reader.hpp"

namespace jiuzhu {

class XlsxPackage {
 public:
  /// `bytes` must outlive the package. Refuses with "table.damaged".
  static Result<XlsxPackage> open(std::string_view bytes, const TableLimits& limits);
  ~XlsxPackage();
  XlsxPackage(XlsxPackage&&) noexcept;
  XlsxPackage& operator=(XlsxPackage&&) noexcept;

  bool contains(const std::string& name) const;
  /// Unpacks one entry piece by piece; `on_piece` may refuse. Refuses with "table.damaged" (missing, wrong checksum),
  /// "table.password_protected" and "table.expands_too_much". Sizes that the archive declares are not believed.
  Status read(const std::string& name,
              const std::function<Status(std::string_view piece, bool is_last)>& on_piece) const;

 private:
  struct State;
  explicit XlsxPackage(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jiuzhu
