#pragma once
// Who may do what. A role holds in a region and below it; the table of permissions is the whole truth, and what it does
// not name is refused.

#include <boost/describe.hpp>
#include <span>
#include <string_view>

#include "kernel/regions/region_code.hpp"

namespace jiuzhu {

enum class Role {
  village_cadre,            // 村(居)委会工作人员: visits and reports, decides nothing
  civil_affairs_assistant,  // 民政助理员: accepts, investigates, verifies village reports
  township_reviewer,        // 乡镇审核人: opinion and publicity
  county_case_officer,      // 县级经办人: reviews files, home checks
  county_approver,          // 县级审批人: decides
  verification_officer,     // 核对机构经办人: runs checks against registers
  funds_officer,            // 资金发放经办人: runs and files of payment
  county_administrator,     // 县级系统管理员: users and settings, no cases
  city_inspector,           // 市级检查: reads
  province_inspector,       // 省级检查: reads
  auditor,                  // 审计: reads cases and the audit record
};
BOOST_DESCRIBE_ENUM(Role, village_cadre, civil_affairs_assistant, township_reviewer, county_case_officer,
                    county_approver, verification_officer, funds_officer, county_administrator, city_inspector,
                    province_inspector, auditor)

enum class Permission {
  case_read,          // lists and case pages
  identifier_reveal,  // see a masked identifier in full
  case_file,          // take in and correct applications
  case_accept,
  case_withdraw,
  document_change,  // add and remove papers and photos of a case
  verification_order,
  verification_report,
  visit_record,
  investigation_finish,
  appraisal_record,
  opinion_give,
  publicity_post,
  objection_record,
  review_record,
  case_decide,
  award_read,
  award_change,  // account, new standard
  award_end,
  payment_read,
  payment_prepare,
  payment_approve,
  payment_settle,
  roster_import,
  register_read,     // which registers are there, and what came of looking people up in them
  register_deliver,  // the registers themselves: uploads, columns
  recipient_check,   // have everybody in benefit looked up
  alert_read,
  alert_check,   // what the visit after an alert found
  alert_decide,  // what becomes of the benefit
  alert_mute,
  list_export,
  policy_read,
  policy_change,
  user_manage,
  audit_read,
};
BOOST_DESCRIBE_ENUM(Permission, case_read, identifier_reveal, case_file, case_accept, case_withdraw, document_change,
                    verification_order, verification_report, visit_record, investigation_finish, appraisal_record,
                    opinion_give, publicity_post, objection_record, review_record, case_decide, award_read,
                    award_change, award_end, payment_read, payment_prepare, payment_approve, payment_settle,
                    roster_import, register_read, register_deliver, recipient_check, alert_read, alert_check,
                    alert_decide, alert_mute, list_export, policy_read, policy_change, user_manage, audit_read)

/// Titles and the levels of region in which a role can be held.
struct RoleTitle {
  Role role;
  std::string_view zh;
  std::string_view en;
  std::span<const RegionLevel> levels;
};

std::span<const RoleTitle> role_titles();
const RoleTitle& title_of(Role role);

std::span<const Permission> permissions_of(Role role);
bool allows(Role role, Permission permission);

}  // namespace jiuzhu
