#pragma once

#include "kernel/regions/region_code.hpp"
#include "platform/db/value.hpp"

template <>
struct jiuzhu::db::ColumnCodec<jiuzhu::RegionCode> {
  static Parameter write(const RegionCode& value) { return value.to_text(); }
  static RegionCode read(const Cell& cell) { return detail::parsed<RegionCode>(cell); }
};
