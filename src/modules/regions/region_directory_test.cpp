#include "modules/regions/region_directory.hpp"

#include <gtest/gtest.h>

#include "kernel/test/world.hpp"

namespace jiuzhu::regions {
namespace {

class Regions : public test::WorldOnBothDatabases {
 protected:
  Date day(const char* text) { return *Date::parse(text); }
};

TEST_P(Regions, LoadTheProvinceOfTheDemonstration) {
  const auto csv = *embedded::find(embedded::policy(), "regions/140000.csv");
  const auto report = import_regions(database(), csv, day("2023-06-30"));
  ASSERT_TRUE(report) << report.error().key;
  EXPECT_EQ(report->rows, 23380);
  EXPECT_EQ(report->added, 23380);
  const auto again = import_regions(database(), csv, day("2024-01-01"));
  EXPECT_EQ(again->added + again->renamed + again->ended, 0);
  RegionNames names(database());
  EXPECT_EQ(names.name(*RegionCode::parse("140302001")), "城区 上站街道");
  const auto counties = database().read([](db::Transaction& tx) { return children_of(tx, "1403"); });
  EXPECT_EQ(counties.size(), 5U);
}

TEST_P(Regions, EndAbolishedCodesAndKeepThem) {
  ASSERT_TRUE(import_regions(database(), "code,name,parent\n14,山西省,\n1403,阳泉市,14\n1404,长治市,14\n11,北京市,\n",
                             day("2019-01-01")));
  const auto report = import_regions(database(), "code,name,parent\n14,山西省,\n1403,阳泉,14\n", day("2020-01-01"));
  ASSERT_TRUE(report) << report.error().key;
  EXPECT_EQ(report->renamed, 1);
  EXPECT_EQ(report->ended, 1);  // 长治市; 北京市 lies outside the part that was imported
  RegionNames names(database());
  EXPECT_EQ(names.name(*RegionCode::parse("1404")), "长治市");
  EXPECT_EQ(database().read([](db::Transaction& tx) { return children_of(tx, "14"); }).size(), 1U);
}

TEST_P(Regions, RefuseABadFileAsAWhole) {
  const auto report = import_regions(
      database(), "code,name,parent\n14,山西省,\n1403,,14\n140,x,14\n1405,晋城市,13\n14,山西省,\n", day("2020-01-01"));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().key, "region_file.invalid");
  EXPECT_EQ(report.error().fields.size(), 4U);
  EXPECT_TRUE(database().read([](db::Transaction& tx) { return children_of(tx, ""); }).empty());
}

JZ_ON_BOTH_DATABASES(Regions);

}  // namespace
}  // namespace jiuzhu::regions
