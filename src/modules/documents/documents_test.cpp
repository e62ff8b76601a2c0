#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "modules/cases/test_cases.hpp"
#include "modules/documents/test_documents.hpp"

namespace jiuzhu::documents {
namespace {

using cases::CaseRow;
using cases::State;

class Documents : public test::CasesOnBothDatabases {
 protected:
  const Actor& assistant() { return actor(Role::civil_affairs_assistant); }
  static CasePlace place(const CaseRow& row) { return {row.region.county(), row.id}; }
  CaseRow filed(int family = 1) { return file(couple_with_child(family)); }

  Result<AddedDocument> add(const CaseRow& row, std::string_view content, const Actor& who,
                            const DocumentDraft& draft = {.kind = DocumentKind::income_proof}) {
    return add_document(world(), files_.attachments(), who, place(row), draft, test::photo_of(content));
  }
  Result<AddedDocument> add(const CaseRow& row, std::string_view content) { return add(row, content, assistant()); }
  Result<DocumentContents> read(const CaseRow& row, DocumentId id, const Actor& who) {
    return read_contents(world(), files_.attachments(), who, place(row), id);
  }
  Result<DocumentRow> remove(const CaseRow& row, DocumentId id, const Actor& who) {
    return remove_document(world(), files_.attachments(), who, place(row), id, "拍得不清楚");
  }
  template <class T>
  static std::string key_of(const Result<T>& result) {
    return result ? "" : result.error().key;
  }
  template <class T>
  static std::string field_of(const Result<T>& result) {
    return result || result.error().fields.empty() ? "" : result.error().fields.front().key;
  }
  std::vector<AuditRecord> audit_of(const CaseRow& row) {
    return database().read([&](db::Transaction& tx) {
      return list_audit(tx, {.scope = {"140302", "140303"}, .subject_id = row.id.to_text(), .limit = 50});
    });
  }
  std::vector<DocumentRow> rows(const CaseRow& row) {
    return database().read([&](db::Transaction& tx) { return documents_of(tx, row.county_code, row.id); });
  }

  test::TestAttachments files_;
};

TEST_P(Documents, AreKeptShownAndRecordedWithoutTouchingTheCase) {
  const CaseRow row = filed();
  const auto added = add(row, "payslip", assistant(),
                         {.kind = DocumentKind::income_proof, .person_key = "m1", .title = " 五月工资条 "});
  ASSERT_TRUE(added) << added.error().key;
  EXPECT_TRUE(added->is_new);
  EXPECT_EQ(reload(row).version, row.version);

  const auto list = read_documents(world(), actor(Role::village_cadre), place(row));
  ASSERT_TRUE(list) << list.error().key;
  ASSERT_EQ(list->documents.size(), 1U);
  const DocumentRow& document = list->documents[0].document;
  EXPECT_EQ(document.title, "五月工资条");
  EXPECT_EQ(document.person_key, "m1");
  EXPECT_EQ(document.media_type, "image/jpeg");
  EXPECT_EQ(document.digest, sm3(test::photo_of("payslip")).to_text());
  EXPECT_EQ(document.added_by_name, assistant().name);
  EXPECT_FALSE(list->documents[0].is_removable) << "by the village: the township added it";
  EXPECT_FALSE(list->obstacle);

  const auto contents = read(row, document.id, actor(Role::city_inspector));
  ASSERT_TRUE(contents) << contents.error().key;
  EXPECT_EQ(contents->bytes, test::photo_of("payslip"));
  const auto audit = audit_of(row);
  ASSERT_GE(audit.size(), 3U);
  EXPECT_EQ(audit[0].action, "document.read");
  EXPECT_EQ(audit[0].actor_id, actor(Role::city_inspector).user.to_text());
  EXPECT_NE(audit[0].changes.find(document.id.to_text()), std::string::npos);
  EXPECT_EQ(audit[1].action, "document.listed");
  EXPECT_EQ(audit[2].action, "document.added");
  EXPECT_EQ(audit[2].changes.find("工资条"), std::string::npos) << "a title may name people";
  ASSERT_TRUE(read(row, document.id, assistant()));
  EXPECT_EQ(audit_of(row)[0].action, "document.read") << "each time";
}

TEST_P(Documents, TheSameFileTwiceIsOneDocument) {
  const CaseRow row = filed();
  const auto first = add(row, "card");
  const auto second = add(row, "card", actor(Role::village_cadre), {.kind = DocumentKind::other});
  ASSERT_TRUE(second) << second.error().key;
  EXPECT_FALSE(second->is_new);
  EXPECT_EQ(second->document.id, first->document.id);
  EXPECT_EQ(rows(row).size(), 1U);
  const auto elsewhere = add(filed(2), "card");
  EXPECT_TRUE(elsewhere->is_new);
  EXPECT_EQ(files_.files().size(), 1U) << "equal contents lie once";
  EXPECT_EQ(std::ranges::count(audit_of(row), "document.added", &AuditRecord::action), 1);
}

TEST_P(Documents, AreAddedByThoseWhoWorkOnTheCase) {
  const CaseRow row = filed();
  int content = 0;
  for (const Role role : {Role::village_cadre, Role::civil_affairs_assistant, Role::township_reviewer,
                          Role::county_case_officer, Role::verification_officer}) {
    EXPECT_EQ(key_of(add(row, std::to_string(++content), actor(role))), "") << enum_text(role);
  }
  const std::size_t files = files_.files().size();
  for (const Role role : {Role::county_approver, Role::funds_officer, Role::county_administrator, Role::city_inspector,
                          Role::province_inspector, Role::auditor}) {
    EXPECT_EQ(key_of(add(row, "x", actor(role))), "access.permission_missing") << enum_text(role);
    EXPECT_EQ(key_of(remove(row, rows(row)[0].id, actor(role))), "access.permission_missing") << enum_text(role);
  }
  EXPECT_EQ(key_of(add(row, "x", make_actor(Role::civil_affairs_assistant, region("140302002")))), "case.not_found");
  EXPECT_EQ(files_.files().size(), files) << "nothing is written for those who may not";
  EXPECT_EQ(key_of(read(row, rows(row)[0].id, actor(Role::funds_officer))), "access.permission_missing");
  EXPECT_EQ(key_of(read(row, rows(row)[0].id, make_actor(Role::village_cadre, region("140302001002")))),
            "case.not_found");
  EXPECT_EQ(key_of(read_documents(world(), actor(Role::county_administrator), place(row))),
            "access.permission_missing");
  const CaseRow other = filed(2);
  EXPECT_EQ(key_of(read(other, rows(row)[0].id, assistant())), "document.not_found") << "of another case";
}

TEST_P(Documents, VillagesDoNotSeeTheRegistersPapers) {
  const CaseRow row = filed();
  const auto secret = add(row, "bank statement", actor(Role::verification_officer));
  ASSERT_TRUE(secret);
  const Actor& cadre = actor(Role::village_cadre);
  EXPECT_TRUE(read_documents(world(), cadre, place(row))->documents.empty());
  EXPECT_EQ(key_of(read(row, secret->document.id, cadre)), "document.not_found");
  EXPECT_EQ(key_of(remove(row, secret->document.id, cadre)), "document.not_found");
  EXPECT_EQ(key_of(add(row, "bank statement", cadre)), "document.held_by_county");
  EXPECT_EQ(read_documents(world(), assistant(), place(row))->documents.size(), 1U);
}

TEST_P(Documents, KinNeitherAddNorRemove) {
  const Actor kin = make_actor(Role::civil_affairs_assistant, region(kTownship));
  cases::Intake intake = couple_with_child();
  intake.kin = cases::IntakeKinDeclaration{.has_handler_kin = true,
                                           .handlers = {{.person = "m1",
                                                         .handler_name = kin.name,
                                                         .handler_post = "民政助理员",
                                                         .handler = kin.user,
                                                         .relation_code = "73"}}};
  const CaseRow row = file(intake);
  EXPECT_EQ(key_of(add(row, "x", kin)), "case.recusal");
  EXPECT_TRUE(files_.files().empty());
  const auto added = add(row, "x");
  ASSERT_TRUE(added) << added.error().key;
  EXPECT_EQ(key_of(remove(row, added->document.id, kin)), "case.recusal");
  const auto list = read_documents(world(), kin, place(row));
  EXPECT_EQ(list->obstacle->key, "case.recusal");
  EXPECT_FALSE(list->documents[0].is_removable);
}

TEST_P(Documents, AClosedCaseTakesNoneAnApprovedOneDoes) {
  const CaseRow row = filed();
  const auto before = add(row, "before");
  const CaseRow approved = put_into(row, State::approved);
  EXPECT_EQ(key_of(add(approved, "after")), "");
  EXPECT_EQ(key_of(remove(approved, before->document.id, assistant())), "document.case_decided");
  for (const State state : {State::refused, State::withdrawn, State::terminated, State::ended}) {
    const CaseRow closed = put_into(row, state);
    EXPECT_EQ(key_of(add(closed, "late")), "document.case_closed");
    EXPECT_EQ(read_documents(world(), assistant(), place(closed))->obstacle->key, "document.case_closed");
    EXPECT_EQ(key_of(read(closed, before->document.id, assistant())), "") << "but it is still read";
  }
}

TEST_P(Documents, WrongContentsAndTitlesAreRefused) {
  const CaseRow row = filed();
  const auto put = [&](std::string_view bytes, DocumentKind kind = DocumentKind::other) {
    const std::vector<std::uint8_t> contents(bytes.begin(), bytes.end());
    return add_document(world(), files_.attachments(), assistant(), place(row), {.kind = kind}, contents);
  };
  EXPECT_EQ(key_of(put("")), "content.empty");
  EXPECT_EQ(key_of(put("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")), "content.type_refused");
  EXPECT_EQ(key_of(put("<!doctype html><script>")), "content.type_refused");
  EXPECT_EQ(key_of(put("\xFF\xD8\xFF" + std::string(kFileBytesMax, 'x'))), "content.too_large");
  EXPECT_EQ(field_of(put("%PDF-1.5", DocumentKind::visit_photo)), "document.photo_not_image");
  EXPECT_TRUE(files_.files().empty()) << "nothing that is refused stays on the disk";
  EXPECT_EQ(key_of(put("%PDF-1.5")), "");
  EXPECT_EQ(field_of(add(row, "x", assistant(), {.title = "\xE2\x80\xAEgpj"})), "document.title_unseen");
  EXPECT_EQ(field_of(add(row, "x", assistant(), {.person_key = "m9"})), "document.person_unknown");
  EXPECT_EQ(rows(row).size(), 1U);
}

TEST_P(Documents, RemovalIsARecordAndTheContentsGoWithTheLastThatNamesThem) {
  const CaseRow row = filed();
  const CaseRow other = filed(2);
  const auto one = add(row, "shared");
  const auto two = add(other, "shared");
  EXPECT_EQ(field_of(remove_document(world(), files_.attachments(), assistant(), place(row), one->document.id, " ")),
            "field.too_short");
  const auto removed = remove(row, one->document.id, assistant());
  ASSERT_TRUE(removed) << removed.error().key;
  EXPECT_EQ(files_.files().size(), 1U) << "another case needs it";
  EXPECT_EQ(reload(row).version, row.version);
  EXPECT_EQ(key_of(read(row, one->document.id, assistant())), "document.removed");
  EXPECT_EQ(key_of(remove(row, one->document.id, assistant())), "document.removed");
  const auto list = read_documents(world(), assistant(), place(row));
  ASSERT_EQ(list->documents.size(), 1U);
  EXPECT_EQ(list->documents[0].document.removal_reason, "拍得不清楚");
  EXPECT_EQ(list->documents[0].document.removed_by_name, assistant().name);
  EXPECT_FALSE(list->documents[0].is_removable);
  EXPECT_TRUE(read(other, two->document.id, assistant()));

  ASSERT_TRUE(remove(other, two->document.id, assistant()));
  EXPECT_TRUE(files_.files().empty());
  const auto again = add(row, "shared");
  ASSERT_TRUE(again) << again.error().key;
  EXPECT_TRUE(again->is_new) << "the removed one does not count";
  EXPECT_TRUE(read(row, again->document.id, assistant()));
  EXPECT_EQ(std::ranges::count(audit_of(row), "document.removed", &AuditRecord::action), 1);
}

TEST_P(Documents, AnInterruptedRemovalIsFinishedByTheNext) {
  const CaseRow row = filed();
  const auto left = add(row, "left behind");
  // Killed after the removal was committed and before the file went.
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    DocumentRow document = left->document;
    document.removed_by = assistant().user;
    document.removed_by_name = assistant().name;
    document.removed_at = clock().now();
    document.removal_reason = "拍错了";
    mark_removed(tx, document);
    set_content_state(tx, row.county_code, document.digest, ContentState::unnamed);
    return {};
  }));
  EXPECT_EQ(files_.files().size(), 1U);
  const auto next = add(row, "next");
  ASSERT_TRUE(remove(row, next->document.id, assistant()));
  EXPECT_TRUE(files_.files().empty());
}

TEST_P(Documents, AFileThatWasAddedAgainMeanwhileStays) {
  const CaseRow row = filed();
  const auto first = add(row, "twice");
  ASSERT_TRUE(remove(row, first->document.id, assistant()));
  const auto second = add(row, "twice");
  // As a removal that took place at the same time would have left it.
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    set_content_state(tx, row.county_code, second->document.digest, ContentState::unnamed);
    return {};
  }));
  ASSERT_TRUE(remove(row, add(row, "other")->document.id, assistant()));
  EXPECT_TRUE(read(row, second->document.id, assistant()));
}

TEST_P(Documents, AMissingFileIsAClearErrorAndAnOrphanNoHarm) {
  const CaseRow row = filed();
  const auto added = add(row, "lost");
  for (const auto& path : files_.files()) std::filesystem::remove(path);
  const auto missing = read(row, added->document.id, assistant());
  EXPECT_EQ(key_of(missing), "document.contents_missing");
  EXPECT_EQ(missing.error().code, ErrorCode::unavailable);
  EXPECT_EQ(read_documents(world(), assistant(), place(row))->documents.size(), 1U);
  // Uploading the same file heals it: nothing new in the case, the file back in its place.
  EXPECT_FALSE(add(row, "lost")->is_new);
  EXPECT_TRUE(read(row, added->document.id, assistant()));
  // Killed between file and row: the file lies there, and the next upload takes it.
  ASSERT_TRUE(files_.attachments().of(region(kCounty)).put(test::photo_of("orphan")));
  EXPECT_TRUE(add(row, "orphan")->is_new);
  EXPECT_EQ(files_.files().size(), 2U);
}

TEST_P(Documents, ManyAtOnceLoseNothing) {
  const CaseRow row = filed();
  const Actor who = assistant();
  // Everybody adds and removes the same contents; whatever comes out, each document that stands has its file.
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < 8; ++round) {
        const auto added =
            add_document(world(), files_.attachments(), who, place(row), {}, test::photo_of("contended"));
        ASSERT_TRUE(added) << added.error().key;
        if (round % 2 != 0) continue;
        const auto removed =
            remove_document(world(), files_.attachments(), who, place(row), added->document.id, "重复");
        if (!removed) {
          EXPECT_EQ(removed.error().key, "document.removed");
        }
      }
    });
  }
  threads.clear();
  const auto present = rows(row);
  EXPECT_LE(std::ranges::count_if(present, [](const DocumentRow& each) { return !each.is_removed(); }), 1);
  for (const DocumentRow& document : present) {
    if (document.is_removed()) continue;
    EXPECT_EQ(key_of(read(row, document.id, who)), "");
  }
  EXPECT_EQ(files_.files().empty(), std::ranges::all_of(present, &DocumentRow::is_removed));
}

JZ_ON_BOTH_DATABASES(Documents);

}  // namespace
}  // namespace jiuzhu::documents
