#include "planted_writer.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/enum_text.hpp"
#include "kernel/identity/citizen_number.hpp"

namespace jiuzhu::demo_city {
namespace {

std::string text_of(Remedy remedy) {
  switch (remedy) {
    case Remedy::keep: return "保持";
    case Remedy::adjust: return "调整";
    case Remedy::end: return "终止";
    case Remedy::identify: return "先核实身份";
  }
  JZ_ASSERT(false);
  return {};
}

}  // namespace

PlantedWriter::PlantedWriter(const std::filesystem::path& target, const sieve::Catalogue& catalogue)
    : file_(target), catalogue_(catalogue) {
  csv_.add_row(std::vector<std::string>{"登记数据", "规则", "预警", "户编号", "名册行", "姓名", "公民身份号码",
                                        "埋设内容", "应有结果", "理由"});
}

std::string PlantedWriter::alert_of(const std::string& rule) const {
  const auto found = std::ranges::find(catalogue_.rules, rule, [](const auto& each) { return each.rule.code; });
  JZ_ASSERT(found != catalogue_.rules.end());
  return found->alert ? std::string(enum_text(*found->alert)) : "";
}

void PlantedWriter::add(const Planting& planting, std::int64_t first_row) {
  const Household& household = planting.household();
  for (const Finding& finding : planting.findings()) {
    const std::int64_t row = first_row + (finding.person - household.persons.data());
    csv_.add_row(std::vector<std::string>{std::string(enum_text(finding.where)), finding.rule, alert_of(finding.rule),
                                          household.label, std::to_string(row), finding.person->subject.name,
                                          CitizenNumber::restore(finding.person->subject.number).masked(), finding.what,
                                          text_of(finding.remedy), finding.reason});
    ++count_;
  }
  file_.write(csv_.take());
}

void PlantedWriter::publish() {
  file_.write(csv_.take());
  file_.settle();
  file_.publish();
}

}  // namespace jiuzhu::demo_city
