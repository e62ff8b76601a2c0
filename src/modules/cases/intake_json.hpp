#pragma once
// Titles and limits of the intake form; lists that may stay away.

#include "kernel/policy_json/policy_json.hpp"
#include "kernel/regions/region_json.hpp"
#include "modules/cases/intake.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu {

template <>
inline constexpr json::Meta json::meta<&cases::IntakePerson::key>{.title = "编号", .min_length = 1, .max_length = 20};
template <>
inline constexpr json::Meta json::meta<&cases::IntakePerson::name>{.title = "姓名", .min_length = 1, .max_length = 50};
template <>
inline constexpr json::Meta json::meta<&cases::IntakePerson::citizen_number>{
    .title = "公民身份号码", .min_length = 1, .max_length = 40};
template <>
inline constexpr json::Meta json::meta<&cases::IntakePerson::phone>{.title = "联系电话", .max_length = 30};
template <>
inline constexpr json::Meta json::meta<&cases::IntakePerson::authorised_on>{.title = "授权书签署日期"};
template <>
inline constexpr json::Meta json::meta<&cases::IntakePerson::authorised_by>{.title = "代签的法定代理人",
                                                                            .max_length = 50};
template <>
inline constexpr json::Meta json::meta<&cases::IntakeHandlerKin::handler_name>{
    .title = "经办人员姓名", .min_length = 1, .max_length = 50};
template <>
inline constexpr json::Meta json::meta<&cases::IntakeHandlerKin::handler_post>{.title = "单位及职务",
                                                                               .max_length = 100};
template <>
inline constexpr json::Meta json::meta<&cases::IntakeHandlerKin::relation_code>{.title = "与家庭成员的关系",
                                                                                .max_length = 2};
template <>
inline constexpr json::Meta json::meta<&cases::IntakeKinDeclaration::handlers>{
    .title = "经办人员近亲属", .max_length = 20, .optional = true};
template <>
inline constexpr json::Meta json::meta<&cases::IntakeAccount::number>{
    .title = "账号", .min_length = 1, .max_length = 40};
template <>
inline constexpr json::Meta json::meta<&cases::IntakeAccount::bank>{
    .title = "开户银行", .min_length = 1, .max_length = 100};
template <>
inline constexpr json::Meta json::meta<&cases::DeclaredFacts::members>{
    .title = "家庭成员", .min_length = 1, .max_length = 30};
template <>
inline constexpr json::Meta json::meta<&cases::DeclaredFacts::incomes>{
    .title = "收入", .max_length = 200, .optional = true};
template <>
inline constexpr json::Meta json::meta<&cases::DeclaredFacts::deductions>{
    .title = "扣减", .max_length = 200, .optional = true};
template <>
inline constexpr json::Meta json::meta<&cases::DeclaredFacts::property>{
    .title = "财产", .max_length = 200, .optional = true};
template <>
inline constexpr json::Meta json::meta<&cases::DeclaredFacts::obligors>{
    .title = "赡养抚养扶养义务人", .max_length = 30, .optional = true};
template <>
inline constexpr json::Meta json::meta<&cases::Intake::persons>{.title = "人员", .min_length = 1, .max_length = 60};
template <>
inline constexpr json::Meta json::meta<&cases::Intake::entrusted_to>{.title = "受委托代为申请", .max_length = 100};
template <>
inline constexpr json::Meta json::meta<&cases::Intake::promise_given>{.title = "已签署诚信承诺", .optional = true};

}  // namespace jiuzhu
