#include "kernel/access/role.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

using enum Permission;

constexpr std::array kVillage{RegionLevel::village};
constexpr std::array kTownship{RegionLevel::township};
constexpr std::array kCounty{RegionLevel::county};
constexpr std::array kCity{RegionLevel::city};
constexpr std::array kProvince{RegionLevel::province};
constexpr std::array kCountyAndAbove{RegionLevel::county, RegionLevel::city, RegionLevel::province};

constexpr std::array kTitles{
    RoleTitle{Role::village_cadre, "村（居）委会工作人员", "Village cadre", kVillage},
    RoleTitle{Role::civil_affairs_assistant, "民政助理员", "Civil-affairs assistant", kTownship},
    RoleTitle{Role::township_reviewer, "乡镇（街道）审核人", "Township reviewer", kTownship},
    RoleTitle{Role::county_case_officer, "县级经办人", "County case officer", kCounty},
    RoleTitle{Role::county_approver, "县级审批人", "County approver", kCounty},
    RoleTitle{Role::verification_officer, "核对机构经办人", "Verification officer", kCounty},
    RoleTitle{Role::funds_officer, "资金发放经办人", "Funds officer", kCounty},
    RoleTitle{Role::county_administrator, "县级系统管理员", "County administrator", kCounty},
    RoleTitle{Role::city_inspector, "市级检查人员", "City inspector", kCity},
    RoleTitle{Role::province_inspector, "省级检查人员", "Province inspector", kProvince},
    RoleTitle{Role::auditor, "审计人员", "Auditor", kCountyAndAbove},
};

constexpr std::array kVillageCadre{case_read, case_file, document_change, visit_record};
constexpr std::array kAssistant{
    case_read,    identifier_reveal,    case_file,        case_accept,      case_withdraw, verification_order,
    visit_record, investigation_finish, appraisal_record, objection_record, award_read,    list_export,
    policy_read,  document_change,      register_read,    recipient_check,  alert_read,    alert_check};
constexpr std::array kTownshipReviewer{case_read,      identifier_reveal, case_withdraw, opinion_give,
                                       publicity_post, objection_record,  award_read,    list_export,
                                       policy_read,    document_change,   alert_read};
constexpr std::array kCaseOfficer{case_read,       identifier_reveal, case_withdraw,   verification_order, visit_record,
                                  publicity_post,  objection_record,  review_record,   award_read,         award_change,
                                  award_end,       payment_read,      roster_import,   list_export,        policy_read,
                                  document_change, register_read,     recipient_check, alert_read,         alert_mute};
constexpr std::array kApprover{case_read,    identifier_reveal, case_decide, award_read,   award_end,
                               payment_read, payment_approve,   list_export, policy_read,  policy_change,
                               alert_read,   alert_decide,      alert_mute,  register_read};
constexpr std::array kVerification{case_read,     identifier_reveal, verification_report, policy_read, document_change,
                                   register_read, register_deliver,  recipient_check,     alert_read};
constexpr std::array kFunds{award_read, identifier_reveal, payment_read, payment_prepare, payment_settle, list_export};
constexpr std::array kAdministrator{user_manage, audit_read, policy_read};
constexpr std::array kInspector{case_read,   award_read,    payment_read, list_export,
                                policy_read, register_read, alert_read};
constexpr std::array kAuditor{case_read,   identifier_reveal, award_read,    payment_read, list_export,
                              policy_read, audit_read,        register_read, alert_read};

}  // namespace

std::span<const RoleTitle> role_titles() { return kTitles; }

const RoleTitle& title_of(Role role) {
  const auto found = std::find_if(kTitles.begin(), kTitles.end(), [&](const RoleTitle& t) { return t.role == role; });
  JZ_ASSERT(found != kTitles.end());
  return *found;
}

std::span<const Permission> permissions_of(Role role) {
  switch (role) {
    case Role::village_cadre: return kVillageCadre;
    case Role::civil_affairs_assistant: return kAssistant;
    case Role::township_reviewer: return kTownshipReviewer;
    case Role::county_case_officer: return kCaseOfficer;
    case Role::county_approver: return kApprover;
    case Role::verification_officer: return kVerification;
    case Role::funds_officer: return kFunds;
    case Role::county_administrator: return kAdministrator;
    case Role::city_inspector:
    case Role::province_inspector: return kInspector;
    case Role::auditor: return kAuditor;
  }
  return {};
}

bool allows(Role role, Permission permission) {
  const auto permissions = permissions_of(role);
  return std::find(permissions.begin(), permissions.end(), permission) != permissions.end();
}

}  // namespace jiuzhu
