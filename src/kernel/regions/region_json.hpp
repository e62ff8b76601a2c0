#pragma once

#include "kernel/regions/region_code.hpp"
#include "platform/json/described.hpp"

template <>
struct jiuzhu::json::Codec<jiuzhu::RegionCode> {
  static Value write(const RegionCode& value) { return value.to_text(); }
  static bool read(const Value& value, Reader& reader, RegionCode& out) {
    return detail::read_text_as(value, reader, out, "region.code");
  }
  static Value schema(Components&) {
    return detail::text_schema().set("pattern", "^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$");
  }
};
