#include "platform/files/xlsx_xml.hpp"

#include <expat.h>

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

constexpr int kDepthMax = 64;

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Reading {
  XML_Parser parser;
  XmlHandler& handler;
  int depth = 0;

  void stop_if_refused() {
    if (handler.refusal) XML_StopParser(parser, XML_FALSE);
  }
  void stop(const char* key) {
    handler.refusal = Error{.code = ErrorCode::invalid_input, .key = key};
    XML_StopParser(parser, XML_FALSE);
  }
};

Reading& reading_of(void* user) { return *static_cast<Reading*>(user); }

// Expat may deliver events that were queued before the stop: after a refusal they are dropped.
void on_open(void* user, const char* name, const char** attributes) {
  Reading& reading = reading_of(user);
  if (reading.handler.refusal) return;
  if (++reading.depth > kDepthMax) return reading.stop("table.damaged");
  reading.handler.open(local_name(name), XmlAttributes(attributes));
  reading.stop_if_refused();
}

void on_close(void* user, const char* name) {
  Reading& reading = reading_of(user);
  if (reading.handler.refusal) return;
  --reading.depth;
  reading.handler.close(local_name(name));
  reading.stop_if_refused();
}

void on_text(void* user, const char* text, int size) {
  Reading& reading = reading_of(user);
  if (reading.handler.refusal) return;
  reading.handler.text({text, static_cast<std::size_t>(size)});
  reading.stop_if_refused();
}

void on_doctype(void* user, const char*, const char*, const char*, int) { reading_of(user).stop("xlsx.doctype"); }

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
    if (local_name(pair[0]) == name) return pair[1];
  }
  return std::nullopt;
}

std::optional<std::string_view> XmlAttributes::find_exact(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
    if (pair[0] == name) return pair[1];
  }
  return std::nullopt;
}

Status read_xml(const XlsxPackage& package, const std::string& name, XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreate(nullptr));
  JZ_ASSERT(parser != nullptr);
  Reading reading{parser.get(), handler};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_open, on_close);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  return package.read(name, [&](std::string_view piece, bool is_last) -> Status {
    const XML_Status status =
        XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), is_last ? XML_TRUE : XML_FALSE);
    if (handler.refusal) return refuse(*handler.refusal);
    if (status != XML_STATUS_OK) return refuse(ErrorCode::invalid_input, "table.damaged");
    return handler.after_piece();
  });
}

}  // namespace jiuzhu
