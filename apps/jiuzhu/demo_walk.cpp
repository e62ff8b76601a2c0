#include "demo_walk.hpp"

#include "modules/publicity/publicity_service.hpp"
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

visits::VisitDraft plain_visit(const DemoActors& actors, Date today) {
  return {.kind = visits::VisitKind::township,
          .visited_on = today,
          .place = "申请人家中",
          .investigators = {{actors.at("assistant").user, true}, {actors.at("village").user, true}},
          .present = "m1",
          .is_present_signed = true,
          .findings = {{visits::VisitTopic::living_conditions, "租住平房两间,家具陈旧,生活简朴。"},
                       {visits::VisitTopic::income, "收入与申报一致,有工资条和养老金存折佐证。"},
                       {visits::VisitTopic::property, "未见申报以外的财产。"}}};
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
                                                plain_visit(actors, surroundings.clock.today())));
  JZ_TRY(row, visits::finish_investigation(surroundings, world, assistant, target_of(visit.row), ""));
  if (stage == DemoStage::awaiting_opinion) return {};
  const auto assessed =
      surroundings.database.read([&](db::Transaction& tx) { return cases::assess_case(tx, world, row); });
  if (!assessed || assessed->outcome != policy::Outcome::eligible || row.state != cases::State::awaiting_opinion)
    return {};
  JZ_TRY(row, publicity::propose_approval(surroundings, world, actors.at("township"), target_of(row),
                                          {.places = {"村(社区)公示栏", "街道便民服务大厅"}}));
  return {};
}

}  // namespace jiuzhu
