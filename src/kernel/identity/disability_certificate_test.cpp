#include "kernel/identity/disability_certificate.hpp"

#include <gtest/gtest.h>

#include "kernel/identity/secret_test.hpp"

namespace jiuzhu {
namespace {

static_assert(SecretByType<DisabilityCertificate>);

const Date kToday = Date::parse("2019-09-02").value();
const std::string kHolder = "11010519491231002X";

std::string key_of(const Result<DisabilityCertificate>& result) { return result ? "accepted" : result.error().key; }

TEST(DisabilityCertificate, ReadsEveryClassAndGrade) {
  for (int disability_class = 1; disability_class <= 7; ++disability_class) {
    for (int grade = 1; grade <= 4; ++grade) {
      const std::string text = kHolder + std::to_string(disability_class) + std::to_string(grade);
      const DisabilityCertificate certificate = DisabilityCertificate::parse(text, kToday).value();
      EXPECT_EQ(certificate.disability_class(), static_cast<DisabilityClass>(disability_class));
      EXPECT_EQ(certificate.grade(), grade);
      EXPECT_EQ(certificate.is_severe(), grade == 1 || grade == 2);
      EXPECT_TRUE(certificate.citizen_number() == CitizenNumber::restore(kHolder));
      EXPECT_EQ(certificate.reveal(), text);
      EXPECT_EQ(certificate.masked(), "110105********002X**");
      EXPECT_TRUE(DisabilityCertificate::restore(text) == certificate);
    }
  }
}

TEST(DisabilityCertificate, ForgivesHowItWasTyped) {
  EXPECT_EQ(DisabilityCertificate::parse("　11010519491231002x４１ ", kToday).value().reveal(), kHolder + "41");
}

TEST(DisabilityCertificate, RefusesWithDistinctKeys) {
  struct Case {
    std::string text;
    const char* key;
  };
  for (const Case& c : {
           Case{"", "disability_certificate.length"},
           Case{kHolder, "disability_certificate.length"},
           Case{kHolder + "4", "disability_certificate.length"},
           Case{kHolder + "410", "disability_certificate.length"},
           Case{"110105491231002"
                "41",
                "disability_certificate.length"},
           Case{kHolder + "01", "disability_certificate.class"},
           Case{kHolder + "81", "disability_certificate.class"},
           Case{kHolder + "A1", "disability_certificate.class"},
           Case{kHolder + "40", "disability_certificate.grade"},
           Case{kHolder + "45", "disability_certificate.grade"},
           Case{"11010519491231002141", "citizen_number.check_digit"},
           Case{"11010519491331002X41", "citizen_number.date_impossible"},
       }) {
    EXPECT_EQ(key_of(DisabilityCertificate::parse(c.text, kToday)), c.key) << c.text;
  }
  EXPECT_THROW(DisabilityCertificate::restore(kHolder + "81"), InvariantError);
}

}  // namespace
}  // namespace jiuzhu
