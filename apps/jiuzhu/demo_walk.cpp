#include "demo_walk.hpp"

#include <algorithm>

#include "engines/policy/assess.hpp"
#include "modules/awards/award_service.hpp"
#include "modules/publicity/publicity_service.hpp"
#include "modules/reviews/review_service.hpp"
#include "modules/verification/verification_service.hpp"
#include "modules/visits/visit_service.hpp"

namespace jiuzhu {
namespace {

cases::CaseTarget target_of(const cases::CaseRow& row) { return {row.region.county(), row.id, row.version}; }

verification::ReportDraft clear_report(const Surroundings& surroundings, const cases::CaseRow& row) {
  verification::ReportDraft draft;
  const auto persons =
      surroundings.database.read([&](db::Transaction& tx) { return cases::persons_of(tx, row.county_code, row.id); });
  for (const auto& person : persons) {
    draft.persons.push_back({person.person_key, verification::PersonResult::no_anomaly, {}});
  }
  return draft;
}

visits::VisitDraft plain_visit(const DemoActors& actors, const cases::CaseRow& row, Date today) {
  // The village's cadre goes along at home; elsewhere a second assistant does.
  const bool is_at_home = actors.at("village").region.contains(row.region);
  return {.kind = visits::VisitKind::township,
          .visited_on = today,
          .place = "申请人家中",
          .investigators = {{actors.at("assistant").user, true},
                            {actors.at(is_at_home ? "village" : "assistant2").user, true}},
          .present = "m1",
          .is_present_signed = true,
          .findings = {{visits::VisitTopic::living_conditions, "租住平房两间，家具陈旧，生活简朴。"},
                       {visits::VisitTopic::income, "收入与申报一致，有工资条和养老金存折佐证。"},
                       {visits::VisitTopic::property, "未见申报以外的财产。"}}};
}

constexpr int kPublicityDays = 7;

awards::AwardTarget target_of(const awards::AwardRow& row) { return {row.region.county(), row.id, row.version}; }

Status make_exceptions(const Surroundings& surroundings, const cases::CaseWorld& world, const DemoActors& actors,
                       const std::vector<awards::AwardRow>& granted) {
  if (granted.size() < 3) return {};
  const awards::AwardRow& more = granted[granted.size() / 2];
  JZ_TRY_VOID(awards::adjust_award(
      surroundings, world, actors.at("approver"), target_of(more),
      {more.first_month, more.amount + Money::yuan(80), {{"DB-2021/27", "家中有重度残疾人员，适当增发。"}}}));
  const awards::AwardRow& gone = granted.back();
  JZ_TRY_VOID(
      awards::end_award(surroundings, world, actors.at("county"), target_of(gone),
                        {awards::EndReason::gave_up, gone.first_month, "子女接去外地同住，本人书面申请停发。"}));
  return {};
}

}  // namespace

Status walk_demo_case(const Surroundings& surroundings, const cases::CaseWorld& world, const DemoActors& actors,
                      const cases::CaseRow& filed, DemoStage stage) {
  if (stage == DemoStage::filed) return {};
  const Actor& assistant = actors.at("assistant");
  JZ_TRY(cases::CaseRow row,
         cases::take_plain_step(surroundings, world, assistant, target_of(filed), cases::Action::accept, "材料齐全"));
  if (stage == DemoStage::accepted) return {};
  JZ_TRY(row, verification::order_verification(surroundings, world, assistant, target_of(row), ""));
  if (stage == DemoStage::verifying) return {};
  JZ_TRY(row, verification::report_verification(surroundings, world, actors.at("verify"), target_of(row),
                                                clear_report(surroundings, row)));
  if (stage == DemoStage::investigating) return {};
  JZ_TRY(const auto visit, visits::record_visit(surroundings, world, assistant, target_of(row),
                                                plain_visit(actors, row, surroundings.clock.today())));
  JZ_TRY(row, visits::finish_investigation(surroundings, world, assistant, target_of(visit.row), ""));
  if (stage == DemoStage::awaiting_opinion) return {};
  const auto assessed =
      surroundings.database.read([&](db::Transaction& tx) { return cases::assess_case(tx, world, row); });
  if (!assessed || assessed->outcome != policy::Outcome::eligible || row.state != cases::State::awaiting_opinion)
    return {};
  JZ_TRY(row, publicity::propose_approval(surroundings, world, actors.at("township"), target_of(row),
                                          {.places = {"村（社区）公示栏", "街道便民服务大厅"}}));
  return {};
}

bool is_demo_household_eligible(const cases::CaseWorld& world, const cases::Intake& intake, Date today) {
  const auto decision =
      policy::assess(cases::household_facts_of(intake, intake.region.county(), today, today), *world.rulebook);
  return decision && decision->outcome == policy::Outcome::eligible;
}

Status grant_demo_awards(const Surroundings& surroundings, SystemClock& clock, const cases::CaseWorld& world,
                         const DemoActors& actors, std::span<const cases::CaseRow> filed) {
  for (const cases::CaseRow& row : filed) {
    JZ_TRY_VOID(walk_demo_case(surroundings, world, actors, row, DemoStage::publicity));
  }
  clock.shift_days(kPublicityDays + 1);
  std::vector<awards::AwardRow> granted;
  for (const cases::CaseRow& each : filed) {
    const auto found = surroundings.database.read(
        [&](db::Transaction& tx) { return cases::find_case(tx, each.county_code, each.id); });
    if (!found || found->state != cases::State::township_publicity) continue;
    JZ_TRY(cases::CaseRow row,
           publicity::close_publicity(surroundings, world, actors.at("township"), target_of(*found)));
    JZ_TRY(row, reviews::complete_review(surroundings, world, actors.at("county"), target_of(row),
                                         {.content = "材料齐全，程序合规，同意乡镇意见。", .has_read_file = true}));
    JZ_TRY(row, decisions::approve_case(surroundings, world, actors.at("approver"), target_of(row), {},
                                        awards::open_on_approval()));
    JZ_TRY_VOID(decisions::record_delivery(surroundings, actors.at("assistant"), target_of(row),
                                           {.delivered_on = clock.today(), .received_by = row.applicant_name}));
    const auto award = surroundings.database.read(
        [&](db::Transaction& tx) { return awards::award_of_case(tx, row.county_code, row.id); });
    if (award) granted.push_back(*award);
  }
  return make_exceptions(surroundings, world, actors, granted);
}

}  // namespace jiuzhu
