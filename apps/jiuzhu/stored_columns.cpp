#include "stored_columns.hpp"

#include "modules/access/second_factor.hpp"
#include "modules/cases/case_store.hpp"
#include "modules/publicity/publicity_store.hpp"

namespace jiuzhu {

operations::SealedColumns sealed_columns() {
  return {
      {"app_user", "totp_secret", {"id"}, "region", access::kTotpContext},
      {"case_person",
       "citizen_number",
       {"county_code", "case_id", "person_key"},
       "county_code",
       cases::kCitizenNumberContext},
      {"case_person", "phone", {"county_code", "case_id", "person_key"}, "county_code", cases::kPhoneContext},
      {"case_account", "number", {"county_code", "case_id"}, "county_code", cases::kAccountContext},
      {"award_account", "number", {"county_code", "award_id"}, "county_code", cases::kAccountContext},
      {"payment_item", "account_number", {"county_code", "run_id", "award_id"}, "county_code", cases::kAccountContext},
      {"publicity_objection", "objector", {"county_code", "id"}, "county_code", publicity::kObjectorContext},
  };
}

std::vector<operations::AttachmentColumn> attachment_columns() {
  return {{"case_document", "digest", "removed_at is null"}};
}

}  // namespace jiuzhu
