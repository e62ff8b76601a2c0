#include "deliveries.hpp"

#include "base/enum_text.hpp"

namespace jiuzhu::demo_city {
namespace {

using enum ColumnForm;
using Column = DeliveredColumn;

constexpr std::array kVehicles{Column{"号牌号码", "号牌"},
                               Column{"车辆类型", "车辆类型"},
                               Column{"使用性质", "非营运", constant},
                               Column{"机动车所有人", "所有人", name},
                               Column{"身份证明号码", "所有人证件号", number},
                               Column{"初次登记日期", "登记日期"},
                               Column{"购车价格", "价格"}};
constexpr std::array kFlights{Column{"旅客姓名", "姓名", name}, Column{"旅客证件号", "证件号码", number},
                              Column{"乘机日期", "航班日期"},   Column{"航班", "航班号"},
                              Column{"出发地", "起飞地"},       Column{"目的地", "到达地"}};
constexpr std::array kEmployment{Column{"序号", "", serial},
                                 Column{"姓名", "姓名", name},
                                 Column{"社会保障号", "社会保障号", number},
                                 Column{"用人单位", "单位名称"},
                                 Column{"费款所属期", "缴费月份", compact},
                                 Column{"缴费工资", "缴费基数"}};
constexpr std::array kPensions{Column{"身份证号", "身份证号", number}, Column{"姓名", "姓名", name},
                               Column{"发放月份", "发放月份"}, Column{"待遇类别", "待遇类别"},
                               Column{"发放金额", "发放金额"}};
constexpr std::array kRealEstate{Column{"不动产权证号", "不动产单元号"},
                                 Column{"权利人姓名", "权利人", name},
                                 Column{"证件号码", "权利人证件号", number},
                                 Column{"坐落", "坐落"},
                                 Column{"规划用途", "用途"},
                                 Column{"登记时间", "登记日期", with_time}};
constexpr std::array kCompanies{Column{"信用代码", "统一社会信用代码"},
                                Column{"名称", "企业名称"},
                                Column{"法定代表人", "姓名", name},
                                Column{"法定代表人证件号", "证件号码", number},
                                Column{"身份", "职务"},
                                Column{"注册日期", "成立日期", slashed},
                                Column{"状态", "登记状态"}};
constexpr std::array kHousingFund{Column{"缴存单位", "单位名称"}, Column{"姓名", "姓名", name},
                                  Column{"身份证号", "证件号码", number}, Column{"缴存月份", "缴存月份", compact},
                                  Column{"缴存金额", "月缴存额"}};
constexpr std::array kDeposits{Column{"金融机构", "银行"},
                               Column{"户名", "姓名", name},
                               Column{"身份证号", "证件号码", number},
                               Column{"账户类型", "存款种类"},
                               Column{"查询日期", "余额日期", compact},
                               Column{"账户余额", "余额"}};
constexpr std::array kDeaths{Column{"死者姓名", "姓名", name}, Column{"死者身份证号", "身份证号", number},
                             Column{"死亡时间", "死亡日期"}, Column{"火化日期", "火化日期"}};
constexpr std::array kPublicPayroll{Column{"单位", "工作单位"}, Column{"姓名", "姓名", name},
                                    Column{"公民身份号码", "身份证号", number}};
constexpr std::array kPrisoners{Column{"身份证号", "身份证号", number}, Column{"姓名", "姓名", name},
                                Column{"收监日期", "入监日期"}, Column{"刑满日期", "刑期止日"}};
constexpr std::array kOtherBenefits{Column{"姓名", "姓名", name},       Column{"公民身份号码", "身份证号", number},
                                    Column{"救助类别", "待遇类别"},     Column{"享受地", "发放地"},
                                    Column{"享受起始日期", "起始日期"}, Column{"停发日期", "终止日期"}};

}  // namespace

std::string Delivery::file_name() const { return std::string(enum_text(name)).append(is_packed ? ".csv.gz" : ".csv"); }

const std::array<Delivery, kRegisterCount>& deliveries() {
  using enum sieve::Encoding;
  static const std::array<Delivery, kRegisterCount> all{
      Delivery{.name = RegisterName::vehicles, .columns = kVehicles},
      Delivery{.name = RegisterName::flights, .encoding = gb18030, .separator = '\t', .columns = kFlights},
      Delivery{.name = RegisterName::employment, .encoding = gb18030, .columns = kEmployment},
      Delivery{.name = RegisterName::pensions, .columns = kPensions},
      Delivery{.name = RegisterName::real_estate, .quotes_all = true, .columns = kRealEstate},
      Delivery{.name = RegisterName::companies, .encoding = gb18030, .columns = kCompanies},
      Delivery{.name = RegisterName::housing_fund, .separator = ';', .columns = kHousingFund},
      Delivery{.name = RegisterName::deposits, .is_packed = true, .columns = kDeposits},
      Delivery{.name = RegisterName::deaths, .columns = kDeaths},
      Delivery{.name = RegisterName::public_payroll, .encoding = gb18030, .columns = kPublicPayroll},
      Delivery{.name = RegisterName::prisoners, .columns = kPrisoners},
      Delivery{.name = RegisterName::other_benefits, .encoding = gb18030, .columns = kOtherBenefits}};
  return all;
}

}  // namespace jiuzhu::demo_city
