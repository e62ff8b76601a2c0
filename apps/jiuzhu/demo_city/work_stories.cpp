#include "stories.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr int kMonthsShown = 5;

/// Up to last month, which is as new as registers are.
void pay_contributions(Planting& planting, const Person& person, std::string_view employer, int wage) {
  for (int ago = kMonthsShown; ago >= 1; --ago) {
    planting.enter(person, contribution(employer, planting.months_ago(ago), wage));
  }
}

void pay_housing_fund(Planting& planting, const Person& person, std::string_view employer) {
  for (int ago = kMonthsShown; ago >= 1; --ago) {
    planting.enter(person, housing_fund(employer, planting.months_ago(ago), 480));
  }
}

void found_work(Planting& planting) {
  const Person& person = planting.worker();
  pay_contributions(planting, person, any_employer(planting.dice()), 100 * planting.dice().between(32, 60));
  planting.find({"EMPLOYED", RegisterName::employment, &person, "近三个月由单位缴纳社会保险", Remedy::adjust,
                 "就业收入计入家庭收入后重新核定"});
}

void works_in_public_welfare_post(Planting& planting) {
  const Person& person = planting.worker();
  pay_contributions(planting, person, "城区公益性岗位开发中心", 1980);
  planting.find({"EMPLOYED", RegisterName::employment, &person, "在公益性岗位就业，收入已经计入", Remedy::keep,
                 "收入与核定时一致"});
}

void is_insured_under_another_name(Planting& planting) {
  const Person& person = planting.worker();
  planting.enter_under_another_name(person, contribution(any_employer(planting.dice()), planting.months_ago(1), 3600));
  planting.find({"EMPLOYED", RegisterName::employment, &person, "号码相同、姓名不同的参保记录", Remedy::identify,
                 "可能被他人冒用参保"});
}

void draws_a_pension(Planting& planting) {
  const Person& person = planting.elder();
  const int amount = planting.dice().between(1200, 2600);
  for (int ago = kMonthsShown; ago >= 1; --ago) {
    planting.enter(person, pension("企业职工基本养老保险", planting.months_ago(ago), amount));
  }
  planting.find(
      {"PENSION", RegisterName::pensions, &person, "按月领取职工养老金", Remedy::end, "养老金计入收入后超过标准"});
}

void draws_a_small_pension(Planting& planting) {
  const Person& person = planting.elder();
  for (int ago = kMonthsShown; ago >= 1; --ago) {
    planting.enter(person, pension("城乡居民基本养老保险", planting.months_ago(ago), 148));
  }
  planting.find({"PENSION", RegisterName::pensions, &person, "领取城乡居民养老金", Remedy::keep,
                 "基础养老金按当地规定不计入或已经计入"});
}

void has_a_regular_job(Planting& planting) {
  const Person& person = planting.worker();
  const std::string_view employer = any_employer(planting.dice());
  pay_contributions(planting, person, employer, 5200);
  pay_housing_fund(planting, person, employer);
  planting.find(
      {"EMPLOYED", RegisterName::employment, &person, "近三个月由单位缴纳社会保险", Remedy::end, "工资计入后超过标准"});
  planting.find({"HOUSING-FUND", RegisterName::housing_fund, &person, "近三个月缴存住房公积金", Remedy::end,
                 "与社会保险互相印证"});
}

void pays_housing_fund_only(Planting& planting) {
  const Person& person = planting.worker();
  pay_housing_fund(planting, person, any_employer(planting.dice()));
  planting.find({"HOUSING-FUND", RegisterName::housing_fund, &person, "缴存住房公积金，没有社会保险记录",
                 Remedy::adjust, "核实工资后重新核定"});
}

void works_for_the_state(Planting& planting) {
  const Person& person = planting.worker();
  const std::string_view office = any_office(planting.dice());
  planting.enter(person, public_payroll(office));
  pay_contributions(planting, person, office, 6100);
  pay_housing_fund(planting, person, office);
  planting.find(
      {"PUBLIC-PAYROLL", RegisterName::public_payroll, &person, "财政供养人员", Remedy::end, "工资计入后超过标准"});
  planting.find(
      {"EMPLOYED", RegisterName::employment, &person, "由机关事业单位缴纳社会保险", Remedy::end, "工资计入后超过标准"});
  planting.find({"HOUSING-FUND", RegisterName::housing_fund, &person, "由机关事业单位缴存公积金", Remedy::end,
                 "工资计入后超过标准"});
}

void is_on_the_payroll_only(Planting& planting) {
  const Person& person = planting.worker();
  planting.enter(person, public_payroll(any_office(planting.dice())));
  planting.find({"PUBLIC-PAYROLL", RegisterName::public_payroll, &person, "财政供养名单上有其人", Remedy::adjust,
                 "核实是否在编、是否遗属补助"});
}

void opened_a_shop(Planting& planting) {
  const Person& person = planting.worker();
  planting.enter(person, company(planting.dice(), "经营者", planting.days_ago(20, 900), "存续"));
  planting.find(
      {"BUSINESS", RegisterName::companies, &person, "登记为个体工商户", Remedy::adjust, "经营收入计入后重新核定"});
}

void lends_his_name(Planting& planting) {
  const Person& person = planting.other_adult();
  planting.enter(person, company(planting.dice(), "股东", planting.days_ago(900, 3000), "在业"));
  planting.enter(person, company(planting.dice(), "法定代表人", planting.days_ago(900, 3000), "注销"));
  planting.find({"BUSINESS", RegisterName::companies, &person, "一家在业企业的股东，另一家已经注销", Remedy::keep,
                 "没有出资和收益的挂名股东，核实后保持"});
}

}  // namespace

std::vector<Story> work_stories() {
  const Wish with_elder{.has_elder = true};
  return {{{}, found_work},
          {{}, works_in_public_welfare_post},
          {{}, is_insured_under_another_name},
          {with_elder, draws_a_pension},
          {with_elder, draws_a_small_pension},
          {{}, has_a_regular_job},
          {{}, pays_housing_fund_only},
          {{}, works_for_the_state},
          {{}, is_on_the_payroll_only},
          {{}, opened_a_shop},
          {{}, lends_his_name}};
}

}  // namespace jiuzhu::demo_city
