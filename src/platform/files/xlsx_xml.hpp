#pragma once
// Streaming XML for the parts of an XLSX file: expat with document type declarations forbidden, so there are no
// entities to expand and nothing outside to fetch. Private to this folder.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/files/xlsx_package.hpp"

namespace jiuzhu {

/// Attributes of the element being opened; borrowed for the call. Namespace prefixes are cut off ("r:id" is "id").
class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
  std::optional<std::string_view> find(std::string_view name) const;
  /// With its prefix, for workbook.xml, where "id" would be ambiguous.
  std::optional<std::string_view> find_exact(std::string_view name) const;

 private:
  const char* const* pairs_;
};

/// Names come without their namespace prefix. A handler refuses by setting `refusal`; reading stops there.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void open(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void close(std::string_view name) = 0;
  virtual void text(std::string_view piece) = 0;
  /// After each piece of the file, outside the parser: the place to call others, whose exceptions may not pass
  /// through C code.
  virtual Status after_piece() { return {}; }

  std::optional<Error> refusal;
};

/// Refuses with "xlsx.doctype", "table.damaged" (not well-formed, too deeply nested), like XlsxPackage::read, and with
/// the handler's refusal.
Status read_xml(const XlsxPackage& package, const std::string& name, XmlHandler& handler);

}  // namespace jiuzhu
