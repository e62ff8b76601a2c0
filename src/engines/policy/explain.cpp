// Decisions as prose. The sentences are in policy/wording.yaml; here is only their order and what fills them.

#include "engines/policy/assess.hpp"

namespace jiuzhu::policy {
namespace {

class Explainer {
 public:
  Explainer(const Decision& decision, Language language)
      : decision_(decision), words_(*decision.wording), language_(language) {}

  std::vector<std::string> run() {
    say_law();
    say_members();
    say_incomes();
    say_property();
    say_figures();
    say_result();
    return std::move(paragraphs_);
  }

 private:
  using Values = Wording::Values;
  std::string say(Phrase phrase, const Values& values = {}) const { return words_.say(phrase, language_, values); }
  void add(Phrase phrase, const Values& values = {}) { paragraphs_.push_back(say(phrase, values)); }
  std::string term(std::string_view name) const { return words_.term(name, language_); }

  std::string basis(const Basis& basis) const {
    if (basis.articles.empty()) return basis.reason.in(language_);
    return basis.reason.in(language_) + say(Phrase::basis, {{"law", words_.cite_all(basis.articles, language_)}});
  }

  /// Who, with the form's number, because the facts need not carry names.
  std::string person(const std::string& key) const {
    for (const MemberFinding& member : decision_.members) {
      if (member.key != key) continue;
      if (member.label) return *member.label;
      return term(name_of(member.relation)) + (language_ == Language::zh ? "（" + key + "）" : " (" + key + ")");
    }
    return key;
  }
  std::string owner(const std::optional<std::string>& key) const { return key ? person(*key) : say(Phrase::household); }

  void say_law() {
    std::string titles;
    for (const PackUse& pack : decision_.packs) {
      if (!titles.empty()) titles += language_ == Language::zh ? "、" : "; ";
      titles += pack.title.in(language_);
    }
    add(Phrase::law_in_force, {{"date", decision_.date.to_text()}, {"packs", titles}});
    if (decision_.hypothetical) add(Phrase::hypothetical);
  }

  void say_members() {
    int counted = 0;
    for (const MemberFinding& member : decision_.members) counted += member.counted == Truth::yes ? 1 : 0;
    add(Phrase::members_heading,
        {{"declared", std::to_string(decision_.members.size())}, {"counted", std::to_string(counted)}});
    for (const MemberFinding& member : decision_.members) {
      add(Phrase::member_line, {{"person", person(member.key)},
                                {"result", term("member." + std::string(name_of(member.counted)))},
                                {"reason", basis(member.basis)}});
    }
    if (!decision_.registration.rule.empty()) {
      add(Phrase::registration_line,
          {{"result", term("condition." + std::string(name_of(decision_.figures.registration_fulfilled)))},
           {"reason", basis(decision_.registration)}});
    }
  }

  void say_incomes() {
    if (decision_.incomes.empty() && decision_.obligors.empty()) add(Phrase::no_incomes);
    if (!decision_.incomes.empty()) add(Phrase::incomes_heading);
    for (const IncomeFinding& income : decision_.incomes) {
      const Phrase phrase = income.counted == Truth::yes  ? Phrase::income_counted_line
                            : income.counted == Truth::no ? Phrase::income_not_counted_line
                                                          : Phrase::income_open_line;
      add(phrase, {{"person", owner(income.member)},
                   {"kind", term(name_of(income.kind))},
                   {"amount", income.amount_month.to_text()},
                   {"reason", basis(income.basis)}});
    }
    for (const ObligorFinding& obligor : decision_.obligors) {
      const std::string who = obligor.label.value_or(obligor.key);
      if (obligor.assessed_month) {
        add(Phrase::obligor_line, {{"obligor", who},
                                   {"person", person(obligor.supports)},
                                   {"assessed", obligor.assessed_month->to_text()},
                                   {"added", obligor.added_month.value_or(Money()).to_text()},
                                   {"reason", basis(obligor.basis)}});
      } else {
        add(Phrase::obligor_unknown_line,
            {{"obligor", who}, {"person", person(obligor.supports)}, {"reason", basis(obligor.basis)}});
      }
    }
    for (const DeductionFinding& deduction : decision_.deductions) {
      add(deduction.counted == Truth::yes ? Phrase::deduction_line : Phrase::deduction_refused_line,
          {{"person", owner(deduction.member)},
           {"kind", term(name_of(deduction.kind))},
           {"amount", deduction.amount_month.to_text()},
           {"reason", basis(deduction.basis)}});
    }
  }

  void say_property() {
    if (decision_.property.empty()) add(Phrase::no_property);
    for (const PropertyFinding& asset : decision_.property) {
      add(Phrase::property_line, {{"asset", term(name_of(asset.asset_class))},
                                  {"result", term("asset." + std::string(name_of(asset.counted)))},
                                  {"reason", basis(asset.basis)}});
    }
    for (const PropertyLimitFinding& limit : decision_.property_limits) {
      add(Phrase::property_limit_line, {{"measured", limit.measured == "unknown" ? term("unknown") : limit.measured},
                                        {"limit", limit.limit == "unknown" ? term("unknown") : limit.limit},
                                        {"result", term("limit." + std::string(name_of(limit.exceeded)))},
                                        {"reason", basis(limit.basis)}});
    }
  }

  void say_figures() {
    const Figures& figures = decision_.figures;
    const bool is_exact =
        figures.persons_least == figures.persons_most && figures.income_month_most == figures.income_month_least;
    const std::string standard = figures.standard_month.to_text();
    if (figures.standard_year) {
      add(Phrase::figures_rural_line, {{"year", figures.standard_year->to_text()}, {"standard", standard}});
    }
    if (is_exact) {
      add(Phrase::figures_line, {{"income", figures.income_month_least.to_text()},
                                 {"persons", std::to_string(figures.persons_least)},
                                 {"per_capita", figures.income_per_capita_month.to_text()},
                                 {"standard", standard}});
    } else {
      add(Phrase::figures_range_line,
          {{"least", figures.income_month_least.to_text()},
           {"most", figures.income_month_most ? figures.income_month_most->to_text() : term("unknown")},
           {"persons_least", std::to_string(figures.persons_least)},
           {"persons_most", std::to_string(figures.persons_most)},
           {"standard", standard}});
    }
    const Phrase comparison = figures.below_standard == Truth::yes  ? Phrase::below_standard
                              : figures.below_standard == Truth::no ? Phrase::not_below_standard
                                                                    : Phrase::standard_undecided;
    if (figures.persons_most > 0) add(comparison);
  }

  void say_marginal() {
    if (!decision_.marginal_family.defined || decision_.outcome == Outcome::eligible) return;
    const Truth marginal = decision_.marginal_family.marginal;
    add(marginal == Truth::yes  ? Phrase::marginal_yes
        : marginal == Truth::no ? Phrase::marginal_no
                                : Phrase::marginal_unknown,
        {{"multiple", decision_.marginal_family.multiple.value_or("")},
         {"law", words_.cite_all(decision_.marginal_family.articles, language_)}});
  }

  void say_amount() {
    const Figures& figures = decision_.figures;
    add(Phrase::amount_line, {{"persons", std::to_string(figures.persons_least)},
                              {"standard", figures.standard_month.to_text()},
                              {"income", figures.income_month_least.to_text()},
                              {"amount", decision_.amount_month->to_text()},
                              {"first_month", decision_.first_month->to_text()}});
    for (const UpliftFinding& uplift : decision_.uplifts) {
      add(uplift.granted == Truth::yes ? Phrase::uplift_line : Phrase::uplift_open_line,
          {{"person", person(uplift.key)}, {"amount", uplift.amount_month.to_text()}, {"reason", basis(uplift.basis)}});
    }
  }

  void say_result() {
    const std::string law = words_.cite_all(decision_.law, language_);
    std::string reasons;
    for (const BilingualText& reason : decision_.reasons) {
      if (!reasons.empty()) reasons += language_ == Language::zh ? "；" : "; ";
      reasons += reason.in(language_);
    }
    switch (decision_.outcome) {
      case Outcome::eligible:
        add(Phrase::outcome_eligible, {{"reasons", reasons}, {"law", law}});
        say_amount();
        break;
      case Outcome::not_eligible: add(Phrase::outcome_not_eligible, {{"reasons", reasons}, {"law", law}}); break;
      case Outcome::review: add(Phrase::outcome_review, {{"law", law}}); break;
    }
    int number = 0;
    for (const BilingualText& question : decision_.open_questions) {
      add(Phrase::open_question, {{"number", std::to_string(++number)}, {"question", question.in(language_)}});
    }
    say_marginal();
    for (const SinglePersonFinding& person_alone : decision_.single_person) {
      add(Phrase::single_person_line, {{"person", person(person_alone.key)},
                                       {"result", term("single." + std::string(name_of(person_alone.may_apply)))},
                                       {"reason", basis(person_alone.basis)}});
    }
    add(Phrase::person_decides);
  }

  const Decision& decision_;
  const Wording& words_;
  Language language_;
  std::vector<std::string> paragraphs_;
};

}  // namespace

std::vector<std::string> explain(const Decision& decision, Language language) {
  return Explainer(decision, language).run();
}

}  // namespace jiuzhu::policy
