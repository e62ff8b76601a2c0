#include <gtest/gtest.h>

#include "kernel/audit/audit_anchors.hpp"
#include "kernel/test/world.hpp"

namespace jiuzhu {
namespace {

class Audit : public test::WorldOnBothDatabases {
 protected:
  void add(const std::string& chain, const std::string& subject) {
    const Actor actor{.name = "张三", .role = Role::county_case_officer, .region = *RegionCode::parse(chain)};
    ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      append_audit(tx, world().vault, chain, actor, world().clock.now(),
                   {{.action = "case.accepted", .subject_kind = "case", .subject_id = subject},
                    {.action = "case.read", .subject_kind = "case", .subject_id = subject}});
      return {};
    }));
  }

  void tamper(std::string sql) {
    ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      tx.execute({"test.tamper", sql});
      return {};
    }));
  }

  AuditReport verify(const std::vector<AuditAnchor>& anchors = {}) {
    return database().read([&](db::Transaction& tx) { return verify_audit(tx, world().vault, anchors); });
  }

  void expect_fault(const std::string& key, std::int64_t sequence, const std::vector<AuditAnchor>& anchors = {}) {
    const AuditReport report = verify(anchors);
    ASSERT_EQ(report.faults.size(), 1U);
    EXPECT_EQ(report.faults[0].key, key);
    EXPECT_EQ(report.faults[0].chain, "140302");
    EXPECT_EQ(report.faults[0].sequence, sequence);
  }

  void fill() {
    for (int i = 0; i < 5; ++i) add("140302", "case" + std::to_string(i));
    add("140303", "other");
  }
};

TEST_P(Audit, AnUntouchedRecordIsSound) {
  fill();
  const AuditReport report = verify();
  EXPECT_EQ(report.chains, 2);
  EXPECT_EQ(report.records, 12);
  EXPECT_TRUE(report.faults.empty());
}

TEST_P(Audit, FindsAnAlteredField) {
  fill();
  tamper("update audit_record set actor_name = '李四' where chain = '140302' and sequence = 4");
  expect_fault("audit.altered", 4);
}

TEST_P(Audit, FindsADeletedRecord) {
  fill();
  tamper("delete from audit_record where chain = '140302' and sequence = 3");
  expect_fault("audit.missing", 3);
}

TEST_P(Audit, FindsReorderedRecords) {
  fill();
  tamper("update audit_record set sequence = 100 where chain = '140302' and sequence = 5");
  tamper("update audit_record set sequence = 5 where chain = '140302' and sequence = 6");
  tamper("update audit_record set sequence = 6 where chain = '140302' and sequence = 100");
  expect_fault("audit.altered", 5);
}

TEST_P(Audit, FindsACutOffEnd) {
  fill();
  tamper("delete from audit_record where chain = '140302' and sequence > 8");
  expect_fault("audit.missing", 9);
}

TEST_P(Audit, AnchorsFindAnEndThatWasCutOffTogetherWithTheHead) {
  add("140302", "first");
  const auto early = database().read([](db::Transaction& tx) {
    return tx.get<std::string>({"test.head_mac", "select head_mac from audit_chain where chain = '140302'"});
  });
  const auto early_mac = database().read([](db::Transaction& tx) {
    return tx.get<std::string>({"test.mac", "select mac from audit_chain where chain = '140302'"});
  });
  fill();
  const auto anchors = database().read([](db::Transaction& tx) { return audit_heads(tx); });
  // An intruder who kept a copy of an earlier head can put it back.
  tamper("delete from audit_record where chain = '140302' and sequence > 2");
  tamper("update audit_chain set sequence = 2, mac = '" + early_mac + "', head_mac = '" + early +
         "' where chain = '140302'");
  EXPECT_TRUE(verify().faults.empty());
  expect_fault("audit.cut_off", 3, anchors);
}

TEST_P(Audit, FindsAForgedHead) {
  fill();
  tamper("delete from audit_record where chain = '140302' and sequence = 10");
  tamper(
      "update audit_chain set sequence = 9, mac = (select mac from audit_record where chain = '140302' and "
      "sequence = 9) where chain = '140302'");
  expect_fault("audit.head_altered", 10);
}

TEST_P(Audit, OneChainIsProvenByItselfAgainstItsOwnAnchors) {
  fill();
  const auto verify_one = [&](const std::string& chain, const std::vector<AuditAnchor>& anchors) {
    return database().read([&](db::Transaction& tx) { return verify_audit_chain(tx, world().vault, chain, anchors); });
  };
  const auto heads = database().read([](db::Transaction& tx) { return audit_heads(tx); });
  tamper("update audit_record set actor_name = '李四' where chain = '140303' and sequence = 2");
  const auto sound = verify_one("140302", heads);
  ASSERT_TRUE(sound);
  EXPECT_EQ(sound->records, 10);
  EXPECT_TRUE(sound->faults.empty());
  const auto altered = verify_one("140303", heads);
  ASSERT_TRUE(altered);
  ASSERT_EQ(altered->faults.size(), 1U);
  EXPECT_EQ(altered->faults[0].key, "audit.altered");
  EXPECT_EQ(altered->faults[0].sequence, 2);
  EXPECT_FALSE(verify_one("140304", heads));
}

TEST_P(Audit, StatesShowWhereEachChainOfTheScopeStands) {
  fill();
  const auto states = database().read([](db::Transaction& tx) { return audit_chain_states(tx, {"140302", "140303"}); });
  ASSERT_EQ(states.size(), 1U);
  EXPECT_EQ(states[0].chain, "140302");
  EXPECT_EQ(states[0].sequence, 10);
  EXPECT_EQ(states[0].recorded_at, world().clock.now());
  tamper("delete from audit_record where chain = '140302' and sequence = 10");
  EXPECT_FALSE(database()
                   .read([](db::Transaction& tx) { return audit_chain_states(tx, {"1403", "1404"}); })
                   .front()
                   .recorded_at);
}

TEST_P(Audit, AnchorsKeepHeadsOutsideTheDatabase) {
  fill();
  const auto heads = database().read([](db::Transaction& tx) { return audit_heads(tx); });
  const auto file = std::filesystem::temp_directory_path() / ("anchors-" + world_id<UserId>().to_text());
  const AuditAnchors anchors(file);
  EXPECT_TRUE(anchors.read()->empty());
  ASSERT_TRUE(anchors.append(heads));
  ASSERT_TRUE(anchors.append(heads));
  EXPECT_EQ(anchors.read()->size(), 2U);
  EXPECT_TRUE(verify(*anchors.read()).faults.empty());
  std::filesystem::remove(file);
}

JZ_ON_BOTH_DATABASES(Audit);

}  // namespace
}  // namespace jiuzhu
