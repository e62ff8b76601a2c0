#include "modules/documents/document_rules.hpp"

#include <gtest/gtest.h>

#include "modules/cases/road.hpp"

namespace jiuzhu::documents {
namespace {

using cases::State;

std::string key_of(const Status& status) { return status ? "" : status.error().key; }

DocumentRow document_by(Role role, DocumentKind kind = DocumentKind::income_proof) {
  DocumentRow document;
  document.kind = kind;
  document.added_role = role;
  return document;
}

TEST(DocumentRules, TitlesHoldNothingUnseen) {
  for (const char* title : {"", "户口簿首页", "income, May 2019", "证明（二）", "𠮷田"}) {
    EXPECT_TRUE(faults_in({.title = title}, {}).empty()) << title;
  }
  for (const char* title : {"a\nb", "a\x7F", "\xE2\x80\xAEgpj.exe", "a\xE2\x80\x8B",
                            "\xEF\xBB\xBF"
                            "a",
                            "\xE2\x81\xA6x"}) {
    ASSERT_EQ(faults_in({.title = title}, {}).size(), 1U) << title;
    EXPECT_EQ(faults_in({.title = title}, {}).front(), (FieldError{"/title", "document.title_unseen"}));
  }
  std::string long_title;
  for (std::size_t i = 0; i <= kTitleLengthMax; ++i) long_title += "证";
  EXPECT_EQ(faults_in({.title = long_title}, {}).front().key, "field.too_long");
}

TEST(DocumentRules, TheyAreAboutPersonsOfTheCase) {
  cases::PersonRow person;
  person.person_key = "m1";
  EXPECT_TRUE(faults_in({.person_key = "m1"}, std::span(&person, 1)).empty());
  EXPECT_EQ(faults_in({.person_key = "m2"}, std::span(&person, 1)).front(),
            (FieldError{"/person", "document.person_unknown"}));
}

TEST(DocumentRules, OpenAndApprovedCasesTakeThem) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<State>>([](auto enumerator) {
    const bool takes = cases::is_open(enumerator.value) || enumerator.value == State::approved;
    EXPECT_EQ(key_of(check_takes_documents(enumerator.value)), takes ? "" : "document.case_closed") << enumerator.name;
  });
}

TEST(DocumentRules, APhotoIsAnImage) {
  EXPECT_TRUE(check_kind(DocumentKind::visit_photo, ContentType::jpeg));
  EXPECT_TRUE(check_kind(DocumentKind::income_proof, ContentType::pdf));
  EXPECT_EQ(check_kind(DocumentKind::visit_photo, ContentType::pdf).error().fields.front().key,
            "document.photo_not_image");
}

TEST(DocumentRules, ACaseHasRoomForSoMany) {
  std::vector<DocumentRow> present(kDocumentsMax - 1);
  EXPECT_TRUE(check_room(present, 1));
  present.emplace_back();
  EXPECT_EQ(key_of(check_room(present, 1)), "document.too_many");
  present.resize(2);
  present[0].size = present[1].size = kCaseBytesMax / 2;
  EXPECT_TRUE(check_room(present, 0));
  EXPECT_EQ(key_of(check_room(present, 1)), "document.case_full");
  present[0].removed_at = Instant{1};
  EXPECT_TRUE(check_room(present, 1)) << "what is removed takes no room";
}

TEST(DocumentRules, VillagesDoNotSeeWhatRegistersTold) {
  EXPECT_FALSE(is_shown_to(Role::village_cadre, document_by(Role::verification_officer)));
  EXPECT_FALSE(is_shown_to(Role::village_cadre, document_by(Role::county_case_officer)));
  EXPECT_TRUE(is_shown_to(Role::village_cadre, document_by(Role::county_case_officer, DocumentKind::visit_photo)));
  EXPECT_TRUE(is_shown_to(Role::village_cadre, document_by(Role::civil_affairs_assistant)));
  EXPECT_TRUE(is_shown_to(Role::civil_affairs_assistant, document_by(Role::verification_officer)));
}

TEST(DocumentRules, NobodyRemovesWhatAHigherLevelAdded) {
  const auto removable = [](Role actor, Role added_by, State state) {
    return key_of(check_removable(actor, document_by(added_by), state));
  };
  EXPECT_EQ(removable(Role::village_cadre, Role::village_cadre, State::filed), "");
  EXPECT_EQ(removable(Role::civil_affairs_assistant, Role::village_cadre, State::filed), "");
  EXPECT_EQ(removable(Role::county_case_officer, Role::township_reviewer, State::county_review), "");
  EXPECT_EQ(removable(Role::village_cadre, Role::civil_affairs_assistant, State::filed), "document.of_higher_level");
  EXPECT_EQ(removable(Role::township_reviewer, Role::verification_officer, State::filed), "document.of_higher_level");
  EXPECT_EQ(removable(Role::county_case_officer, Role::village_cadre, State::approved), "document.case_decided");
  EXPECT_EQ(removable(Role::county_case_officer, Role::village_cadre, State::withdrawn), "document.case_decided");
}

TEST(DocumentRules, AReasonIsAReason) {
  EXPECT_TRUE(faults_in_reason("拍错了").empty());
  EXPECT_EQ(faults_in_reason(" 错 ").front().key, "field.too_short");
  EXPECT_EQ(faults_in_reason(std::string(201, 'x')).front().key, "field.too_long");
}

}  // namespace
}  // namespace jiuzhu::documents
